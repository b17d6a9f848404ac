"""What can be asked of each type of objects, and how objects lead to other registries (startup).

The links of other registries are written by hand; these follow from the configuration, one set for
every objecttype, and are given to the language as they would have been declared.
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from gateway.source.read import Read
from resolvers.bag.reads import adres, adresseerbaar_object, pand
from resolvers.brk.reads import kadastraal_onroerende_zaak
from resolvers.brp.reads import personen
from resolvers.hr.reads import bedrijf_op_kvk_nummer, vestiging
from resolvers.objecten.reads import Reads
from resolvers.objecten.reads_zaken import zaakobjecten_van_object
from resolvers.zgw.reads_zaken import zaak
from schema.bag import Adres, AdresseerbaarObject, Pand
from schema.brk import KadastraalOnroerendeZaak
from schema.brp import Persoon, PersoonBasis
from schema.hr import Bedrijf, Vestiging
from schema.language.declare import FieldDeclaration
from schema.language.links import Extension, Hop, Linked, Mijn, Own, Query
from schema.language.paging import After, Connection, First
from schema.language.scalars import Bsn, Datum, Uuid
from schema.objecten import LinkKind, Verband, way_to
from schema.objecten_namen import camel_name
from schema.objecten_typen import Made
from schema.zaakobjecten import ObjectZaakEdge, ZaakobjectOverige
from schema.zaken import Zaak

REQUIRED = inspect.Parameter.empty
ZAAKOBJECT = "zaak.object"
DAY = Annotated[Datum | None, "De dag waarop de gegevens gelden; weglaten geeft wat vandaag geldt."]
PAGES: Mapping[str, tuple[Any, Any]] = {"first": (First, 20), "after": (After, None)}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a link leads to: the read that gives it, its type, and the way back."""

    read: Read
    gives: type
    holder: type
    """The type that gets the link back."""
    key: str
    """The wire path there of the key by which objects name it."""


ELSEWHERE: Mapping[LinkKind, Elsewhere] = {
    "persoon": Elsewhere(personen, Persoon, PersoonBasis, "burgerservicenummer"),
    "adres": Elsewhere(adres, Adres, Adres, "nummeraanduidingIdentificatie"),
    "adresseerbaar-object": Elsewhere(
        adresseerbaar_object, AdresseerbaarObject, AdresseerbaarObject, "identificatie"
    ),
    "pand": Elsewhere(pand, Pand, Pand, "identificatie"),
    "kadastraal-onroerende-zaak": Elsewhere(
        kadastraal_onroerende_zaak,
        KadastraalOnroerendeZaak,
        KadastraalOnroerendeZaak,
        "identificatie",
    ),
    "bedrijf": Elsewhere(bedrijf_op_kvk_nummer, Bedrijf, Bedrijf, "kvkNummer"),
    "vestiging": Elsewhere(vestiging, Vestiging, Vestiging, "vestigingsnummer"),
    "zaak": Elsewhere(zaak, Zaak, Zaak, "uuid"),
}


def extensions_for(reads: Reads) -> list[Extension]:
    """The questions about an objecttype, its links, and the links to it."""
    made, own = reads.made, reads.made.objecttype
    every = [Extension(Query, tuple(_questions(reads)))]
    if mine := tuple(_of_own(reads)):
        every.append(Extension(Mijn, mine))
    if own.links:
        every.append(Extension(made.cls, tuple(_away(made, link) for link in own.links)))
    for link in own.links:
        if link.back is not None:
            holder = ELSEWHERE[link.kind].holder
            every.append(Extension(holder, (_back(reads, link, link.back),)))
    if own.zaken is not None:
        every.append(Extension(made.cls, (_zaken(own.zaken),)))
        every.append(Extension(ZaakobjectOverige, (_of_zaakobject(reads),)))
    return every


def question_names(reads_or_made: Made) -> tuple[str, ...]:
    """The names of the root questions about an objecttype."""
    own = reads_or_made.objecttype
    names = [camel_name(own.name), camel_name(own.plural)]
    return (*names, *(_of_person(own.plural) for link in own.links if _from_person(link)))


OWN: Mapping[LinkKind, tuple[Own, str]] = {
    "persoon": (Own.BSN, ""),
    "bedrijf": (Own.KVK_NUMMER, "VanBedrijf"),
    "vestiging": (Own.VESTIGINGSNUMMER, "VanVestiging"),
}
"""By what an object names: which number of the caller it is, and how the question's name ends."""


def mijn_names(made: Made) -> tuple[str, ...]:
    """The names of the questions for somebody's own objects."""
    return tuple(
        _own_name(made, link)
        for link in made.objecttype.links
        if link.back is not None and link.kind in OWN
    )


def _own_name(made: Made, link: Verband) -> str:
    return f"{camel_name(made.objecttype.plural)}{OWN[link.kind][1]}"


