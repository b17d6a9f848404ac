"""`POST /notificaties/<gemeentecode>` over HTTP: who is believed, what is refused, what it does."""

from typing import Any

import pytest

from tests.app import HOST, Setup
from tests.notices import ADDRESS, SECRET, ZAAK, hearing, message, url_of

pytestmark = pytest.mark.anyio

ZAAK_QUERY = "query($uuid: Uuid!){zaak(uuid: $uuid){identificatie}}"
TEST = {
    "kanaal": "test",
    "hoofdObject": "http://some.hoofdobject.example/",
    "resource": "some_resource",
    "resourceUrl": "http://some.resource.example/",
    "actie": "create",
    "aanmaakdatum": "2019-01-01T12:00:00Z",
    "kenmerken": {},
}
WHOLE = 65_536
NO_TEXT: tuple[Any, ...] = (..., None, 1, "", [])
"""What a text cannot be; the first stands for leaving it out."""


# ---- who is believed ------------------------------------------------------------------------


async def test_the_message_that_tries_a_subscription_out() -> None:
    """Open Notificaties wants 204 with the credential and 403 (or 401) without."""
    async with hearing() as app:
        admitted = await app.tell(TEST)
        refused = await app.tell(TEST, authorization="")

    assert (admitted.status_code, admitted.content) == (204, b"")
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert refused.json()["code"] == "NIET_GEAUTORISEERD"
    assert app.outcomes == [(204, "test"), (403, None)]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        SECRET,
        f"Bearer {SECRET}x",
        f"Bearer {SECRET[:-1]}",
        f"bearer {SECRET}",
        f"Token {SECRET}",
        f"Bearer {SECRET.upper()}",
        f"Bearer {SECRET}, Bearer {SECRET}",
    ],
)
async def test_another_credential(given: str) -> None:
    """All refused alike, before anything of the body is looked at."""
    async with hearing() as app:
        refused = await app.tell(b"no json", authorization=given)

    assert (refused.status_code, refused.json()["code"]) == (403, "NIET_GEAUTORISEERD")
    assert app.running.outdoors.calls == []


async def test_two_credentials_are_none() -> None:
    async with hearing() as app:
        right = ("authorization", f"Bearer {SECRET}")
        refused = await app.running.client.post(ADDRESS, json=TEST, headers=[right, right])

    assert refused.status_code == 403


@pytest.mark.parametrize("code", ["0998", "999", "0999%00", "..", "0999.toml", "é", "9" * 500])
async def test_a_municipality_that_there_is_not(code: str) -> None:
    """Cannot be told from one that is not believed."""
    async with hearing() as app:
        headers = {"authorization": f"Bearer {SECRET}"}
        unknown = await app.running.client.post(f"/notificaties/{code}", json=TEST, headers=headers)
        wrong = await app.tell(TEST, authorization="Bearer anders")

    assert unknown.status_code in (403, 404)
    assert code == ".." or unknown.content == wrong.content


async def test_a_municipality_without_a_credential_hears_nothing() -> None:
    async with hearing(secret=None) as app:
        refusals = [
            await app.tell(TEST, authorization=each) for each in ("", "Bearer ", "Bearer x")
        ]

    assert [each.status_code for each in refusals] == [403] * 3


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_another_method(method: str) -> None:
    async with hearing() as app:
        refused = await app.running.client.request(method, ADDRESS)

    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


# ---- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", ["", "text/plain", "application/json; charset=latin-1", "application/cloudevents+json"]
)
async def test_another_media_type(given: str) -> None:
    async with hearing() as app:
        refused = await app.tell(b"{}", **{"content-type": given})

    assert (refused.status_code, refused.json()["code"]) == (415, "MEDIATYPE")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"zaken"',
        b"{}",
        b"[" * 5_000,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b'\xef\xbb\xbf{"kanaal":"zaken"}',
        b'{"kanaal":"zaken","kanaal":"test"}',
        b'{"kanaal":"\\ud800"}',
        b'{"kanaal":NaN}',
    ],
)
async def test_a_body_that_is_no_notification(body: bytes) -> None:
    async with hearing() as app:
        refused = await app.tell(body)

    assert (refused.status_code, refused.json()["code"]) == (400, "INVOER")
    assert app.outcomes == [(400, None)]


