"""The sandbox's Producten and Producttypen API, as Open Product 1.7 describes them (operation).

Names are in snake_case, errors those of Django REST framework. Unknown parameters are passed over,
as that framework does of itself: whoever mistypes a filter gets everything.
"""

from functools import cache

from starlette.requests import Request
from starlette.routing import Route, Router

from sandbox.cases import Cases
from sandbox.producten_kast import Producten, build_producten
from sandbox.token_api import Ask, Manner, Shelves, TokenApi
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_filters import Collection, Filter, Keys, contains, exact
from sandbox.zgw_problem import Problem

PRODUCTEN_PATH = "/producten/api/v1"
TYPEN_PATH = "/producttypen/api/v1"
TOKEN = "sandbox-producten"
NUMBERS = ("bsn", "kvk_nummer", "vestigingsnummer", "klantnummer", "uuid")


def producten_apps(world: World, cases: Cases, token: str = TOKEN) -> tuple[Router, Router]:
    """Producten and Producttypen as ASGI apps over the same products, made at first request."""

    @cache
    def filled() -> Producten:
        return build_producten(world, cases)

    producten = TokenApi(_manner(PRODUCTEN_PATH, token), lambda: _producten(filled()))
    typen = TokenApi(_manner(TYPEN_PATH, token), lambda: _typen(filled()))

    async def content(ask: Ask) -> object:
        found = typen.one(ask, "producttypen")
        return typen.page(ask, filled().content[found["uuid"]])

    route = Route("/producttypen/{uuid}/content", typen.endpoint(content))
    return producten.app(), typen.app([route])


def _manner(path: str, token: str) -> Manner:
    return Manner(path, token, "page_size", strict=False, failure=_failure)


def _failure(problem: Problem, request: Request) -> Wire:
    return {"detail": problem.detail}


def _producten(filled: Producten) -> Shelves:
    filters = {
        "status": exact("status"),
        "frequentie": exact("frequentie"),
        "gepubliceerd": exact("gepubliceerd"),
        "producttype__uuid": exact("producttype.uuid"),
        "producttype__uuid__in": exact("producttype.uuid", many=True),
        "producttype__code": exact("producttype.code"),
        "zaken__url": Filter(keys=_each("zaken", "url")),
        "zaken__url__contains": _naming("zaken"),
        "documenten__url": Filter(keys=_each("documenten", "url")),
        "documenten__url__contains": _naming("documenten"),
        "aanvraag_zaak_url": exact("aanvraag_zaak_url"),
        "aanvraag_zaak_url__contains": Filter(
            test=lambda wire, value: value in (wire["aanvraag_zaak_url"] or "")
        ),
        **{f"eigenaren__{name}": Filter(keys=_each("eigenaren", name)) for name in NUMBERS},
    }
    return {"producten": Collection(filled.producten, filters)}


def _typen(filled: Producten) -> Shelves:
    filters = {
        "code": exact("code"),
        "naam": exact("naam"),
        "naam__icontains": contains("naam"),
        "doelgroep": exact("doelgroep"),
        "gepubliceerd": exact("gepubliceerd"),
        "themas__uuid": Filter(keys=_each("themas", "uuid")),
        "zaaktypen__url": Filter(keys=_each("zaaktypen", "url")),
        "zaaktypen__url__contains": _naming("zaaktypen"),
    }
    return {"producttypen": Collection(filled.typen, filters)}


def _each(name: str, part: str) -> Keys:
    return lambda wire: [one[part] for one in wire[name] if one[part]]


def _naming(name: str) -> Filter:
    """A part of the address of one of the references at `name`."""
    return Filter(test=lambda wire, value: any(value in (one["url"] or "") for one in wire[name]))
