"""Subscriptions over a WebSocket: a real server, a real client, real notifications."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from gateway.configuration import Configuration
from gateway.source.tags import of_resource
from tests.app import NOW, Setup, token
from tests.notices import ZAAK
from tests.subscribing import FOLLOW, Served, Source, served, until

pytestmark = pytest.mark.anyio

OTHER = "6a3b3c1e-52b4-4f0c-9d0e-1f6a2f3b4c5d"
GONE = {
    "message": "Dit is er niet of niet meer, of u mag het niet zien.",
    "extensions": {"code": "NIET_GEVONDEN"},
}


def error(id: str, code: str) -> Any:
    """What an `error` message of this code looks like, whatever else it says."""
    return ("error", id, [code])


def told(message: Any) -> Any:
    """A message by its type, its id, and the codes of its errors."""
    payload = message["payload"]
    errors = payload if isinstance(payload, list) else payload.get("errors", [])
    return message["type"], message["id"], [each["extensions"]["code"] for each in errors]


# ---- following --------------------------------------------------------------------------------


async def test_the_zaak_now_and_after_each_change() -> None:
    """The first message is the zaak as it is; a notification brings it anew, past the cache."""
    async with served() as app, app.joined() as client:
        await client.follow()
        first = await client.next()
        app.source.text = "tweede"
        await app.notify()
        second = await client.text()
        await app.notify(OTHER)
        app.source.text = "derde"
        await app.notify()
        third = await client.text()

    data = {"uuid": ZAAK, "omschrijving": "eerste", "toelichting": "geheim"}
    assert first == {"id": "1", "type": "next", "payload": {"data": {"zaakGewijzigd": data}}}
    assert [second, third] == ["tweede", "derde"]
    assert app.source.asked == 3


async def test_a_burst_is_one_message() -> None:
    """Sources tell of one action in several messages, and what counts is how it is now."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.source.text = "stand 4"
        await asyncio.gather(*(app.notify() for _ in range(5)))
        last = await client.text()
        asked = app.source.asked

    assert last == "stand 4"
    assert asked == 2


async def test_what_concerns_another_municipality_reaches_nobody() -> None:
    """Although the zaak has the same uuid."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        await app.gateway._changes.tell([of_resource("0998", "zaken", "zaak", ZAAK)])
        app.source.text = "tweede"
        await app.gateway._changes.tell([of_resource("0999", "zaken", "zaak", ZAAK)])
        assert app.source.asked == 1
        await client.next()

    assert app.source.asked == 1  # the cache had it: nothing had been dropped


async def test_several_on_one_connection_and_the_end_of_one() -> None:
    """What the client completes is over at once, and its id may be used again."""
    async with served() as app, app.joined() as client:
        await client.follow("een")
        await client.text()
        await client.follow("twee", uuid=ZAAK.upper())
        await client.text()
        await client.send({"id": "een", "type": "complete"})
        await app.notify()
        message = await client.next()
        await client.follow("een")
        again = await client.next()

    assert [message["id"], again["id"]] == ["twee", "een"]


async def test_nothing_is_left_of_a_client_that_goes() -> None:
    async with served() as app:
        async with app.joined() as client:
            await client.follow()
            await client.text()
            assert (app.connections, app.topics) == (1, 1)
        await app.idle()

        assert app.gateway._following._held == {}


# ---- rights -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 403])
async def test_a_zaak_that_is_not_there_or_may_not_be_seen(status: int) -> None:
    """Looks the same."""
    async with served(source=Source(status=status)) as app, app.joined() as client:
        await client.follow()
        refused = await client.next()

    assert refused == {"id": "1", "type": "error", "payload": [GONE]}


async def test_a_zaak_that_is_no_longer_there() -> None:
    """Ends what followed it, in the same words."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.source.status = 404
        await app.notify()
        ended = await client.next()
        await until(lambda: app.topics == 0)

    assert ended == {"id": "1", "type": "error", "payload": [GONE]}


