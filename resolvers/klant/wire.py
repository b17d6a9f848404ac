"""Klantinteracties' answers as the objects that are published (operation): checked, completed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from gateway.source.addresses import is_uuid
from gateway.source.errors import SourceFault, SourceRefusedQuestion
from gateway.source.sieve import Named
from gateway.source.source import Source
from resolvers.hr.keys import company
from schema.language.paths import value_at

Wire = Mapping[str, Any]

ZAAK_CODES = (
    ("zaak_objecttype", "CodeObjecttype", "codeObjecttype", "zaak"),
    ("zaak_register", "CodeRegister", "codeRegister", "open-zaak"),
    ("zaak_soort_object_id", "CodeSoortObjectId", "codeSoortObjectId", "uuid"),
)
"""How an onderwerpobject says that it is a zaak: the flag, the name in a filter, the name in an
answer, and what is usual. They are free text, by convention of whoever writes them."""

DOCUMENT_CODES = (
    ("document_objecttype", "codeObjecttype", "document"),
    ("document_register", "codeRegister", "open-zaak"),
    ("document_soort_object_id", "codeSoortObjectId", "uuid"),
)
"""How a bijlage says that it is a document of the Documenten API: as `ZAAK_CODES`, without a name
in a filter."""

_NUMBERS = {
    "bsn": "burgerservicenummer",
    "kvk_nummer": "kvkNummer",
    "rsin": "rsin",
    "vestigingsnummer": "vestigingsnummer",
}


def uuid_key(source: Source, value: Any) -> str:
    """A uuid as a key, in lower case; SourceRefusedQuestion for anything else."""
    key = value.lower() if isinstance(value, str) else ""
    if not is_uuid(key):
        raise SourceRefusedQuestion(source.name, "not a uuid")
    return key


def identified(source: Source, answer: Any, key: str | None = None) -> Wire:
    """An object with its uuid, the one that was asked for; SourceFault if it is not."""
    uuid = answer.get("uuid") if isinstance(answer, Mapping) else None
    if not isinstance(uuid, str) or not is_uuid(uuid.lower()):
        raise SourceFault(source.name, "an object without a uuid")
    if key is not None and uuid.lower() != key:
        raise SourceFault(source.name, "another object than was asked for")
    return dict(answer) | {"uuid": uuid.lower()}


def partij_of(source: Source, answer: Any, key: str | None = None) -> Wire:
    """A partij with its numbers beside its other properties, and `bedrijf` to look it up by;
    `hoortBij` are the uuids of the identifications that tell the company of a vestiging which does
    not carry its KVK-nummer.
    """
    found = identified(source, answer, key)
    numbers = dict(identifications(found))
    named = {wire: numbers.get(kind) for kind, wire in _NUMBERS.items()}
    under = [] if named["kvkNummer"] else list(_above_vestiging(found))
    company_key = company(named["kvkNummer"], named["rsin"])
    return {**found, **named, "bedrijf": company_key, "hoortBij": under}


def named_in(partij: Wire) -> Named:
    """Who a partij is, by its numbers."""
    return Named(
        bsn=partij.get("burgerservicenummer"),
        kvk_nummer=partij.get("kvkNummer"),
        vestigingsnummer=partij.get("vestigingsnummer"),
        rsin=partij.get("rsin"),
    )


def identifications(partij: Wire) -> Iterator[tuple[str, str]]:
    """What kind of number and which number, of each identification of a partij."""
    yield from identifications_of(partij.get("partijIdentificatoren") or ())


def identifications_of(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What kind of number and which number, of each partij-identificator that has one."""
    for item in items:
        named = item.get("partijIdentificator") if isinstance(item, Mapping) else None
        if isinstance(named, Mapping):
            kind, number = named.get("codeSoortObjectId"), named.get("objectId")
            if isinstance(kind, str) and isinstance(number, str) and number.strip():
                yield kind, number.strip()


def _above_vestiging(partij: Wire) -> Iterator[Any]:
    for item in partij.get("partijIdentificatoren") or ():
        if any(kind == "vestigingsnummer" for kind, _ in identifications_of([item])):
            yield value_at(item, ("subIdentificatorVan", "uuid"))


def onderwerpobject_of(source: Source, answer: Any, key: str | None = None) -> Wire:
    """An onderwerpobject; `zaak` is its identification if its codes are those of a zaak."""
    found = identified(source, answer, key)
    named = found.get("onderwerpobjectidentificator")
    if not isinstance(named, Mapping):
        return found
    codes = [(wire, source.flag(flag, usual)) for flag, _, wire, usual in ZAAK_CODES]
    is_zaak = _has_codes(named, codes)
    return {**found, "zaak": named.get("objectId")} if is_zaak else found


def bijlage_of(source: Source, answer: Any, key: str | None = None) -> Wire:
    """A bijlage; `document` is its identification if its codes are those of a document."""
    found = identified(source, answer, key)
    named = found.get("bijlageidentificator")
    if not isinstance(named, Mapping):
        return found
    codes = [(wire, source.flag(flag, usual)) for flag, wire, usual in DOCUMENT_CODES]
    is_document = _has_codes(named, codes)
    return {**found, "document": named.get("objectId")} if is_document else found


def _has_codes(named: Wire, codes: Sequence[tuple[str, str]]) -> bool:
    """Whether these codes stand there; an empty one is left out of account."""
    return all(named.get(wire) == code for wire, code in codes if code)


Shape = Callable[[Source, Any], Wire]


def by_uuid(items: Sequence[Wire]) -> dict[str, Wire]:
    """Objects under their own uuids."""
    return {item["uuid"]: item for item in items}


def refers_to(item: Wire, name: str, uuid: str) -> bool:
    """Whether the reference {uuid, url} at `name` is to this object."""
    reference = item.get(name)
    found = reference.get("uuid") if isinstance(reference, Mapping) else None
    return isinstance(found, str) and found.lower() == uuid
