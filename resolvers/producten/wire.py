"""Open Product's answers, checked before they are believed (operation)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gateway.source.source import Source
from resolvers.klant.wire import Wire, identified
from resolvers.zgw.beside import uuid_of_elsewhere

EMBEDDED = frozenset(
    {
        "uuid",
        "code",
        "naam",
        "keywords",
        "uniforme_product_naam",
        "toegestane_statussen",
        "gepubliceerd",
        "publicatie_start_datum",
        "publicatie_eind_datum",
        "aanmaak_datum",
        "update_datum",
        "themas",
        "taal",
    }
)
"""What a product carries of its producttype (Producten API 1.7.0, NestedProductType)."""


def product_of(source: Source, answer: Any, key: str | None = None) -> Wire:
    """A product with its producttype; SourceFault if it is not, or another than was asked for."""
    found = identified(source, answer, key)
    return {**found, "producttype": identified(source, found.get("producttype"))}


def owned_by(product: Wire, number: str, value: str) -> bool:
    """Whether one of the owners of a product has this number."""
    return any(owner.get(number) == value for owner in _objects(product.get("eigenaren")))


def about_zaak(product: Wire, uuid: str) -> bool:
    """Whether a product names a zaak with this uuid, under whatever address."""
    return names(product, "zaken", uuid)


def asked_in_zaak(product: Wire, uuid: str) -> bool:
    """Whether a product names the zaak with this uuid as the one it was asked for in."""
    return str(product.get("aanvraag_zaak_url") or "").lower().endswith(f"/{uuid}")


def names(wire: Wire, name: str, uuid: str) -> bool:
    """Whether one of the references {url, urn} at `name` is to what has this uuid."""
    named = (str(one.get("url") or "") for one in _objects(wire.get(name)))
    return any(url.partition("?")[0].lower().endswith(f"/{uuid}") for url in named)


def uuid_of_address(source: Source, value: Any) -> str:
    """The uuid at the end of an address of another registry, of whatever version of it; only for
    what is put in a filter.
    """
    return uuid_of_elsewhere(source, str(value).partition("?")[0])


def producttypen_in(products: Sequence[Wire], wanted: Sequence[str]) -> dict[str, Wire]:
    """The producttypen of these products, if what is wanted of them is what a product carries."""
    if not EMBEDDED.issuperset(path.split(".")[0] for path in wanted):
        return {}
    return {product["producttype"]["uuid"]: product["producttype"] for product in products}


def _objects(value: Any) -> Iterator[Wire]:
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, Mapping))
