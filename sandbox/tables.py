"""Value tables of the BRP as far as the fictional municipality uses them; read at startup.

Codes are those of the landelijke tabellen where a table is public; each entry becomes a waardetabel
object on the wire: ``{"code", "omschrijving"}``.
"""

from collections.abc import Mapping

from sandbox.wire import Wire

SEX = {"M": "man", "V": "vrouw", "O": "onbekend"}
NAME_USE = {
    "E": "eigen geslachtsnaam",
    "N": "geslachtsnaam echtgenoot/geregistreerd partner na eigen geslachtsnaam",
    "P": "geslachtsnaam echtgenoot/geregistreerd partner",
    "V": "geslachtsnaam echtgenoot/geregistreerd partner voor eigen geslachtsnaam",
}
SUSPENSION = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "pl is aangelegd in de rni",
    "F": "fout",
}
BOND = {"H": "huwelijk", "P": "geregistreerd partnerschap"}
ADDRESS_FUNCTION = {"W": "woonadres", "B": "briefadres"}
NUMBER_HINT = {"to": "tegenover", "by": "bij"}
EUROPEAN_VOTE = {"1": "persoon is uitgesloten", "2": "persoon ontvangt oproep"}
CUSTODY_HINT = {"D": "Derde heeft gezag", "1": "Ouder1 heeft gezag"}
PERMIT = {
    "21": "Vw 2000 art. 8, onder a, vergunning regulier bepaalde tijd",
    "26": "Vw 2000 art. 8, onder c, vergunning asiel bepaalde tijd",
    "27": "Vw 2000 art. 8, onder d, vergunning asiel onbepaalde tijd",
}
TITLES = {
    ("predicaat", "M"): ("JH", "jonkheer"),
    ("predicaat", "V"): ("JV", "jonkvrouw"),
    ("titel", "M"): ("B", "baron"),
    ("titel", "V"): ("BS", "barones"),
}
COUNTRIES = {
    "6030": "Nederland",
    "6043": "Turkije",
    "5022": "Marokko",
    "5007": "Suriname",
    "7028": "Polen",
    "5010": "België",
    "9089": "Bondsrepubliek Duitsland",
    "7009": "Syrië",
    "6014": "Verenigde Staten van Amerika",
    "5107": "Curaçao",
    "6024": "Indonesië",
    "6037": "Spanje",
}
MUNICIPALITIES = {
    "0999": "Weidevaart",
    "1999": "Registratie Niet Ingezetenen (RNI)",
    "0363": "Amsterdam",
    "0599": "Rotterdam",
    "0344": "Utrecht",
    "0080": "Leeuwarden",
    "0014": "Groningen",
    "0193": "Zwolle",
}
NATIONALITIES = {
    "0001": "Nederlandse",
    "0339": "Turkse",
    "0131": "Marokkaanse",
    "0205": "Surinaamse",
    "0066": "Poolse",
    "0055": "Duitse",
    "0312": "Syrische",
    "0024": "Indonesische",
}
NATIONALITY_REASONS = {
    "017": "Rijkswet op het Nederlanderschap 1984, art. 3, lid 1",
    "187": "Rijkswet op het Nederlanderschap, naturalisatie",
    "301": "Vaststelling bezit vreemde nationaliteit",
    "310": "Vaststelling onbekende nationaliteit",
    "311": "Vaststelling staatloosheid",
    "410": "Wet betreffende de positie van Molukkers",
    "420": "Vaststelling onjuist bezit van het Nederlanderschap",
}
RNI_PARTICIPANTS = {"0101": "Belastingdienst", "0201": "Sociale Verzekeringsbank"}

TRAVEL_DOCUMENTS = {
    "PN": "Nationaal paspoort",
    "NI": "Nederlandse identiteitskaart",
    "PV": "Reisdocument voor vluchtelingen",
}
WITHDRAWALS = {
    "I": "ingehouden of ingeleverd",
    "R": "van rechtswege vervallen",
    "V": "vermist",
    ".": "onbekend",
}


def entry(table: Mapping[str, str], code: str) -> Wire:
    """The waardetabel object for a code."""
    return {"code": code, "omschrijving": table[code]}
