"""Who we say we are, to each kind of source, and to nobody else."""

import asyncio
import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.source import credentials
from gateway.source.credentials import EndUser
from gateway.source.errors import SourceError, SourceFault, SourceTimeout, SourceUnreachable
from gateway.source.settings import ClientCredentials
from tests.source.fakes import Heard, Time, desk, never, raw, reply, wire

pytestmark = pytest.mark.anyio

SECRET = "een-geheim-dat-lang-genoeg-is-voor-hs256"
ENVIRONMENT = {"GEHEIM": SECRET}
ANNA = EndUser("a1", "Anna de Boer")
BART = EndUser("b2", "Bart")


def _client(token_url: str, **more: Any) -> dict[str, Any]:
    return {
        "soort": "client-credentials",
        "token_url": token_url,
        "client_id": "bron:poort",
        "secret": "env:GEHEIM",
        "scope": "123-000",
        **more,
    }


def _token(text: str, expires_in: object = 300) -> bytes:
    return reply(json={"access_token": text, "token_type": "bearer", "expires_in": expires_in})


@pytest.mark.parametrize(
    ("table", "header", "value"),
    [
        ({"soort": "api-key", "header": "X-API-KEY", "waarde": "env:GEHEIM"}, "x-api-key", SECRET),
        ({"soort": "token", "waarde": "env:GEHEIM"}, "authorization", f"Token {SECRET}"),
        ({"soort": "geen"}, "authorization", None),
    ],
)
async def test_a_fixed_secret_goes_in_its_header(
    table: Mapping[str, str], header: str, value: str | None
) -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(bron.address, credentials=table, environment=ENVIRONMENT)
        await source.get("x")

        assert bron.heard[0].headers.get(header) == value


async def test_a_header_of_the_purpose_does_not_replace_the_key() -> None:
    table = {"soort": "api-key", "header": "X-API-KEY", "waarde": "env:GEHEIM"}
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            credentials=table,
            environment=ENVIRONMENT,
            headers={"X-Api-Key": "another"},
        )
        await source.get("x")

        assert bron.heard[0].headers["x-api-key"] == SECRET


async def test_a_refused_key_is_our_fault_and_not_asked_with_again() -> None:
    table = {"soort": "api-key", "waarde": "env:GEHEIM"}
    async with wire(raw(401, b"{}")) as bron, desk() as at:
        with pytest.raises(SourceFault):
            await at.source(bron.address, credentials=table, environment=ENVIRONMENT).get("x")

        assert len(bron.heard) == 1


def _zgw_claims(heard: Heard) -> dict[str, Any]:
    kind, _, token = heard.headers["authorization"].partition(" ")
    decoded = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
    assert kind == "Bearer"
    assert decoded.header == {"alg": "HS256", "typ": "JWT"}
    return dict(decoded.claims)


async def test_a_zgw_token_names_the_client_and_the_end_user() -> None:
    time = Time()
    async with wire(reply(json={})) as bron, desk(time.surroundings()) as at:
        source = at.source(
            bron.address,
            credentials={"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:GEHEIM"},
            environment=ENVIRONMENT,
            user=ANNA,
        )
        await source.get("x")

        assert _zgw_claims(bron.heard[0]) == {
            "iss": "bronpoort",
            "iat": 1_800_000_990,
            "client_id": "bronpoort",
            "user_id": "a1",
            "user_representation": "Anna de Boer",
        }


async def test_a_zgw_token_is_used_again_for_the_same_user_only_and_for_minutes_only() -> None:
    time = Time()
    chosen = {"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:GEHEIM"}
    async with wire(reply(json={})) as bron, desk(time.surroundings()) as at:
        for user, later in ((ANNA, 0), (ANNA, 60), (BART, 0), (None, 0), (ANNA, 61)):
            time.seconds += later
            source = at.source(bron.address, credentials=chosen, environment=ENVIRONMENT, user=user)
            await source.get("x")

        users = [_zgw_claims(heard)["user_id"] for heard in bron.heard]
        first, same, bart, client, later_anna = (h.headers["authorization"] for h in bron.heard)
        assert users == ["a1", "a1", "b2", "bronpoort", "a1"]
        assert first == same
        assert len({first, bart, client, later_anna}) == 4


