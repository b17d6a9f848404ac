"""The questions that are put to the Documenten API (operation); declared at startup.

Documenten API 1.4.2. Documents are asked for by uuid, a hundred with one `_zoek`; a version other
than the last only one by one. Lists of what a document belongs to are bare arrays. What is known of
a document is kept for whoever asked it, its bytes never; no ETag is used: a 304 is no proof that we
may see a document.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.at_once import at_once
from gateway.source.errors import SourceFault, SourceMissing, SourceRefusedQuestion
from gateway.source.keep import Keep
from gateway.source.read import Brought, Fields, Found, read
from gateway.source.read import whole as everything
from gateway.source.source import Source
from gateway.source.stream import Bounds, Streamed, stream
from resolvers.zgw.merken import listed, under
from resolvers.zgw.paging import bare_array, cursor_of, offset_of, page_of, whole
from resolvers.zgw.zeef import DOCUMENTEN, of_versions
from schema.documenten import Document, Objectinformatieobject, uuid_of_document
from schema.language.paging import Page

Wire = Mapping[str, Any]
RESOURCE = "enkelvoudiginformatieobjecten"
NAME = "enkelvoudiginformatieobject"
KINDS = ("zaak", "besluit")
"""What a document can belong to that is published."""
MOST_VERSIONS = 10
"""On a page: each is a call."""

of_the_api = partial(read, "documenten", keep=Keep.case(), parts=everything)
"""A read of Documenten: as much as they have."""
of_documents = partial(of_the_api, sieve=DOCUMENTEN)
"""A read of documents themselves."""


def document_key(documenten: Source, value: Any) -> str:
    """The uuid of a document's address, of any version, or a uuid that a client named.

    Raises ForeignAddress for an address that is not under a registered base of the source.
    """
    if isinstance(value, str) and is_uuid(value.lower()):
        return value.lower()
    return documenten.uuid_of(str(value).partition("?")[0], RESOURCE)


@of_documents(batch=100, resource="document", key_of=document_key, gives=Document, tags=under(NAME))
async def document(documenten: Source, uuids: Sequence[str], fields: Fields) -> Found:
    """Documents in their last version: one by its address, several with one question."""
    if len(uuids) > 1:
        found = await _several(documenten, uuids)
    else:
        try:
            found = [await one_document(documenten, uuids[0])]
        except SourceMissing:
            found = []
    return Found({uuid_of_document(item["url"]): item for item in found})


@of_documents(resource="document", gives=Document, tags=listed(NAME, RESOURCE))
async def document_op_identificatie(
    documenten: Source, fields: Fields, *, identificatie: str, bronorganisatie: str | None
) -> Brought | None:
    """The document with this number; refused when several organisations have one."""
    filters = {"identificatie": identificatie}
    if bronorganisatie is not None:
        filters["bronorganisatie"] = bronorganisatie

    async def ask(page: Mapping[str, str]) -> Any:
        return await documenten.get(RESOURCE, params={**filters, **page})

    items = (await page_of(documenten, ask, 2, None)).items
    if len(items) > 1:
        message = (
            "Meer organisaties hebben een document met dit kenmerk; noem ook de bronorganisatie."
        )
        raise SourceRefusedQuestion(documenten.name, "several documents", message=message)
    if not items:
        return None
    if items[0].get("identificatie") != identificatie:
        raise SourceFault(documenten.name, "another document than was asked for")
    return Brought(items[0], {document: {uuid_of_document(items[0]["url"]): items[0]}})


VERSIONS = of_versions(lambda: document)
"""What was raised or taken back in its last version, is so in those before it."""


@of_documents(
    resource="document",
    key_of=document_key,
    gives=Document,
    tags=under(NAME),
    sieve=VERSIONS,
)
async def versies_van_document(
    documenten: Source, uuid: str, fields: Fields, *, first: int, after: str | None
) -> Brought:
    """The versions of a document, the last one first.

    The API has no list of them; they are numbered from 1, so each is asked for by its number. A
    version that is gone is left out.
    """
    found: list[Wire] = []
    below, wanted = offset_of(documenten, after), min(first, MOST_VERSIONS)
    if after is None:
        found.append(await one_document(documenten, uuid))
        below, wanted = _number(documenten, found[0]), wanted - 1
    along = {document: {uuid: found[0]}} if found else {}
    last = max(1, below - wanted)
    found += await _numbered(documenten, uuid, range(below - 1, last - 1, -1))
    page = Page(
        items=found,
        cursors=[cursor_of(item["versie"]) for item in found],
        has_next=last > 1,
        total=below if after is None else None,
        has_previous=after is not None,
    )
    return Brought(page, along)


@of_the_api(
    key_of=document_key,
    gives=Objectinformatieobject,
    tags=under(NAME, "objectinformatieobjecten"),
)
async def objecten_van_document(documenten: Source, uuid: str, fields: Fields) -> Sequence[Wire]:
    """What a document belongs to; of a zaak or besluit its address stands under that name too."""
    params = {"informatieobject": documenten.url_of(RESOURCE, uuid)}
    found = bare_array(documenten, await documenten.get("objectinformatieobjecten", params=params))
    if any(document_key(documenten, item["informatieobject"]) != uuid for item in found):
        raise SourceFault(documenten.name, "of another document")
    return [
        {**item, item["objectType"]: item["object"]} if item["objectType"] in KINDS else item
        for item in found
    ]


@stream("documenten")
def inhoud(
    documenten: Source, bounds: Bounds, uuid: str, versie: str
) -> AbstractAsyncContextManager[Streamed]:
    """The bytes of one version of a document."""
    return documenten.stream(RESOURCE, uuid, "download", params={"versie": versie}, bounds=bounds)


async def one_document(documenten: Source, uuid: str, versie: int | None = None) -> Wire:
    """A document in a version, or in its last; SourceFault for another than was asked for."""
    params = {"versie": str(versie)} if versie is not None else None
    found = await documenten.get(RESOURCE, uuid, params=params)
    if not isinstance(found, Mapping) or uuid_of_document(found["url"]) != uuid:
        raise SourceFault(documenten.name, "another document than was asked for")
    if versie is not None and found.get("versie") != versie:
        raise SourceFault(documenten.name, "another version than was asked for")
    return found


async def _several(documenten: Source, uuids: Sequence[str]) -> Sequence[Wire]:
    body = {"uuid__in": list(uuids)}

    async def ask(page: Mapping[str, str]) -> Any:
        return await documenten.post(RESOURCE, "_zoek", json=body, params=page or None)

    return await whole(documenten, ask)


async def _numbered(documenten: Source, uuid: str, numbers: range) -> list[Wire]:
    async def one(number: int) -> Wire | None:
        try:
            return await one_document(documenten, uuid, number)
        except SourceMissing:
            return None

    return [found for found in await at_once(map(one, numbers)) if found is not None]


def _number(documenten: Source, found: Wire) -> int:
    match found.get("versie"):
        case int(number) if number >= 1:
            return number
    raise SourceFault(documenten.name, "a document without a version")
