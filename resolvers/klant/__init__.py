"""Customers of the municipality and contacts with them, asked at the Klantinteracties API."""

from resolvers.klant import links, links_bedrijven, probe
from schema.language.links import Registry, extensions_of

REGISTRY = Registry(
    "klant",
    "Klantinteracties: klanten, hoe zij te bereiken zijn en wanneer er contact was.",
    [*extensions_of(links), *extensions_of(links_bedrijven)],
    dialects={
        "klant": {
            "expand": ("nooit", "altijd"),
            "zaak_objecttype": str,
            "zaak_register": str,
            "zaak_soort_object_id": str,
            "document_objecttype": str,
            "document_register": str,
            "document_soort_object_id": str,
        }
    },
    probes={"klant": probe.klant},
    several=frozenset({"klant"}),
)
"""What the flags of a tenant file mean:

- `expand`: whether a customer or contact brings along what belongs to it, or all is asked by
  itself.
- `zaak_objecttype`, `zaak_register`, `zaak_soort_object_id`: with which codes a contact says that
  it is about a zaak (usually "zaak", "open-zaak", "uuid"); an empty one is left out of account.
- `document_objecttype`, `document_register`, `document_soort_object_id`: the same for a bijlage
  that is a document ("document", "open-zaak", "uuid").
"""
