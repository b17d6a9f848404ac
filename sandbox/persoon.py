"""Writes people as whole Persoon objects of BRP Personen 2.7, at startup.

Everything a record can say is in it, ``inOnderzoek`` included; `sandbox.brp` takes out what is
asked.
"""

from collections.abc import Mapping

from sandbox.custody import custody_by_person
from sandbox.doubt import put_in_doubt
from sandbox.identifiers import fictional_a_number
from sandbox.partial_date import PartialDate, age_on, wire
from sandbox.people import (
    Arrival,
    Birthplace,
    Bond,
    Census,
    Citizenship,
    Individual,
    Parentage,
    Residence,
)
from sandbox.personal_names import forms_of_address, own_name, relative_name
from sandbox.residence import address_lines, municipality_of, residence_of
from sandbox.tables import (
    BOND,
    COUNTRIES,
    CUSTODY_HINT,
    EUROPEAN_VOTE,
    MUNICIPALITIES,
    NATIONALITIES,
    NATIONALITY_REASONS,
    PERMIT,
    RNI_PARTICIPANTS,
    SEX,
    SUSPENSION,
    entry,
)
from sandbox.wire import Wire


def write_persons(census: Census, addresses: Mapping[str, Wire]) -> dict[str, Wire]:
    """Every person with a BSN, by BSN, in the order of registration."""
    writer = Writer(census, addresses)
    return {p.bsn: writer.person(p, p.residence) for p in census.people if p.bsn and p.residence}


class Writer:
    """Writes Persoon objects; knows who is related to whom."""

    def __init__(self, census: Census, addresses: Mapping[str, Wire]) -> None:
        self._census = census
        self._addresses = addresses
        self._custody = custody_by_person(census)
        self._up: dict[int, list[Parentage]] = {}
        self._down: dict[int, list[Parentage]] = {}
        self._bonds: dict[int, list[Bond]] = {}
        for tie in census.parentages:
            self._up.setdefault(tie.child, []).append(tie)
            self._down.setdefault(tie.parent, []).append(tie)
        for bond in census.bonds:
            self._bonds.setdefault(bond.one, []).append(bond)
            self._bonds.setdefault(bond.other, []).append(bond)

    def person(self, person: Individual, residence: Residence) -> Wire:
        """One whole Persoon."""
        record = {
            **self._identity(person),
            **self._state(person, residence),
            "verblijfplaats": residence_of(residence, self._addresses),
            **self._addressing(person, residence),
            **_rights(person),
            "kinderen": [self._child(tie) for tie in self._down.get(person.key, [])],
            "ouders": [self._parent(tie) for tie in self._up.get(person.key, [])],
            "partners": self._partners(person),
            "gezag": self._custody.get(person.key, []),
            **self._custody_hint(person),
            **_provenance(person),
        }
        return put_in_doubt(record, person.situation.doubts)

    def _identity(self, person: Individual) -> Wire:
        record: Wire = {
            "aNummer": fictional_a_number(person.key + 1),
            "burgerservicenummer": person.bsn,
            "geslacht": entry(SEX, person.sex),
            "naam": own_name(person),
            "geboorte": _birth(person),
            "nationaliteiten": [_citizenship(c) for c in person.situation.citizenships],
        }
        age = age_on(person.born, self._census.today)
        if age is not None and not person.situation.died:
            record["leeftijd"] = age
        return record

    def _state(self, person: Individual, residence: Residence) -> Wire:
        situation = person.situation
        record: Wire = {
            "datumEersteInschrijvingGBA": wire(_registered(person, residence)),
            "gemeenteVanInschrijving": municipality_of(residence),
            "datumInschrijvingInGemeente": wire(residence.since),
        }
        if situation.confidential:
            record["geheimhoudingPersoonsgegevens"] = True
        if situation.died:
            record["opschortingBijhouding"] = _suspension("O") | {"datum": wire(situation.died)}
            record["overlijden"] = {
                "datum": wire(situation.died),
                "land": entry(COUNTRIES, "6030"),
                "plaats": entry(MUNICIPALITIES, "0999"),
            }
        elif situation.suspended:
            code, moment = situation.suspended
            record["opschortingBijhouding"] = _suspension(code) | {"datum": wire(moment)}
        if situation.arrival:
            record["immigratie"] = _arrival(situation.arrival)
        return record

    def _addressing(self, person: Individual, residence: Residence) -> Wire:
        lines = address_lines(residence, self._addresses)
        if person.situation.died:
            return {"adressering": lines} if lines else {}
        bond = self._present_bond(person)
        partner = self._census.people[_other(bond, person.key)].surname if bond else None
        return {"adressering": forms_of_address(person, partner) | lines}

    def _partners(self, person: Individual) -> list[Wire]:
        bond = self._present_bond(person)
        if not bond:
            return []
        partner = self._census.people[_other(bond, person.key)]
        record = _relative(partner) | {
            "geslacht": entry(SEX, partner.sex),
            "soortVerbintenis": entry(BOND, bond.kind),
            "aangaanHuwelijkPartnerschap": {"datum": wire(bond.since), **_place(bond.place)},
        }
        if bond.ended:
            record["ontbindingHuwelijkPartnerschap"] = {"datum": wire(bond.ended)}
        return [record]

    def _present_bond(self, person: Individual) -> Bond | None:
        """The present bond, or else the one that ended last."""
        bonds = self._bonds.get(person.key, [])
        lasting = [bond for bond in bonds if not bond.ended]
        return lasting[-1] if lasting else (bonds[-1] if bonds else None)

    def _child(self, tie: Parentage) -> Wire:
        return _relative(self._census.people[tie.child])

    def _parent(self, tie: Parentage) -> Wire:
        parent = self._census.people[tie.parent]
        return _relative(parent) | {
            "geslacht": entry(SEX, parent.sex),
            "ouderAanduiding": tie.number,
            "datumIngangFamilierechtelijkeBetrekking": wire(tie.since),
        }

    def _custody_hint(self, person: Individual) -> Wire:
        """indicatieGezagMinderjarige for a minor whose authority a court has settled."""
        kinds = {"Voogdij": "D", "GezamenlijkGezag": "D", "EenhoofdigOuderlijkGezag": "1"}
        for relation in self._custody.get(person.key, []):
            is_minor = relation["minderjarige"].get("burgerservicenummer") == person.bsn
            if is_minor and relation["type"] in kinds:
                return {"indicatieGezagMinderjarige": entry(CUSTODY_HINT, kinds[relation["type"]])}
        return {}