def _of_own(reads: Reads) -> Iterator[FieldDeclaration]:
    for link in reads.made.objecttype.links:
        if link.back is None or link.kind not in OWN:
            continue
        kind = Linked((Hop(reads.linked[link.name], None, own=OWN[link.kind][0]),), None, 1)
        gives: Any = Connection[reads.made.cls] | None  # type: ignore[name-defined]
        name = _own_name(reads.made, link)
        yield _field(name, kind, link.back_label, link.back_text, PAGES, gives)


def _questions(reads: Reads) -> Iterator[FieldDeclaration]:
    made, own = reads.made, reads.made.objecttype
    yield _field(
        camel_name(own.name),
        Linked((Hop(reads.one, None, "uuid"),), None, 1),
        own.label,
        f"Het object van het type ‘{own.name}’ met dit uuid.",
        {"uuid": (Annotated[Uuid, "Het uuid van het object bij de bron."], REQUIRED),
         "datum": (DAY, None)},
        made.cls | None,
    )  # fmt: skip
    yield _field(
        camel_name(own.plural),
        Linked((Hop(reads.found, None),), None, 1),
        own.label,
        f"De {own.plural} die aan alles voldoen wat gevraagd is; zonder filter alle.",
        {**_filter(made), "datum": (DAY, None), **PAGES},
        Connection[made.cls] | None,  # type: ignore[name-defined]
    )
    for link in own.links:
        if _from_person(link):
            yield _field(
                _of_person(own.plural),
                Linked((Hop(reads.linked[link.name], None, "bsn"),), None, 1),
                link.back_label,
                link.back_text,
                {"bsn": (Annotated[Bsn, "Het burgerservicenummer van de persoon."], REQUIRED),
                 **PAGES},
                Connection[made.cls] | None,  # type: ignore[name-defined]
            )  # fmt: skip


def _filter(made: Made) -> Mapping[str, tuple[Any, Any]]:
    if made.asked is None:
        return {}
    return {"filter": (Annotated[made.asked | None, "Waaraan zij moeten voldoen."], None)}


def _from_person(link: Verband) -> bool:
    return link.kind == "persoon" and link.back is not None


def _of_person(plural: str) -> str:
    return f"{camel_name(plural)}VanPersoon"


def _away(made: Made, link: Verband) -> FieldDeclaration:
    """From an object to what it names."""
    there = ELSEWHERE[link.kind]
    way = way_to(made.objecttype.data, link.path) or ()
    is_list = any(each.many for each in way)
    gives: Any = list[there.gives | None] | None if is_list else there.gives | None  # type: ignore[name-defined]
    leaves = link.kind == "kadastraal-onroerende-zaak"  # of which others are owners as well
    kind = Linked((Hop(there.read, ("record", "data", *link.path)),), None, 1, leaves)
    return _field(link.name, kind, link.label, link.text, {}, gives)


def _back(reads: Reads, link: Verband, name: str) -> FieldDeclaration:
    """To the objects that name something of another registry."""
    leaves = link.kind not in OWN and not reads.made.objecttype.is_open
    key = ELSEWHERE[link.kind].key
    kind = Linked((Hop(reads.linked[link.name], (key,)),), None, 1, leaves)
    gives: Any = Connection[reads.made.cls] | None  # type: ignore[name-defined]
    return _field(name, kind, link.back_label, link.back_text, PAGES, gives)


def _zaken(name: str) -> FieldDeclaration:
    """From an object to the zaken that are about it."""
    kind = Linked((Hop(zaakobjecten_van_object, ("url",)),), None, 1)
    gives: Any = Connection[ObjectZaakEdge] | None
    return _field(name, kind, ZAAKOBJECT, "De zaken die over dit object gaan.", PAGES, gives)


def _of_zaakobject(reads: Reads) -> FieldDeclaration:
    """From what a zaak is about to the object that it names."""
    own = reads.made.objecttype
    text = f"Het object, als het van het type ‘{own.name}’ is; anders wordt het niet gevonden."
    kind = Linked((Hop(reads.one, ("object",)),), None, 1, not own.is_open)
    gives: Any = reads.made.cls | None
    return _field(camel_name(own.name), kind, ZAAKOBJECT, text, {"datum": (DAY, None)}, gives)


def _field(
    name: str,
    kind: Linked,
    label: str,
    text: str,
    arguments: Mapping[str, tuple[Any, Any]],
    gives: Any,
) -> FieldDeclaration:
    return FieldDeclaration(name, name, kind, label, text, function=_signed(name, arguments, gives))


def _signed(name: str, arguments: Mapping[str, tuple[Any, Any]], gives: Any) -> Any:
    """A function of which the language reads the parameters and the result, and nothing else."""

    def declared() -> None:
        """Stands for the method that a link is declared with."""

    declared.__name__ = name
    declared.__annotations__ = {
        **{keyword: annotation for keyword, (annotation, _) in arguments.items()},
        "return": gives,
    }
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    parameters: Sequence[inspect.Parameter] = [
        inspect.Parameter(keyword, keyword_only, default=default, annotation=annotation)
        for keyword, (annotation, default) in arguments.items()
    ]
    declared.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return declared
