"""Authority over minors, as gezag, written at startup; six types (BRP Personen 2.7, Gezagsrelatie).

A relation stands in the record of the minor and of everyone with a BSN who takes part in it.
"""

from collections.abc import Sequence

from sandbox.partial_date import age_on
from sandbox.people import Census, Custody, Individual
from sandbox.personal_names import full_name
from sandbox.wire import Wire


def custody_by_person(census: Census) -> dict[int, list[Wire]]:
    """gezag lists by the key of the person."""
    found: dict[int, list[Wire]] = {}
    for custody in census.custodies:
        relation = _relation(custody, census)
        keys = {custody.child, *custody.parents, *(k for k in custody.thirds if k is not None)}
        for key in sorted(keys):
            found.setdefault(key, []).append(relation)
    return found


def _relation(custody: Custody, census: Census) -> Wire:
    people = census.people
    child = people[custody.child]
    relation: Wire = {
        "type": custody.kind,
        "minderjarige": _minor(child, census),
        **_holders(custody, people),
    }
    if custody.note:
        relation["toelichting"] = custody.note
    if custody.doubtful:
        relation["inOnderzoek"] = True
    return relation


def _holders(custody: Custody, people: Sequence[Individual]) -> Wire:
    parents = [_holder(people[key]) for key in custody.parents]
    thirds = [_third(people, key) for key in custody.thirds]
    match custody.kind:
        case "GezamenlijkOuderlijkGezag":
            return {"ouders": parents}
        case "EenhoofdigOuderlijkGezag":
            return {"ouder": parents[0]}
        case "GezamenlijkGezag":
            return {"ouder": parents[0], "derde": thirds[0]}
        case "Voogdij":
            return {"derden": thirds}
    return {}


def _minor(child: Individual, census: Census) -> Wire:
    minor = _holder(child)
    age = age_on(child.born, census.today)
    return minor if age is None else minor | {"leeftijd": age}


def _holder(person: Individual) -> Wire:
    bsn = {"burgerservicenummer": person.bsn} if person.bsn else {}
    return bsn | {"naam": {"volledigeNaam": full_name(person)}}


def _third(people: Sequence[Individual], key: int | None) -> Wire:
    if key is None:
        return {"type": "OnbekendeDerde"}
    return {"type": "BekendeDerde"} | _holder(people[key])
