"""The whole sandbox: registries under their paths, and troubles that can be switched on and off."""

from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from sandbox.cases import build_cases
from sandbox.faults import FAULTS, BrokenOffError, Faults, Faulty, UnknownTroubleError
from sandbox.server import sandbox_app
from tests.app import world
from tests.sandbox.registries import BAG_HEADERS, BRP_HEADERS, client

pytestmark = pytest.mark.anyio

PLACE = "/bag/woonplaatsen/9991"


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client of a sandbox with few cases."""
    async with client(sandbox_app(world(), build_cases(world(), count=1))) as opened:
        yield opened


async def test_every_registry_is_there(http: httpx.AsyncClient) -> None:
    """Each under the path of the contract, and links that lead back to it."""
    place = await http.get(PLACE, headers=BAG_HEADERS)
    question = {"type": "RaadpleegMetBurgerservicenummer"}
    persons = await http.post("/brp/personen", json=question, headers=BRP_HEADERS)

    assert place.json()["_links"]["self"]["href"] == "http://sandbox.example/bag/woonplaatsen/9991"
    assert persons.status_code == 400
    assert (await http.get("/zaken/api/v1/zaken")).status_code == 403
    assert (await http.get("/catalogi/api/v1/zaaktypen")).status_code == 403


async def test_calls_are_counted(http: httpx.AsyncClient) -> None:
    """The control panel shows how often each registry was called."""
    await http.get(PLACE)
    state = (await http.get("/_sandbox")).json()

    assert state["bag"] == {"latency_ms": 0, "fault": None, "calls": 1}
    assert state["brp"]["calls"] == 0


@pytest.mark.parametrize(("fault", "status"), [("500", 500), ("401", 401), ("429", 429)])
async def test_refusals(http: httpx.AsyncClient, fault: str, status: int) -> None:
    """A registry in trouble refuses; the others go on, and so does it when the trouble is over."""
    await http.put("/_sandbox", json={"bag": {"fault": fault}})
    broken = await http.get(PLACE, headers=BAG_HEADERS)
    other = await http.post("/brp/personen")
    await http.put("/_sandbox", json={"bag": {"fault": None}})

    assert broken.status_code == status
    assert other.status_code == 401 and other.json()["title"]
    assert (await http.get(PLACE, headers=BAG_HEADERS)).status_code == 200


async def test_garbage(http: httpx.AsyncClient) -> None:
    """Garbage is 200 and says it is JSON."""
    await http.put("/_sandbox", json={"bag": {"fault": "garbage"}})
    answer = await http.get(PLACE, headers=BAG_HEADERS)

    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()


@pytest.mark.parametrize(
    "body",
    [
        {"kadaster": {}},
        {"bag": {"fault": "fire"}},
        {"bag": {"latency_ms": -1}},
        {"bag": {"latency_ms": True}},
        {"bag": {"delay": 1}},
        {"bag": 1},
        [],
    ],
)
async def test_unknown_troubles(http: httpx.AsyncClient, body: Any) -> None:
    """What the sandbox does not know is refused."""
    assert (await http.put("/_sandbox", json=body)).status_code == 400


async def test_reset(http: httpx.AsyncClient) -> None:
    """DELETE ends all troubles and counts anew."""
    await http.put("/_sandbox", json={"bag": {"fault": "500", "latency_ms": 5}})
    await http.get(PLACE)
    state = (await http.delete("/_sandbox")).json()

    assert state["bag"] == {"latency_ms": 0, "fault": None, "calls": 0}


async def test_latency() -> None:
    """A slow registry waits first; how it waits is a parameter."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    faults = Faults()
    faults.set("bag", latency_ms=250)
    async with _served(Faulty(PlainTextResponse("ok"), "bag", faults, sleep)) as opened:
        answer = await opened.get("/")

    assert (answer.text, waited) == ("ok", [0.25])


async def test_timeout_ends_when_the_caller_leaves() -> None:
    """A registry that hangs says nothing, and lets go when the caller does."""
    faults = Faults()
    faults.set("bag", fault="timeout")
    sent: list[Message] = []
    messages = iter([{"type": "http.request"}, {"type": "http.disconnect"}])

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    with anyio.fail_after(5):
        await Faulty(PlainTextResponse("ok"), "bag", faults)({"type": "http"}, receive, send)

    assert sent == []


async def test_drop_sends_less_than_promised() -> None:
    """A dropped connection breaks off in the body."""
    faults = Faults()
    faults.set("bag", fault="drop")
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    with pytest.raises(BrokenOffError):
        await Faulty(PlainTextResponse("ok"), "bag", faults)({"type": "http"}, _nothing, send)

    start, body = sent
    assert body["more_body"]
    assert len(body["body"]) < int(dict(start["headers"])[b"content-length"])


def test_faults_as_an_object() -> None:
    """Tests switch troubles without HTTP; what is unknown is an error."""
    faults = Faults()

    assert faults.of("bag").fault is None
    assert set(FAULTS) == {"500", "timeout", "garbage", "401", "drop", "429"}
    with pytest.raises(UnknownTroubleError):
        faults.set("bag", fault="fire")


async def _nothing() -> Message:
    return {"type": "http.request"}


def _served(app: Faulty) -> httpx.AsyncClient:
    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(asgi), base_url="http://sandbox.example")
