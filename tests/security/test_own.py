"""How who sees only what is their own is kept to it, of every link that leads to somebody's data.

A link without an answer fails here: give it a number, a sieve, or `leaves`, or say here why what it
leads to is of whom the linking object is.
"""

from collections.abc import Iterator

from gateway.operation.identity import BY_NUMBER, Identity
from gateway.source.keep import DataClass
from gateway.source.read import About, Read
from gateway.source.sieve import Reach
from schema.language.facts import FieldFact
from schema.language.links import Linked
from tests.app import facts

SOMEBODY = Reach(Identity(bsn="999900018"))
OWN = {
    "betrokkene", "digitaal_adres", "klantcontact", "klantcontacten_van_partij", "rekeningnummer",
    "zaak", "zaken_van_persoon", "zaken_van_bedrijf", "zaken_van_rechtspersoon",
    "zaken_van_vestiging", "document_in_versie", "besluit", "partij", "partijen_op_adres",
    "product", "producten_van_zaak", "producten_aangevraagd_in_zaak",
    "producten_van_document", "zaakobjecten_van_adres", "zaakobjecten_van_object",
    "zaakobjecten_van_openbare_ruimte", "zaakobjecten_van_pand", "zaakobjecten_van_woonplaats",
}  # fmt: skip
"""Reads whose sieve shows nobody what is another's, whatever led there."""
UNDER = {
    **dict.fromkeys(
        ("Zaak.besluiten", "Zaak.eigenschappen", "Zaak.resultaat", "Zaak.status", "Zaak.statussen",
         "Zaak.zaakobjecten", "Zaak.rollen", "Zaak.documenten", "Zaak.zaakinformatieobjecten",
         "BedrijfZaakEdge.rollen", "EigenaarZaakEdge.rollen", "PersoonZaakEdge.rollen",
         "VestigingZaakEdge.rollen", "Zaakinformatieobject.status"),
        "is part of a zaak that was shown",
    ),
    "Zaakinformatieobject.document": "is a document of a zaak that was shown",
    "Besluit.documenten": "are documents of a besluit of a zaak that was shown",
    "Besluit.besluitinformatieobjecten": "is part of such a besluit",
    "Besluitinformatieobject.document": "is a document of such a besluit",
    "Document.versies": "is the same document",
    **dict.fromkeys(
        ("Partij.digitaleAdressen", "Partij.vertegenwoordigdDoor",
         "Partij.vertegenwoordigingen"),
        "is of a customer, who was proven to be the caller",
    ),
    **dict.fromkeys(
        ("Klantcontact.gingOverOnderwerpobjecten", "Klantcontact.leiddeTotInterneTaken",
         "Klantcontact.omvatteBijlagen"),
        "is part of a contact in which the caller took part",
    ),
    "InterneTaak.toegewezenAanActoren": "works for the municipality",
}  # fmt: skip
"""Links that follow from something that was proven, and why."""
PROPERTY = ("Appartementsrecht", "KadastraalOnroerendeZaak", "Perceel")
IN_DEEDS = {
    **dict.fromkeys(PROPERTY, ()),
    **dict.fromkeys(
        ("AantekeningTenaamstelling", "Beslag", "ErfpachtCanon", "Hypotheek",
         "PrivaatrechtelijkeBeperking", "PubliekrechtelijkeBeperking"),
        ("isGebaseerdOpStukdeel",),
    ),
    **dict.fromkeys(("Tenaamstelling", "ZakelijkRecht"), ("isGebaseerdOpStukdelen",)),
}  # fmt: skip
ELSEWHERE = {
    **dict.fromkeys(
        (f"{each}.{name}" for each in PROPERTY for name in (
            "zakelijkGerechtigden", "hypotheken", "beslagen", "privaatrechtelijkeBeperkingen",
            "publiekrechtelijkeBeperkingen",
        )),
        "rests on property of the caller: every link to other property is refused",
    ),
    **dict.fromkeys(
        (f"{each}.{name}" for each, names in IN_DEEDS.items() for name in (
            "stukken", "isVermeldInStukdelen", *names
        )),
        "is the deed, or the part of it, in which that stands; its other parts are refused",
    ),
    "LocatieKadastraalObject.wozObjecten": "is what stands at the address of such property",
}  # fmt: skip
"""Links of which the register itself says what belongs to what: no other writes a pointer there.
What a citizen may see of it is for the labels of their purpose to say."""
CHECKED = {
    "brp.personen": "a person with another burgerservicenummer fails the answer",
    "brp-reisdocumenten.reisdocumenten_van_persoon": "so does a document with another houder",
    "kvk.bedrijf_op_kvk_nummer": "so does a basisprofiel with another KVK-nummer",
    "kvk.vestiging": "so does a vestigingsprofiel with another vestigingsnummer",
    "kvk.vestigingen_van_bedrijf": "so does a list with another KVK-nummer",
    "objecten.parkeervergunning_bij_persoon": "so does an object that names another",
}
"""Reads by number without a sieve that hold the answer against the number, for everybody."""
TRUSTED = {
    "brk.zaken_van_persoon": "the answer names nobody, and a body with less is refused",
    **dict.fromkeys(
        ("brp-historie.verblijfplaatshistorie_in_periode",
         "brp-historie.verblijfplaatshistorie_op_peildatum"),
        "the answer names nobody, and without a number there is no such question",
    ),
    **dict.fromkeys(
        ("woz.objecten_van_kvk_nummer", "woz.objecten_van_rsin"),
        "owners come only where they are asked, and a question without a key is refused",
    ),
    "verwerkingen.verwerkingen": "is what the gateway itself wrote down, under that number",
}  # fmt: skip
"""Reads by number that believe the register: it has one question for it, with one key."""


