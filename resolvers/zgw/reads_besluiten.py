"""The questions that are put to the Besluiten API (operation); declared at startup.

Besluiten API 1.1.0. It has no way to ask for several besluiten at once. The filter on a zaak wants
the address of the zaak as besluiten write it (`resolvers.zgw.beside`); one under another name finds
nothing, and says nothing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.keep import Keep
from gateway.source.read import Brought, Fields, read
from gateway.source.read import whole as everything
from gateway.source.source import Source
from resolvers.zgw.beside import uuid_of_elsewhere, zaak_url
from resolvers.zgw.expand import is_at, uuid_in
from resolvers.zgw.merken import listed, one, under
from resolvers.zgw.paging import bare_array, page_of, whole
from resolvers.zgw.reads_catalogi import key_under
from resolvers.zgw.reads_documenten import document
from resolvers.zgw.reads_zaken import zaak
from resolvers.zgw.zeef import of_besluiten as shown_besluiten
from resolvers.zgw.zeef import of_what_names_a_document
from schema.besluiten import Besluit, Besluitinformatieobject

Wire = Mapping[str, Any]

of_besluiten = partial(read, "besluiten", keep=Keep.case(), parts=everything)
"""A read of Besluiten: as much as they have."""
SHOWN = shown_besluiten(lambda: zaak)


@of_besluiten(
    key_of=key_under("besluiten"),
    gives=Besluit,
    tags=one("besluit"),
    conditional=True,
    sieve=SHOWN,
)
async def besluit(besluiten: Source, uuid: str, fields: Fields) -> Wire:
    """One besluit."""
    found = await besluiten.get("besluiten", uuid)
    if not isinstance(found, dict) or not is_at(found, uuid):
        raise SourceFault(besluiten.name, "another besluit than was asked for")
    return found


@of_besluiten(gives=Besluit, tags=listed("besluit", "besluiten"), sieve=SHOWN)
async def besluit_op_identificatie(
    besluiten: Source,
    fields: Fields,
    *,
    identificatie: str,
    verantwoordelijke_organisatie: str | None,
) -> Brought | None:
    """The besluit with this number; refused when several organisations have one."""
    filters = {"identificatie": identificatie}
    if verantwoordelijke_organisatie is not None:
        filters["verantwoordelijkeOrganisatie"] = verantwoordelijke_organisatie

    async def ask(page: Mapping[str, str]) -> Any:
        return await besluiten.get("besluiten", params={**filters, **page})

    items = (await page_of(besluiten, ask, 2, None)).items
    if len(items) > 1:
        message = (
            "Meer organisaties hebben een besluit met dit kenmerk; "
            "noem ook de verantwoordelijke organisatie."
        )
        raise SourceRefusedQuestion(besluiten.name, "several besluiten", message=message)
    if not items:
        return None
    if items[0].get("identificatie") != identificatie:
        raise SourceFault(besluiten.name, "another besluit than was asked for")
    return Brought(items[0], {besluit: {uuid_in(items[0]): items[0]}})


@of_besluiten(key_of=uuid_of_elsewhere, gives=Besluit, tags=listed("besluit", "besluiten"))
async def besluiten_van_zaak(besluiten: Source, uuid: str, fields: Fields) -> Brought:
    """The besluiten that were taken in a zaak."""
    url = zaak_url(besluiten, uuid)

    async def ask(page: Mapping[str, str]) -> Any:
        return await besluiten.get("besluiten", params={"zaak": url, **page})

    found = await whole(besluiten, ask)
    if any(uuid_of_elsewhere(besluiten, item.get("zaak")) != uuid for item in found):
        raise SourceFault(besluiten.name, "besluiten of another zaak")
    return Brought(found, {besluit: {uuid_in(item): item for item in found}})


@of_besluiten(
    key_of=key_under("besluiten"),
    gives=Besluitinformatieobject,
    tags=under("besluit"),
    sieve=of_what_names_a_document(lambda: document),
)
async def documenten_van_besluit(besluiten: Source, uuid: str, fields: Fields) -> Sequence[Wire]:
    """Which documents belong to a besluit; a bare array."""
    params = {"besluit": besluiten.url_of("besluiten", uuid)}
    found = bare_array(besluiten, await besluiten.get("besluitinformatieobjecten", params=params))
    if any(besluiten.uuid_of(item["besluit"], "besluiten") != uuid for item in found):
        raise SourceFault(besluiten.name, "documents of another besluit")
    return found
