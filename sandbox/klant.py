"""The sandbox's Klantinteracties API, after Open Klant 2 (operation).

API 0.9.0. As Open Klant 2.18 was seen to do: unknown parameters are refused, a malformed UUID is
404, a slash at the end is a page of HTML, and `_expand` holds what was asked and nothing below
something that was not. The rest follows the description; the words of an error are our own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from starlette.requests import Request
from starlette.routing import Router

from sandbox.cases import Cases
from sandbox.klant_dossiers import Klanten, build_klanten
from sandbox.token_api import Ask, Manner, Shelves, TokenApi, origin
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_filters import Collection, Filter, contains, exact
from sandbox.zgw_problem import Param, Problem, invalid

PATH = "/klantinteracties/api/v1"
TOKEN = "sandbox-klant"
OPTIONS: Mapping[str, frozenset[str]] = {
    "partijen": frozenset(
        {"betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties", "digitaleAdressen"}
    ),
    "klantcontacten": frozenset(
        {
            "gingOverOnderwerpobjecten",
            "hadBetrokkenen",
            "hadBetrokkenen.digitaleAdressen",
            "hadBetrokkenen.wasPartij",
            "leiddeTotInterneTaken",
            "omvatteBijlagen",
        }
    ),
    "betrokkenen": frozenset({"digitaleAdressen"}),
    "digitaleadressen": frozenset(
        {
            "verstrektDoorBetrokkene",
            "verstrektDoorBetrokkene.hadKlantcontact",
            "verstrektDoorBetrokkene.hadKlantcontact.leiddeTotInterneTaken",
        }
    ),
}
NUMBER = ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
OBJECT = "onderwerpobjectidentificator"

Keys = Callable[[Wire], Iterable[str]]


def klant_app(world: World, cases: Cases, token: str = TOKEN) -> Router:
    """The API as an ASGI app; its customers are made at the first request."""
    manner = Manner(
        PATH,
        token,
        "pageSize",
        strict=True,
        failure=_failure,
        others=frozenset({"expand"}),
        version="0.9.0",
    )
    library: dict[str, Wire] = {}

    def fill() -> Shelves:
        klanten = build_klanten(world, cases)
        for objects in klanten.resources.values():
            library.update(objects)
        return _shelves(klanten)

    return TokenApi(manner, fill, lambda ask, wire: _expanded(ask, wire, library)).app()


def _failure(problem: Problem, request: Request) -> Wire:
    return problem.body(origin(request), f"{request.method} {request.url.path}")


# ---- expand -------------------------------------------------------------------------------------


def _expanded(ask: Ask, wire: Wire, library: Mapping[str, Wire]) -> Wire:
    resource = str(ask.request.path_params["resource"])
    options = OPTIONS.get(resource)
    if options is None:
        return wire
    names = frozenset(ask.query.get("expand", "").split(",")) - {""}
    if names - options:
        raise invalid([Param("expand", "invalid_choice", "Dit is geen geldige keuze.")])
    return {**wire, "_expand": _inside(wire, names, library, "")}


def _inside(wire: Wire, names: frozenset[str], library: Mapping[str, Wire], above: str) -> Wire:
    found: Wire = {}
    for name, value in wire.items():
        if above + name not in names or value is None:
            continue
        references = value if isinstance(value, list) else [value]
        shown = [_nested(library[one["uuid"]], names, library, above + name) for one in references]
        found[name] = shown if isinstance(value, list) else shown[0]
    return found


def _nested(wire: Wire, names: frozenset[str], library: Mapping[str, Wire], path: str) -> Wire:
    inside = _inside(wire, names, library, f"{path}.")
    return {**wire, "_expand": inside} if inside else wire


# ---- filters ------------------------------------------------------------------------------------


def _shelves(klanten: Klanten) -> Shelves:
    filters = {
        "partijen": _of_partijen(klanten),
        "klantcontacten": _of_klantcontacten(klanten),
        "betrokkenen": _of_betrokkenen(klanten),
        "digitaleadressen": _of_digitale_adressen(klanten),
        "internetaken": {
            "nummer": exact("nummer"),
            "status": exact("status"),
            "toegewezenOp": exact("toegewezenOp"),
            "klantcontact__uuid": exact("aanleidinggevendKlantcontact.uuid"),
            **_referring("aanleidinggevendKlantcontact"),
            "toegewezenAanActor__uuid": Filter(keys=_each("toegewezenAanActoren")),
        },
        "onderwerpobjecten": _referring("klantcontact", "wasKlantcontact") | _codes(OBJECT),
        "bijlagen": {"klantcontact__uuid": exact("wasBijlageVanKlantcontact.uuid")},
        "vertegenwoordigingen": _referring("vertegenwoordigendePartij", "vertegenwoordigdePartij"),
        "rekeningnummers": {"uuid": exact("uuid"), "iban": exact("iban"), "bic": exact("bic")},
        "actoren": {"naam": exact("naam"), "soortActor": exact("soortActor")},
    }
    return {name: Collection(klanten.resources[name], known) for name, known in filters.items()}


def _of_partijen(klanten: Klanten) -> dict[str, Filter]:
    return {
        "nummer": exact("nummer"),
        "soortPartij": exact("soortPartij"),
        "indicatieActief": exact("indicatieActief"),
        "bezoekadresNummeraanduidingId": exact("bezoekadres.nummeraanduidingId"),
        "vertegenwoordigdePartij__uuid": Filter(keys=_each("vertegenwoordigden")),
        **_numbers("", lambda partij: [partij]),
    }


def _of_klantcontacten(klanten: Klanten) -> dict[str, Filter]:
    resources = klanten.resources

    def participants(contact: Wire) -> list[Wire]:
        return [resources["betrokkenen"][one["uuid"]] for one in contact["hadBetrokkenen"]]

    def objects(contact: Wire) -> list[Wire]:
        named = contact["gingOverOnderwerpobjecten"]
        return [resources["onderwerpobjecten"][one["uuid"]] for one in named]

    return {
        "nummer": exact("nummer"),
        "kanaal": exact("kanaal"),
        "onderwerp": contains("onderwerp"),
        "hadBetrokkene__uuid": Filter(keys=_each("hadBetrokkenen")),
        "hadBetrokkene__wasPartij__uuid": Filter(
            keys=lambda contact: [
                one["wasPartij"]["uuid"] for one in participants(contact) if one["wasPartij"]
            ]
        ),
        **_numbers(
            "hadBetrokkene__wasPartij__",
            lambda contact: _partijen_of(klanten, participants(contact)),
        ),
        **{
            f"onderwerpobject__{OBJECT}{name[0].upper()}{name[1:]}": Filter(
                keys=_coded(objects, name)
            )
            for name in NUMBER
        },
    }


def _of_betrokkenen(klanten: Klanten) -> dict[str, Filter]:
    return {
        **_referring("hadKlantcontact", "wasPartij"),
        **_numbers("wasPartij__", lambda one: _partijen_of(klanten, [one])),
    }


def _of_digitale_adressen(klanten: Klanten) -> dict[str, Filter]:
    def giver(address: Wire) -> list[Wire]:
        named = address["verstrektDoorPartij"]
        return [klanten.resources["partijen"][named["uuid"]]] if named else []

    return {
        "adres": exact("adres"),
        "soortDigitaalAdres": exact("soortDigitaalAdres"),
        "isStandaardAdres": exact("isStandaardAdres"),
        **_referring("verstrektDoorPartij", "verstrektDoorBetrokkene"),
        **_numbers("verstrektDoorPartij__", giver),
    }


def _numbers(prefix: str, partijen: Callable[[Wire], Iterable[Wire]]) -> dict[str, Filter]:
    """The four filters on an identification; each may be met by another one of a partij."""

    def at(name: str) -> Keys:
        return lambda wire: [
            item["partijIdentificator"][name]
            for partij in partijen(wire)
            for item in partij["partijIdentificatoren"]
        ]

    return {f"{prefix}partijIdentificator__{name}": Filter(keys=at(name)) for name in NUMBER}


def _partijen_of(klanten: Klanten, participants: Iterable[Wire]) -> Iterator[Wire]:
    for one in participants:
        if one["wasPartij"]:
            yield klanten.resources["partijen"][one["wasPartij"]["uuid"]]


def _coded(objects: Callable[[Wire], Iterable[Wire]], name: str) -> Keys:
    return lambda wire: [one[OBJECT][name] for one in objects(wire) if one[OBJECT]]


def _codes(group: str) -> dict[str, Filter]:
    return {f"{group}{name[0].upper()}{name[1:]}": exact(f"{group}.{name}") for name in NUMBER}


def _referring(*names: str) -> dict[str, Filter]:
    return {f"{name}__uuid": exact(f"{name}.uuid") for name in names}


def _each(name: str) -> Keys:
    return lambda wire: [one["uuid"] for one in wire[name]]
