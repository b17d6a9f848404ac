"""The Documenten API 1.4.2 as Open Zaak serves it, over the documents of the zaken; operation.

Read only. A document is shown in its last version unless `versie` or `registratieOp` says
otherwise; its bytes come with `/download`. Lists of what a document belongs to are bare arrays.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse
from starlette.routing import Router

from sandbox.cases import Cases
from sandbox.wire import Wire
from sandbox.zgw_api import Api, Ask, answer, detail, wanted
from sandbox.zgw_bytes import chunks
from sandbox.zgw_dossiers import CONFIDENTIALITY
from sandbox.zgw_filters import Collection, Filter, Kind, contains, exact
from sandbox.zgw_papers import RESOURCE
from sandbox.zgw_problem import Param, invalid, not_found
from sandbox.zgw_zaken import read_body

EXPANSIONS = frozenset({"informatieobjecttype"})
ORDERINGS = frozenset(
    {
        "auteur",
        "bestandsomvang",
        "creatiedatum",
        "formaat",
        "informatieobjecttype",
        "status",
        "titel",
        "vertrouwelijkheidaanduiding",
    }
)
KINDS = frozenset({"besluit", "zaak", "verzoek"})


def _uuids(document: Wire) -> tuple[str]:
    return (document["url"].rpartition("/")[2],)


SEARCH = {
    "uuid__in": Filter(Kind.UUID, keys=_uuids, many=True),
    "identificatie": exact("identificatie"),
    "bronorganisatie": exact("bronorganisatie"),
}


class Documenten:
    """The resources of the Documenten API with their indexes, made at startup."""

    def __init__(self, api: Api, cases: Cases) -> None:
        papers = cases.papers
        self.api = api
        self.versions = papers.documenten
        self.types = {
            wire["url"]: wire
            for wire in cases.catalogue.resources["informatieobjecttypen"].values()
        }
        newest = {uuid: versions[-1] for uuid, versions in papers.documenten.items()}
        self.documents = Collection(newest, _filters(papers.objectinformatieobjecten))
        self.searched = Collection(newest, SEARCH)
        self.relations = Collection(
            papers.objectinformatieobjecten,
            {
                "informatieobject": exact("informatieobject", Kind.URL),
                "object": exact("object", Kind.URL),
            },
        )

    def app(self) -> Router:
        """The API as an ASGI app."""
        api, path = self.api, f"/{RESOURCE}"
        routes = [
            api.route(path, self.document_list),
            api.route(f"{path}/_zoek", self.document_search, method="POST"),
            api.route(f"{path}/{{uuid}}", self.document_detail),
            api.route(f"{path}/{{uuid}}/download", self.download),
            api.route("/objectinformatieobjecten", self.relation_list),
            api.detail_route("/objectinformatieobjecten/{uuid}", self.relations),
        ]
        return Router(routes, redirect_slashes=False, default=api.nowhere)

    async def document_list(self, ask: Ask) -> Response:
        """GET /enkelvoudiginformatieobjecten."""
        extensions = ("ordering",) if self.api.dialect == "openzaak" else ()
        found = self.api.find(ask, self.documents, ("expand", *extensions))
        if ask.query.get("ordering", "").removeprefix("-") not in {"", *ORDERINGS}:
            raise invalid([Param("ordering", "invalid_choice", "Dit is geen geldige keuze.")])
        return self.api.page(ask, found, self._shape(ask.query.get("expand", "")))

    async def document_search(self, ask: Ask) -> Response:
        """POST /enkelvoudiginformatieobjecten/_zoek: only `uuid__in` and the standard filters."""
        self.api.check_names(ask.query, ("expand",))
        body = await read_body(ask)
        if not isinstance(body.get("uuid__in"), list):
            raise invalid([Param("uuid__in", "required", "Dit veld is vereist.")])
        asked = {name: raw for name, raw in body.items() if name in SEARCH}
        found = self.searched.find(wanted(asked, SEARCH, ask.bases))
        expand = body.get("expand", [])
        names = expand if isinstance(expand, list) else str(expand).split(",")
        return self.api.page(ask, found, self._shape(",".join(map(str, names))))

    async def document_detail(self, ask: Ask) -> Response:
        """GET /enkelvoudiginformatieobjecten/{uuid}."""
        return detail(ask, self._version(ask), self._shape(ask.query.get("expand", "")))

    async def download(self, ask: Ask) -> Response:
        """GET /enkelvoudiginformatieobjecten/{uuid}/download: octets, with a length and a name."""
        found = self._version(ask)
        name = quote(found["bestandsnaam"], safe="")
        headers = {
            "Content-Length": str(found["bestandsomvang"]),
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        }
        return StreamingResponse(chunks(found), 200, headers, "application/octet-stream")

    async def relation_list(self, ask: Ask) -> Response:
        """GET /objectinformatieobjecten: a bare array."""
        resource = self.relations
        self.api.check_names(ask.query, resource.filters, paged=False)
        return answer(ask, resource.find(wanted(ask.query, resource.filters, ask.bases)))

    def _version(self, ask: Ask) -> Wire:
        versions: Sequence[Wire] = one_of(self.versions, ask.uuid())
        moment, number = ask.query.get("registratieOp"), ask.query.get("versie")
        if number is not None and not number.isdecimal():
            raise invalid([Param("versie", "invalid", "Voer een getal in.")])
        fitting = [
            version
            for version in versions
            if (number is None or version["versie"] == int(number))
            and (moment is None or version["beginRegistratie"] <= moment)
        ]
        if not fitting:
            raise not_found()
        return fitting[-1]

    def _shape(self, expand: str) -> Callable[[Wire], Wire]:
        names = {name.strip() for name in expand.split(",")} - {""}
        if names - EXPANSIONS:
            raise invalid([Param("expand", "invalid_choice", "Dit is geen geldige keuze.")])
        if not names:
            return lambda document: document

        def shaped(document: Wire) -> Wire:
            kind = self.types[document["informatieobjecttype"]]
            return document | {"_expand": {"informatieobjecttype": kind}}

        return shaped


def one_of(versions: Mapping[str, list[Wire]], uuid: str) -> list[Wire]:
    """The versions of a document; Problem 404 when there is none."""
    if uuid not in versions:
        raise not_found()
    return versions[uuid]


def _filters(relations: Mapping[str, Wire]) -> dict[str, Filter]:
    """The filters of the list; nearly all of them are Open Zaak's own."""
    objects: dict[str, list[Wire]] = {}
    for relation in relations.values():
        objects.setdefault(relation["informatieobject"], []).append(relation)

    def related(name: str) -> Callable[[Wire], list[str]]:
        return lambda document: [relation[name] for relation in objects[document["url"]]]

    return {
        "identificatie": exact("identificatie"),
        "bronorganisatie": exact("bronorganisatie"),
        "trefwoorden": Filter(keys=lambda document: document["trefwoorden"], many=True),
        "trefwoorden__overlap": Filter(
            keys=lambda document: document["trefwoorden"], many=True, extension=True
        ),
        "auteur": contains("auteur"),
        "beschrijving": contains("beschrijving"),
        "titel": contains("titel"),
        "informatieobjecttype": exact("informatieobjecttype", Kind.URL, extension=True),
        "vertrouwelijkheidaanduiding": Filter(
            keys=exact("vertrouwelijkheidaanduiding").keys,
            choices=frozenset(CONFIDENTIALITY),
            extension=True,
        ),
        "locked": exact("locked", Kind.BOOLEAN, extension=True),
        "creatiedatum__gte": Filter(Kind.DATE, test=_not_before, extension=True),
        "creatiedatum__lte": Filter(Kind.DATE, test=_not_after, extension=True),
        "objectinformatieobjecten__object": Filter(
            Kind.URL, keys=related("object"), extension=True
        ),
        "objectinformatieobjecten__objectType": Filter(
            keys=related("objectType"), choices=KINDS, extension=True
        ),
    }


def _not_before(document: Wire, day: str) -> bool:
    return bool(document["creatiedatum"] >= day)


def _not_after(document: Wire, day: str) -> bool:
    return bool(document["creatiedatum"] <= day)
