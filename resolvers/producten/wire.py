"""Open Product's answers, checked before they are believed (operation)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gateway.source.source import Source
from resolvers.klant.wire import Wire, identified

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
    zaken = _objects(product.get("zaken"))
    return any(str(named.get("url") or "").lower().endswith(f"/{uuid}") for named in zaken)


def producttypen_in(products: Sequence[Wire], wanted: Sequence[str]) -> dict[str, Wire]:
    """The producttypen of these products, if what is wanted of them is what a product carries."""
    if not EMBEDDED.issuperset(path.split(".")[0] for path in wanted):
        return {}
    return {product["producttype"]["uuid"]: product["producttype"] for product in products}


def _objects(value: Any) -> Iterator[Wire]:
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, Mapping))
