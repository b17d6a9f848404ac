"""The kinds of documents and besluiten of the municipality, as the Catalogi API 1.3.1 writes them.

Built at startup with the rest of the catalogus. Which kinds a zaaktype has follows from what its
zaken can come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.wire import Wire
from sandbox.zgw_links import catalogi_url, uuid_for

SINCE = "2023-01-01"
AANVRAAG, BEWIJSSTUK, BRIEF, BESLUIT, FOTO = (
    "Aanvraag",
    "Bewijsstuk",
    "Brief",
    "Besluit",
    "Foto",
)
KINDS = {
    AANVRAAG: ("aanvraag", "zaakvertrouwelijk", ("formulier",)),
    BEWIJSSTUK: ("bijlage", "vertrouwelijk", ("bijlage",)),
    BRIEF: ("brief", "zaakvertrouwelijk", ("correspondentie",)),
    BESLUIT: ("besluit", "zaakvertrouwelijk", ("beschikking", "besluit")),
    FOTO: ("beeld", "intern", ()),
}
DECISIONS = {
    "B0101": ("Besluit op aanvraag parkeervergunning", "P6W", False),
    "B0210": ("Omgevingsvergunning", "P6W", True),
    "B0412": ("Besluit bijzondere bijstand", "P6W", False),
    "B0518": ("Evenementenvergunning", "P6W", True),
    "B0601": ("Besluit op informatieverzoek", "P6W", True),
    "B0722": ("Beslissing op bezwaar", "P6W", False),
}
"""By identificatie of the zaaktype: the name of its besluittype, how long one may object, and
whether such a besluit is published."""


@dataclass(frozen=True, slots=True)
class PaperTypes:
    """Wire objects by name: documents by what they are, besluiten by their zaaktype."""

    informatieobjecttypen: Mapping[str, Wire]
    besluittypen: Mapping[str, Wire]

    def belong_to(self, zaaktype: Wire) -> None:
        """Write into a version of a zaaktype, and into the kinds, that they belong together."""
        kinds = list(self.informatieobjecttypen.values())
        decision = self.besluittypen.get(zaaktype["identificatie"])
        if decision is None:
            kinds = [kind for kind in kinds if kind["omschrijving"] != BESLUIT]
        else:
            zaaktype["besluittypen"] = [decision["url"]]
            decision["zaaktypen"].append(zaaktype["url"])
        zaaktype["informatieobjecttypen"] = [kind["url"] for kind in kinds]
        for kind in kinds:
            kind["zaaktypen"].append(zaaktype["url"])


def build_paper_types(catalogus: str) -> PaperTypes:
    """The kinds in the catalogus at this URL: always the same."""
    kinds = {name: _informatieobjecttype(catalogus, name) for name in KINDS}
    decisions = {zaaktype: _besluittype(catalogus, zaaktype, kinds) for zaaktype in DECISIONS}
    kinds[BESLUIT]["besluittypen"] = [wire["url"] for wire in decisions.values()]
    return PaperTypes(kinds, decisions)


def _informatieobjecttype(catalogus: str, name: str) -> Wire:
    categorie, vertrouwelijk, trefwoorden = KINDS[name]
    return {
        "url": catalogi_url("informatieobjecttypen", uuid_for("informatieobjecttype", name)),
        "catalogus": catalogus,
        "omschrijving": name,
        "vertrouwelijkheidaanduiding": vertrouwelijk,
        **_validity(),
        "concept": False,
        "besluittypen": [],
        "informatieobjectcategorie": categorie,
        "trefwoord": list(trefwoorden),
        "omschrijvingGeneriek": {
            "informatieobjecttypeOmschrijvingGeneriek": name,
            "definitieInformatieobjecttypeOmschrijvingGeneriek": f"Een {categorie}",
            "herkomstInformatieobjecttypeOmschrijvingGeneriek": "Weidevaart",
            "hierarchieInformatieobjecttypeOmschrijvingGeneriek": "1",
            "opmerkingInformatieobjecttypeOmschrijvingGeneriek": "",
        },
        "zaaktypen": [],
    }


def _besluittype(catalogus: str, zaaktype: str, kinds: Mapping[str, Wire]) -> Wire:
    name, reactietermijn, published = DECISIONS[zaaktype]
    return {
        "url": catalogi_url("besluittypen", uuid_for("besluittype", zaaktype)),
        "catalogus": catalogus,
        "zaaktypen": [],
        "omschrijving": name,
        "omschrijvingGeneriek": "",
        "besluitcategorie": "",
        "reactietermijn": reactietermijn,
        "publicatieIndicatie": published,
        "publicatietekst": "",
        "publicatietermijn": "P6W" if published else None,
        "toelichting": "",
        "informatieobjecttypen": [kinds[BESLUIT]["url"]],
        **_validity(),
        "concept": False,
        "resultaattypen": [],
        "resultaattypenOmschrijving": [],
        "vastgelegdIn": [BESLUIT],
    }


def _validity() -> Wire:
    return {
        "beginGeldigheid": SINCE,
        "eindeGeldigheid": None,
        "beginObject": SINCE,
        "eindeObject": None,
    }
