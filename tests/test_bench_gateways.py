"""The comparison with other gateways: what it asks, counts and makes of it; and that it runs."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench.figures import Spread
from bench.gateways import pictures, posts
from bench.gateways.compared import GOALS, asked_of_source, best, ratio, reached
from bench.gateways.contenders import MODULES, contenders
from bench.gateways.drawings import drawn
from bench.gateways.load import BASE, Counted, Job, Questions
from bench.gateways.machine import cores
from bench.gateways.measure import measured
from bench.gateways.page import ELSEWHERE, document, written
from bench.gateways.plans import SMALLEST
from bench.gateways.recording import HERE, Recorded
from bench.gateways.results import OBJECTS, SPEED, TENANTS, WAITING, WORKERS, Measured, Results
from bench.gateways.upstream import Answers, Spoken
from bench.gateways.work import growing, municipal_work, posts_work
from tests.paths import ROOT

JOB = Job([("127.0.0.1", 80)], "/graphql", [], [], 2, 1.0, 0.0, 0)
RECORDED = Recorded(
    answers={
        "/bag/adressen/1": ("application/hal+json", '{"adresregel5":"Weg 1","adresregel6":"A"}'),
        "/catalogi/api/v1/zaaktypen/1": ("application/json", '{"omschrijving":"Melding"}'),
    },
    persons={
        "999900018": (
            "application/json",
            '{"personen":[{"naam":{"volledigeNaam":"Sanne"},'
            '"verblijfplaats":{"nummeraanduidingIdentificatie":"1"}}]}',
        )
    },
    searches={
        "999900018": (
            "application/json",
            f'{{"count":1,"results":[{{"zaaktype":"{HERE}/catalogi/api/v1/zaaktypen/1",'
            '"status":null,"identificatie":"Z-1"}]}',
        )
    },
    zaken=("application/json", '{"count":0,"results":[]}'),
)


# ---- the work -------------------------------------------------------------------------------


def test_every_question_has_the_right_answer_beside_it() -> None:
    """Posts begin where the number says; a document has an alias of that number."""
    works = {each.name: each for each in posts_work()}
    first, *others = works["users-tekst"].checks()

    assert first[0] == (
        '{"query":"{ p1: posts(start: 100) { id userId title user { id name email } } }",'
        '"variables":{}}'
    )
    assert first[1]["data"]["p1"][0] == {
        "id": 101,
        "userId": 11,
        "title": posts.post(101)["title"],
        "user": {"id": 11, "name": "Leanne Graham 11", "email": "bret11@example.com"},
    }
    assert [body for body, _ in others] != []
    assert all(each.least > 10 for each in works.values())


def test_a_municipal_answer_is_joined_from_what_was_noted() -> None:
    work = next(each for each in municipal_work(RECORDED) if each.name == "persoon-gelijk")
    ((body, answer),) = work.checks()

    assert json.loads(body)["variables"] == {"bsn": "999900018"}
    assert answer["data"]["persoon"] == {
        "naam": {"volledigeNaam": "Sanne"},
        "adres": {"adresregel5": "Weg 1", "adresregel6": "A", "panden": []},
        "partners": [],
        "zaken": {
            "totalCount": 1,
            "edges": [
                {
                    "node": {
                        "identificatie": "Z-1",
                        "omschrijving": None,
                        "zaaktype": {"omschrijving": "Melding"},
                        "status": None,
                    }
                }
            ],
        },
    }


def test_a_growing_answer_is_as_long_as_asked() -> None:
    ((_, answer), *_) = growing(250).checks()

    assert len(answer["data"]["posts"]) == 250


# ---- the source -----------------------------------------------------------------------------


def body_of(answered: bytes) -> Any:
    """What is in an answer."""
    return json.loads(answered.partition(b"\r\n\r\n")[2])


def test_the_source_counts_its_calls_until_it_is_asked() -> None:
    answers = Answers(None, "http://127.0.0.1:1")
    stretch = body_of(answers.of(b"/posts?_start=100&_limit=100", b""))
    other = body_of(answers.of(b"/posts?_limit=3&_start=0", b""))
    users = body_of(answers.of(b"/users?id=7&id=8", b""))

    assert [each["id"] for each in stretch] == list(range(101, 201))
    assert [each["userId"] for each in other] == [1, 1, 1]
    assert [each["id"] for each in users] == [7, 8]
    assert body_of(answers.of(b"/users/9", b""))["name"] == "Leanne Graham 9"
    assert answers.of(b"/nothing", b"").startswith(b"HTTP/1.1 404")
    assert body_of(answers.of(b"/_calls", b"")) == 5
    assert body_of(answers.of(b"/_calls", b"")) == 0


def test_the_source_answers_what_was_noted_at_its_own_address() -> None:
    answers = Answers(RECORDED, "http://127.0.0.1:8")
    person = answers.of(b"/brp/personen", b'{"burgerservicenummer":["999900018"],"fields":[]}')
    zaken = answers.of(
        b"/zaken/api/v1/zaken/_zoek?pageSize=5",
        b'{"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "999900018"}',
    )
    nobody = answers.of(b"/brp/personen", b'{"burgerservicenummer":["999990019"]}')

    assert body_of(person)["personen"][0]["naam"] == {"volledigeNaam": "Sanne"}
    assert body_of(zaken)["results"][0]["zaaktype"].startswith("http://127.0.0.1:8/catalogi/")
    assert body_of(answers.of(b"/zaken/api/v1/zaken?startdatum__gte=1950", b""))["count"] == 0
    assert nobody.startswith(b"HTTP/1.1 404")


class Wire:
    """A connection's other end."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Notes it."""
        self.written.append(data)


