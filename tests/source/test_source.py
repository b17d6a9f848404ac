"""A source as a read sees it: paths, headers, flags, and addresses that come from outside."""

import httpx
import msgspec
import pytest

from gateway.source.errors import (
    ForeignAddress,
    SourceFault,
    SourceMissing,
    SourceRefusedQuestion,
    SourceUnreachable,
)
from gateway.source.source import Source
from tests.source.fakes import Desk, desk, raw, reply, wire

pytestmark = pytest.mark.anyio

UUID = "0b1d54a3-6f2f-4ac1-8d0e-6a53c6c4a0f1"


def _zaken(at: Desk) -> Source:
    return at.source(
        "https://dialled.example:8000/zaken/api/v1",
        name="zaken",
        canonical=["https://zaken.example.nl/zaken/api/v1", "http://oud.example.nl/api/"],
    )


async def test_get_asks_below_the_address_and_hands_on_plain_json() -> None:
    async with wire(reply(json={"a": [1, None]})) as bron, desk() as at:
        answer = await at.source(bron.address).get("adressen", "1/2", params={"q": ["a", "b&"]})

        assert answer == {"a": [1, None]}
        assert bron.heard[0].method == "GET"
        assert bron.heard[0].target == "/api/adressen/1%2F2?q=a&q=b%26"
        assert bron.heard[0].body == b""


async def test_post_sends_the_question_in_the_body() -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        await at.source(bron.address).post("personen", json={"bsns": ["999990019"], "é": 1})

        heard = bron.heard[0]
        assert (heard.method, heard.target) == ("POST", "/api/personen")
        assert msgspec.json.decode(heard.body) == {"bsns": ["999990019"], "é": 1}
        assert heard.headers["content-type"] == "application/json; charset=utf-8"
        assert "999990019" not in heard.target


async def test_what_is_told_is_told_once() -> None:
    """A second attempt might do it a second time; that it is done may go without a word."""
    async with wire(reply(201, {}), raw(204, b""), reply(503, {})) as bron, desk() as at:
        source = at.source(bron.address)
        await source.tell("POST", "abonnement", json={"a": 1})
        await source.tell("DELETE", "abonnement", UUID)
        with pytest.raises(SourceUnreachable):
            await source.tell("PUT", "abonnement", UUID, json={"a": 2})

        heard = [(each.method, each.target, each.body) for each in bron.heard]
        assert heard == [
            ("POST", "/api/abonnement", b'{"a":1}'),
            ("DELETE", f"/api/abonnement/{UUID}", b""),
            ("PUT", f"/api/abonnement/{UUID}", b'{"a":2}'),
        ]


@pytest.mark.parametrize("status", [400, 403, 404, 500])
async def test_what_is_told_may_be_refused(status: int) -> None:
    async with wire(reply(status, {"code": "invalid"})) as bron, desk() as at:
        with pytest.raises((SourceFault, SourceMissing)):
            await at.source(bron.address).tell("POST", "abonnement", json={})

        assert len(bron.heard) == 1


async def test_headers_of_tenant_purpose_and_read_come_together() -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(
            bron.address,
            headers={"x-doelbinding": "BRPACT-Totaal"},
            traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            fixed={"x-origin-oin": "00000009990000000000", "x-doelbinding": "overruled"},
        )
        await source.get("x", headers={"Accept": "application/hal+json", "Accept-Crs": "EPSG:4326"})

        headers = bron.heard[0].headers
        assert headers["x-doelbinding"] == "BRPACT-Totaal"
        assert headers["x-origin-oin"] == "00000009990000000000"
        assert headers["accept"] == "application/hal+json"
        assert headers["accept-crs"] == "EPSG:4326"
        assert headers["accept-encoding"] == "identity"
        assert headers["traceparent"].startswith("00-0af7651916cd43dd")
        assert "cookie" not in headers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Authorization", "Bearer x"),
        ("Host", "evil.example"),
        ("accept-encoding", "gzip"),
        ("Cookie", "a=b"),
        ("x-a", "b\r\nx-c: d"),
        ("x-a", "é"),
        ("x a", "b"),
    ],
)
async def test_a_header_that_is_ours_or_malformed_is_not_sent(name: str, value: str) -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        with pytest.raises(SourceFault):
            await at.source(bron.address).get("x", headers={name: value})

        assert bron.heard == []


@pytest.mark.parametrize("segment", ["", ".", "..", "a\nb", "\ud800"])
async def test_a_malformed_segment_is_refused_without_a_call(segment: str) -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        with pytest.raises(SourceRefusedQuestion):
            await at.source(bron.address).get("personen", segment)

        assert bron.heard == []


async def test_text_that_is_no_unicode_is_refused_without_a_call() -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        with pytest.raises(SourceRefusedQuestion):
            await at.source(bron.address).get("x", params={"q": "\ud800"})
        with pytest.raises(SourceRefusedQuestion):
            await at.source(bron.address).post("x", json={"q": "\ud800"})

        assert bron.heard == []


async def test_the_ledger_counts_calls_and_time() -> None:
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(bron.address, name="bag")
        await source.get("x")
        await source.get("y")

        assert at.ledger.accounts["bag"].calls == 2
        assert at.ledger.accounts["bag"].milliseconds > 0
        assert source.account is at.ledger.account("bag")


