"""Tenant files: what they say, and every way in which they can be wrong."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

from gateway.app import known_dialects, known_inzage, known_sources, published
from gateway.assurance import Level
from gateway.auth.issuer import Admission
from gateway.auth.principal import Kind
from gateway.configuration import Configuration, load_configuration, purposes_of
from gateway.mistakes import ConfigurationError
from gateway.source.settings import ApiKey, ClientCredentials, ZgwJwt
from gateway.tenants import CallerKind, Dialects, Purpose, Tenant, load_tenants
from resolvers.objecten.definitions import load_objecttypes

LABELS = frozenset(
    {
        "adres.basis",
        "adres.geometrie",
        "persoon.adres",
        "persoon.bsn",
        "persoon.naam",
        "zaak.basis",
        "zaak.rol",
    }
)
SOURCES = frozenset({"bag", "brp", "zaken", "catalogi"})
SEVERAL = frozenset({"zaken", "catalogi"})
DIALECTS: Dialects = {
    "zaken": {"expand": ("never", "always"), "page_size": int, "zoek_fields": bool},
    "bag": {"leverancier": str},
}
SECRET = "s3cret-that-nobody-may-see"
ENVIRONMENT = {"SLEUTEL": SECRET}

GOOD = """\
code = "0999"
naam = "Weidevaart"
oin = "00000009990000000000"
[bronnen.bag]
address = "http://127.0.0.1:8100/bag"
credentials = { soort = "api-key", waarde = "env:SLEUTEL" }
[bronnen.zaken]
address = "http://127.0.0.1:8100/zaken/api/v1"
[bronnen.zaken.dialect]
expand = "never"
page_size = 100
zoek_fields = false
[doelbindingen.klantcontact]
omschrijving = "Vragen van inwoners beantwoorden"
soorten = ["medewerker"]
labels = [
    "adres.*",
    "persoon.naam",
]
[doelbindingen.klantcontact.headers.bag]
x-doelbinding = "BAG-Totaal"
[doelbindingen.open-data]
omschrijving = "Open gegevens"
labels = ["adres.basis"]
soorten = ["systeem", "burger"]
"""


def load(directory: Path, environment: Mapping[str, str] = ENVIRONMENT) -> Mapping[str, Tenant]:
    return load_tenants(directory, LABELS, SOURCES, DIALECTS, environment, SEVERAL)


def mistakes(directory: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        load(directory)
    assert SECRET not in str(refused.value)
    return [str(mistake) for mistake in refused.value.mistakes]


def write(directory: Path, text: str, name: str = "0999.toml") -> None:
    (directory / name).write_text(text, encoding="utf-8")


def test_a_tenant_is_what_its_file_says(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    tenant = load(tmp_path)["0999"]

    assert (tenant.code, tenant.naam, tenant.oin) == ("0999", "Weidevaart", "00000009990000000000")
    assert set(tenant.sources) == {"bag", "zaken"}
    assert tenant.sources["zaken"].dialect == {
        "expand": "never",
        "page_size": 100,
        "zoek_fields": False,
    }
    purpose = tenant.purposes["klantcontact"]
    assert purpose.labels == {"adres.basis", "adres.geometrie", "persoon.naam"}
    assert purpose.kinds == {"medewerker"}
    assert purpose.headers == {"bag": {"x-doelbinding": "BAG-Totaal"}}
    assert tenant.purposes["open-data"].kinds == {"systeem", "burger"}


def test_a_decision_point_has_settings_as_a_source_has(tmp_path: Path) -> None:
    """It is optional, and what it may not be is told with its line."""
    good = """
[beslispunt]
address = "https://beslist.test/pdp/"
bewaren = 30
credentials = { soort = "token", waarde = "env:SLEUTEL" }
"""
    bad = """
