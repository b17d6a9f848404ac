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
    "zaak", "zaken_van_persoon", "zaken_van_bedrijf", "zaken_van_rechtspersoon",
    "zaken_van_vestiging", "document_in_versie", "besluit", "partij", "partijen_op_adres",
    "betrokkene", "product", "producten_van_zaak", "producten_aangevraagd_in_zaak",
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
        ("Partij.digitaleAdressen", "Partij.klantcontacten", "Partij.rekeningnummers",
         "Partij.vertegenwoordigdDoor", "Partij.vertegenwoordigingen",
         "Partij.voorkeursDigitaalAdres", "Partij.voorkeursRekeningnummer"),
        "is of a customer, who was proven to be the caller",
    ),
    "Betrokkene.digitaleAdressen": "is of who took part, proven to be the caller",
    "Betrokkene.hadKlantcontact": "is a contact in which the caller took part",
    **dict.fromkeys(
        ("Klantcontact.gingOverOnderwerpobjecten", "Klantcontact.leiddeTotInterneTaken",
         "Klantcontact.omvatteBijlagen"),
        "is part of a contact in which the caller took part",
    ),
    "InterneTaak.toegewezenAanActoren": "works for the municipality",
}  # fmt: skip
"""Links that follow from something that was proven, and why."""
ELSEWHERE = {"brk", "brp-bewoning", "woz", "kvk"}
"""Sources of which the registry itself says what belongs to what: no other writes a pointer
there. What a citizen may see of them is for the labels of their purpose to say."""


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
    first, last = link.kind.hops[0].read, _last(link)
    by_number = getattr(first, "about", None) in BY_NUMBER and first is last
    return (
        link.kind.leaves or by_number or last.name in OWN or f"{link.parent}.{link.name}" in UNDER
    )


def test_every_link_to_somebodys_data_has_an_answer() -> None:
    unanswered = [
        f"{link.parent}.{link.name}"
        for link in links()
        if not _kept(link) and _last(link).source not in ELSEWHERE and not _refused(link)
    ]

    assert unanswered == []


def _refused(link: FieldFact) -> bool:
    """Whether it starts from open data: that is refused when the question is planned."""
    return link.parent in {"Adres", "AdresseerbaarObject", "Ligplaats", "Standplaats",
                           "Verblijfsobject", "Locatie", "LocatieKadastraalObject"}  # fmt: skip


def test_the_answers_are_of_what_there_is() -> None:
    """No name here is left of what is gone, and what is proven by a sieve has one that applies."""
    there = list(links())
    reads = {_last(link).name: _last(link) for link in there}

    assert {f"{link.parent}.{link.name}" for link in there} >= UNDER.keys()
    assert reads.keys() >= OWN
    sieves = [reads[name].sieve for name in OWN]
    assert all(sieve is not None and sieve.applies(SOMEBODY) for sieve in sieves)


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
