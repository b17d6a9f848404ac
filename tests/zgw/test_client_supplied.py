"""What stands in a zaakobject or a rol was written by anybody: no link asks a source for it unseen.

A link that is added later is held to this as well.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.source.errors import SourceError
from schema.language.facts import FieldFact
from schema.language.links import Linked
from tests.app import facts
from tests.bag.asking import asked

KINDS = ("Zaakobject", "Rol")
OWN = frozenset({"url", "zaak", "roltype", "status"})
"""What the source itself wrote: addresses of its own, and what is under a registered base."""
GOOD = {
    "personen": "999990019",
    "adres": "0999200000000001",
    "pand": "0999100000000001",
    "bedrijf_zoals_genoemd": "kvk:99900100",
    "vestiging": "000099900000",
    "zaak_zoals_genoemd": "99980000010000",
    "woz_object": "099900000001",
    "openbare_ruimte": "0999300000000001",
    "woonplaats": "9991",
    "besluit": "00000000-0000-4000-8000-000000000001",
    "document": "00000000-0000-4000-8000-000000000001",
}
"""By the first read of a link, what it may be asked for."""
BAD = (
    "../panden/1",
    "1&x=2",
    "1?fields=*",
    "1/2",
    "١٢٣٤٥٦٧٨٩٠١٢",
    " ",
    "onbekend",
    "9" * 200,
    "0999200000000001\n1",
    "00000000-0000-4000-8000-000000000001/../x",
    None,
    12,
    {"identificatie": "1"},
)


def links() -> Iterator[FieldFact]:
    """Every link from what was written in a zaakobject or a rol."""
    for name, of_type in facts().types.items():
        for fact in of_type.fields.values() if name.startswith(KINDS) else ():
            match fact.kind:
                case Linked(hops=(first, *_)) if first.key and ".".join(first.key) not in OWN:
                    yield fact


LINKS = {f"{fact.parent}.{fact.name}": fact for fact in links()}


def test_there_are_links_to_every_registry() -> None:
    reads = {fact.kind.hops[0].read.name for fact in LINKS.values()}  # type: ignore[union-attr]

    assert reads >= GOOD.keys()


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("written", BAD)
def test_what_is_no_key_is_refused(link: str, written: Any) -> None:
    """Before anything is asked."""
    read: Any = LINKS[link].kind.hops[0].read  # type: ignore[union-attr]
    made = asked(read.source, lambda _: {})

    with pytest.raises(SourceError):
        read.key_of(made.source, written)

    assert made.requests == []


@pytest.mark.parametrize("link", LINKS)
def test_what_is_a_key_is_asked_as_it_was_written(link: str) -> None:
    read: Any = LINKS[link].kind.hops[0].read  # type: ignore[union-attr]
    if read.name in GOOD:
        found = read.key_of(asked(read.source, lambda _: {}).source, GOOD[read.name])

        assert found == GOOD[read.name]