[beslispunt]
address = "http://beslist.test"
bewaren = 61
dialect = {}
"""
    write(tmp_path, GOOD + good)
    point = load(tmp_path)["0999"].decision_point
    write(tmp_path, GOOD + bad)
    wrong = mistakes(tmp_path)
    write(tmp_path, GOOD + bad.replace("61", "1").replace("dialect = {}", ""))
    unsafe = mistakes(tmp_path)

    at = len(GOOD.splitlines()) + 2
    assert point is not None
    assert (point.address, point.bewaren) == ("https://beslist.test/pdp", 30)
    assert [each.split(": ")[0] for each in wrong] == [f"0999.toml:{at + 2}", f"0999.toml:{at + 3}"]
    assert unsafe == [
        f"0999.toml:{at}: beslispunt: gebruik https://, of zeg met onversleuteld = true dat het "
        "zo moet"
    ]


def test_a_header_that_names_a_user_is_shorter(tmp_path: Path) -> None:
    """In a purpose and in a zaaktype of it, for the source and for its kind."""
    text = GOOD.replace("[bronnen.zaken]", '[bronnen.zaken-a]\ngebruikerheader = "X-Gebruiker"')
    text = text.replace("bronnen.zaken.", "bronnen.zaken-a.")
    for table in ("headers.zaken", "zoekheaders.zaken-a", "zaaktypen.T.headers.zaken"):
        text += f"[doelbindingen.open-data.{table}]\nx-gebruiker = '{'x' * 41}'\n"
    write(tmp_path, text)

    found = mistakes(tmp_path)
    write(tmp_path, text.replace("x" * 41, "x" * 40))

    assert [each.partition("open-data.")[2] for each in found] == [
        f"{table}.x-gebruiker: noemt de gebruiker, en heeft daarom hoogstens 40 tekens"
        for table in ("headers.zaken", "zoekheaders.zaken-a", "zaaktypen.T.headers.zaken")
    ]
    assert load(tmp_path)["0999"].purposes["open-data"].zaaktypen.keys() == {"T"}


def test_several_sources_of_one_kind(tmp_path: Path) -> None:
    """In the order of the file; the plain one may be absent, and headers may be for the kind."""
    text = GOOD.replace("bronnen.zaken", "bronnen.zaken-b").replace(
        "[bronnen.bag]", '[bronnen.catalogi]\naddress = "https://x.test"\n[bronnen.bag]'
    )
    more = '[bronnen.zaken-a]\naddress = "https://x.test"\ndialect = { expand = "always" }\n'
    text = text.replace("[doelbindingen.klantcontact]", f"{more}[doelbindingen.klantcontact]")
    write(tmp_path, text.replace("headers.bag]", "headers.zaken]"))

    tenant = load(tmp_path)["0999"]

    assert list(tenant.sources) == ["catalogi", "bag", "zaken-b", "zaken-a"]
    assert tenant.sources["zaken-a"].dialect == {"expand": "always"}
    assert tenant.purposes["klantcontact"].headers == {"zaken": {"x-doelbinding": "BAG-Totaal"}}


def test_a_secret_comes_from_the_environment_and_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    tenant = load(tmp_path)["0999"]

    credentials = tenant.sources["bag"].credentials
    assert isinstance(credentials, ApiKey)
    assert credentials.waarde.get_secret_value() == SECRET
    assert SECRET not in repr(tenant)


NOTIFICATIES = '[notificaties]\ngeheim = "env:MELDINGEN"\n\n[bronnen.bag]\n'


def with_notifications(directory: Path, secret: str) -> Mapping[str, Tenant]:
    """The tenants of a file with this credential for notifications."""
    write(directory, GOOD.replace("[bronnen.bag]\n", NOTIFICATIES))
    given = {**ENVIRONMENT, "MELDINGEN": secret}
    return load_tenants(directory, LABELS, SOURCES, DIALECTS, given)


@pytest.mark.parametrize("secret", ["g" * 32, "!~" * 450])
def test_the_credential_for_notifications(tmp_path: Path, secret: str) -> None:
    tenant = with_notifications(tmp_path, secret)["0999"]

    assert tenant.notifications is not None
    assert tenant.notifications.get_secret_value() == secret
    assert secret not in repr(tenant)


def test_without_one_nothing_is_heard(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    assert load(tmp_path)["0999"].notifications is None


@pytest.mark.parametrize("secret", ["g" * 31, "g" * 901, "g" * 40 + " g", "é" * 40])
def test_a_credential_that_is_guessed_or_cannot_be_sent(tmp_path: Path, secret: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        with_notifications(tmp_path, secret)

    (mistake,) = refused.value.mistakes
    assert mistake.reason == "het geheim heeft 32 tot 900 tekens ASCII, zonder spatie"
    assert secret not in str(mistake)


def test_the_kinds_of_caller_are_the_ones_of_a_principal() -> None:
    assert set(get_args(CallerKind)) == set(Kind)


def test_who_may_see_more_is_as_the_file_says(tmp_path: Path) -> None:
    more = """\
rollen = ["kcc", "balie"]
betrouwbaarheid = "midden"
betrouwbaarheid_per_label = { "adres.*" = "EH3", "adres.basis" = "hoog" }
"""
    services = """\
