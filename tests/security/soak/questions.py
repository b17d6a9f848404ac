"""What is asked in the isolation run, and what an answer to it may hold: by no code of the gateway.

A question has a document, variables that are drawn from few, so that many ask the same, and a rule
that says about whom the marks in its answer may be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random
from typing import Any, Final

from sandbox.cases import Cases, build_cases
from sandbox.showcase import (
    BURGER_BSN,
    HOME_NUMMERAANDUIDING,
    NEVENADRES_NUMMERAANDUIDING,
    NOBODY_BSN,
)
from tests.app import world
from tests.security.soak.callers import COMPANIES, PERSONS, Asker
from tests.security.soak.outside import NOBODY, SHARED, Mark

STAFF: Final = frozenset({"medewerker", "systeem"})
CLOSED: Final = frozenset({"burger", "bedrijf", "gemachtigde"})
EVERYONE: Final = STAFF | CLOSED
ADDRESSES: Final = (HOME_NUMMERAANDUIDING, NEVENADRES_NUMMERAANDUIDING)
_SEEN: Final = "uuid omschrijving startdatum"

Variables = Mapping[str, Any]
About = Callable[[Asker, Variables], frozenset[str]]
"""The persons, zaken, companies and addresses that an answer may be about."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it can be asked."""

    name: str
    kinds: frozenset[str]
    document: str
    variables: Callable[[Random], Variables]
    about: About
    follows: bool = False
    """Whether it is a subscription."""


@cache
def cases() -> Cases:
    """The zaken of the sandbox."""
    return build_cases(world(), citizen=BURGER_BSN)


@cache
def zaken_of() -> Mapping[str, frozenset[str]]:
    """By BSN or KVK number the uuids of the zaken in which they have a role."""
    found: dict[str, set[str]] = {}
    for rol in cases().rollen.values():
        who = rol.get("betrokkeneIdentificatie") or {}
        for number in (who.get("inpBsn"), who.get("kvkNummer")):
            if number:
                found.setdefault(number, set()).add(str(rol["zaak"]).rpartition("/")[2])
    return {number: frozenset(uuids) for number, uuids in found.items()}


@cache
def some_zaken() -> Sequence[str]:
    """A few, of persons who ask and of others."""
    own = [uuid for bsn in PERSONS for uuid in islice(sorted(zaken_of().get(bsn, ())), 2)]
    return [*own, *islice(sorted(set(cases().zaken) - set(own)), 2)]


def _own(asker: Asker, _: Variables) -> frozenset[str]:
    """Only who asks, or for whom, and their zaken."""
    if asker.own is None:
        return frozenset()
    return zaken_of().get(asker.own, frozenset()) | {asker.own}


def _named(_: Asker, variables: Variables) -> frozenset[str]:
    values = [each if isinstance(each, list) else [each] for each in variables.values()]
    return frozenset(str(each) for several in values for each in several)


def _zaken(_: Asker, variables: Variables) -> frozenset[str]:
    return zaken_of().get(variables["bsn"], frozenset())


def _of_zaak(_: Asker, variables: Variables) -> frozenset[str]:
    """The zaak, and who has a role in it."""
    uuid = variables["uuid"]
    return frozenset({uuid, *(who for who, theirs in zaken_of().items() if uuid in theirs)})


def _anything(_: Asker, __: Variables) -> frozenset[str]:
    return frozenset(cases().zaken)


def _nobody(_: Asker, __: Variables) -> frozenset[str]:
    return frozenset()


def _one(name: str, values: Callable[[], Sequence[Any]]) -> Callable[[Random], Variables]:
    return lambda chance: {name: chance.choice(values())}