@pytest.mark.parametrize(
    "changes",
    [
        *({name: value} for name in TEST if name != "kenmerken" for value in NO_TEXT),
        {"kanaal": "z" * 51},
        {"actie": "a" * 101},
        {"resource": {"naam": "zaak"}},
        {"hoofdObject": "https://x/" + "a" * 2_000},
        {"resourceUrl": [url_of("zaken", ZAAK)]},
        {"resource": "zaak\nkanaal: test"},
        {"aanmaakdatum": "gisteren"},
        {"kenmerken": []},
        {"kenmerken": "zaaktype"},
    ],
)
async def test_another_shape(changes: dict[str, Any]) -> None:
    async with hearing() as app:
        refused = await app.tell(message(**changes))

    assert (refused.status_code, refused.json()["code"]) == (400, "INVOER")
    assert "zaak" not in refused.json()["detail"]


async def test_a_body_that_is_too_large() -> None:
    """By its own word, or as it comes."""

    async def slowly() -> Any:
        for _ in range(WHOLE // 1_000 + 2):
            yield b" " * 1_000

    async with hearing() as app:
        declared = await app.tell(b" " * (WHOLE + 1))
        headers = {"authorization": f"Bearer {SECRET}", "content-type": "application/json"}
        streamed = await app.running.client.post(ADDRESS, content=slowly(), headers=headers)

    assert [declared.status_code, streamed.status_code] == [413, 413]


async def test_what_the_standard_does_not_know_is_let_be() -> None:
    async with hearing() as app:
        answers = [
            await app.tell({**message(), "source": "oz", "extra": {"diep": [1]}}),
            await app.tell(message(kenmerken={"getal": 1, "niets": None})),
            await app.tell(message(kenmerken=...)),
        ]

    assert [each.status_code for each in answers] == [204] * 3


# ---- what it concerns -----------------------------------------------------------------------


async def zaak_asked(app: Any, uuid: str = ZAAK) -> None:
    answer = await app.running.ask(ZAAK_QUERY, {"uuid": uuid})
    assert answer.json()["data"] == {"zaak": None}


async def test_a_notification_has_the_source_asked_again() -> None:
    """That this zaak is not there was kept; now it may be."""
    async with hearing() as app:
        for _ in range(2):
            await zaak_asked(app)
        before = len(app.running.outdoors.calls)
        answer = await app.tell()
        for _ in range(2):
            await zaak_asked(app)

    assert answer.status_code == 204
    lines = [call.line for call in app.running.outdoors.calls]
    assert (before, lines) == (1, [f"zaken GET zaken/{ZAAK}"] * 2)
    assert app.outcomes == [(204, "vervallen")]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"kanaal": "autorisaties"}, "onbekend kanaal"),
        ({"kanaal": "zaken; drop"}, "onbekend kanaal"),
        ({"hoofdObject": "https://elders.test/zaken/api/v1/zaken/" + ZAAK}, "onbekend adres"),
        ({"hoofdObject": "http://169.254.169.254/latest/" + ZAAK}, "onbekend adres"),
        ({"hoofdObject": "file:///etc/passwd"}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", ZAAK).replace("//", "//a@")}, "onbekend adres"),
        ({"hoofdObject": f"{HOST}.elders.test/zaken/api/v1/zaken/{ZAAK}"}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", "..")}, "onbekend adres"),
        ({"hoofdObject": f"{HOST}/zaken/api/v1/x/../zaken/{ZAAK}"}, "onbekend adres"),
        ({"hoofdObject": f"{HOST}/zaken/api/v1/zaken/%2e%2e/{ZAAK}"}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", f"{ZAAK}/rollen")}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", "1 or 1=1")}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", ZAAK[:-1])}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", f"urn:uuid:{ZAAK}")}, "onbekend adres"),
        ({"hoofdObject": url_of("zaken", "{" + ZAAK + "}")}, "onbekend adres"),
        ({"hoofdObject": url_of("rollen", ZAAK)}, "onbekend adres"),
        ({"hoofdObject": url_of("besluiten", ZAAK, "besluiten")}, "onbekend adres"),
        ({"hoofdObject": "x"}, "onbekend adres"),
    ],
)
async def test_what_concerns_no_source_of_ours_is_let_be(
    changes: dict[str, Any], outcome: str
) -> None:
    """Accepted, counted in the log without its address, and nothing is asked or dropped."""
    async with hearing() as app:
        await zaak_asked(app)
        answer = await app.tell(message(**changes))
        await zaak_asked(app)

    assert answer.status_code == 204
    assert app.outcomes == [(204, outcome)]
    assert len(app.running.outdoors.calls) == 1
    assert not any(str(value) in str(app.logged) for value in changes.values() if len(value) > 12)


