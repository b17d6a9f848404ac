"""Registered questions: their files, who may ask them, and what is written of them for review."""

import asyncio
import csv
import hashlib
import io
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import parse, print_ast

from gateway.assurance import Level
from gateway.configuration import Configuration
from gateway.doelbindingen import rights_of, visible
from gateway.mistakes import ConfigurationError, Mistake
from gateway.operation.limits import Limits
from gateway.questions import Registrations, checked_by, read_questions
from gateway.register import register_of
from gateway.reloading import follow
from gateway.tenants import Purpose, Tenant
from sandbox.showcase import BURGER_BSN
from tests.app import Running, Setup, facts, running, token
from tests.paths import ROOT
from tests.test_reloading import Changes

pytestmark = pytest.mark.anyio

EXAMPLES = ROOT / "deploy" / "voorbeeld" / "operaties"
HEADING = "# eigenaar: Team A\n# doelbinding: test\n# omschrijving: Om te toetsen.\n"
PERSON = "query Wie($bsn: Bsn!) {\n  persoon(burgerservicenummer: $bsn) { leeftijd }\n}\n"
FOLLOW = "subscription Volg($u: Uuid!) { zaakGewijzigd(uuid: $u) { omschrijving } }\n"
OPEN = '{ pand(identificatie: "0999100000000001") { status } }\n'
BSN = {"bsn": BURGER_BSN}
LABELS = frozenset({"vraag.persoon-raadplegen", "persoon.basis", "persoon.geboorte"})


def purpose(code: str = "test", **changes: Any) -> Purpose:
    """A purpose that may ask what is registered, and no more."""
    made = Purpose(code, "Toetsen", LABELS, frozenset({"medewerker"}), {})
    return replace(made, **changes)


def tenant(code: str = "0999", *purposes: Purpose) -> Tenant:
    """A municipality without sources."""
    chosen = purposes or (purpose(),)
    return Tenant(code, "Testgemeente", "0" * 20, {}, {each.code: each for each in chosen})


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A configuration's folder with these files in its `operaties`."""
    for name, content in files.items():
        path = folder / "operaties" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


CHECK = checked_by(facts(), Limits())


def read(
    folder: Path, *tenants: Tenant, named: frozenset[str] | None = None
) -> tuple[Registrations, list[Mistake]]:
    """What is registered, and what is wrong."""
    known = {each.code: each for each in tenants or (tenant(),)}
    return read_questions(folder, known, frozenset(known) if named is None else named, CHECK)


def mistakes(folder: Path, *tenants: Tenant) -> list[str]:
    """What is wrong, as it is told."""
    return [str(each) for each in read(folder, *tenants)[1]]


# ---- files ------------------------------------------------------------------------------------


def test_a_folder_without_questions_registers_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ({"0999": ()}, [])


def test_a_question_is_read_with_its_heading(tmp_path: Path) -> None:
    """And is known by every hash that a client may have made of it."""
    whole = f"{HEADING}# Vrije tekst mag ook.\n\n{PERSON}"
    found, wrong = read(written(tmp_path, {"wie.graphql": whole}))

    (made,) = found["0999"]
    assert wrong == []
    assert (made.name, made.owner, made.purposes, made.about) == (
        "wie", "Team A", ("test",), "Om te toetsen."
    )  # fmt: skip
    assert made.text == PERSON
    for text in (whole, PERSON, PERSON.strip(), print_ast(parse(PERSON))):
        assert hashlib.sha256(text.encode()).hexdigest() in made.hashes


def test_a_subscription_is_registered_as_a_question_is(tmp_path: Path) -> None:
    found, wrong = read(written(tmp_path, {"volg.graphql": HEADING + FOLLOW}))

    assert wrong == []
    assert [each.text for each in found["0999"]] == [FOLLOW]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (FOLLOW.replace("omschrijving", "omschrijvin"),
         "Het type Zaak heeft dit veld niet (bedoelde u: omschrijving"),
        (FOLLOW.replace("$u)", '"2f0a4f3c-8f0e-4a35-9c1b-6f3f6cbb7a11")'), "(VALIDATIE)"),
        ("mutation { x }", "(ALLEEN_LEZEN)"),
        (FOLLOW + PERSON, "(GEEN_ABONNEMENT)"),
    ],
)  # fmt: skip
def test_a_subscription_is_looked_at_as_a_question_is(
    tmp_path: Path, document: str, expected: str
) -> None:
    (wrong,) = mistakes(written(tmp_path, {"volg.graphql": HEADING + document}))

    assert expected in wrong


