"""How names are written: registered name, full name and forms of address, made at startup.

Rules of the BRP's derived products: volledigeNaam, aanschrijfwijze, aanhef, gebruikInLopendeTekst.
"""

from sandbox.names import Surname, initials
from sandbox.people import Individual
from sandbox.tables import NAME_USE, TITLES, entry
from sandbox.wire import Wire

SALUTATION = {"M": "de heer", "V": "mevrouw"}
GREETING = {"M": "Geachte heer", "V": "Geachte mevrouw"}
NOBLE = {"M": "Hoogwelgeboren heer", "V": "Hoogwelgeboren vrouwe"}
NOBLE_FORM = {"M": "De hoogwelgeboren heer", "V": "De hoogwelgeboren vrouwe"}


def title_of(person: Individual) -> Wire | None:
    """The title of nobility, in the form that fits the sex."""
    kind = person.situation.title
    found = TITLES.get((kind or "", person.sex))
    return {"code": found[0], "omschrijving": found[1], "soort": kind} if found else None


def relative_name(person: Individual) -> Wire:
    """The name as it stands in the record of a relative."""
    name: Wire = {"voornamen": person.given}
    title = title_of(person)
    if title:
        name["adellijkeTitelPredicaat"] = title
    if person.surname.prefix:
        name["voorvoegsel"] = person.surname.prefix
    return name | {
        "geslachtsnaam": person.surname.name,
        "voorletters": initials(person.given),
    }


def full_name(person: Individual) -> str:
    """Given names and family name; a predicaat stands before them, a titel before the prefix."""
    title = title_of(person)
    if not title:
        return f"{person.given} {person.surname.whole()}"
    if title["soort"] == "predicaat":
        return f"{title['omschrijving']} {person.given} {person.surname.whole()}"
    return f"{person.given} {title['omschrijving']} {person.surname.whole()}"


def own_name(person: Individual) -> Wire:
    """The name of a person on their own list."""
    return relative_name(person) | {
        "volledigeNaam": full_name(person),
        "aanduidingNaamgebruik": entry(NAME_USE, person.situation.name_use),
    }


def used_surname(person: Individual, partner: Surname | None) -> Surname:
    """The family name somebody goes by, given the name of the partner."""
    own = person.surname
    match person.situation.name_use:
        case "P" if partner:
            return partner
        case "V" if partner:
            return Surname(f"{partner.name}-{own.whole()}", partner.prefix)
        case "N" if partner:
            return Surname(f"{own.name}-{partner.whole()}", own.prefix)
    return own


def forms_of_address(person: Individual, partner: Surname | None) -> Wire:
    """aanhef, aanschrijfwijze and gebruikInLopendeTekst."""
    used = used_surname(person, partner)
    title = title_of(person)
    letters = initials(person.given)
    if title and person.situation.name_use == "E":
        return _noble(person.sex, letters, used.whole(), title)
    if person.sex not in SALUTATION:
        written = f"{letters} {used.whole()}"
        return {
            "aanhef": f"Geachte {written}",
            "aanschrijfwijze": {"naam": written},
            "gebruikInLopendeTekst": written,
        }
    return {
        "aanhef": f"{GREETING[person.sex]} {_capital(used.whole())}",
        "aanschrijfwijze": {"naam": f"{letters} {used.whole()}"},
        "gebruikInLopendeTekst": f"{SALUTATION[person.sex]} {_capital(used.whole())}",
    }


def _noble(sex: str, letters: str, surname: str, title: Wire) -> Wire:
    rank = title["omschrijving"]
    if title["soort"] == "predicaat":
        written, spoken = f"{rank} {letters} {surname}", f"{rank} {_capital(surname)}"
    else:
        written, spoken = f"{letters} {rank} {surname}", f"{rank} {_capital(surname)}"
    return {
        "aanhef": NOBLE[sex],
        "aanschrijfwijze": {"aanspreekvorm": NOBLE_FORM[sex], "naam": written},
        "gebruikInLopendeTekst": spoken,
    }


def _capital(surname: str) -> str:
    return surname[0].upper() + surname[1:]