def test_the_source_answers_whole_requests_in_their_order() -> None:
    """Two at once, one in pieces, one with a body in two."""
    asked: list[tuple[bytes, bytes]] = []

    def answer(target: bytes, body: bytes) -> bytes:
        asked.append((target, body))
        return target

    wire, spoken = Wire(), Spoken(answer)
    spoken.connection_made(wire)  # type: ignore[arg-type]
    for data in (
        b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\n\r\nGET /c HT",
        b"TP/1.1\r\n\r\nPOST /d HTTP/1.1\r\nContent-Length: 4\r\n\r\n12",
        b"34",
    ):
        spoken.data_received(data)

    assert asked == [(b"/a", b""), (b"/b", b""), (b"/c", b""), (b"/d", b"1234")]
    assert wire.written == [b"/a", b"/b", b"/c", b"/d"]


# ---- the load -------------------------------------------------------------------------------


def test_no_two_processes_ask_the_same_number() -> None:
    first, second = (
        Questions(replace(JOB, bodies=['{"n":@@}'], first=at, step=2)) for at in (1, 2)
    )
    asked = [each.one() for each in (first, second, first, second)]

    assert [each.rpartition(b"\r\n\r\n")[2] for each in asked] == [
        b'{"n":1}',
        b'{"n":2}',
        b'{"n":3}',
        b'{"n":4}',
    ]
    assert b"content-length: 7\r\n" in asked[0]


def test_bodies_and_headers_are_asked_in_turn() -> None:
    job = replace(JOB, bodies=["a", "b", "c"], headers=[["x: 1"], ["x: 2"]], first=0)
    questions = Questions(job)
    asked = [questions.one() for _ in range(7)]

    assert [each[-1:] for each in asked] == [b"a", b"b", b"c", b"a", b"b", b"c", b"a"]
    assert [b"x: 1\r\n" in each for each in asked] == [True, False, True, False, True, False, True]


def test_a_job_without_bodies_is_a_get() -> None:
    assert Questions(replace(JOB, path="/posts")).one().startswith(b"GET /posts HTTP/1.1\r\n")


def test_what_processes_saw_is_added_up() -> None:
    one = {
        "sent": 5,
        "requests": 4,
        "answered": 3,
        "seconds": 1.0,
        "failed": 0,
        "times": {"100": 3},
        "shown": "",
    }
    other = {**one, "seconds": 1.5, "failed": 1, "times": {"100": 1, "300": 2}, "shown": "500"}
    counted = Counted.merged([one, other])

    assert (counted.sent, counted.requests, counted.answered) == (10, 8, 6)
    assert (counted.seconds, counted.failed, counted.shown) == (1.5, 1, "500")
    assert counted.percentile(0.5) == pytest.approx(BASE**100.5 / 1_000)
    assert counted.percentile(0.99) == pytest.approx(BASE**300.5 / 1_000)