def test_for_all_municipalities_or_for_one(tmp_path: Path) -> None:
    """What is for all is for those only that have such a purpose."""
    files = {"allen.graphql": HEADING + PERSON, "0998/eigen.graphql": HEADING + OPEN}
    other = tenant("0997", purpose("anders"))
    found, wrong = read(written(tmp_path, files), tenant(), tenant("0998"), other)

    assert wrong == []
    assert {code: [each.name for each in made] for code, made in found.items()} == {
        "0999": ["allen"], "0998": ["allen", "eigen"], "0997": []
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("wie.graphql", PERSON,
         ["wie.graphql:1: doelbinding: ontbreekt in de regels bovenaan: # sleutel: waarde",
          "wie.graphql:1: eigenaar: ontbreekt in de regels bovenaan: # sleutel: waarde",
          "wie.graphql:1: omschrijving: ontbreekt in de regels bovenaan: # sleutel: waarde"]),
        ("wie.graphql", f"{HEADING}# eigenaer: B\n{PERSON}",
         ["wie.graphql:4: eigenaer: onbekende sleutel (bedoelde u: eigenaar?)"]),
        ("wie.graphql", f"{HEADING}# eigenaar: B\n{PERSON}",
         ["wie.graphql:4: eigenaar: staat er twee keer"]),
        ("wie.graphql", HEADING.replace("Team A", "") + PERSON,
         ["wie.graphql:1: eigenaar: moet een regel tekst zijn, hoogstens 300 tekens"]),
        ("wie.graphql", HEADING.replace(": test", ": tset") + PERSON,
         ["wie.graphql:2: doelbinding: onbekende doelbinding (bedoelde u: test?)"]),
        ("wie.graphql", HEADING.replace(": test", ": test, test") + PERSON,
         ["wie.graphql:2: doelbinding: een doelbinding staat er twee keer"]),
        ("wie.graphql", HEADING + PERSON.replace("leeftijd", "leeftyd"),
         ["wie.graphql:5: Het type Persoon heeft dit veld niet (bedoelde u: leeftijd?) "
          "(VALIDATIE)"]),
        ("wie.graphql", HEADING + PERSON[:-2],
         ["wie.graphql:6: Het document is geen geldige GraphQL: lees verder bij de genoemde plaats "
          "(SYNTAX)"]),
        ("wie.graphql", HEADING + '{ persoon(burgerservicenummer: "999990019") { leeftijd } }',
         ["wie.graphql:4: Geef een gegeven dat een persoon aanwijst altijd als variabele mee "
          "(INVOER)"]),
        ("wie.graphql", HEADING + PERSON + "query B { __typename }",
         ["wie.graphql: Het document heeft te veel operaties: ten hoogste 1 per verzoek. Splits de "
          "vraag (LIMIET)"]),
        ("wie.graphql", HEADING + "mutation { x }",
         ["wie.graphql:4: Hier kan alleen gelezen worden, geen mutation (ALLEEN_LEZEN)"]),
        ("Wie.graphql", HEADING + PERSON,
         ["Wie.graphql: een vraag heet met kleine letters, cijfers en streepjes"]),
        ("wie.gql", HEADING + PERSON,
         ["wie.gql: hier horen alleen <naam>.graphql en <gemeentecode>/"]),
        ("0999/diep/wie.graphql", HEADING + PERSON,
         ["0999/diep/wie.graphql: hier horen alleen <naam>.graphql en <gemeentecode>/"]),
        ("0001/wie.graphql", HEADING + PERSON,
         ["0001/wie.graphql: er is geen gemeente met deze code"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, name: str, content: str, expected: list[str]
) -> None:
    found = mistakes(written(tmp_path, {name: content}))

    assert found == [f"operaties/{each}" for each in expected]


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    written(tmp_path, {"een.graphql": HEADING})
    (tmp_path / "operaties" / "een.graphql").write_bytes(b"# a\n\xff")
    (tmp_path / "operaties" / "groot.graphql").write_bytes(b"#" * 1_000_001)

    assert mistakes(tmp_path) == [
        "operaties/een.graphql:2: de tekst is geen UTF-8",
        "operaties/groot.graphql: het bestand is groter dan 1 MB",
    ]


def test_a_name_and_a_document_are_registered_once(tmp_path: Path) -> None:
    files = {
        "een.graphql": HEADING + PERSON,
        "twee.graphql": f"{HEADING}\n{PERSON}\n",
        "0999/een.graphql": HEADING + OPEN,
    }

    assert mistakes(written(tmp_path, files)) == [
        "operaties/0999/een.graphql: deze naam is er ook voor alle gemeenten, en zo voor 0999",
        "operaties/twee.graphql: dit is hetzelfde document als operaties/een.graphql",
    ]


def test_of_a_municipality_whose_file_is_wrong_nothing_is_said(tmp_path: Path) -> None:
    """Its purposes are not known: that is one mistake, not two."""
    files = {"0998/wie.graphql": HEADING.replace("test", "daar") + PERSON}

    assert read(written(tmp_path, files), named=frozenset({"0999", "0998"}))[1] == []


def test_a_mounted_folder_of_kubernetes_is_read_once(tmp_path: Path) -> None:
    """What it keeps for itself begins with a dot."""
    files = {"..2026/wie.graphql": HEADING + PERSON, "wie.graphql": HEADING + PERSON}

    found, wrong = read(written(tmp_path, files))
    assert (len(found["0999"]), wrong) == (1, [])


def test_the_examples_are_right(tmp_path: Path) -> None:
    """Every file that we hand out, for the purposes of the municipality beside it."""
    shutil.copytree(EXAMPLES, tmp_path / "operaties")
    known = tenant("0999", purpose("klantcontact"), purpose("mijn-gegevens"))

    found, wrong = read(tmp_path, known)
    assert wrong == []
    assert [each.name for each in found["0999"]] == ["beller", "mijn-adres"]


# ---- asking -----------------------------------------------------------------------------------


@asynccontextmanager
async def gateway(folder: Path, files: Mapping[str, str], **changes: Any) -> AsyncIterator[Running]:
    """The application, with these questions registered for one or two purposes."""
    async with running(Setup()) as app:
        (known,) = app.gateway.configuration.tenants.values()
        mine = replace(known.purposes["test"], open=False, **changes)
        other = replace(mine, code="anders")
        made = replace(known, purposes={"test": mine, "anders": other})
        found, wrong = read(written(folder, files), made)
        assert wrong == []
        app.gateway.replace(Configuration({"0999": made}, (), found))
        yield app


async def send(app: Running, **body: Any) -> httpx.Response:
    """A request's body, as a front end sends it."""
    claims = body.pop("claims", {})
    headers = {
        "authorization": f"Bearer {token(**claims)}",
        "accept": "application/graphql-response+json",
    }
    return await app.client.post("/graphql", json=body, headers=headers)


def codes(answer: httpx.Response) -> list[str]:
    """Of the errors in an answer."""
    return [error["extensions"]["code"] for error in answer.json()["errors"]]


def hashed(text: str, version: Any = 1) -> dict[str, Any]:
    """As clients of Apollo send it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"persistedQuery": {"version": version, "sha256Hash": digest}}


async def test_a_registered_question_is_answered_by_name_hash_and_text(tmp_path: Path) -> None:
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}) as app:
        digest = hashlib.sha256(PERSON.encode()).hexdigest()
        answers = [
            await send(app, documentId="wie", variables=BSN),
            await send(app, documentId=f"sha256:{digest}", variables=BSN, operationName="Wie"),
            await send(app, extensions=hashed(PERSON), variables=BSN),
            await send(app, query=PERSON, variables=BSN),
            await send(app, query=None, documentId="wie", extensions=hashed(PERSON), variables=BSN),
        ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert len({answer.text for answer in answers}) == 1
    assert isinstance(answers[0].json()["data"]["persoon"]["leeftijd"], int)


async def test_nothing_else_is_carried_out(tmp_path: Path) -> None:
    """No question of one's own, not with a hash either, and nothing of another purpose."""
    elsewhere = {"doelbinding": "anders"}
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}) as app:
        own = await send(app, query=OPEN)
        with_hash = await send(app, query=OPEN, extensions=hashed(OPEN))
        unknown = await send(app, extensions=hashed(OPEN))
        named = await send(app, documentId="iets")
        of_another = await send(app, documentId="wie", variables=BSN, claims=elsewhere)
        of_another_text = await send(app, query=PERSON, variables=BSN, claims=elsewhere)
        broken = await send(app, query="{")

        assert app.outdoors.calls == []
    assert [a.status_code for a in (own, with_hash, of_another_text, broken)] == [403] * 4
    assert {*codes(own), *codes(with_hash), *codes(of_another_text), *codes(broken)} == {
        "NIET_GEREGISTREERD"
    }
    assert {unknown.content, named.content} == {of_another.content}
    assert (named.status_code, codes(named)) == (400, ["PERSISTED_QUERY_NOT_FOUND"])


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": 7},
        {"documentId": "wie", "query": 7},
        {"documentId": None},
        {"extensions": {"persistedQuery": 7}},
        {"extensions": {"persistedQuery": []}},
        {"extensions": hashed(PERSON, 2)},
        {"extensions": hashed(PERSON, True)},
        {"extensions": {"persistedQuery": {"version": 1}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 1}}},
        {"documentId": "sha256:" + "0" * 63},
        {"documentId": "wie/../wie"},
        {"query": OPEN, "extensions": hashed(PERSON)},
        {"query": OPEN, "documentId": "wie"},
    ],
)
async def test_a_name_or_hash_that_is_none_is_refused(tmp_path: Path, body: dict[str, Any]) -> None:
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}) as app:
        answer = await send(app, **body)

        assert app.outdoors.calls == []
    assert (answer.status_code, codes(answer)) == (400, ["INVOER"])
    assert "data" not in answer.json()


