"""The question for one document by its uuid (operation); declared at startup.

Who sees only what is their own names it themself, so that it is proven first that it belongs to a
zaak of theirs: by what the document says it belongs to, and by who takes part in that.
"""

from dataclasses import replace

from gateway.source.read import Brought, Fields
from gateway.source.source import Source
from resolvers.zgw.merken import under
from resolvers.zgw.reads_documenten import (
    NAME,
    VERSIONS,
    document,
    document_key,
    objecten_van_document,
    of_documents,
    one_document,
)
from resolvers.zgw.reads_zaken import zaak
from resolvers.zgw.zeef import own_document
from schema.documenten import Document

OWN = replace(VERSIONS, proof=own_document(lambda: objecten_van_document, lambda: zaak))


@of_documents(resource="document", key_of=document_key, gives=Document, tags=under(NAME), sieve=OWN)
async def document_in_versie(
    documenten: Source, uuid: str, fields: Fields, *, versie: int | None
) -> Brought:
    """One document, in this version or in the last."""
    found = await one_document(documenten, uuid, versie)
    return Brought(found, {document: {uuid: found}} if versie is None else {})