[diensten.wmo]
omschrijving = "Ondersteuning"
labels = ["persoon.*"]
[diensten.vergunning]
omschrijving = "Vergunningen"
codes = ["urn:a", "urn:b"]
labels = ["adres.basis"]
"""
    first = 'soorten = ["medewerker"]\n'
    write(tmp_path, GOOD.replace(first, first + more) + services)

    tenant = load(tmp_path)["0999"]
    found = tenant.purposes["klantcontact"]

    assert found.rollen == {"kcc", "balie"}
    assert found.level is Level.MIDDEN
    assert {*found.label_levels} == {each for each in LABELS if each.startswith("adres.")}
    assert found.label_levels["adres.basis"] == (Level.EH3, Level.HOOG)
    assert tenant.diensten["wmo"].codes == {"wmo"}
    assert tenant.diensten["wmo"].labels == {each for each in LABELS if each.startswith("persoon.")}
    assert tenant.diensten["vergunning"].codes == {"urn:a", "urn:b"}


def test_what_verification_learns_of_the_tenants(tmp_path: Path) -> None:
    write(tmp_path, GOOD)

    assert purposes_of(load(tmp_path)) == {
        "0999": {
            "klantcontact": Admission(frozenset({Kind.MEDEWERKER})),
            "open-data": Admission(frozenset({Kind.SYSTEEM, Kind.BURGER})),
        }
    }


# Each row: what is replaced by what in the good file, and the only complaint.
WRONG: dict[str, tuple[str, str, str]] = {
    "unknown key": (
        'naam = "Weidevaart"',
        'naam = "Weidevaart"\nnaan = "x"',
        ":3: naan: onbekende sleutel (bedoelde u: naam?)",
    ),
    "unknown key in a source": (
        'address = "http://127.0.0.1:8100/bag"',
        'address = "http://127.0.0.1:8100/bag"\ntimeuot = 3',
        ":6: bronnen.bag.timeuot: onbekende sleutel (bedoelde u: timeout?)",
    ),
    "unknown key in an inline table of a kind": (
        'waarde = "env:SLEUTEL"',
        'waarde = "env:SLEUTEL", headr = "X-Key"',
        ":6: bronnen.bag.credentials.headr: onbekende sleutel (bedoelde u: header?)",
    ),
    "unknown key in a purpose": (
        'soorten = ["medewerker"]',
        'soorten = ["medewerker"]\nlabel = ["x"]',
        ":16: doelbindingen.klantcontact.label: onbekende sleutel (bedoelde u: labels?)",
    ),
    "a purpose for nobody in particular": (
        'soorten = ["medewerker"]\n',
        "",
        ":13: doelbindingen.klantcontact.soorten: ontbreekt",
    ),
    "unknown table": (
        "[doelbindingen.open-data]",
        "[cache]\nsize = 1\n[doelbindingen.open-data]",
        ":23: cache.size: onbekende sleutel",
    ),
    "personal data kept without a reason": (
        "[doelbindingen.open-data]",
        "[cache]\npersoonsgegevens = { seconden = 60 }\n[doelbindingen.open-data]",
        ":23: cache.persoonsgegevens.reden: ontbreekt",
    ),
    "personal data kept with a poor reason": (
        "[doelbindingen.open-data]",
        '[cache]\npersoonsgegevens = { seconden = 60, reden = "sneller" }\n'
        "[doelbindingen.open-data]",
        ":23: cache.persoonsgegevens.reden: zeg in minstens 20 tekens waarom dat nodig is",
    ),
    "personal data kept too long": (
        "[doelbindingen.open-data]",
        '[cache]\npersoonsgegevens = { seconden = 301, reden = "omdat de balie bladert" }\n'
        "[doelbindingen.open-data]",
        ":23: cache.persoonsgegevens.seconden: mag hoogstens 300 zijn",
    ),
    "missing key": ('naam = "Weidevaart"\n', "", ":1: naam: ontbreekt"),
    "missing key of a source": (
        'address = "http://127.0.0.1:8100/bag"\n',
        "",
        ":4: bronnen.bag.address: ontbreekt",
    ),
    "missing key of a kind of credentials": (
        ', waarde = "env:SLEUTEL"',
        "",
        ":6: bronnen.bag.credentials.waarde: ontbreekt",
    ),
    "missing description": (
        'omschrijving = "Open gegevens"\n',
        "",
        ":22: doelbindingen.open-data.omschrijving: ontbreekt",
    ),
    "code of three digits": (
        'code = "0999"',
        'code = "999"',
        ":1: code: een gemeentecode heeft precies 4 cijfers",
    ),
    "code without quotes": ('code = "0999"', "code = 999", ":1: code: moet tekst zijn"),
    "code of another file": (
        'code = "0999"',
        'code = "0998"',
        ":1: code: dit bestand heet 0999.toml en hier staat 0998; maak die twee gelijk",
    ),
    "OIN too short": (
        'oin = "00000009990000000000"',
        'oin = "123"',
        ":3: oin: een OIN heeft precies 20 cijfers",
    ),
    "empty name": ('naam = "Weidevaart"', 'naam = ""', ":2: naam: moet een regel tekst zijn"),
    "unknown source": (
        "[bronnen.bag]",
        '[bronnen.bagg]\naddress = "https://x.test"\n[bronnen.bag]',
        ":4: bronnen.bagg: onbekende bron (bedoelde u: bag?)",
    ),
    "a second source of a kind of which there is one": (
        "[bronnen.zaken]",
        '[bronnen.brp-oud]\naddress = "https://x.test"\n[bronnen.zaken]',
        ":7: bronnen.brp-oud: van brp kan een gemeente er maar één hebben",
    ),
    "a system in capitals": (
        "[bronnen.zaken]",
        '[bronnen.zaken-Sociaal]\naddress = "https://x.test"\n[bronnen.zaken]',
        ":7: bronnen.zaken-Sociaal: na zaken- komt de naam van een systeem:"
        " hoogstens 32 kleine letters, cijfers en streepjes",
    ),
    "a system without a name": (
        "[bronnen.zaken]",
        '[bronnen.zaken-]\naddress = "https://x.test"\n[bronnen.zaken]',
        ":7: bronnen.zaken-: na zaken- komt de naam van een systeem:"
        " hoogstens 32 kleine letters, cijfers en streepjes",
    ),
    "a system of an unknown kind": (
        "[bronnen.zaken]",
        '[bronnen.zakne-sociaal]\naddress = "https://x.test"\n[bronnen.zaken]',
        ":7: bronnen.zakne-sociaal: onbekende bron",
    ),
    "too many sources of a kind": (
        "[bronnen.zaken]",
        "".join(f'[bronnen.zaken-{n}]\naddress = "https://x.test/{n}"\n' for n in range(6))
        + "[bronnen.zaken]",
        ":19: bronnen.zaken: van zaken kan een gemeente er hoogstens 6 hebben",
    ),
    "two sources that are one": (
        "[bronnen.zaken]",
        '[bronnen.zaken-a]\naddress = "http://127.0.0.1:8100/zaken/api/v1/"\n[bronnen.zaken]',
        ":9: bronnen.zaken: noemt zichzelf als bronnen.zaken-a, zodat alles er twee keer zou zijn;"
        " kijk `address` en `canonical` na",
    ),
    "two sources that call themselves the same": (
        "[bronnen.zaken]",
        '[bronnen.zaken-a]\naddress = "https://x.test"\n'
        'canonical = ["https://y.test", "http://127.0.0.1:8100/zaken/api/v1"]\n[bronnen.zaken]',
        ":10: bronnen.zaken: noemt zichzelf als bronnen.zaken-a, zodat alles er twee keer zou zijn;"
        " kijk `address` en `canonical` na",
    ),
    "an unknown dialect flag of a second source": (
        "[bronnen.zaken]",
        '[bronnen.zaken-a]\naddress = "https://x.test"\ndialect = { expnd = "never" }\n'
        "[bronnen.zaken]",
        ":9: bronnen.zaken-a.dialect.expnd: onbekende dialectvlag (bedoelde u: expand?)",
    ),
    "headers for a system that is not there": (
        "headers.bag]",
        "headers.zaken-a]",
        ":20: doelbindingen.klantcontact.headers.zaken-a: deze bron staat niet onder [bronnen]",
    ),
    "unknown kind of credentials": (
        'soort = "api-key"',
        'soort = "apikey"',
        ":6: bronnen.bag.credentials: kies uit"
        " 'geen', 'api-key', 'zgw-jwt', 'token', 'client-credentials'",
    ),
    "no kind of credentials": (
        'soort = "api-key", ',
        "",
        ":6: bronnen.bag.credentials: mist de sleutel 'soort'",
    ),
    "secret not in the environment": (
        "env:SLEUTEL",
        "env:SLEUTEL_2",
        ":6: bronnen.bag.credentials.waarde: omgevingsvariabele SLEUTEL_2 bestaat niet",
    ),
    "secret's file absent": (
        "env:SLEUTEL",
        "file:geheim",
        ":6: bronnen.bag.credentials.waarde: bestand geheim bestaat niet",
    ),
    "secret written in the file": (
        "env:SLEUTEL",
        SECRET,
        ":6: bronnen.bag.credentials.waarde:"
        " een geheim staat hier als env:NAAM of file:PAD, nooit zelf",
    ),
    "a number too large": (
        "[bronnen.zaken]",
        "timeout = 600\n[bronnen.zaken]",
        ":7: bronnen.bag.timeout: mag hoogstens 60 zijn",
    ),
    "text for a number": (
        "[bronnen.zaken]",
        'parallel = "veel"\n[bronnen.zaken]',
        ":7: bronnen.bag.parallel: moet een geheel getal zijn",
    ),
    "unknown dialect flag": (
        'expand = "never"',
        'expnd = "never"',
        ":10: bronnen.zaken.dialect.expnd: onbekende dialectvlag (bedoelde u: expand?)",
    ),
    "dialect flag without such a value": (
        'expand = "never"',
        'expand = "soms"',
        ":10: bronnen.zaken.dialect.expand: kies uit 'never', 'always'",
    ),
    "dialect flag of another type": (
        "page_size = 100",
        "page_size = true",
        ":11: bronnen.zaken.dialect.page_size: moet een geheel getal zijn",
    ),
    "dialect flag that is no boolean": (
        "zoek_fields = false",
        "zoek_fields = 0",
        ":12: bronnen.zaken.dialect.zoek_fields: moet true of false zijn",
    ),
    "all labels": (
        '"persoon.naam"',
        '"*"',
        ":18: doelbindingen.klantcontact.labels[1]:"
        " alles toestaan kan niet; noem labels of <voorvoegsel>.*",
    ),
    "unknown label": (
        '"persoon.naam"',
        '"persoon.namen"',
        ":18: doelbindingen.klantcontact.labels[1]: onbekend label (bedoelde u: persoon.naam?)",
    ),
    "prefix without labels": (
        '"adres.*"',
        '"kenteken.*"',
        ":17: doelbindingen.klantcontact.labels[0]: onbekend label",
    ),
    "star within a label": (
        '"adres.*"',
        '"adres.b*"',
        ":17: doelbindingen.klantcontact.labels[0]: onbekend label (bedoelde u: adres.basis?)",
    ),
    "star before a label": (
        '"adres.*"',
        '"*.*"',
        ":17: doelbindingen.klantcontact.labels[0]: onbekend label",
    ),
    "no labels": (
        'labels = ["adres.basis"]',
        "labels = []",
        ":24: doelbindingen.open-data.labels: moet minstens 1 onderdeel hebben",
    ),
    "labels as text": (
        'labels = ["adres.basis"]',
        'labels = "adres.basis"',
        ":24: doelbindingen.open-data.labels: moet een lijst zijn",
    ),
    "unknown kind of caller": (
        '"medewerker"',
        '"ambtenaar"',
        ":15: doelbindingen.klantcontact.soorten[0]:"
        " kies uit 'medewerker', 'systeem', 'burger', 'bedrijf' of 'gemachtigde'",
    ),
    "purpose in capitals": (
        "[doelbindingen.open-data]",
        "[doelbindingen.OpenData]",
        ":22: doelbindingen.OpenData:"
        " een doelbinding heet met kleine letters, cijfers en streepjes",
    ),
    "headers for an unknown source": (
        "headers.bag]",
        "headers.bga]",
        ":20: doelbindingen.klantcontact.headers.bga: onbekende bron (bedoelde u: bag?)",
    ),
    "headers for a source that is not there": (
        "headers.bag]",
        "headers.brp]",
        ":20: doelbindingen.klantcontact.headers.brp: deze bron staat niet onder [bronnen]",
    ),
    "header name that is no token": (
        "x-doelbinding =",
        '"x doelbinding" =',
        ":21: doelbindingen.klantcontact.headers.bag.x doelbinding:"
        " dit is geen naam van een header",
    ),
    "header that is ours": (
        "x-doelbinding =",
        "Authorization =",
        ":21: doelbindingen.klantcontact.headers.bag.Authorization:"
        " deze header bepaalt de gateway zelf",
    ),
    "one header twice": (
        'x-doelbinding = "BAG-Totaal"',
        'x-doelbinding = "a"\nX-Doelbinding = "b"',
        ":22: doelbindingen.klantcontact.headers.bag.X-Doelbinding: deze header staat er twee keer",
    ),
    "header with a line end": (
        '"BAG-Totaal"',
        '"BAG\\r\\nx: y"',
        ":21: doelbindingen.klantcontact.headers.bag.x-doelbinding:"
        " moet 1 tot 242 afdrukbare ASCII-tekens hebben",
    ),
    "header beyond ASCII": (
        '"BAG-Totaal"',
        '"één"',
        ":21: doelbindingen.klantcontact.headers.bag.x-doelbinding:"
        " moet 1 tot 242 afdrukbare ASCII-tekens hebben",
    ),
    "header too long": (
        '"BAG-Totaal"',
        f'"{"x" * 243}"',
        ":21: doelbindingen.klantcontact.headers.bag.x-doelbinding:"
        " moet 1 tot 242 afdrukbare ASCII-tekens hebben",
    ),
    "header of a zaaktype with a line end": (
        "[doelbindingen.open-data]",
        '[doelbindingen.klantcontact.zaaktypen.A.headers.bag]\nx-a = "a\\nb"\n'
        "[doelbindingen.open-data]",
        ":23: doelbindingen.klantcontact.zaaktypen.A.headers.bag.x-a:"
        " moet 1 tot 242 afdrukbare ASCII-tekens hebben",
    ),
    "header of a zaaktype for a source that is not there": (
        "[doelbindingen.open-data]",
        '[doelbindingen.klantcontact.zaaktypen.A.zoekheaders.brp]\nx-a = "b"\n'
        "[doelbindingen.open-data]",
        ":22: doelbindingen.klantcontact.zaaktypen.A.zoekheaders.brp:"
        " deze bron staat niet onder [bronnen]",
    ),
    "zaaktype that stands in no header": (
        "[doelbindingen.open-data]",
        '[doelbindingen.klantcontact.zaaktypen."a,b".headers.bag]\nx-a = "b"\n'
        "[doelbindingen.open-data]",
        ":22: doelbindingen.klantcontact.zaaktypen.a,b:"
        " een zaaktype heet met 1 tot 50 afdrukbare ASCII-tekens, zonder komma",
    ),
    "user that is too long for a header": (
        "[bronnen.zaken]\n",
        '[bronnen.zaken]\ngebruikerheader = "x-gebruiker"\nburgergebruiker = "' + "x" * 41 + '"\n',
        ":9: bronnen.zaken.burgergebruiker: moet 1 tot 40 afdrukbare ASCII-tekens hebben",
    ),
    "header with outer white space": (
        '"BAG-Totaal"',
        '" BAG"',
        ":21: doelbindingen.klantcontact.headers.bag.x-doelbinding:"
        " mag niet met een spatie beginnen of eindigen",
    ),
    "a value where a table belongs": (
        '[doelbindingen.klantcontact.headers.bag]\nx-doelbinding = "BAG-Totaal"\n',
        "headers = 1\n",
        ":20: doelbindingen.klantcontact.headers: moet een tabel zijn",
    ),
    "roles for who has none": (
        'soorten = ["systeem", "burger"]',
        'soorten = ["systeem", "burger"]\nrollen = ["kcc"]',
        ":26: doelbindingen.open-data.rollen: rollen gelden alleen voor de soort medewerker",
    ),
    "no roles at all": (
        'soorten = ["medewerker"]',
        'soorten = ["medewerker"]\nrollen = []',
        ":16: doelbindingen.klantcontact.rollen: moet minstens 1 onderdeel hebben",
    ),
    "representatives without services": (
        '"burger"]',
        '"gemachtigde"]',
        ":25: doelbindingen.open-data.soorten: een gemachtigde ziet niets zonder [diensten.<naam>]",
    ),
    "a level that there is not": (
        'labels = ["adres.basis"]',
        'labels = ["adres.basis"]\nbetrouwbaarheid = "laag"',
        ":25: doelbindingen.open-data.betrouwbaarheid: kies uit 'basis', 'midden', 'substantieel',"
        " 'hoog', 'EH1', 'EH2', 'EH2+', 'EH3' of 'EH4'",
    ),
    "a level for a label that there is not": (
        'labels = ["adres.basis"]',
        'labels = ["adres.basis"]\nbetrouwbaarheid_per_label = { "adres.bassis" = "hoog" }',
        ":25: doelbindingen.open-data.betrouwbaarheid_per_label.adres.bassis:"
        " onbekend label (bedoelde u: adres.basis?)",
    ),
    "a level for a label of another purpose": (
        'labels = ["adres.basis"]',
        'labels = ["adres.basis"]\nbetrouwbaarheid_per_label = { "persoon.naam" = "hoog" }',
        ":25: doelbindingen.open-data.betrouwbaarheid_per_label.persoon.naam:"
        " dit label staat niet bij deze doelbinding",
    ),
    "a service in capitals": (
        'soorten = ["systeem", "burger"]',
        'soorten = ["burger"]\n[diensten.WMO]\nomschrijving = "x"\nlabels = ["adres.basis"]',
        ":26: diensten.WMO: een dienst heet met kleine letters, cijfers en streepjes",
    ),
    "a service that shows what there is not": (
        'soorten = ["systeem", "burger"]',
        'soorten = ["burger"]\n[diensten.wmo]\nomschrijving = "x"\nlabels = ["adres.bassis"]',
        ":28: diensten.wmo.labels[0]: onbekend label (bedoelde u: adres.basis?)",
    ),
    "bad syntax": (
        'naam = "Weidevaart"',
        "naam = Weidevaart",
        ":2: geen geldige TOML: Invalid value",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_with_file_line_and_reason(name: str, tmp_path: Path) -> None:
    before, after, expected = WRONG[name]
    assert GOOD.count(before) == 1
    write(tmp_path, GOOD.replace(before, after))

    assert mistakes(tmp_path) == [f"0999.toml{expected}"]


def test_all_mistakes_in_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("env:SLEUTEL", "env:NIETS").replace('"never"', '"soms"'))
    write(tmp_path, GOOD.replace('"0999"', '"0998"').replace("adres.*", "*"), "0998.toml")
    write(tmp_path, "code = ", "0997.toml")
    write(tmp_path, GOOD, "0996.toml")

    assert mistakes(tmp_path) == [
        "0996.toml:1: code: dit bestand heet 0996.toml en hier staat 0999; maak die twee gelijk",
        "0997.toml:1: geen geldige TOML: Invalid value",
        "0998.toml:17: doelbindingen.klantcontact.labels[0]:"
        " alles toestaan kan niet; noem labels of <voorvoegsel>.*",
        "0999.toml:1: code: deze code staat al in 0996.toml",
        "0999.toml:6: bronnen.bag.credentials.waarde: omgevingsvariabele NIETS bestaat niet",
        "0999.toml:10: bronnen.zaken.dialect.expand: kies uit 'never', 'always'",
    ]


def test_a_directory_without_tenants_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "issuers.toml").touch()
    (tmp_path / "..data.toml").touch()

    assert mistakes(tmp_path) == [f"{tmp_path.name}: er is geen enkel gemeentebestand"]


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "0999.toml").mkdir()

    assert mistakes(tmp_path) == ["0999.toml: het bestand is niet leesbaar"]


EXAMPLE_ENVIRONMENT = {
    "WEIDEVAART_BAG_SLEUTEL": "bag",
    "WEIDEVAART_BRP_GEHEIM": "brp",
    "WEIDEVAART_BRP_SLEUTEL": "brp-sleutel",
    "WEIDEVAART_BRK_SLEUTEL": "brk",
    "WEIDEVAART_KLANT_TOKEN": "klant-token",
    "WEIDEVAART_OBJECTEN_TOKEN": "objecten-token",
    "WEIDEVAART_OBJECTTYPEN_TOKEN": "objecttypen-token",
    "WEIDEVAART_PRODUCT_TOKEN": "product-token",
    "WEIDEVAART_WOZ_SLEUTEL": "woz",
    "WEIDEVAART_KVK_SLEUTEL": "kvk",
    "WEIDEVAART_NOTIFICATIES_GEHEIM": "een-zelfbedacht-geheim-van-genoeg-tekens",
}


@pytest.fixture
def example(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the example, with the secret file that is not in version control."""
    original = Path(request.config.rootpath) / "deploy" / "voorbeeld"
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    (tmp_path / "geheimen").mkdir()
    (tmp_path / "geheimen" / "zaken").write_text("een-geheim-van-tweeendertig-tekens\n")
    return tmp_path


