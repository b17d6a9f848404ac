"""A zaaksysteem that believes everybody: it ignores every filter but those of its own addresses.

What a caller is kept from is kept from them by the gateway, or by nobody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.app import HOST, PATHS, Call

BURGER, ANDER = "999900018", "999900031"
KVK, RSIN, BRANCH = "99900100", "888800009", "000099900000"
PARKEREN, BIJSTAND = "a0000000-0000-4000-8000-00000000000a", "a0000000-0000-4000-8000-00000000000b"
KINDS = {PARKEREN: "B0101", BIJSTAND: "B0500"}
"""Zaaktypen by uuid: what they are called in every version."""
UNKNOWN = "e0000000-0000-4000-8000-00000000000e"
"""Nothing has it."""


def uuid(number: int) -> str:
    """Of the zaak with this number."""
    return f"c0000000-0000-4000-8000-{number:012d}"


def paper(number: int) -> str:
    """Of the document with this number."""
    return f"d0000000-0000-4000-8000-{number:012d}"


def url(source: str, resource: str, uuid: str) -> str:
    """As the source writes it."""
    return f"{HOST}{PATHS[source]}/{resource}/{uuid}"


def persoon(bsn: str = BURGER, generic: str = "initiator", **more: Any) -> dict[str, Any]:
    """A rol of a person."""
    who = {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"inpBsn": bsn}}
    return {**who, "omschrijvingGeneriek": generic, **more}


def bedrijf(generic: str = "initiator", **numbers: str) -> dict[str, Any]:
    """A rol of an organisation."""
    who = {"betrokkeneType": "niet_natuurlijk_persoon", "betrokkeneIdentificatie": numbers}
    return {**who, "omschrijvingGeneriek": generic}


def vestiging(**numbers: str) -> dict[str, Any]:
    """A rol of a vestiging."""
    return {**bedrijf(**numbers), "betrokkeneType": "vestiging"}


def medewerker(generic: str = "behandelaar") -> dict[str, Any]:
    """A rol of who works for the municipality."""
    who = {"betrokkeneType": "medewerker", "betrokkeneIdentificatie": {"identificatie": "m1"}}
    return {**who, "omschrijvingGeneriek": generic}


@dataclass(slots=True)
class Zaaksysteem:
    """What there is, and what is asked of it."""

    zaken: dict[str, dict[str, Any]] = field(default_factory=dict)
    rollen: dict[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    objecten: dict[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    papers: dict[str, list[int]] = field(default_factory=dict)
    """By uuid of the zaak: the numbers of its documents."""
    documenten: dict[int, dict[str, Any]] = field(default_factory=dict)
    besluiten: dict[str, str] = field(default_factory=dict)
    """By uuid: that of the zaak."""
    fails: dict[str, int] = field(default_factory=dict)
    """By the beginning of a call's line: the status that it gets."""
    calls: list[str] = field(default_factory=list)

    def zaak(
        self,
        number: int,
        *rollen: Mapping[str, Any],
        papers: Iterable[int] = (),
        **properties: Any,
    ) -> str:
        """Put a zaak there; gives its uuid."""
        made = uuid(number)
        self.zaken[made] = {
            "url": url("zaken", "zaken", made),
            "uuid": made,
            "identificatie": f"ZAAK-{number}",
            "omschrijving": f"zaak {number}",
            "bronorganisatie": "000000000",
            "startdatum": "2026-01-01",
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "zaaktype": url("catalogi", "zaaktypen", PARKEREN),
            "deelzaken": [],
            "relevanteAndereZaken": [],
            **properties,
        }
        self.rollen[made] = rollen
        self.papers[made] = list(papers)
        return made

    def document(self, number: int, **properties: Any) -> None:
        """Put a document there."""
        address = url("documenten", "enkelvoudiginformatieobjecten", paper(number))
        self.documenten[number] = {
            "url": address,
            "titel": f"stuk {number}",
            "bronorganisatie": "000000000",
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "status": "definitief",
            "versie": 1,
            "inhoud": f"{address}/download?versie=1",
            **properties,
        }

    def answering(self, call: Call) -> httpx.Response | None:
        """What it answers to a question to one of the four APIs."""
        if call.source not in ("zaken", "catalogi", "documenten", "besluiten"):
            return None
        self.calls.append(call.line)
        for line, status in self.fails.items():
            if call.line.startswith(line):
                return httpx.Response(status, json={"status": status, "code": "anders"})
        found = self._answer(call)
        if found is None:
            return httpx.Response(404, json={"status": 404, "code": "not_found"})
        return httpx.Response(200, json=found)

    def _answer(self, call: Call) -> Any:
        match call.source, call.path.split("/"):
            case "zaken", ["zaken", "_zoek"]:
                wanted = (call.body or {}).get("uuid__in")
                found = [
                    each for key, each in self.zaken.items() if wanted is None or key in wanted
                ]
                return _page(found, call)
            case "zaken", ["zaken", key]:
                return self.zaken.get(key)
            case "zaken", ["rollen"]:
                return _page(self._under("rollen", self.rollen, call), call)
            case "zaken", ["zaakobjecten"]:
                return _page(self._under("zaakobjecten", self.objecten, call), call)
            case "zaken", ["zaakinformatieobjecten"]:
                return self._links("zaken", "zaak", self.papers, call)
            case "catalogi", ["zaaktypen", key]:
                address = url("catalogi", "zaaktypen", key)
                return {"url": address, "identificatie": KINDS[key]} if key in KINDS else None
            case "documenten", ["enkelvoudiginformatieobjecten", "_zoek"]:
                numbers = [n for n in self.documenten if paper(n) in call.body["uuid__in"]]
                return _page([self.documenten[n] for n in numbers], call)
            case "documenten", ["enkelvoudiginformatieobjecten", key]:
                return next((each for n, each in self.documenten.items() if paper(n) == key), None)
            case "documenten", ["objectinformatieobjecten"]:
                return self._belongs(_asked_for(call, "informatieobject"))
            case "besluiten", ["besluiten"]:
                return _page([self._besluit(key) for key in self._besluiten_of(call)], call)
            case "besluiten", ["besluiten", key]:
                return self._besluit(key) if key in self.besluiten else None
            case "besluiten", ["besluitinformatieobjecten"]:
                named = {key: self.papers[zaak] for key, zaak in self.besluiten.items()}
                return self._links("besluiten", "besluit", named, call)
        raise AssertionError(call.line)

    def _under(self, name: str, things: Mapping[str, Sequence[Any]], call: Call) -> list[Any]:
        key = _asked_for(call, "zaak")
        named = url("zaken", "zaken", key)
        return [
            {"url": url("zaken", name, uuid(100 + n)), "uuid": uuid(100 + n), "zaak": named, **each}
            for n, each in enumerate(things.get(key, ()))
        ]

    def _links(
        self, source: str, holder: str, papers: Mapping[str, list[int]], call: Call
    ) -> list[Any]:
        key = _asked_for(call, holder)
        return [
            {
                "url": url(source, f"{holder}informatieobjecten", uuid(900 + n)),
                holder: url(source, {"zaak": "zaken", "besluit": "besluiten"}[holder], key),
                "informatieobject": url("documenten", "enkelvoudiginformatieobjecten", paper(n)),
                "titel": f"stuk {n}",
            }
            for n in papers.get(key, ())
        ]

    def _belongs(self, key: str) -> list[Any]:
        address = url("documenten", "enkelvoudiginformatieobjecten", key)
        return [
            {
                "url": url("documenten", "objectinformatieobjecten", zaak),
                "informatieobject": address,
                "objectType": "zaak",
                "object": url("zaken", "zaken", zaak),
            }
            for zaak, numbers in self.papers.items()
            if key in map(paper, numbers)
        ]

    def _besluit(self, key: str) -> Any:
        named = url("besluiten", "besluiten", key)
        zaak = url("zaken", "zaken", self.besluiten[key])
        return {"url": named, "identificatie": f"B-{key[-2:]}", "zaak": zaak, "datum": "2026-02-01"}

    def _besluiten_of(self, call: Call) -> list[str]:
        return [key for key, zaak in self.besluiten.items() if zaak == _asked_for(call, "zaak")]


def _asked_for(call: Call, name: str) -> str:
    return urlsplit(dict(call.params)[name]).path.rpartition("/")[2]


def _page(items: Sequence[Any], call: Call) -> Any:
    params = dict(call.params)
    number, size = int(params.get("page", 1)), int(params.get("pageSize", 100))
    start = (number - 1) * size
    more = "more" if start + size < len(items) else None
    return {"count": len(items), "next": more, "previous": None,
            "results": list(items[start : start + size])}  # fmt: skip