async def test_a_source_that_does_not_answer_now() -> None:
    """Is told with the field null, and ends nothing."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.source.status = 503
        await app.notify()
        failed = await client.next()
        app.source.status = 200
        await app.notify()
        after = await client.text()

    assert told(failed) == ("next", "1", ["BRON_ONBEREIKBAAR"])
    assert failed["payload"]["data"] == {"zaakGewijzigd": None}
    assert after == "eerste"


async def test_who_may_not_ask_may_not_follow() -> None:
    async with served(Setup(labels=("zaak.*",))) as app, app.joined() as client:
        await client.follow()
        refused = await client.next()

    assert told(refused) == error("1", "NIET_GEAUTORISEERD")
    assert app.source.asked == 0


CITIZEN, OTHER = "999990019", "999990020"
NOWHERE = "2f0a4f3c-8f0e-4a35-9c1b-6f3f6cbb7a12"
"""No zaak has it either, nor anybody who takes part in it."""


async def test_a_citizen_follows_their_own_zaak() -> None:
    """Whose it is, is asked for every message."""
    source = Source(initiator=CITIZEN)
    async with served(source=source) as app, app.joined(token(CITIZEN)) as client:
        await client.follow()
        first = await client.text()
        source.text = "tweede"
        await app.notify()
        second = await client.text()
        source.initiator = OTHER
        await app.notify()
        ended = await client.next()
        await until(lambda: app.topics == 0)

    assert (first, second) == ("eerste", "tweede")
    assert ended == {"id": "1", "type": "error", "payload": [GONE]}
    assert (source.proofs, source.asked) == (3, 2)


async def test_anothers_zaak_and_none_are_followed_alike() -> None:
    """Not: one answer, the same, and nothing is left that a change could ring."""
    source = Source(initiator=OTHER)
    async with served(source=source) as app, app.joined(token(CITIZEN)) as client:
        ends = []
        for uuid in (ZAAK, NOWHERE):
            await client.follow(uuid=uuid)
            ends.append(await client.next())
            await until(lambda: app.topics == 0)

    assert ends == [{"id": "1", "type": "error", "payload": [GONE]}] * 2
    assert (source.proofs, source.asked) == (2, 0)


async def test_a_zaak_of_which_it_cannot_be_proven_whose_it_is() -> None:
    """Is not waited for: that it changed would tell that it is there."""
    source = Source(initiator=CITIZEN, proof=503)
    async with served(source=source) as app, app.joined(token(CITIZEN)) as client:
        told_of = []
        for uuid in (ZAAK, NOWHERE):
            await client.follow(uuid=uuid)
            told_of.append(await client.next())
            await until(lambda: app.topics == 0)

    assert told_of[0] == told_of[1]
    assert told(told_of[0]) == error("1", "BRON_ONBEREIKBAAR")
    assert source.asked == 0


async def test_a_proof_that_fails_later_ends_nothing() -> None:
    """As any source that does not answer now."""
    source = Source(initiator=CITIZEN)
    async with served(source=source) as app, app.joined(token(CITIZEN)) as client:
        await client.follow()
        await client.text()
        source.proof = 503
        await app.notify()
        failed = await client.next()
        source.proof = 200
        await app.notify()
        after = await client.text()

    assert told(failed) == ("next", "1", ["BRON_ONBEREIKBAAR"])
    assert failed["payload"]["data"] == {"zaakGewijzigd": None}
    assert after == "eerste"


def without(app: Served, *labels: str) -> Configuration:
    """The configuration with a purpose that has these labels no longer."""
    tenant = app.gateway.configuration.tenants["0999"]
    purpose = tenant.purposes["test"]
    less = replace(purpose, labels=purpose.labels - set(labels))
    return Configuration({"0999": replace(tenant, purposes={"test": less})}, ())


async def test_a_field_that_may_no_longer_be_seen() -> None:
    """Is null in the next message, with the error that a question would get."""
    async with served() as app, app.joined() as client:
        await client.follow()
        first = await client.next()
        app.gateway.replace(without(app, "zaak.toelichting"))
        await app.notify()
        second = await client.next()

    assert first["payload"]["data"]["zaakGewijzigd"]["toelichting"] == "geheim"
    assert second["payload"]["data"]["zaakGewijzigd"]["toelichting"] is None
    assert told(second) == ("next", "1", ["NIET_GEAUTORISEERD"])


async def test_a_zaak_that_may_no_longer_be_followed() -> None:
    """Nothing more is asked for."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.gateway.replace(without(app, "vraag.zaak-raadplegen"))
        await app.notify()
        ended = await client.next()

    assert told(ended) == error("1", "NIET_GEAUTORISEERD")
    assert app.source.asked == 1


