"""The traffic of a portal (process): the six screens, asked by many about some more than others.

Drawn from a seed. Whom and what a screen is about follows Zipf's law, with exponent 1; one in four
times whoever asks looks again at what they looked at before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from bench.tokens import Issuer
from bench.workers import CODE, Asked
from sandbox.cases import build_cases
from sandbox.examples import SCREENS, examples
from sandbox.showcase import BURGER_BSN
from sandbox.world import build_world
from sandbox.zgw_parties import ORGANISATIES

STAFF = 12
"""Employees of each purpose."""
SUBJECTS = 400
"""So many persons, addresses and zaken are asked about."""
WEIGHTS = {
    "persoonsbeeld": 30,
    "mijn-overzicht": 20,
    "zaakdetail": 25,
    "adresdossier": 10,
    "bedrijfsbeeld": 10,
    "eigendom": 5,
}
"""Of a hundred requests."""
AGAIN = 0.25
PURPOSES = {"kcc": "klantcontact", "belastingen": "belastingen", "toezicht": "toezicht"}


@dataclass(frozen=True, slots=True)
class Subjects:
    """The variables to ask each screen with, the most asked first."""

    of: Mapping[str, Sequence[Mapping[str, Any]]]
    cumulated: Sequence[float]

    def one(self, screen: str, rng: Random) -> Mapping[str, Any]:
        """One of them."""
        among = self.of[screen]
        (found,) = rng.choices(among, cum_weights=self.cumulated[: len(among)])
        return found


def subjects(rng: Random) -> Subjects:
    """Of the sandbox's world, in an order by chance; whom the example is about comes first."""
    world = build_world()
    zaken = list(build_cases(world, citizen=BURGER_BSN).zaken)
    persons = [bsn for bsn, each in world.persons.items() if "overlijden" not in each]
    chosen = [{"bsn": each} for each in [BURGER_BSN, *rng.sample(persons, SUBJECTS - 1)]]
    places = [
        {"postcode": postcode, "huisnummer": number}
        for postcode, number in rng.sample(sorted(world.addresses_at), SUBJECTS)
    ]
    companies = [{"kvkNummer": each.kvk} for each in ORGANISATIES]
    about: Mapping[str, Sequence[Mapping[str, Any]]] = {
        "persoonsbeeld": chosen,
        "mijn-overzicht": chosen,
        "eigendom": chosen,
        "zaakdetail": [{"zaak": each} for each in rng.sample(zaken, SUBJECTS)],
        "adresdossier": places,
        "bedrijfsbeeld": companies,
    }
    return Subjects(about, list(accumulate(1 / rank for rank in range(1, SUBJECTS + 1))))


def traffic(count: int, seed: int, issuer: Issuer) -> Iterator[Asked]:
    """So many requests, in their order."""
    rng = Random(seed)  # noqa: S311  # to be the same every time
    about = subjects(rng)
    screens = dict(zip(SCREENS, examples(), strict=False))
    bearers: dict[tuple[str, str], str] = {}
    last: dict[str, Asked] = {}
    for _ in range(count):
        (name,) = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
        screen, variables = screens[name], about.one(name, rng)
        who = variables["bsn"] if screen.persona == "burger" else f"{rng.randrange(STAFF)}"
        if screen.persona == "burger":
            variables = {}  # who asks is in the token
        if (screen.persona, who) not in bearers:
            bearers[screen.persona, who] = _bearer(issuer, screen.persona, who)
        bearer = bearers[screen.persona, who]
        if bearer not in last or rng.random() >= AGAIN:
            last[bearer] = Asked(screen.query, variables, bearer)
        yield last[bearer]


def _bearer(issuer: Issuer, persona: str, who: str) -> str:
    if persona == "burger":
        return issuer.citizen(CODE, who)
    return issuer.bearer(CODE, PURPOSES[persona], f"{persona}-{who}")