async def test_the_bounds_hold_for_what_is_registered(tmp_path: Path) -> None:
    """Cost, persons and variables are of every request, whoever wrote the document."""
    costly = (
        "query($tekst: Zoektekst!) { adressenZoeken(zoektekst: $tekst, first: 100) { edges { node "
        "{ bewoners { zaken(first: 100) { edges { node { rollen { omschrijving } } } } } } } } }"
    )
    many = "query($b: [Bsn!]!) { personen(burgerservicenummers: $b) { leeftijd } }"
    files = {"duur.graphql": HEADING + costly, "veel.graphql": HEADING + many}
    async with gateway(tmp_path, files, persons=1) as app:
        refused = await send(app, documentId="duur", variables={"tekst": "plein"})
        wrong = await send(app, documentId="veel", variables={"b": "999990018"})
        two = await send(app, documentId="veel", variables={"b": [BURGER_BSN, "999990019"]})

    assert (codes(refused), codes(wrong), codes(two)) == (["LIMIET"], ["INVOER"], ["LIMIET"])
    assert [call.body["burgerservicenummer"] for call in app.outdoors.calls] == [[BURGER_BSN]]


async def test_a_change_of_a_question_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    """While the gateway serves; a mistake in one file keeps all that was registered."""
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}) as app:
        tenants = app.gateway.configuration.tenants
        changes = Changes()

        def load() -> Configuration:
            found, wrong = read_questions(tmp_path, tenants, frozenset(tenants), CHECK)
            if wrong:
                raise ConfigurationError(wrong)
            return Configuration(tenants, (), found)

        following = asyncio.create_task(follow(app.gateway, load, aiter(changes)))
        written(tmp_path, {"wie.graphql": HEADING + OPEN, "anders.graphql": PERSON})
        await changes.make()
        kept = await send(app, documentId="wie", variables=BSN)
        (tmp_path / "operaties" / "anders.graphql").unlink()
        await changes.make()
        taken = await send(app, documentId="wie")
        gone = await send(app, extensions=hashed(PERSON), variables=BSN)
        following.cancel()

    assert "persoon" in kept.json()["data"]
    assert "pand" in taken.json()["data"]
    assert codes(gone) == ["PERSISTED_QUERY_NOT_FOUND"]


