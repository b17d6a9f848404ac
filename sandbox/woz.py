"""The sandbox's WOZ bevragen 1.0, as a Starlette app; operation phase.

Objects by exactly one kind of key, a hundred to a page at the most. No parameters at all is an
unsupported combination, and the first page has a link ``first``, as with the real one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.bag_parameters import entry
from sandbox.brk_parameters import admit, read_parameters
from sandbox.brk_register import Kadaster
from sandbox.brk_selection import Tree, project, read_fields, tree
from sandbox.problems import Invalid, Refused, problem
from sandbox.wire import Wire
from sandbox.woz_objects import Valuation

API_KEY = "sandbox-woz"
BASE = "/wozobjecten"
ENTRIES = (
    entry("adresseerbaarObjectIdentificatie"),
    entry("nummeraanduidingIdentificatie"),
    entry("postcode huisnummer", "huisletter huisnummertoevoeging"),
    entry("rsin"),
    entry("kvkNummer"),
)
ALWAYS = ("identificatie",)
_PARTY = (
    "(burgerservicenummer geheimhoudingPersoonsgegevens kvkNummer naam rsin type vestigingsnummer)"
)
OBJECT = tree(f"""identificatie adresseerbaarObjectIdentificaties pandIdentificaties
    aanduiding(straat huisnummer huisletter huisnummertoevoeging postcode woonplaats
        locatieomschrijving nummeraanduidingIdentificatie)
    belanghebbendeEigenaar{_PARTY} belanghebbendeGebruiker{_PARTY} grondoppervlakte
    kadastraalOnroerendeZaken(identificatie aanduidingMetGemeentenaam
        aanduiding(gemeentecode sectie perceelnummer deelperceelnummer appartementsindex))
    verantwoordelijkeGemeente(code omschrijving)
    waarden(vastgesteldeWaarde waardepeildatum ingangsdatum beschikkingsStatussen
        indicatieBezwaarBeroep)""")

Answer = Callable[[Request], Wire]


@dataclass(frozen=True, slots=True)
class Counter:
    """Answers questions on a valuation."""

    valuation: Valuation
    api_key: str

    def endpoint(self, answer: Answer) -> Callable[[Request], Response]:
        """An endpoint that checks the key and the Accept header."""

        def respond(request: Request) -> Response:
            headers = {"api-version": "1.0.0"}
            try:
                admit(request, self.api_key)
                body = answer(request)
            except Refused as refused:
                return problem(refused, request.url.path, headers=headers)
            return JSONResponse(body, headers=headers, media_type="application/hal+json")

        return respond

    def one(self, request: Request) -> Wire:
        """An object by its identification."""
        asked = read_parameters(request, (), "fields")
        key = request.path_params["key"]
        if len(key) != 12 or not key.isdecimal():
            fault = Invalid("identificatie", "pattern", "Waarde voldoet niet aan patroon.")
            raise Refused.parameters([fault])
        if key not in self.valuation.objects:
            raise Refused(404, "notFound", "Opgevraagde resource bestaat niet.")
        return self._shown(key, read_fields(asked.get("fields"), OBJECT, ALWAYS))

    def many(self, request: Request) -> Wire:
        """A page of the objects that are searched for."""
        asked = read_parameters(request, ENTRIES, "fields page pageSize")
        fields = read_fields(asked.get("fields"), OBJECT, ALWAYS)
        keys = [key for key, found in self.valuation.objects.items() if _fits(found, asked)]
        page, size = asked.get("page", 1), asked.get("pageSize", 20)
        shown = [self._shown(key, fields) for key in keys[(page - 1) * size : page * size]]
        links = _links(request, page, page * size < len(keys))
        return {"_embedded": {"wozObjecten": shown}, **links} if shown else links

    def _shown(self, key: str, fields: Tree | None) -> Wire:
        links = {"self": {"href": f"{BASE}/{key}"}}
        return project({**self.valuation.objects[key], "_links": links}, fields)


def woz_app(kadaster: Kadaster, api_key: str = API_KEY) -> Starlette:
    """The app with every question of the WOZ."""
    counter = Counter(Valuation(kadaster), api_key)
    return Starlette(
        routes=[
            Route(BASE, counter.endpoint(counter.many)),
            Route(f"{BASE}/{{key}}", counter.endpoint(counter.one)),
        ]
    )


def _fits(found: Wire, asked: Mapping[str, Any]) -> bool:
    """Whether an object answers to the key that is asked with."""
    place, owner = found["aanduiding"], found["belanghebbendeEigenaar"]
    for name, value in asked.items():
        if name == "adresseerbaarObjectIdentificatie":
            if value not in found["adresseerbaarObjectIdentificaties"]:
                return False
        elif name in ("rsin", "kvkNummer"):
            if owner.get(name) != value:
                return False
        elif name not in ("fields", "page", "pageSize") and not _same(place.get(name), value):
            return False
    return True


def _same(known: Any, value: Any) -> bool:
    return known is not None and str(known).lower() == str(value).lower()


def _links(request: Request, page: int, more: bool) -> Wire:
    pages: Sequence[tuple[str, int]] = (
        ("first", 1),
        *((("previous", page - 1),) if page > 1 else ()),
        *((("next", page + 1),) if more else ()),
    )
    links = {"self": {"href": str(request.url)}}
    for name, number in pages:
        links[name] = {"href": str(request.url.include_query_params(page=number))}
    return {"_links": links}