async def test_a_purpose_that_is_gone() -> None:
    """Closes the connection: nobody is let in with that token any more."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        tenant = app.gateway.configuration.tenants["0999"]
        app.gateway.replace(Configuration({"0999": replace(tenant, purposes={})}, ()))
        await app.gateway._changes.tell([of_resource("0999", "zaken", "zaak", ZAAK)])

        assert await client.closed() == (4403, "Forbidden")
    assert app.source.asked == 1


async def test_a_token_that_expired_since() -> None:
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.source.now = NOW + 660
        await app.notify()

        assert await client.closed() == (4403, "Forbidden")
    assert app.source.asked == 1


async def test_a_token_that_expires_without_a_change() -> None:
    """The connection does not outlive it, whatever is followed or nothing."""
    short = token(exp=int(NOW) + 1)
    async with served() as app, app.joined(short) as client:
        app.source.now = NOW + 60

        assert await client.closed() == (4403, "Forbidden")


# ---- limits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid){niets}}", "VALIDATIE"),
        ("subscription{", "SYNTAX"),
        (
            "subscription($uuid: Uuid!){a: zaakGewijzigd(uuid: $uuid){uuid} "
            "b: zaakGewijzigd(uuid: $uuid){uuid}}",
            "VALIDATIE",
        ),
        ("subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid) @include(if: true){uuid}}",
         "VALIDATIE"),
        ("subscription{__typename}", "VALIDATIE"),
        ("query($uuid: Uuid!){zaak(uuid: $uuid){uuid}}", "GEEN_ABONNEMENT"),
        ("mutation{maak}", "ALLEEN_LEZEN"),
        ("subscription($uuid: Uuid!){zaakGewijzigd(uuid: $uuid){" + "zaaktype{" * 11 + "uuid"
         + "}" * 11 + "}}", "LIMIET"),
    ],
)  # fmt: skip
async def test_what_is_not_carried_out(query: str, code: str) -> None:
    """Is refused by the same checks as a question, and the connection goes on."""
    async with served() as app, app.joined() as client:
        await client.follow(query=query)
        refused = await client.next()
        await client.follow()
        assert await client.text() == "eerste"

    assert told(refused) == error("1", code)


async def test_wrong_variables() -> None:
    async with served() as app, app.joined() as client:
        await client.follow(uuid="999990019")
        refused = await client.next()

    assert told(refused) == error("1", "INVOER")
    assert "999990019" not in str(refused)


async def test_what_is_explained_is_no_subscription() -> None:
    async with served() as app, app.joined() as client:
        payload = {"query": FOLLOW, "variables": {"uuid": ZAAK}, "extensions": {"uitleg": True}}
        await client.send({"id": "1", "type": "subscribe", "payload": payload})

        assert told(await client.next()) == error("1", "INVOER")


async def test_twenty_subscriptions_and_one_more() -> None:
    """The others go on; when one is over there is room again."""
    async with served() as app, app.joined() as client:
        for number in range(20):
            await client.follow(str(number))
        shown = {(await client.next())["id"] for _ in range(20)}
        await client.follow("20")
        refused = await client.next()
        await client.send({"id": "0", "type": "complete"})
        await client.follow("21")
        after = await client.next()

    assert shown == {str(number) for number in range(20)}
    assert told(refused) == error("20", "LIMIET")
    assert (after["id"], after["type"]) == ("21", "next")
    assert app.source.asked == 1


async def test_a_client_that_takes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing piles up for it: the connection ends, and it is no fault of ours."""
    settings = {"subscriptions": {"idle_seconds": 0.1}}
    source = Source(text="x" * 2_000_000)
    async with served(Setup(settings=settings), source) as app, app.connected() as client:
        await client.init()
        await client.next()
        client.connection.transport.pause_reading()
        await client.follow()
        while app.connections:
            await app.gateway._changes.tell([of_resource("0999", "zaken", "zaak", ZAAK)])
            await asyncio.sleep(0.01)
        client.connection.transport.abort()

    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


async def test_more_connections_than_there_may_be() -> None:
    settings = {"subscriptions": {"connections": 1}}
    async with served(Setup(settings=settings)) as app:
        async with app.joined():
            with pytest.raises(InvalidStatus) as refused:
                async with app.connected():
                    pass
        await app.idle()
        async with app.joined():
            pass

    assert refused.value.response.status_code == 503
    assert refused.value.response.headers["Retry-After"] == "5"
    assert refused.value.response.headers["X-Content-Type-Options"] == "nosniff"


async def test_more_connections_than_one_may_have() -> None:
    """Another is let in."""
    settings = {"subscriptions": {"per_principal": 1}}
    async with (
        served(Setup(settings=settings)) as app,
        app.joined(),
        app.connected() as second,
        app.joined(token(sub="u-18")),
    ):
        await second.init()

        assert await second.closed() == (4429, "Too many connections")


# ---- the protocol -----------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_client_that_does_not_say_who_it_is() -> None:
    async with served() as app, app.connected() as client:
        assert await client.closed() == (4408, "Connection initialisation timeout")


@pytest.mark.parametrize("protocols", [("graphql-ws",), ("anders", "graphql-ws"), ()])
async def test_the_legacy_protocol_or_none(protocols: tuple[str, ...]) -> None:
    async with served() as app, app.connected(protocols) as client:
        assert await client.closed() == (4406, "Subprotocol not acceptable")