def load_example(directory: Path, environment: Mapping[str, str]) -> Configuration:
    """The configuration of a directory, against what is really published."""
    objecttypes = load_objecttypes(directory)
    known = published(objecttypes).labels, known_sources(), known_dialects(objecttypes)
    return load_configuration(directory, *known, environment, known_inzage=known_inzage())


def test_the_example_configuration_loads(example: Path) -> None:
    found = load_example(example, EXAMPLE_ENVIRONMENT)

    tenant = found.tenants["0999"]
    assert set(tenant.sources) == known_sources()
    assert isinstance(tenant.sources["brp"].credentials, ClientCredentials)
    zaken = tenant.sources["zaken"].credentials
    assert isinstance(zaken, ZgwJwt)
    assert zaken.secret.get_secret_value() == "een-geheim-van-tweeendertig-tekens"
    assert purposes_of(found.tenants)["0999"]["mijn-gegevens"] == Admission(
        frozenset({Kind.BURGER}), level=Level.MIDDEN
    )
    employees, citizens, companies = found.issuers
    assert (employees.algorithm, citizens.algorithm) == ("PS256", "ES256")
    assert employees.discovery
    assert employees.claims.roles == ("realm_access", "roles")
    assert citizens.kinds == (Kind.BURGER, Kind.GEMACHTIGDE)
    assert companies.kinds == (Kind.BEDRIJF,)