_PERSOON = "{burgerservicenummer leeftijd naam{voornamen}}"
_BSN = _one("bsn", lambda: PERSONS)
_UUID = _one("uuid", some_zaken)
QUESTIONS: Final[Sequence[Asking]] = (
    Asking("persoon", STAFF,
        f"query($bsn: Bsn!){{persoon(burgerservicenummer: $bsn){_PERSOON}}}", _BSN, _named),
    Asking("personen", STAFF,
        f"query($bsns: [Bsn!]!){{personen(burgerservicenummers: $bsns){_PERSOON}}}",
        lambda chance: {"bsns": chance.sample(PERSONS, 2)}, _named),
    Asking("niemand", STAFF,
        f"query($bsn: Bsn!){{persoon(burgerservicenummer: $bsn){_PERSOON}}}",
        _one("bsn", lambda: [NOBODY_BSN]), _nobody),
    Asking("geen bsn", STAFF,
        f"query($bsn: Bsn!){{persoon(burgerservicenummer: $bsn){_PERSOON}}}",
        _one("bsn", lambda: ["123456789"]), _nobody),
    Asking("geen vraag", EVERYONE, "{persoo{naam}}", lambda _: {}, _nobody),
    Asking("zaak", STAFF,
        f"query($uuid: Uuid!){{zaak(uuid: $uuid){{{_SEEN}}}}}", _UUID, _named),
    Asking("zaak met rollen", STAFF,
        f"query($uuid: Uuid!){{zaak(uuid: $uuid){{{_SEEN} rollen{{omschrijving "
        f"... on RolNatuurlijkPersoon{{persoon{_PERSOON}}}}}}}}}", _UUID, _of_zaak),
    Asking("zaken", STAFF, f"{{zaken(first: 5){{edges{{node{{{_SEEN}}}}}}}}}",
        lambda _: {}, _anything),
    Asking("zaken van persoon", STAFF,
        f"query($bsn: Bsn!){{zakenVanPersoon(bsn: $bsn, first: 5){{edges{{node{{{_SEEN}}}}}}}}}",
        _BSN, _zaken),
    Asking("bedrijf", STAFF,
        "query($kvk: KvkNummer!){bedrijf(kvkNummer: $kvk){kvkNummer naam}}",
        _one("kvk", lambda: COMPANIES), _named),
    Asking("adres", EVERYONE,
        "query($id: NummeraanduidingId!){adres(identificatie: $id){korteNaam postcode}}",
        _one("id", lambda: ADDRESSES), _named),
    Asking("mijn persoon", CLOSED, f"{{mijn{{persoon{_PERSOON}}}}}", lambda _: {}, _own),
    Asking("mijn zaken", CLOSED,
        f"{{mijn{{zaken(first: 5){{edges{{node{{{_SEEN}}}}}}}}}}}", lambda _: {}, _own),
    Asking("mijn zaak", CLOSED,
        f"query($uuid: Uuid!){{mijn{{zaak(uuid: $uuid){{{_SEEN}}}}}}}", _UUID, _own),
    Asking("mijn bedrijf", CLOSED, "{mijn{bedrijf{kvkNummer naam}}}", lambda _: {}, _own),
    Asking("een ander", CLOSED,
        f"query($bsn: Bsn!){{persoon(burgerservicenummer: $bsn){_PERSOON}}}", _BSN, _nobody),
    Asking("volgen", STAFF,
        f"subscription($uuid: Uuid!){{zaakGewijzigd(uuid: $uuid){{{_SEEN}}}}}", _UUID, _named,
        follows=True),
)  # fmt: skip


def foreign(marks: set[Mark], asking: Asking, asker: Asker, variables: Variables) -> list[str]:
    """What is in an answer and was not given to who asks, or is not about whom it may be."""
    about = asking.about(asker, variables)
    return [str(mark) for mark in marks if not _theirs(mark, asker) or mark.about not in about]


def _theirs(mark: Mark, asker: Asker) -> bool:
    return (
        mark.tenant in (asker.tenant, SHARED)
        and mark.purpose in (asker.heard, NOBODY)
        and mark.user in (asker.subject, NOBODY)
    )