def _relative(person: Individual) -> Wire:
    bsn = {"burgerservicenummer": person.bsn} if person.bsn else {}
    return bsn | {"naam": relative_name(person), "geboorte": _birth(person)}


def _birth(person: Individual) -> Wire:
    return {"datum": wire(person.born), **_place(person.birthplace)}


def _place(place: Birthplace) -> Wire:
    """land and plaats; a town abroad has no code."""
    record: Wire = {"land": entry(COUNTRIES, place.country)}
    if place.municipality:
        record["plaats"] = entry(MUNICIPALITIES, place.municipality)
    elif place.town:
        record["plaats"] = {"omschrijving": place.town}
    return record


def _citizenship(citizenship: Citizenship) -> Wire:
    record: Wire = {"type": citizenship.kind}
    if citizenship.code:
        record["nationaliteit"] = entry(NATIONALITIES, citizenship.code)
    return record | {
        "redenOpname": entry(NATIONALITY_REASONS, citizenship.reason),
        "datumIngangGeldigheid": wire(citizenship.since),
    }


def _arrival(arrival: Arrival) -> Wire:
    record: Wire = {
        "datumVestigingInNederland": wire(arrival.since),
        "indicatieVestigingVanuitBuitenland": True,
    }
    if arrival.country is None:
        return record | {"vanuitVerblijfplaatsOnbekend": True}
    return record | {"landVanwaarIngeschreven": entry(COUNTRIES, arrival.country)}


def _rights(person: Individual) -> Wire:
    situation = person.situation
    record: Wire = {}
    if situation.permit:
        code, start, end = situation.permit
        record["verblijfstitel"] = {
            "aanduiding": entry(PERMIT, code),
            "datumIngang": wire(start),
            **({"datumEinde": wire(end)} if end else {}),
        }
    if situation.european_vote:
        code, end = situation.european_vote
        record["europeesKiesrecht"] = {
            "aanduiding": entry(EUROPEAN_VOTE, code),
            **({"einddatumUitsluiting": wire(end)} if end else {}),
        }
    if situation.voteless:
        record["uitsluitingKiesrecht"] = {
            "uitgeslotenVanKiesrecht": True,
            "einddatum": wire(situation.voteless),
        }
    if situation.ward:
        record["indicatieCurateleRegister"] = True
    return record


def _provenance(person: Individual) -> Wire:
    situation = person.situation
    record: Wire = {}
    if situation.rni:
        record["rni"] = [
            {
                "deelnemer": entry(RNI_PARTICIPANTS, code),
                **({"omschrijvingVerdrag": treaty} if treaty else {}),
                "categorie": category,
            }
            for code, category, treaty in situation.rni
        ]
    if situation.verified:
        text, moment = situation.verified
        record["verificatie"] = {"datum": wire(moment), "omschrijving": text}
    return record


def _registered(person: Individual, residence: Residence) -> PartialDate:
    """First registration: on arrival from abroad, else at birth; the system began in 1994."""
    start = person.situation.arrival.since if person.situation.arrival else person.born
    if start.year is None:
        return residence.since
    return start if start.year >= 1994 else PartialDate(1994, 10, 1)


def _suspension(code: str) -> Wire:
    return {"reden": entry(SUSPENSION, code)}


def _other(bond: Bond, key: int) -> int:
    return bond.other if bond.one == key else bond.one