async def test_a_zgw_token_is_made_anew_also_for_an_operation_that_lasts() -> None:
    time = Time()
    chosen = {"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:GEHEIM"}
    async with wire(reply(json={})) as bron, desk(time.surroundings()) as at:
        source = at.source(
            bron.address,
            credentials=chosen,
            environment=ENVIRONMENT,
            user=ANNA,
            remaining=600.0,
        )
        for later in (0, 119, 1):
            time.seconds += later
            await source.get("x")

    first, same, later_one = (heard.headers["authorization"] for heard in bron.heard)
    assert first == same
    assert first != later_one


async def test_a_short_secret_is_used_and_raises_no_warning() -> None:
    """The configuration's advice tells of it, with the name of the source."""
    chosen = {"soort": "zgw-jwt", "client_id": "bronpoort", "secret": "env:GEHEIM"}
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(bron.address, credentials=chosen, environment={"GEHEIM": "kort"})
        await source.get("x")

        assert bron.heard[0].headers["authorization"].startswith("Bearer ")


async def test_an_access_token_is_fetched_once_for_all_who_wait() -> None:
    async with wire(_token("t1")) as auth, wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            credentials=_client(auth.address, extra={"resourceServer": "ResourceServer01"}),
            environment=ENVIRONMENT,
        )
        await asyncio.gather(*(source.get("x") for _ in range(10)))

        assert len(auth.heard) == 1
        assert auth.heard[0].headers["content-type"] == "application/x-www-form-urlencoded"
        assert parse_qs(auth.heard[0].body.decode()) == {
            "grant_type": ["client_credentials"],
            "client_id": ["bron:poort"],
            "client_secret": [SECRET],
            "scope": ["123-000"],
            "resourceServer": ["ResourceServer01"],
        }
        assert {heard.headers["authorization"] for heard in bron.heard} == {"Bearer t1"}


async def test_the_client_may_prove_itself_in_basic_instead() -> None:
    async with wire(_token("t1")) as auth, wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            credentials=_client(auth.address, plaats="basic"),
            environment=ENVIRONMENT,
        )
        await source.get("x")

        _, _, pair = auth.heard[0].headers["authorization"].partition(" ")
        assert base64.b64decode(pair).decode() == f"bron%3Apoort:{SECRET}"
        assert b"secret" not in auth.heard[0].body


async def test_credentials_of_the_source_do_not_reach_the_token_endpoint() -> None:
    async with wire(_token("t1")) as auth, wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            credentials=_client(auth.address),
            environment=ENVIRONMENT,
            fixed={"x-origin-oin": "1"},
        )
        await source.get("x")

        assert "x-origin-oin" not in auth.heard[0].headers
        assert "authorization" not in auth.heard[0].headers


async def test_a_token_is_renewed_before_it_ends() -> None:
    time = Time()
    async with (
        wire(_token("t1"), _token("t2")) as auth,
        wire(reply(json={})) as bron,
        desk(time.surroundings()) as at,
    ):
        for later in (0, 269, 2):
            time.seconds += later
            source = at.source(
                bron.address, credentials=_client(auth.address), environment=ENVIRONMENT
            )
            await source.get("x")

        sent = [heard.headers["authorization"] for heard in bron.heard]
        assert sent == ["Bearer t1", "Bearer t1", "Bearer t2"]


async def test_when_renewal_fails_the_token_serves_until_it_ends() -> None:
    time = Time()
    async with (
        wire(_token("t1"), raw(500, b"{}")) as auth,
        wire(reply(json={})) as bron,
        desk(time.surroundings()) as at,
    ):
        for later in (0, 280):
            time.seconds += later
            source = at.source(
                bron.address, credentials=_client(auth.address), environment=ENVIRONMENT
            )
            await source.get("x")
        time.seconds += 20
        with pytest.raises(SourceFault):
            await at.source(
                bron.address, credentials=_client(auth.address), environment=ENVIRONMENT
            ).get("x")

        assert [h.headers["authorization"] for h in bron.heard] == ["Bearer t1", "Bearer t1"]