@pytest.mark.parametrize(
    ("count", "workers", "contender", "source", "load", "apart"),
    [
        (1, 1, [0], 0, [0], False),
        (2, 1, [0], 1, [1], False),
        (4, 1, [0], 1, [2, 3], True),
        (4, 2, [0, 1], 2, [3], True),
        (4, 4, [0, 1, 2, 3], 2, [2, 3], False),
        (8, 4, [0, 1, 2, 3], 4, [5, 6], True),
    ],
)
def test_nobody_shares_a_core_where_there_are_enough(
    count: int, workers: int, contender: list[int], source: int, load: list[int], apart: bool
) -> None:
    found = cores(list(range(count)), workers)

    assert (found.contender, found.source, found.load, found.apart) == (
        contender,
        source,
        load,
        apart,
    )


# ---- what comes of it -----------------------------------------------------------------------


def one(contender: str, work: str, each: int, per_second: float, **more: Any) -> Measured:
    """A measurement of one round."""
    given: dict[str, Any] = {
        "phase": SPEED,
        "p50": 1.0,
        "p99": 9.0,
        "processor": 0.5,
        "memory": 100.0,
        "calls": 2.0,
        "requests": 1_000,
        **more,
    }
    return Measured(round=each, contender=contender, work=work, per_second=per_second, **given)


def results() -> Results:
    """Of a run in which ours is ten times the reference."""
    work = "users-verschillend"
    found = Results(
        "proef", "Gemeten in een toets.", missing=["Tailcall"], others=[0.2], seconds=60
    )
    found.measured = [
        *(one("bronpoort", work, each, 2_000.0 + 100 * each) for each in range(3)),
        *(one("apollo", work, each, 200.0) for each in range(3)),
        *(one("mercurius", work, each, 400.0) for each in range(3)),
        one("bron", "posts", 0, 50_000.0, calls=0.0),
        one("bron", "users", 0, 90_000.0, calls=0.0),
        one("hive", work, 0, 0.0, requests=0, shown="ander antwoord: {}"),
        one("yoga", work, 0, 300.0, failed=7, shown="500 fout"),
        one("bronpoort", work, 0, 100.0, phase=WAITING, scale=50, offered=100.0),
        one("bronpoort", work, 0, 120.0, phase=WAITING, scale=60, offered=120.0),
        one("bronpoort", "groei", 0, 900.0, phase=OBJECTS, scale=10),
        one("bronpoort", "groei", 0, 9.0, phase=OBJECTS, scale=10_000),
        one("bronpoort", work, 0, 900.0, phase=WORKERS, scale=1),
        one("bronpoort", "persoon-verschillend", 0, 300.0, phase=TENANTS, scale=39),
    ]
    return found


def test_a_ratio_is_taken_round_by_round() -> None:
    found = results()

    assert ratio(found, "bronpoort", "apollo", "users-verschillend") == Spread(10.5, 10.0, 11.0)
    assert ratio(found, "bronpoort", "tailcall", "users-verschillend") is None
    assert best(found, ("mercurius", "apollo", "hive"), "users-verschillend") == "mercurius"
    assert reached(found, GOALS[1]) == ("mercurius", Spread(5.25, 5.0, 5.5))
    assert asked_of_source(found, ("users",)) == 4_400.0
    assert asked_of_source(found, ("persoon",)) == 600.0


def test_results_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "gemeten.json"
    found = results()
    found.write(path)

    assert Results.read(path) == found
    assert found.has(SPEED, 0, "hive")
    assert not found.has(SPEED, 1, "hive")
    assert found.has(OBJECTS, 0, "bronpoort", 10)
    assert not found.has(OBJECTS, 0, "bronpoort", 100)


def test_the_page_tells_what_was_found_and_what_was_not() -> None:
    told = document(results())
    lines = told.splitlines()

    assert (
        "| Apollo Server, verschillende vragen, geen cache | Apollo Server, DataLoader | 10 keer "
        "| 10,50 (10,00–11,00) keer | ja |"
    ) in lines
    assert "| Bronpoort | 2.100 (2.000–2.200) |" in lines
    assert "Wat een vraag kost (verschillend):" in lines
    assert "- Tailcall: niet te installeren." in lines
    assert any("Hive Gateway, Mesh, users-verschillend: niet gemeten" in each for each in lines)
    assert any("7 van 1000 mislukt" in each for each in lines)
    assert "De bron kan 11,4 keer wat voor berichten" in told.replace("\n", " ")
    assert "zij houdt niemand op." in told.replace("\n", " ")
    assert [each for each in lines if len(each) > 120 and not each.startswith("|")] == []