async def test_one_upstream_serves_all_operations_of_a_tenant_and_no_other() -> None:
    made: list[str] = []

    def transport(settings: object) -> httpx.AsyncBaseTransport:
        made.append("transport")
        return httpx.MockTransport(lambda _: httpx.Response(200, json=[]))

    async with desk(transport=transport) as at:
        for tenant_source in ("bag", "bag", "brp"):
            await at.source("https://bron.example/api", name=tenant_source).get("x")

        assert len(made) == 2


async def test_other_settings_for_the_same_source_are_a_mistake_of_ours() -> None:
    async with desk() as at:
        at.source("https://bron.example/a")

        with pytest.raises(ValueError):
            at.source("https://bron.example/b")


async def test_a_flag_has_the_kind_of_its_default() -> None:
    async with desk() as at:
        source = at.source("https://bron.example", dialect={"expand": "always", "page": 50})

        assert source.flag("expand", "never") == "always"
        assert source.flag("page", 100) == 50
        assert source.flag("zoek", True) is True
        with pytest.raises(SourceFault):
            source.flag("page", "all")


@pytest.mark.parametrize(
    "url",
    [
        f"https://dialled.example:8000/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}",
        f"https://ZAKEN.example.NL:443/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID.upper()}",
        f"http://oud.example.nl/api/statussen/{UUID}",
    ],
)
async def test_the_uuid_is_taken_from_an_address_under_a_registered_base(url: str) -> None:
    async with desk() as at:
        assert _zaken(at).uuid_of(url, "statussen") == UUID


@pytest.mark.parametrize(
    "url",
    [
        None,
        5,
        "",
        UUID,
        f"/zaken/api/v1/statussen/{UUID}",
        f"//zaken.example.nl/zaken/api/v1/statussen/{UUID}",
        f"http://zaken.example.nl/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl:444/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl./zaken/api/v1/statussen/{UUID}",
        f"https://evil.example/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl.evil.example/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl@evil.example/zaken/api/v1/statussen/{UUID}",
        f"https://evil@zaken.example.nl/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl\\@evil.example/zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl/Zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v2/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/zaken/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/x/../statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/./statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1//statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/%2e%2e/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1%2fstatussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/statussen\\{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}/",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}?x=1",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}#x",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}/x",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}\n",
        f" https://zaken.example.nl/zaken/api/v1/statussen/{UUID}",
        "https://zaken.example.nl/zaken/api/v1/statussen/1",
        "https://zaken.example.nl/zaken/api/v1/statussen/",
        "https://zaken.example.nl/zaken/api/v1/statussen",
        "https://zaken.example.nl/zaken/api/v1/statussen/0b1d54a36f2f4ac18d0e6a53c6c4a0f1",
        "https://zaken.example.nl/zaken/api/v1/statussen/{0b1d54a3-6f2f-4ac1-8d0e-6a53c6c4a0f1}",
        "https://zaken.example.nl/zaken/api/v1/statussen/" + UUID.replace("0", "\u0660"),
        f"file:///zaken/api/v1/statussen/{UUID}",
        f"https://zaken.example.nl/zaken/api/v1/statussen/{UUID}" + "x" * 5_000,
    ],
)
async def test_any_other_address_is_foreign(url: object) -> None:
    async with desk() as at:
        with pytest.raises(ForeignAddress) as raised:
            _zaken(at).uuid_of(url, "statussen")

        assert str(raised.value) == "BRON_FOUT: zaken"


async def test_an_address_is_written_as_the_source_writes_it() -> None:
    async with desk() as at:
        assert _zaken(at).url_of("zaken", UUID.upper()) == (
            f"https://zaken.example.nl/zaken/api/v1/zaken/{UUID}"
        )
        plain = at.source("https://bron.example/api/", name="ander")
        assert plain.url_of("zaken", UUID) == f"https://bron.example/api/zaken/{UUID}"
        with pytest.raises(SourceRefusedQuestion):
            plain.url_of("zaken", "../x")


async def test_each_question_of_an_operation_has_its_own_headers() -> None:
    own = {"accept-crs": "EPSG:4326"}
    async with wire(reply(json={})) as bron, desk() as at:
        source = at.source(bron.address, headers={"x-doelbinding": "BRPACT-Totaal"})
        await source.get("x", headers=own)
        await source.get("x", headers=own)
        own["accept-crs"] = "EPSG:28992"
        await source.get("x", headers=own)
        await source.get("x")
        await source.post("x", json={})
        await source.get("x")

    told = [(h.headers.get("accept-crs"), h.headers.get("content-type")) for h in bron.heard]
    assert told == [
        ("EPSG:4326", None),
        ("EPSG:4326", None),
        ("EPSG:28992", None),
        (None, None),
        (None, "application/json; charset=utf-8"),
        (None, None),
    ]


async def test_a_read_may_hear_the_headers_of_an_answer() -> None:
    """By their names in lower case; of a refusal as well."""
    async with (
        wire(reply(json={}, etag="a"), reply(400, json={})) as bron,
        desk() as at,
    ):
        heard: dict[str, str] = {}
        await at.source(bron.address).get("x", heard=heard)
        later: dict[str, str] = {}
        with pytest.raises(SourceFault):
            await at.source(bron.address).post("x", json={}, heard=later)

        assert heard["etag"] == "a"
        assert "content-type" in later