def test_the_example_without_its_secrets_names_what_is_missing(example: Path) -> None:
    (example / "geheimen" / "zaken").unlink()
    with pytest.raises(ConfigurationError) as refused:
        load_example(example, {})

    assert [mistake.reason for mistake in refused.value.mistakes] == [
        "omgevingsvariabele WEIDEVAART_BAG_SLEUTEL bestaat niet",
        "omgevingsvariabele WEIDEVAART_BRP_GEHEIM bestaat niet",
        *["omgevingsvariabele WEIDEVAART_BRP_SLEUTEL bestaat niet"] * 3,
        "omgevingsvariabele WEIDEVAART_BRK_SLEUTEL bestaat niet",
        "omgevingsvariabele WEIDEVAART_WOZ_SLEUTEL bestaat niet",
        "omgevingsvariabele WEIDEVAART_KVK_SLEUTEL bestaat niet",
        *["bestand geheimen/zaken bestaat niet"] * 4,
        "omgevingsvariabele WEIDEVAART_KLANT_TOKEN bestaat niet",
        "omgevingsvariabele WEIDEVAART_OBJECTEN_TOKEN bestaat niet",
        "omgevingsvariabele WEIDEVAART_OBJECTTYPEN_TOKEN bestaat niet",
        "omgevingsvariabele WEIDEVAART_PRODUCT_TOKEN bestaat niet",
        "omgevingsvariabele WEIDEVAART_PRODUCT_TOKEN bestaat niet",
        "bestand geheimen/zaken bestaat niet",
        "omgevingsvariabele WEIDEVAART_NOTIFICATIES_GEHEIM bestaat niet",
    ]


