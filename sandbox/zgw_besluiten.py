"""The Besluiten API 1.1.0 as Open Zaak serves it, over the besluiten of the zaken; operation.

Read only. Besluiten come in pages, their documents as a bare array.
"""

from starlette.responses import Response
from starlette.routing import Router

from sandbox.cases import Cases
from sandbox.zgw_api import Api, Ask, answer, wanted
from sandbox.zgw_filters import Collection, Kind, exact


class Besluiten:
    """The resources of the Besluiten API with their indexes, made at startup."""

    def __init__(self, api: Api, cases: Cases) -> None:
        self.api = api
        self.besluiten = Collection(
            cases.papers.besluiten,
            {
                "identificatie": exact("identificatie"),
                "verantwoordelijkeOrganisatie": exact("verantwoordelijkeOrganisatie"),
                "besluittype": exact("besluittype", Kind.URL),
                "zaak": exact("zaak", Kind.URL),
            },
        )
        self.documents = Collection(
            cases.papers.besluitinformatieobjecten,
            {
                "besluit": exact("besluit", Kind.URL),
                "informatieobject": exact("informatieobject", Kind.URL),
            },
        )

    def app(self) -> Router:
        """The API as an ASGI app."""
        api = self.api
        routes = [
            api.list_route("/besluiten", self.besluiten),
            api.detail_route("/besluiten/{uuid}", self.besluiten),
            api.route("/besluitinformatieobjecten", self.document_list),
            api.detail_route("/besluitinformatieobjecten/{uuid}", self.documents),
        ]
        return Router(routes, redirect_slashes=False, default=api.nowhere)

    async def document_list(self, ask: Ask) -> Response:
        """GET /besluitinformatieobjecten: a bare array."""
        resource = self.documents
        self.api.check_names(ask.query, resource.filters, paged=False)
        return answer(ask, resource.find(wanted(ask.query, resource.filters, ask.bases)))
