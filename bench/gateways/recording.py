"""What the sandbox's registries answer, noted once (process), so that a raw source can answer it.

The sandbox itself is a Python application: what stands before it would wait for it. Noted is all
that the questions of `bench.gateways.work` about persons and zaken lead to, with the address
`HERE` in the place of the source's own.
"""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jwk, jwt

from sandbox.access import SECRETS
from sandbox.cases import build_cases
from sandbox.server import sandbox_app
from sandbox.showcase import BURGER_BSN
from sandbox.world import build_world

HERE = "http://bronnen.example"
ZAKEN = b"/zaken/api/v1/zaken"
ZOEKEN = ZAKEN + b"/_zoek"
PERSONS = 100
PAGE, PERSONAL_PAGE = 100, 5
PERSON_FIELDS = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "partners.naam.geslachtsnaam",
    "partners.naam.voornamen",
    "verblijfplaats.nummeraanduidingIdentificatie",
)
_CRS = {"accept-crs": "EPSG:4326", "content-crs": "EPSG:4326"}
_HAL = {"accept": "application/hal+json", "x-api-key": SECRETS["SANDBOX_BAG"]}
_BRP = {
    "x-api-key": SECRETS["SANDBOX_BRP"],
    "x-doelbinding": "BRPACT-Totaal",
    "x-gebruiker": "klantcontact",
}

Noted = tuple[str, str]
"""A content type and a body."""


@dataclass(slots=True)
class Recorded:
    """Answers: by path, by BSN, and one page of zaken for whatever filter."""

    answers: dict[str, Noted] = field(default_factory=dict)
    persons: dict[str, Noted] = field(default_factory=dict)
    searches: dict[str, Noted] = field(default_factory=dict)
    """The zaken of a person."""
    zaken: Noted = ("", "")

    def write(self, path: Path) -> None:
        """Keep it in a file."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Recorded":
        """What was kept there."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def body(self, url: str) -> Any:
        """What is answered at an address, or at a path."""
        return json.loads(self.answers[urlsplit(url).path][1])


async def record(persons: int = PERSONS) -> Recorded:
    """The first persons of an order by chance who have a zaak, and a page of zaken."""
    world = build_world()
    app = sandbox_app(world, build_cases(world, citizen=BURGER_BSN))
    order = [BURGER_BSN, *Random(6).sample(sorted(world.persons), len(world.persons))]  # noqa: S311
    found = Recorded()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as client:
        asking = _Asking(client, found)
        for bsn in dict.fromkeys(order):
            if len(found.persons) == persons:
                break
            await asking.person(bsn)
        await asking.page()
    return found


class _Asking:
    """Asks the sandbox as a gateway would, each thing once."""

    def __init__(self, client: httpx.AsyncClient, found: Recorded) -> None:
        self._client, self._found = client, found
        claims = {"client_id": "bronpoort", "user_id": "bench", "user_representation": "bench"}
        key = jwk.OctKey.import_key(SECRETS["SANDBOX_ZGW"])
        token = jwt.encode({"alg": "HS256"}, {**claims, "iat": int(time.time())}, key)
        self._zgw = {"authorization": f"Bearer {token}", **_CRS}

    async def person(self, bsn: str) -> None:
        """A person and their first zaken, unless there are none, or they live at no address."""
        asked = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [bsn],
            "fields": PERSON_FIELDS,
        }
        told = await self._client.post("/brp/personen", json=asked, headers=_BRP)
        (person,) = told.json()["personen"] or [{}]
        home = person.get("verblijfplaats", {}).get("nummeraanduidingIdentificatie")
        filter = {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": bsn}
        zaken = await self._client.post(
            f"{ZOEKEN.decode()}?pageSize={PERSONAL_PAGE}", json=filter, headers=self._zgw
        )
        if home is None or not zaken.json()["results"]:
            return
        self._found.persons[bsn] = _noted(told)
        self._found.searches[bsn] = _noted(zaken)
        address = await self._get(f"/bag/adressen/{home}", _HAL)
        for pand in address.get("pandIdentificaties", ()):
            await self._get(f"/bag/panden/{pand}", {**_HAL, "accept-crs": "epsg:28992"})
        await self._under(zaken.json()["results"])

    async def page(self) -> None:
        """A page of zaken."""
        path = f"{ZAKEN.decode()}?pageSize={PAGE}"
        told = await self._client.get(path, headers=self._zgw)
        self._found.zaken = _noted(told)
        await self._under(told.json()["results"])

    async def _under(self, zaken: Sequence[Mapping[str, Any]]) -> None:
        for zaak in zaken:
            await self._get(zaak["zaaktype"], self._zgw)
            if zaak["status"]:
                status = await self._get(zaak["status"], self._zgw)
                await self._get(status["statustype"], self._zgw)

    async def _get(self, url: str, headers: Mapping[str, str]) -> Any:
        path = urlsplit(url).path
        if path not in self._found.answers:
            told = await self._client.get(url, headers=headers)
            self._found.answers[path] = _noted(told)
        return self._found.body(path)


def _noted(told: httpx.Response) -> Noted:
    told.raise_for_status()
    return told.headers["content-type"], told.text


def recorded(path: Path, persons: int = PERSONS) -> Recorded:
    """What stands there, noted first if nothing does."""
    if not path.is_file():
        asyncio.run(record(persons)).write(path)
    return Recorded.read(path)