async def test_an_open_purpose_takes_both(tmp_path: Path) -> None:
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}) as app:
        (known,) = app.gateway.configuration.tenants.values()
        free = {code: replace(each, open=True) for code, each in known.purposes.items()}
        registered = app.gateway.configuration.registrations
        app.gateway.replace(Configuration({"0999": replace(known, purposes=free)}, (), registered))
        own = await send(app, query=OPEN)
        named = await send(app, documentId="wie", variables=BSN)

    assert (own.status_code, named.status_code) == (200, 200)


async def test_too_many_persons_in_a_minute_is_told_by_status_and_header(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """429 for either media type, when nothing was done; the first persons may be asked again. The
    log names who asked by the subject of the token, and by nothing made of a person's number.
    """
    async with gateway(tmp_path, {"wie.graphql": HEADING + PERSON}, persons_per_minute=1) as app:
        first = await send(app, documentId="wie", variables=BSN)
        second = await send(app, documentId="wie", variables={"bsn": "999990019"})
        plain = await app.client.post(
            "/graphql",
            json={"documentId": "wie", "variables": {"bsn": "999990019"}},
            headers={"authorization": f"Bearer {token()}", "accept": "application/json"},
        )
        again = await send(app, documentId="wie", variables=BSN)

    assert (first.status_code, again.status_code) == (200, 200)
    for refused in (second, plain):
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
        assert codes(refused) == ["QUOTA"]
        assert "999990019" not in refused.text
    alarms = [line for line in capsys.readouterr().out.splitlines() if "te veel personen" in line]
    assert len(alarms) == 2
    assert all("principal=u-17 " in f"{line} " for line in alarms)


async def test_who_a_search_found_counts_as_well() -> None:
    """More persons than one question may be about are not shown, not even some of them."""
    question = (
        '{ zoekPersonenMetPostcodeEnHuisnummer(postcode: "8995AA", huisnummer: 1) '
        "{ naam { geslachtsnaam } } }"
    )
    shown = []
    for persons in (20, 1):
        async with running(Setup(settings={"limits": {"persons": persons}})) as app:
            shown.append((await app.ask(question)).json())

    assert len(shown[0]["data"]["zoekPersonenMetPostcodeEnHuisnummer"]) > 1
    assert shown[1]["data"]["zoekPersonenMetPostcodeEnHuisnummer"] is None
    assert [error["extensions"]["code"] for error in shown[1]["errors"]] == ["LIMIET"]


# ---- for review -------------------------------------------------------------------------------


def rows(report: Any) -> list[dict[str, str]]:
    """What a spreadsheet sees."""
    return list(csv.DictReader(io.StringIO(report.written("csv"))))


CONDITIONAL = (
    "query W($bsn: Bsn!, $met: Boolean!) { persoon(burgerservicenummer: $bsn) { leeftijd "
    "adres @include(if: $met) { huisnummer } naam @skip(if: $met) { voornamen } } }"
)


def reviewed(folder: Path, *purposes: Purpose) -> Configuration:
    """A municipality with one question, registered for all of its purposes."""
    mine = tenant("0999", *purposes)
    heading = HEADING.replace(": test", ": " + ", ".join(mine.purposes))
    found, wrong = read(written(folder, {"wie.graphql": heading + CONDITIONAL}), mine)
    assert wrong == []
    return Configuration({"0999": mine}, (), found)


def test_the_register_tells_who_asks_what_of_whom(tmp_path: Path) -> None:
    """What stands behind @skip and @include too; what a purpose may not see is told apart."""
    wider = purpose("ruim", labels=LABELS | {"persoon.adres", "adres.basis"})
    made = rows(register_of(reviewed(tmp_path, purpose(), wider), facts()))

    assert [row["doelbinding"] for row in made] == ["test", "ruim"]
    first, second = made
    assert (first["gemeente"], first["vraag"], first["eigenaar"]) == ("0999", "wie", "Team A")
    assert (first["begint met"], first["bronnen"]) == ("persoon", "brp")
    assert first["labels"] == "persoon.basis, persoon.geboorte, vraag.persoon-raadplegen"
    assert first["niet te zien"] == "persoon.adres, persoon.naam"
    assert (second["bronnen"], second["niet te zien"]) == ("bag, brp", "persoon.naam")
    assert first["niet ingesteld"] == "brp"
    assert first["sha256"] == hashlib.sha256(CONDITIONAL.encode()).hexdigest()


def test_the_register_says_where_other_questions_may_be_asked(tmp_path: Path) -> None:
    closed = register_of(reviewed(tmp_path), facts()).written("markdown")
    opened = register_of(reviewed(tmp_path, purpose(), purpose("vrij", open=True)), facts())
    text = opened.written("markdown")

    assert "Er mag niets anders gevraagd worden dan wat hier staat." in closed
    assert "mag ook iets anders gevraagd worden: vrij." in text
    assert "| wie | Team A | Om te toetsen. | test | Toetsen | medewerker | persoon |" in text


def test_a_cell_breaks_neither_a_table_nor_a_spreadsheet(tmp_path: Path) -> None:
    found = reviewed(tmp_path, purpose(omschrijving="=1+1 | <b>"))
    report = register_of(found, facts())

    assert rows(report)[0]["waarvoor"] == "'=1+1 | <b>"
    assert "| =1+1 \\| &lt;b> |" in report.written("markdown")


def test_a_purpose_shows_every_question_and_field_that_it_allows() -> None:
    """What cannot be reached is not there, whatever its labels."""
    made = rows(rights_of(Configuration({"0999": tenant()}, ()), facts()))
    asked = {row["naam"]: row for row in made if row["soort"] == "vraag"}
    seen = {row["naam"]: row for row in made if row["soort"] == "veld"}

    assert {"persoon", "personen"} <= asked.keys()
    assert asked["persoon"]["argumenten"] == "burgerservicenummer: Bsn!"
    assert asked["persoon"]["bronnen"] == "brp"
    assert asked["persoon"]["labels"] == "vraag.persoon-raadplegen, persoon.basis"
    assert "zaak" not in asked
    assert "Persoon.leeftijd" in seen
    assert seen["Persoon.leeftijd"]["omschrijving"]
    assert not {"Persoon.naam", "Adres.huisnummer"} & seen.keys()


def test_a_purpose_of_citizens_shows_what_is_their_own_or_open() -> None:
    """The same labels let an employee begin in more ways."""
    labels = facts().labels
    mine = purpose("mijn", labels=labels, kinds=frozenset({"burger"}))
    theirs = purpose("hun", labels=labels)

    def questions(each: Purpose) -> set[str]:
        return {fact.name for fact in visible(facts(), each) if fact.parent == "Query"}

    assert questions(mine) < questions(theirs)
    assert "pand" in questions(mine)
    assert not {"zaak", "persoon", "bedrijf"} & questions(mine)
    own = {fact.name for fact in visible(facts(), mine) if fact.parent == "Mijn"}
    assert {"persoon", "zaken", "zakenVanBedrijf"} <= own
    assert not any(fact.parent == "Mijn" for fact in visible(facts(), theirs))
    for kinds in ({"burger", "medewerker"}, {"gemachtigde"}):
        shared = purpose("gedeeld", labels=labels, kinds=frozenset(kinds))
        assert any(fact.parent == "Mijn" for fact in visible(facts(), shared))
    every = {(f.parent, f.name) for f in visible(facts(), theirs)}
    objects = {t.name for t in facts().types.values() if not t.is_abstract}
    assert {parent for parent, _ in every} <= objects


def test_the_report_of_doelbindingen_reads_as_a_document() -> None:
    many = purpose(
        persons=60,
        persons_per_minute=200,
        open=True,
        rollen=frozenset({"kcc", "baliemedewerker"}),
        level=Level.MIDDEN,
        label_levels={"persoon.naam": (Level.HOOG,)},
    )
    text = rights_of(Configuration({"0999": tenant("0999", many)}, ()), facts()).written("markdown")

    assert text.startswith("# 0999 Testgemeente: doelbindingen\n\n## test\n\n")
    assert "Een vraag gaat over hoogstens 60 personen." in text
    assert "In een minuut zijn hoogstens 200 personen te zien." in text
    assert "Een medewerker heeft een van deze rollen: baliemedewerker, kcc." in text
    assert "Wie vraagt, is ingelogd met minstens midden." in text
    assert "persoon.naam vraagt een inlog met minstens hoog." in text
    assert "### Wat er gevraagd mag worden" in text
    assert json.dumps(text).isprintable()