def links() -> Iterator[FieldFact]:
    """Every link to what is not open to everybody, but for those of the root."""
    for fact in facts().types.values():
        for each in fact.fields.values():
            if isinstance(each.kind, Linked) and fact.name != facts().query:
                last = _last(each)
                if last.about is not About.OPEN and last.keep.data in _ABOUT_SOMEBODY:
                    yield each


_ABOUT_SOMEBODY = (DataClass.PERSONAL, DataClass.CASE)


def _last(link: FieldFact) -> Read:
    assert isinstance(link.kind, Linked)
    read = link.kind.hops[-1].read
    assert isinstance(read, Read)
    return read


def _kept(link: FieldFact) -> bool:
    assert isinstance(link.kind, Linked)
    last, name = _last(link), f"{link.parent}.{link.name}"
    return (
        link.kind.leaves
        or _by_number(last)
        or (last.name in OWN and _sieved(last))
        or name in UNDER
        or name in ELSEWHERE
    )


def _by_number(read: Read) -> bool:
    """Whether the key is a number of whoever it is about, and the source is not just believed."""
    proven = _sieved(read) or _known_as(read) in CHECKED or _known_as(read) in TRUSTED
    return read.about in BY_NUMBER and proven


def _sieved(read: Read) -> bool:
    return read.sieve is not None and read.sieve.applies(SOMEBODY)


def _known_as(read: Read) -> str:
    return f"{read.source}.{read.name}"


def test_every_link_to_somebodys_data_has_an_answer() -> None:
    unanswered = [
        f"{link.parent}.{link.name}" for link in links() if not _kept(link) and not _refused(link)
    ]

    assert unanswered == []


def _refused(link: FieldFact) -> bool:
    """Whether it starts from open data: that is refused when the question is planned."""
    return link.parent in {"Adres", "AdresseerbaarObject", "Ligplaats", "Standplaats",
                           "Verblijfsobject", "Locatie"}  # fmt: skip


def test_the_answers_are_of_what_there_is() -> None:
    """No name here is left of what is gone, and what is proven by a sieve has one that applies."""
    there = list(links())

    named = {f"{link.parent}.{link.name}": link for link in there}
    assert named.keys() >= UNDER.keys() | ELSEWHERE.keys()
    assert {_last(link).name for link in there if _sieved(_last(link))} >= OWN
    by_number = {_known_as(each): each for each in map(_last, there) if each.about in BY_NUMBER}
    assert {name for name, each in by_number.items() if not _sieved(each)} == {*CHECKED, *TRUSTED}


def test_who_names_a_thing_by_uuid_is_given_it_after_a_proof() -> None:
    """Or it says itself whose it is."""
    named = [
        each
        for name in ("Mijn", "Subscription")
        for each in facts().types[name].fields.values()
        if isinstance(each.kind, Linked) and each.kind.hops[0].argument is not None
    ]
    without = [
        f"{each.parent}.{each.name}"
        for each in named
        if (sieve := _last(each).sieve) is None or sieve.proof is None
    ]

    assert without == ["Mijn.product"]


def test_nothing_that_is_sieved_is_kept_for_everybody() -> None:
    """Whole answers are kept of what is open: what one is shown of it, another would be given."""
    every = {_last(link) for link in links()}

    assert all(read.keep.data in _ABOUT_SOMEBODY for read in every if read.sieve is not None)
