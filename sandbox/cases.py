"""The zaken of the fictional municipality: some 2,500 over two years, built once at startup.

They are about the persons and addresses of the same `World`: who asks lives there, what is asked
about stands there. The same arguments give the same zaken with the same uuids.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sandbox.showcase import (
    HOME_AANDUIDING_CODE,
    HOME_NUMMERAANDUIDING,
    HOME_WOZ_OBJECT,
    HOME_ZAAK,
)
from sandbox.wire import Wire
from sandbox.world import World
from sandbox.zgw_catalogue import Catalogue, build_catalogue
from sandbox.zgw_dossiers import Dossiers, Story
from sandbox.zgw_geometry import outline_of, point_of
from sandbox.zgw_links import object_url, uuid_for
from sandbox.zgw_objects import (
    BAG_BASE,
    adres,
    overige,
    pand,
    perceel,
    persoon,
    spoiled,
    woz_object,
)
from sandbox.zgw_papers import Papers, write_papers
from sandbox.zgw_parties import (
    ORGANISATIES,
    Party,
    alleen_bsn,
    medewerker,
    natuurlijk_persoon,
    niet_natuurlijk_persoon,
    organisatorische_eenheid,
    vestiging,
    zonder_bsn,
)
from sandbox.zgw_zaaktypen import (
    ADVIES,
    BEZWAAR,
    BIBOB,
    BIJSTAND,
    EVENEMENT,
    MELDING,
    OMGEVING,
    ONTWERPEN,
    PARKEREN,
    WOO,
    Ontwerp,
)

COUNT = 2_500
DAYS = 730
MELDINGEN = 300
"""How many meldingen the Objects API holds; a zaak about one names it by its address."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The catalogus and all objects of the Zaken API in wire form, by uuid, oldest first; `papers`
    are the documents and besluiten.

    Their URLs hold the placeholders of `sandbox.zgw_links`.
    """

    catalogue: Catalogue
    zaken: Mapping[str, Wire]
    statussen: Mapping[str, Wire]
    resultaten: Mapping[str, Wire]
    rollen: Mapping[str, Wire]
    zaakobjecten: Mapping[str, Wire]
    zaakeigenschappen: Mapping[str, Wire]
    papers: Papers


def build_cases(
    world: World,
    *,
    citizen: str | None = None,
    bag_base: str = BAG_BASE,
    count: int = COUNT,
    seed: int = 1,
) -> Cases:
    """The zaken of a world.

    `citizen` is a BSN of the world who gets a set of zaken of their own, open and closed.
    `bag_base` is the address under which zaakobjecten name adressen and panden in their `object`.
    """
    rng = Random(f"cases {seed}")
    catalogue = build_catalogue(world.municipality)
    shelf = Dossiers(catalogue, world.municipality.rsin, rng, world.today)
    teller = Teller(world, shelf, rng, bag_base)
    for start in sorted(rng.randrange(1, DAYS) for _ in range(count)):
        teller.tell(world.today - timedelta(days=DAYS - start))
    permit = teller.tell_of(world.persons[citizen]) if citizen is not None else None
    papers = write_papers(
        shelf.catalogue,
        world.municipality.rsin,
        shelf.zaken,
        shelf.resultaten,
        citizen=permit,
        seed=seed,
    )
    return Cases(
        shelf.catalogue,
        shelf.zaken,
        shelf.statussen,
        shelf.resultaten,
        shelf.rollen,
        shelf.zaakobjecten,
        shelf.zaakeigenschappen,
        papers,
    )


@dataclass(slots=True)
class Teller:
    """Makes up stories about the people of the world and has the shelf write them down."""

    world: World
    shelf: Dossiers
    rng: Random
    bag_base: str
    adults: list[Wire] = field(init=False)
    addresses: list[Wire] = field(init=False)
    closed: list[tuple[Wire, Wire]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.adults = [p for p in self.world.persons.values() if self._can_ask(p)]
        self.addresses = list(self.world.addresses.values())

    def tell(self, start: date) -> None:
        """One zaak of a kind that is as likely as its weight."""
        ontwerp = self.rng.choices(ONTWERPEN, [o.gewicht for o in ONTWERPEN])[0]
        einde = self._end(ontwerp, start)
        if ontwerp is BEZWAAR and self.closed:
            person, earlier = self.rng.choice(self.closed)
            self._objection(person, earlier, start, einde)
            return
        person = self.rng.choice(self.adults)
        zaak = self.shelf.write(self._story(ontwerp, person, start, einde))
        if einde is not None and ontwerp in (PARKEREN, OMGEVING, BIJSTAND):
            self.closed.append((person, zaak))
        if ontwerp is OMGEVING and self.rng.random() < 0.3:
            for _ in range(self.rng.randint(1, 2)):
                self._advice(zaak, start)

    def tell_of(self, person: Wire) -> Wire:
        """The zaken of one citizen: two closed, three open, one of them with a deelzaak; gives
        that one.
        """
        today = self.world.today
        me, home = self._person(person), self._home(person)
        staff = ("behandelaar", medewerker(self.rng))
        about = (adres(home, self.bag_base, with_url=True),)
        parking = self.shelf.write(
            Story(
                PARKEREN,
                _before(today, 75),
                _before(today, 63),
                (("initiator", me), staff),
                about,
                summary="Parkeervergunning tweede auto",
                outcome=1,
            )
        )
        self.shelf.write(
            Story(
                MELDING,
                _before(today, 200),
                _before(today, 196),
                (("initiator", me),),
                about,
                self._spot(home),
                "Lantaarnpaal defect",
                outcome=0,
            )
        )
        permit = self.shelf.write(
            Story(
                OMGEVING,
                _before(today, 40),
                None,
                (("initiator", me), staff),
                (*about, *self._panden(home), *_property(home)),
                self._spot(home),
                "Dakkapel aan de voorzijde",
                reached=3,
            )
        )
        self._advice(permit, _before(today, 40))
        self._objection(person, parking, _before(today, 30), None)
        self.shelf.write(
            Story(BIJSTAND, _before(today, 12), None, (("initiator", me), staff), reached=2)
        )
        return permit

    def _can_ask(self, person: Wire) -> bool:
        adult = person.get("leeftijd", 0) >= 18 and "overlijden" not in person
        return adult and self._address_id(person) in self.world.addresses

    def _address_id(self, person: Wire) -> str:
        return str(person.get("verblijfplaats", {}).get("nummeraanduidingIdentificatie", ""))

    def _home(self, person: Wire) -> Wire:
        return self.world.addresses[self._address_id(person)]

    def _person(self, person: Wire) -> Party:
        return natuurlijk_persoon(person, self._home(person))

    def _end(self, ontwerp: Ontwerp, start: date) -> date | None:
        days = max(1, int(ontwerp.doorlooptijd * self.rng.uniform(0.1, 1.4)))
        einde = start + timedelta(days=days)
        return None if einde >= self.world.today or self.rng.random() < 0.06 else einde

    def _story(self, ontwerp: Ontwerp, person: Wire, start: date, einde: date | None) -> Story:
        place = self._home(person) if ontwerp in (PARKEREN, OMGEVING) else self._somewhere()
        placed = ontwerp in (MELDING, EVENEMENT) or self.rng.random() < 0.2
        return Story(
            ontwerp,
            start,
            einde,
            tuple(self._roles(ontwerp, person)),
            tuple(self._spoil(thing) for thing in self._objects(ontwerp, person, place)),
            self._spot(place) if placed else None,
        )

    def _somewhere(self) -> Wire:
        return self.rng.choice(self.addresses)

    def _roles(self, ontwerp: Ontwerp, person: Wire) -> Iterator[tuple[str, Party]]:
        yield "initiator", self._initiator(ontwerp, person)
        if self.rng.random() < 0.9:
            staff = medewerker if self.rng.random() < 0.6 else organisatorische_eenheid
            yield "behandelaar", staff(self.rng)
        if self.rng.random() < 0.3:
            yield "belanghebbende", self._other_party(ontwerp)
        if self.rng.random() < 0.1:
            yield "klantcontacter", medewerker(self.rng)
        partner = self._partner(person)
        if ontwerp is BIJSTAND and partner is not None:
            yield "mede_initiator", self._person(partner)

    def _initiator(self, ontwerp: Ontwerp, person: Wire) -> Party:
        organisation = self.rng.choice(ORGANISATIES)
        chance = self.rng.random()
        if ontwerp is BIBOB:
            return organisatorische_eenheid(self.rng)
        if ontwerp is MELDING and chance < 0.45:
            return self._reporter(chance)
        if chance < {EVENEMENT: 0.85, OMGEVING: 0.25}.get(ontwerp, 0.0):
            kind = vestiging if chance < 0.2 else niet_natuurlijk_persoon
            return kind(organisation, self.rng)
        if ontwerp is WOO and chance < 0.4:
            return niet_natuurlijk_persoon(organisation, self.rng)
        return alleen_bsn(person) if chance > 0.9 else self._person(person)

    def _reporter(self, chance: float) -> Party:
        if chance < 0.1:
            return medewerker(self.rng)
        return zonder_bsn("" if chance < 0.3 else "Jansen")

    def _other_party(self, ontwerp: Ontwerp) -> Party:
        if ontwerp is BIBOB:
            return vestiging(self.rng.choice(ORGANISATIES), self.rng)
        return self._person(self.rng.choice(self.adults))

    def _partner(self, person: Wire) -> Wire | None:
        for partner in person.get("partners", ()):
            found = self.world.persons.get(partner.get("burgerservicenummer", ""))
            if found is not None and self._can_ask(found):
                return found
        return None

    def _objects(self, ontwerp: Ontwerp, person: Wire, place: Wire) -> Iterator[Wire]:
        if ontwerp is MELDING and self.rng.random() < 0.4:
            number = self.rng.randrange(4000)
            reported = object_url(uuid_for("melding", number % MELDINGEN + 1))
            kind, url = ("melding", reported) if number % 2 else ("lichtmast", "")
            yield overige(kind, {"nummer": f"LM-{number:04d}"}, url)
        elif ontwerp in (PARKEREN, OMGEVING, MELDING, BIBOB):
            yield adres(place, self.bag_base, with_url=self.rng.random() < 0.8)
        if ontwerp is OMGEVING:
            yield from self._panden(place)
        if ontwerp is EVENEMENT:
            yield overige("evenemententerrein", {"naam": "Raadhuisplein", "oppervlakte": 1200})
        partner = self._partner(person)
        if ontwerp is BIJSTAND and partner is not None and self.rng.random() < 0.5:
            yield persoon(self._person(partner))

    def _panden(self, place: Wire) -> Iterator[Wire]:
        for pand_id in place.get("pandIdentificaties", ()):
            yield pand(pand_id, self.bag_base, with_url=self.rng.random() < 0.8)

    def _spoil(self, zaakobject: Wire) -> Wire:
        bag = zaakobject["objectType"] in ("adres", "pand")
        return spoiled(zaakobject, self.rng) if bag and self.rng.random() < 0.04 else zaakobject

    def _spot(self, place: Wire) -> Wire | None:
        panden = place.get("pandIdentificaties", ())
        if not panden:
            return None
        building = self.world.panden[panden[0]]
        return outline_of(building) if self.rng.random() < 0.2 else point_of(building)

    def _advice(self, hoofdzaak: Wire, start: date) -> None:
        asked = start + timedelta(days=3)
        if asked >= self.world.today:
            return
        roles = (
            ("initiator", organisatorische_eenheid(self.rng)),
            ("adviseur", medewerker(self.rng)),
        )
        einde = self._end(ADVIES, asked)
        self.shelf.write(Story(ADVIES, asked, einde, roles, hoofdzaak=hoofdzaak))

    def _objection(self, person: Wire, earlier: Wire, start: date, einde: date | None) -> None:
        roles = [("initiator", self._person(person)), ("behandelaar", medewerker(self.rng))]
        if self.rng.random() < 0.3:
            lawyer = niet_natuurlijk_persoon(self.rng.choice(ORGANISATIES), self.rng)
            roles.append(("mede_initiator", lawyer))
        summary = f"Bezwaar tegen besluit in {earlier['identificatie']}"
        self.shelf.write(Story(BEZWAAR, start, einde, tuple(roles), summary=summary, about=earlier))


def _property(home: Wire) -> Iterator[Wire]:
    """The perceel and the WOZ-object of the home of the showcase."""
    if home["nummeraanduidingIdentificatie"] == HOME_NUMMERAANDUIDING:
        yield perceel(HOME_ZAAK, HOME_AANDUIDING_CODE)
        yield woz_object(HOME_WOZ_OBJECT)


def _before(today: date, days: int) -> date:
    return today - timedelta(days=days)