async def test_nothing_of_a_message_is_logged_or_fetched() -> None:
    """Not its addresses, not its kenmerken, not its credential."""
    async with hearing() as app:
        await app.tell(message(kenmerken={"bronorganisatie": "123456782"}))
        event = dict(app.events[0])

    assert app.running.outdoors.calls == []
    del event["duration_ms"]
    assert event == {
        "event": "notificatie",
        "log_level": "info",
        "status": 204,
        "tenant": "0999",
        "channel": "zaken",
        "outcome": "vervallen",
        "dropped": 0,
        "code": None,
    }


@pytest.mark.parametrize(
    "url",
    [
        url_of("zaken", ZAAK.upper()),
        url_of("zaken", ZAAK).replace("https", "HTTPS").replace(".test", ".TEST:443"),
        url_of("zaken", ZAAK) + "?versie=2",
    ],
)
async def test_another_spelling_of_the_same_address(url: str) -> None:
    async with hearing() as app:
        await zaak_asked(app)
        await app.tell(message(hoofdObject=url))
        await zaak_asked(app)

    assert len(app.running.outdoors.calls) == 2


async def test_another_zaak_stays() -> None:
    other = ZAAK[:-1] + "2"
    async with hearing() as app:
        await zaak_asked(app)
        await zaak_asked(app, other)
        await app.tell(message(hoofdObject=url_of("zaken", other)))
        await zaak_asked(app)
        await zaak_asked(app, other)

    lines = [call.line for call in app.running.outdoors.calls]
    assert lines == [f"zaken GET zaken/{each}" for each in (ZAAK, other, other)]


async def test_the_canonical_address_of_a_source_is_its_own_too() -> None:
    """What is dialled inside a cluster is not how the source writes itself."""
    outside = "https://zaken.voorbeeld.nl/zaken/api/v1"
    setup = Setup(sources=("zaken",), source_settings={"canonical": [outside]})
    async with hearing(setup) as app:
        await zaak_asked(app)
        await app.tell(message(hoofdObject=f"{outside}/zaken/{ZAAK}"))
        await zaak_asked(app)

    assert app.outcomes == [(204, "vervallen")]
    assert len(app.running.outdoors.calls) == 2


async def test_a_second_system_of_the_same_kind() -> None:
    """Its address is its own, and what it tells concerns not the first."""
    second = {"zaken-sociaal": "https://sociaal.test/zaken/api/v1"}
    async with hearing(more=second) as app:
        await zaak_asked(app)
        await app.tell(message(hoofdObject=f"{second['zaken-sociaal']}/zaken/{ZAAK}"))
        await zaak_asked(app)

    assert app.outcomes == [(204, "vervallen")]
    assert len(app.running.outdoors.calls) == 3  # first both, then the second anew
