"""The filters of each list of the Zaken API, for the standard and for Open Zaak; made at startup.

Zaken API 1.5.1, the query parameters of zaak_list, rol_list, status_list, resultaat_list and
zaakobject_list and the body of zaak__zoek. Each filter on a rol may be met by another rol of the
same zaak: Open Zaak applies its filters one after the other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.wire import Wire
from sandbox.zgw_dossiers import CONFIDENTIALITY
from sandbox.zgw_filters import Filter, Keys, Kind, contains, dates, exact
from sandbox.zgw_geometry import lies_within

ORDERINGS = (
    "startdatum",
    "einddatum",
    "publicatiedatum",
    "archiefactiedatum",
    "registratiedatum",
    "identificatie",
)
ARCHIVE_ACTIONS = frozenset({"blijvend_bewaren", "vernietigen"})
ARCHIVE_STATES = frozenset(
    {"nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen"}
)
PARTY_KINDS = {
    "natuurlijkPersoon": "natuurlijk_persoon",
    "nietNatuurlijkPersoon": "niet_natuurlijk_persoon",
    "vestiging": "vestiging",
    "medewerker": "medewerker",
    "organisatorischeEenheid": "organisatorische_eenheid",
}
ROLE_NAMES = frozenset(
    {
        "adviseur",
        "behandelaar",
        "belanghebbende",
        "beslisser",
        "initiator",
        "klantcontacter",
        "mede_initiator",
        "zaakcoordinator",
    }
)
AUTHORISATIONS = frozenset({"eigen", "gemachtigde", "machtiginggever"})
PARTY_NUMBERS = (
    ("natuurlijkPersoon", "inpBsn", False),
    ("natuurlijkPersoon", "anpIdentificatie", False),
    ("natuurlijkPersoon", "inpA_nummer", False),
    ("nietNatuurlijkPersoon", "innNnpId", False),
    ("nietNatuurlijkPersoon", "annIdentificatie", False),
    ("nietNatuurlijkPersoon", "kvkNummer", True),
    ("nietNatuurlijkPersoon", "vestigingsNummer", True),
    ("vestiging", "vestigingsNummer", False),
    ("vestiging", "kvkNummer", True),
    ("medewerker", "identificatie", False),
    ("organisatorischeEenheid", "identificatie", False),
)
OBJECT_TYPES = frozenset(
    {
        "adres",
        "besluit",
        "buurt",
        "enkelvoudig_document",
        "gemeente",
        "gemeentelijke_openbare_ruimte",
        "huishouden",
        "inrichtingselement",
        "kadastrale_onroerende_zaak",
        "kunstwerkdeel",
        "maatschappelijke_activiteit",
        "medewerker",
        "natuurlijk_persoon",
        "niet_natuurlijk_persoon",
        "openbare_ruimte",
        "organisatorische_eenheid",
        "overige",
        "pand",
        "spoorbaandeel",
        "status",
        "terrein_gebouwd_object",
        "terreindeel",
        "vestiging",
        "waterdeel",
        "wegdeel",
        "wijk",
        "woonplaats",
        "woz_deelobject",
        "woz_object",
        "woz_waarde",
        "zakelijk_recht",
    }
)

Library = Mapping[str, Wire]


def zaak_filters(library: Library) -> dict[str, Filter]:
    """The filters of zaken; `library` holds every object by its URL."""
    return {
        **_own(),
        **dict(_all_dates()),
        **_related(library),
        **{f"rol__{name}": _of_roles(library, known) for name, known in _party_filters()},
        "rol__betrokkeneType": _of_roles(
            library, _choice("betrokkeneType", frozenset(PARTY_KINDS.values()))
        ),
        "rol__betrokkene": _of_roles(library, exact("betrokkene", Kind.URL)),
        "rol__omschrijvingGeneriek": _of_roles(
            library, _choice("omschrijvingGeneriek", ROLE_NAMES)
        ),
        "rol__machtiging": _of_roles(library, _authorised()),
        **_of_search(),
    }


def rol_filters() -> dict[str, Filter]:
    """The filters of rollen."""
    return {
        "zaak": exact("zaak", Kind.URL),
        "betrokkene": exact("betrokkene", Kind.URL),
        "betrokkeneType": _choice("betrokkeneType", frozenset(PARTY_KINDS.values())),
        **dict(_party_filters()),
        "roltype": exact("roltype", Kind.URL),
        "omschrijving": exact("omschrijving"),
        "omschrijvingGeneriek": _choice("omschrijvingGeneriek", ROLE_NAMES),
        "machtiging": _authorised(),
    }


def status_filters() -> dict[str, Filter]:
    """The filters of statussen."""
    last = "indicatieLaatstGezetteStatus"
    return {
        "zaak": exact("zaak", Kind.URL),
        "statustype": exact("statustype", Kind.URL),
        last: exact(last, Kind.BOOLEAN),
    }


def resultaat_filters() -> dict[str, Filter]:
    """The filters of resultaten."""
    return {
        "zaak": exact("zaak", Kind.URL),
        "resultaattype": exact("resultaattype", Kind.URL),
    }


def zaakobject_filters() -> dict[str, Filter]:
    """The filters of zaakobjecten: there is none on objectIdentificatie."""
    return {
        "zaak": exact("zaak", Kind.URL),
        "object": exact("object", Kind.URL),
        "objectType": _choice("objectType", OBJECT_TYPES),
    }


def informatieobject_filters() -> dict[str, Filter]:
    """The filters of zaakinformatieobjecten."""
    return {
        "zaak": exact("zaak", Kind.URL),
        "informatieobject": exact("informatieobject", Kind.URL),
    }


def _own() -> dict[str, Filter]:
    return {
        "identificatie": exact("identificatie"),
        "identificatie__icontains": contains("identificatie"),
        "omschrijving": contains("omschrijving"),
        "bronorganisatie": exact("bronorganisatie"),
        "bronorganisatie__in": exact("bronorganisatie", many=True),
        "zaaktype": exact("zaaktype", Kind.URL),
        "archiefnominatie": _choice("archiefnominatie", ARCHIVE_ACTIONS),
        "archiefnominatie__in": _choice("archiefnominatie", ARCHIVE_ACTIONS, many=True),
        "archiefstatus": _choice("archiefstatus", ARCHIVE_STATES),
        "archiefstatus__in": _choice("archiefstatus", ARCHIVE_STATES, many=True),
        "maximaleVertrouwelijkheidaanduiding": Filter(
            test=_at_most, choices=frozenset(CONFIDENTIALITY)
        ),
        "kenmerk": Filter(keys=_references, extension=True),
        "kenmerk__bron": Filter(keys=_reference_sources, extension=True),
    }


def _all_dates() -> Iterator[tuple[str, Filter]]:
    yield from dates("archiefactiedatum", "lt", "gt", "isnull")
    yield from dates("startdatum", "gt", "gte", "lt", "lte")
    yield from dates("registratiedatum", "gt", "lt")
    yield from dates("einddatum", "gt", "lt", "isnull")
    yield from dates("einddatumGepland", "gt", "lt")
    yield from dates("uiterlijkeEinddatumAfdoening", "gt", "lt")


def _related(library: Library) -> dict[str, Filter]:
    def through(relation: str, name: str) -> Keys:
        return lambda zaak: [library[zaak[relation]][name]] if zaak[relation] else []

    return {
        "zaaktype__omschrijving": Filter(
            test=lambda zaak, value: (
                value.lower() in library[zaak["zaaktype"]]["omschrijving"].lower()
            ),
            extension=True,
        ),
        "status__statustype": Filter(
            Kind.URL, keys=through("status", "statustype"), extension=True
        ),
        "resultaat__resultaattype": Filter(
            Kind.URL, keys=through("resultaat", "resultaattype"), extension=True
        ),
    }


def _of_search() -> dict[str, Filter]:
    return {
        "uuid__in": Filter(Kind.UUID, keys=lambda zaak: [zaak["uuid"]], many=True, body=True),
        "zaaktype__in": Filter(
            Kind.URL, keys=lambda zaak: [zaak["zaaktype"]], many=True, body=True
        ),
    }


def _party_filters() -> Iterator[tuple[str, Filter]]:
    for kind, number, extension in PARTY_NUMBERS:
        known = Filter(keys=_party_number(PARTY_KINDS[kind], number), extension=extension)
        yield f"betrokkeneIdentificatie__{kind}__{number}", known


def _party_number(kind: str, number: str) -> Keys:
    def keys(rol: Wire) -> list[str]:
        value = rol["betrokkeneIdentificatie"].get(number)
        return [value] if rol["betrokkeneType"] == kind and value else []

    return keys


def _of_roles(library: Library, known: Filter) -> Filter:
    """The filter on rollen as a filter on zaken: one of the rollen has the value."""
    inner: Any = known.keys

    def keys(zaak: Wire) -> set[str]:
        return {key for url in zaak["rollen"] for key in inner(library[url])}

    return Filter(known.kind, keys=keys, choices=known.choices, extension=known.extension)


def _choice(name: str, choices: frozenset[str], *, many: bool = False) -> Filter:
    return Filter(keys=exact(name).keys, choices=choices, many=many)


def _authorised() -> Filter:
    return Filter(
        keys=lambda rol: [rol["indicatieMachtiging"] or "eigen"],
        choices=AUTHORISATIONS,
        extension=True,
    )


def _at_most(zaak: Wire, value: str) -> bool:
    rank = CONFIDENTIALITY.index(zaak["vertrouwelijkheidaanduiding"])
    return rank <= CONFIDENTIALITY.index(value)


def _references(zaak: Wire) -> list[str]:
    return [f"{known['bron']}:{known['kenmerk']}" for known in zaak["kenmerken"]]


def _reference_sources(zaak: Wire) -> list[str]:
    return [known["bron"] for known in zaak["kenmerken"]]


def inside(zaak: Wire, area: Wire) -> bool:
    """Whether the geometry of a zaak lies within a polygon; without geometry it does not."""
    geometry = zaak["zaakgeometrie"]
    return geometry is not None and lies_within(geometry, area)