async def test_a_refused_token_is_renewed_once() -> None:
    async with (
        wire(_token("t1"), _token("t2")) as auth,
        wire(raw(401, b"{}"), reply(json={"a": 1})) as bron,
        desk() as at,
    ):
        source = at.source(bron.address, credentials=_client(auth.address), environment=ENVIRONMENT)

        assert await source.get("x") == {"a": 1}
        assert [h.headers["authorization"] for h in bron.heard] == ["Bearer t1", "Bearer t2"]


async def test_a_token_refused_again_is_our_fault() -> None:
    async with wire(_token("t")) as auth, wire(raw(401, b"{}")) as bron, desk() as at:
        source = at.source(bron.address, credentials=_client(auth.address), environment=ENVIRONMENT)
        with pytest.raises(SourceFault):
            await source.get("x")

        assert (len(auth.heard), len(bron.heard)) == (2, 2)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (raw(400, b'{"error":"invalid_client"}'), SourceFault),
        (raw(401, b"{}"), SourceFault),
        (raw(302, b"", location="http://evil.example/"), SourceFault),
        (raw(503, b""), SourceUnreachable),
        (raw(200, b"<html>", content_type="text/html"), SourceFault),
        (raw(200, b"x" * 70_000), SourceFault),
        (reply(json=[]), SourceFault),
        (reply(json={}), SourceFault),
        (reply(json={"access_token": ""}), SourceFault),
        (reply(json={"access_token": "a\r\nx: y"}), SourceFault),
        (reply(json={"access_token": "x" * 20_000}), SourceFault),
        (never, SourceTimeout),
    ],
)
async def test_a_bad_token_endpoint_is_an_error_of_the_source(
    answer: Any, kind: type[SourceError]
) -> None:
    async with wire(answer) as auth, wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            credentials=_client(auth.address),
            environment=ENVIRONMENT,
            timeout=0.3,
        )
        with pytest.raises(SourceError) as raised:
            await source.get("x")

        assert type(raised.value) is kind
        assert SECRET not in repr(raised.value) + raised.value.detail
        assert bron.heard == []


async def test_one_caller_who_leaves_does_not_end_the_fetch_for_others() -> None:
    async def slow(heard: Heard, writer: asyncio.StreamWriter) -> bytes:
        await asyncio.sleep(0.05)
        return _token("t1")

    async with wire(slow) as auth, wire(reply(json=1)) as bron, desk() as at:
        source = at.source(bron.address, credentials=_client(auth.address), environment=ENVIRONMENT)
        first = asyncio.create_task(source.get("x"))
        second = asyncio.create_task(source.get("x"))
        while not auth.heard:
            await asyncio.sleep(0)
        first.cancel()

        assert await second == 1
        assert len(auth.heard) == 1


async def test_closing_stops_a_fetch_under_way() -> None:
    async with wire(never) as auth, wire(reply(json=1)) as bron, desk() as at:
        source = at.source(bron.address, credentials=_client(auth.address), environment=ENVIRONMENT)
        call = asyncio.create_task(source.get("x"))
        while not auth.heard:
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)


@pytest.mark.parametrize(
    ("expires_in", "renewed_after"),
    [(300, 270), ("300", 270), (20, 10), (None, 30), (True, 30), (-1, 30), ("soon", 30), ([], 30)],
)
async def test_how_long_a_token_is_trusted(expires_in: object, renewed_after: float) -> None:
    time = Time()
    asked: list[float] = []

    async def token(url: str, headers: Mapping[str, str], form: bytes) -> Any:
        asked.append(time.seconds)
        return {"access_token": "t", "expires_in": expires_in}

    chosen = ClientCredentials.model_validate(
        _client("http://auth.example"), context={"environment": ENVIRONMENT}
    )
    made = credentials.ClientCredentials("brp", chosen, time.surroundings(), token)
    for later in (0, renewed_after - 1, 2):
        time.seconds += later
        await made.headers(None)

    assert asked == [1_000, 1_000 + renewed_after + 1]