def test_what_every_kind_of_question_costs_is_told() -> None:
    found = results()
    equal = one("bronpoort", "users-gelijk", 0, 9_000.0, processor=0.12, memory=99.0, calls=0.04)
    found.measured.append(equal)
    told = document(found)

    assert told.count("Wat een vraag kost (") == 2
    assert "| Bronpoort | 0,12 (0,12–0,12) | 99 (99–99) | 0,04 (0,04–0,04) | 0 |" in told


def test_pages_beside_it_are_there() -> None:
    assert [each for each in ELSEWHERE if not (ROOT / "docs" / each).is_file()] == []


def test_a_source_that_may_have_been_waited_for_is_told() -> None:
    found = results()
    found.measured.append(one("tailcall", "users-verschillend", 0, 40_000.0))
    told = document(found).replace("\n", " ")

    assert "0,6 keer wat voor berichten" in told
    assert "dat is te weinig om te zeggen dat zij niemand ophield" in told


def test_a_busy_machine_is_told() -> None:
    found = results()
    found.others = [0.1, 1.4, 3.4]
    told = document(found)

    assert "nam ander werk 1,4 (0,1–3,4) kernen" in told.replace("\n", " ")
    assert "**Niet aan te halen:**" in told
    assert "**Niet aan te halen:**" not in document(results())


def test_every_picture_of_the_page_is_drawn(tmp_path: Path) -> None:
    output = tmp_path / "performance.md"
    written(results(), output)
    named = [
        each.partition("](")[2].removesuffix(")")
        for each in output.read_text(encoding="utf-8").splitlines()
        if each.startswith("![")
    ]

    assert sorted(named) == sorted(f"performance/{name}" for name in drawn(results()))
    assert "performance/objecten.svg" in named
    for name in named:
        ElementTree.fromstring((tmp_path / name).read_text(encoding="utf-8"))  # noqa: S314  # ours


def test_the_highest_dot_stands_first() -> None:
    rows = [
        pictures.Row("laag", Spread(10.0, 9.0, 11.0), False),
        pictures.Row("hoog", Spread(1_000.0, 900.0, 1_100.0), True),
    ]
    picture = pictures.dots("Snel & traag", "per seconde", rows)

    assert picture.index("hoog") < picture.index("laag")
    assert picture.count("<circle") == 2
    assert "Snel &amp; traag" in picture


def test_every_peer_of_the_npm_registry_is_in_the_lock_file() -> None:
    """At one version each, with its hash and without the address it came from."""
    peers = ROOT / "bench" / "peers"
    wanted = json.loads((peers / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((peers / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    named = {**wanted["dependencies"], **wanted["optionalDependencies"]}

    assert {name: lock[f"node_modules/{name}"]["version"] for name in named} == named
    assert {each for each in contenders() if each.needs and MODULES not in each.needs.parents} == (
        set()
    )


@pytest.mark.slow
def test_the_comparison_runs(tmp_path: Path) -> None:
    """Real processes: ours and the floor, each answer right, every call of the source counted. A
    run that stopped goes on where it was.
    """
    path, some = tmp_path / "gemeten.json", ["bronpoort", "vloer-asgi"]
    found = measured(SMALLEST, path, some)
    replace(found, complete=False).write(path)
    again = measured(SMALLEST, path, some)
    told = {(each.contender, each.work): each for each in found.measured}

    assert {each for each in told if each[0] != "bron"} == {
        ("bronpoort", "users-gelijk"),
        ("bronpoort", "persoon-gelijk"),
        ("vloer-asgi", "users-gelijk"),
    }
    assert [each.shown for each in told.values() if each.failed or not each.requests] == []
    assert 0 < told["bronpoort", "users-gelijk"].calls <= 2
    assert told["vloer-asgi", "users-gelijk"].calls == 0
    assert all(each.processor > 0 and each.memory > 0 for each in told.values() if each.calls)
    assert again.measured == Results.read(path).measured
    assert len(again.measured) == len(found.measured)
