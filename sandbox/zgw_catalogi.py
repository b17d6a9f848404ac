"""The Catalogi API 1.3.1 as Open Zaak serves it, over the catalogus of the municipality; operation.

Lists show published objects only, unless `status` says otherwise (Catalogi API 1.3.1,
zaaktype_list).
"""

from collections.abc import Mapping

from starlette.routing import Router

from sandbox.wire import Wire
from sandbox.zgw_api import Api
from sandbox.zgw_catalogue import Catalogue
from sandbox.zgw_filters import Collection, Filter, Kind, contains, exact
from sandbox.zgw_zaken_filters import ROLE_NAMES


def catalogi_app(api: Api, catalogue: Catalogue) -> Router:
    """The API as an ASGI app, with indexes made at startup."""
    routes = []
    for name, objects in catalogue.resources.items():
        resource = Collection(objects, _filters(name, catalogue.resources["zaaktypen"]))
        routes.append(api.list_route(f"/{name}", resource))
        routes.append(api.detail_route(f"/{name}/{{uuid}}", resource))
    return Router(routes, redirect_slashes=False, default=api.nowhere)


def _filters(resource: str, zaaktypen: Mapping[str, Wire]) -> dict[str, Filter]:
    match resource:
        case "catalogussen":
            return {
                "domein": exact("domein"),
                "domein__in": exact("domein", many=True),
                "rsin": exact("rsin"),
                "rsin__in": exact("rsin", many=True),
            }
        case "zaaktypen":
            return _zaaktype_filters() | _shared(zaaktypen)
        case "informatieobjecttypen":
            return {
                "catalogus": exact("catalogus", Kind.URL),
                "omschrijving": exact("omschrijving"),
                "omschrijving__icontains": contains("omschrijving"),
                "zaaktype": Filter(Kind.URL, keys=lambda kind: kind["zaaktypen"], extension=True),
                **_shared({}),
            }
        case "besluittypen":
            return {
                "catalogus": exact("catalogus", Kind.URL),
                "omschrijving": exact("omschrijving"),
                "zaaktypen": Filter(Kind.URL, keys=lambda kind: kind["zaaktypen"]),
                "informatieobjecttypen": Filter(
                    Kind.URL, keys=lambda kind: kind["informatieobjecttypen"]
                ),
                **_shared({}),
            }
        case "roltypen":
            return _part_filters() | _roltype_filters() | _shared(zaaktypen)
    return _part_filters() | _shared(zaaktypen)


def _zaaktype_filters() -> dict[str, Filter]:
    return {
        "catalogus": exact("catalogus", Kind.URL),
        "identificatie": exact("identificatie"),
        "identificatie__icontains": contains("identificatie"),
        "omschrijving__icontains": contains("omschrijving"),
        "trefwoorden": Filter(keys=lambda zaaktype: zaaktype["trefwoorden"], many=True),
    }


def _part_filters() -> dict[str, Filter]:
    return {
        "zaaktype": exact("zaaktype", Kind.URL),
        "zaaktypeIdentificatie": exact("zaaktypeIdentificatie"),
    }


def _roltype_filters() -> dict[str, Filter]:
    return {
        "omschrijving": Filter(keys=exact("omschrijving").keys, extension=True),
        "omschrijvingGeneriek": Filter(keys=exact("omschrijvingGeneriek").keys, choices=ROLE_NAMES),
    }


def _shared(zaaktypen: Mapping[str, Wire]) -> dict[str, Filter]:
    concepts = {zaaktype["url"] for zaaktype in zaaktypen.values() if zaaktype["concept"]}

    def states(wire: Wire) -> tuple[str, str]:
        return "alles", "concept" if wire.get("zaaktype", wire["url"]) in concepts else "definitief"

    return {
        "status": Filter(
            keys=states,
            choices=frozenset({"alles", "concept", "definitief"}),
            default="definitief",
        ),
        "datumGeldigheid": Filter(Kind.DATE, test=_holds_on),
    }


def _holds_on(wire: Wire, day: str) -> bool:
    begin, einde = wire["beginGeldigheid"], wire["eindeGeldigheid"]
    return bool(begin <= day and (einde is None or day <= einde))