async def test_both_protocols_offered() -> None:
    async with served() as app, app.connected(("graphql-ws", "graphql-transport-ws")) as client:
        assert client.connection.subprotocol == "graphql-transport-ws"


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {"Authorization": 1},
        {"Authorization": "Bearer x.y.z"},
        {"Authorization": f"Bearer {token()}", "authorization": f"Bearer {token()}"},
        {"token": token()},
        "Bearer",
    ],
)
async def test_nobody_that_is_known(payload: Any) -> None:
    async with served() as app, app.connected() as client:
        await client.send({"type": "connection_init", "payload": payload})

        assert await client.closed() == (4403, "Forbidden")


async def test_an_expired_token() -> None:
    async with served() as app, app.connected() as client:
        await client.init(token(iat=int(NOW) - 1_200, exp=int(NOW) - 600))

        assert await client.closed() == (4403, "Forbidden")
    refusals = [each for each in app.logged if each["event"] == "operatie"]
    assert [(each["status"], each["reason"]) for each in refusals] == [(401, "verlopen")]


async def test_a_subscription_before_the_introduction() -> None:
    async with served() as app, app.connected() as client:
        await client.send({"type": "ping"})
        assert await client.next() == {"type": "pong"}
        await client.follow()

        assert await client.closed() == (4401, "Unauthorized")


async def test_two_introductions() -> None:
    async with served() as app, app.joined() as client:
        await client.init()

        assert await client.closed() == (4429, "Too many initialisation requests")


async def test_one_id_twice() -> None:
    async with served() as app, app.joined() as client:
        await client.follow("x")
        await client.text()
        await client.follow("x")

        assert await client.closed() == (4409, "Subscriber for x already exists")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "geen json",
        "[]",
        "{}",
        '{"type": 1}',
        '{"type": "start", "id": "1", "payload": {}}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "", "payload": {}}',
        '{"type": "subscribe", "id": "%s", "payload": {}}' % ("x" * 129),
        '{"type": "ping", "type": "ping"}',
        "[" * 10_000,
    ],
)
async def test_no_message_of_the_protocol(message: str) -> None:
    async with served() as app, app.joined() as client:
        await client.send(message)

        assert await client.closed() == (4400, "Invalid message")


async def test_bytes_are_no_message() -> None:
    async with served() as app, app.joined() as client:
        await client.connection.send(b'{"type":"ping"}')

        assert await client.closed() == (4400, "Invalid message")


async def test_a_question_of_another_shape() -> None:
    """Is that subscription's own error."""
    async with served() as app, app.joined() as client:
        await client.send({"id": "1", "type": "subscribe", "payload": {"query": 1}})

        assert told(await client.next()) == error("1", "INVOER")


async def test_a_message_that_is_too_large() -> None:
    async with served() as app, app.joined() as client:
        await client.send({"type": "ping", "payload": {"x": "y" * 131_072}})

        assert (await client.closed())[0] == 1009


async def test_a_page_of_another_site() -> None:
    """Is refused before there is a connection."""
    async with served() as app:
        with pytest.raises(InvalidStatus) as refused:
            async with app.connected(headers={"Origin": "https://elders.test"}):
                pass

    assert refused.value.response.status_code == 403
    assert b"NIET_GEAUTORISEERD" in refused.value.response.body


@pytest.mark.parametrize("origin", ["https://portaal.test", "http://127.0.0.1:{port}"])
async def test_a_page_of_ours(origin: str) -> None:
    settings = {"cors_origins": "https://portaal.test"}
    async with served(Setup(settings=settings)) as app:
        headers = {"Origin": origin.format(port=app.port)}
        async with app.connected(headers=headers) as client:
            await client.init()

            assert await client.next() == {"type": "connection_ack"}


async def test_other_addresses_have_no_sockets() -> None:
    async with served() as app:
        with pytest.raises(InvalidStatus) as refused:
            async with connect(f"ws://127.0.0.1:{app.port}/livez", proxy=None):
                pass

    assert refused.value.response.status_code == 403


# ---- the end of the process -------------------------------------------------------------------


async def test_the_process_is_going_to_stop() -> None:
    """Clients are told to go elsewhere, and nobody new is let in."""
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.server.should_exit = True

        assert await client.closed() == (1001, "Going away")


async def test_the_log_tells_no_token_and_no_zaak() -> None:
    async with served() as app, app.joined() as client:
        await client.follow()
        await client.text()
        app.source.text = "tweede"
        await app.notify()
        await client.text()

    events = [each for each in app.logged if each["event"] == "operatie"]
    assert [(each["status"], each["tenant"], each["codes"]) for each in events] == [
        (200, "0999", []),
        (200, "0999", []),
    ]
    assert ZAAK not in str(app.logged)