def test_mistakes_of_tenants_and_issuers_are_told_together(example: Path) -> None:
    write(example, GOOD.replace('naam = "Weidevaart"\n', ""))
    write(example, '[[issuer]]\nissuer = "x"\n', "issuers.toml")
    with pytest.raises(ConfigurationError) as refused:
        load_configuration(example, LABELS, SOURCES, DIALECTS, ENVIRONMENT)

    assert {mistake.file for mistake in refused.value.mistakes} == {"0999.toml", "issuers.toml"}


def test_a_directory_that_is_absent_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="deze map bestaat niet"):
        load_configuration(tmp_path / "weg", LABELS, SOURCES, DIALECTS, {})


def test_a_search_may_be_told_under_another_purpose() -> None:
    """BRP suppliers want other values for searching and for looking up (headers per supplier)."""
    purpose = Purpose(
        code="klantcontact",
        omschrijving="Vragen beantwoorden",
        labels=frozenset(),
        kinds=frozenset(),
        headers={"brp": {"X-Doelbinding": "BRPACT-Totaal", "x-gebruiker": "kcc"}},
        search_headers={"brp": {"x-doelbinding": "BRPACT-ZoekenAlgemeen"}},
    )

    assert purpose.headers_for("brp", "raadplegen") == purpose.headers["brp"]
    assert purpose.headers_for("brp", "zoeken") == {
        "x-gebruiker": "kcc",
        "x-doelbinding": "BRPACT-ZoekenAlgemeen",
    }
    assert purpose.headers_for("bag", "zoeken") == {}


def test_headers_for_a_source_go_before_those_of_its_kind() -> None:
    """Also those of a search for the kind; each header by itself, however it is spelled."""
    purpose = Purpose(
        code="klantcontact",
        omschrijving="Vragen beantwoorden",
        labels=frozenset(),
        kinds=frozenset(),
        headers={
            "zaken": {"x-doel": "soort", "x-gebruiker": "kcc"},
            "zaken-sociaal": {"X-Doel": "sociaal"},
        },
        search_headers={"zaken": {"x-doel": "zoeken", "x-soort": "ja"}},
    )

    assert purpose.headers_for("zaken-sociaal", "raadplegen", "zaken") == {
        "x-gebruiker": "kcc",
        "X-Doel": "sociaal",
    }
    assert purpose.headers_for("zaken-sociaal", "zoeken", "zaken") == {
        "x-gebruiker": "kcc",
        "x-soort": "ja",
        "X-Doel": "sociaal",
    }
    assert purpose.headers_for("zaken-a", "zoeken", "zaken") == {
        "x-gebruiker": "kcc",
        "x-doel": "zoeken",
        "x-soort": "ja",
    }
