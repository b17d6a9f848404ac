"""From the spool to a collector over real HTTP: in order, and gone only when it has arrived."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from starlette.types import Receive, Scope, Send

from gateway.observe.collector import NotDelivered, OtlpCollector, collector_client
from gateway.observe.sending import Sending
from gateway.observe.spool import Spool
from gateway.observe.verwerking import VERSION, Status, Verwerking, written
from gateway.observe.verwerkingen import Verwerkingen
from gateway.recording import tls_for
from gateway.settings import ProcessingSettings
from tests.certificates import certificate
from tests.certificates import serving as tls_serving
from tests.edge.stand_in import serving
from tests.observe.lines import LINE, line
from tests.paths import ROOT
from tests.source.fakes import wire

pytestmark = pytest.mark.anyio

TRACES = "/v1/traces"


@dataclass(slots=True)
class Logboek:
    """A collector: takes exports, unless told to answer otherwise."""

    statuses: list[int] = field(default_factory=list)
    """What to answer to the next ones."""
    refuses: int = 0
    body: bytes | None = None
    exports: list[ExportTraceServiceRequest] = field(default_factory=list)
    heads: list[tuple[str, str, dict[bytes, bytes]]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        content, more = b"", True
        while more:
            message = await receive()
            content += message.get("body", b"")
            more = message.get("more_body", False)
        self.heads.append((scope["method"], scope["path"], dict(scope["headers"])))
        self.exports.append(ExportTraceServiceRequest.FromString(content))
        answer = ExportTraceServiceResponse()
        if self.refuses:
            answer.partial_success.rejected_spans = self.refuses
        status = self.statuses.pop(0) if self.statuses else 200
        body = answer.SerializeToString() if self.body is None else self.body
        headers = [(b"location", b"/elders")] if status == 307 else []
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def spans(self) -> list[int]:
        """The numbers of all that came, in order."""
        return [
            int.from_bytes(span.span_id)
            for export in self.exports
            for resource in export.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@dataclass(slots=True)
class Office:
    """A spool, an index and the sending between them and a collector."""

    spool: Spool
    index: Verwerkingen
    sending: Sending
    told: list[tuple[str, str]]
    slept: list[float]

    async def write(self, *lines: Verwerking) -> None:
        """As an operation does."""
        await self.spool.write([written(each) for each in lines])


async def never(seconds: float) -> None:
    """For who does not run the chore."""
    raise AssertionError


@asynccontextmanager
async def office(directory: Path, address: str | None) -> AsyncIterator[Office]:
    """Everything, sending to this address."""
    told, slept = list[tuple[str, str]](), list[float]()
    spool = Spool(directory, max_bytes=1_000_000, seconds=30)
    await spool.open()
    index = Verwerkingen(
        directory / "index.sqlite", lambda *_: b"iemand", lambda: LINE.start_time / 1000, 30
    )
    await index.open()
    async with collector_client(headers={"Authorization": "Bearer geheim"}) as client:
        collector = OtlpCollector(client, address) if address else None
        sending = Sending(
            spool, index, collector, never, lambda: 0.0, lambda what, why: told.append((what, why))
        )
        yield Office(spool, index, sending, told, slept)
    await index.aclose()
    await spool.aclose()


async def test_a_line_as_a_collector_gets_it(tmp_path: Path) -> None:
    """The fields of the standard, and nothing that is for ourselves."""
    logboek = Logboek()
    failed = line(
        2,
        status=Status.ERROR,
        parent_span_id="00f067aa0ba902b7",
        data_subject_id=None,
        foreign_processor="https://mijn.voorbeeld.nl",
    )
    async with serving(logboek) as address, office(tmp_path, address) as at:
        await at.write(LINE, failed)
        assert await at.sending.round()

    ((method, path, headers),) = logboek.heads
    assert (method, path) == ("POST", TRACES)
    assert headers[b"content-type"] == b"application/x-protobuf"
    assert headers[b"authorization"] == b"Bearer geheim"
    (export,) = logboek.exports
    (resource,) = export.resource_spans
    assert {each.key: each.value.string_value for each in resource.resource.attributes} == {
        "service.name": "bronpoort",
        "service.namespace": "urn:oin:00000009990000000000",
    }
    (scope,) = resource.scope_spans
    assert scope.scope.version == VERSION
    first, second = scope.spans
    assert first.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"
    assert first.span_id.hex() == "b7ad6b7169203331"
    assert first.parent_span_id == b""
    assert first.name == "brp.personen"
    assert first.start_time_unix_nano == 1_800_000_000_000_000_000
    assert first.end_time_unix_nano == 1_800_000_000_120_000_000
    assert first.status.code == 1
    assert {each.key: each.value.string_value for each in first.attributes} == {
        "dpl.core.processing_activity_id": "https://register.voorbeeld.nl/verwerkingen/17",
        "dpl.core.data_subject_id": "k1.versleuteld",
        "dpl.core.data_subject_id_type": "BSN",
    }
    assert second.status.code == 2
    assert second.parent_span_id.hex() == "00f067aa0ba902b7"
    assert {each.key: each.value.string_value for each in second.attributes} == {
        "dpl.core.processing_activity_id": "https://register.voorbeeld.nl/verwerkingen/17",
        "dpl.core.foreign_operation.processor": "https://mijn.voorbeeld.nl",
    }


async def test_in_order_and_gone_when_it_has_arrived(tmp_path: Path) -> None:
    logboek = Logboek()
    async with serving(logboek) as address, office(tmp_path, address) as at:
        await at.write(*(line(number) for number in range(1, 1_201)))
        assert await at.sending.round()
        await at.write(line(1_201))
        assert await at.sending.round()

        assert logboek.spans() == list(range(1, 1_202))
        assert len(logboek.exports) == 4
        assert list(tmp_path.glob("*/*.seg")) == []
        assert len((await at.index.of("0999", "999990019", 100)).items) == 100
        assert at.told == []


@pytest.mark.parametrize("status", [307, 401, 404, 429, 500, 503])
async def test_not_taken_is_sent_again(tmp_path: Path, status: int) -> None:
    """And nothing overtakes it; what was taken of a segment is not sent twice."""
    logboek = Logboek(statuses=[200, status])
    async with serving(logboek) as address, office(tmp_path, address) as at:
        await at.write(*(line(number) for number in range(1, 601)))
        assert not await at.sending.round()
        assert len(list(tmp_path.glob("*/*.seg"))) == 1
        await at.write(line(601))
        assert await at.sending.round()

        assert logboek.spans() == [*range(1, 601), *range(501, 602)]
        assert list(tmp_path.glob("*/*.seg")) == []
        assert at.told == [("verwerkingen niet verzonden", f"status {status}")]


async def test_nobody_there(tmp_path: Path) -> None:
    async with office(tmp_path, "http://127.0.0.1:1") as at:
        await at.write(LINE)
        assert not await at.sending.round()

        assert at.told == [("verwerkingen niet verzonden", "ConnectError")]
        assert len(list(tmp_path.glob("*/*.seg"))) == 1


async def test_what_is_no_collector_acknowledges_nothing(tmp_path: Path) -> None:
    """A login page with status 200, for one."""
    logboek = Logboek(body=b"<!doctype html><title>Inloggen</title>")
    async with serving(logboek) as address, office(tmp_path, address) as at:
        await at.write(LINE)
        assert not await at.sending.round()

        assert len(list(tmp_path.glob("*/*.seg"))) == 1


@pytest.mark.parametrize("logboek", [Logboek(statuses=[400]), Logboek(refuses=1)])
async def test_what_will_never_be_taken_is_set_aside(tmp_path: Path, logboek: Logboek) -> None:
    """Kept, told, and holding up nothing."""
    async with serving(logboek) as address, office(tmp_path, address) as at:
        await at.write(line(1))
        assert await at.sending.round()
        logboek.refuses = 0
        await at.write(line(2))
        assert await at.sending.round()

        assert logboek.spans() == [1, 2]
        assert len(list(tmp_path.glob("*/*.geweigerd"))) == 1
        assert [what for what, _ in at.told] == ["verwerkingen geweigerd door de collector"]


async def test_after_a_crash_between_sending_and_removing(tmp_path: Path) -> None:
    """It comes again, under the same trace and span: at least once."""
    logboek = Logboek()
    async with serving(logboek) as address:
        async with office(tmp_path, address) as at:
            await at.write(line(1), line(2))
            (segment,) = await at.spool.closed()
            content = segment.read_bytes()
            assert await at.sending.round()
            segment.write_bytes(content)
        async with office(tmp_path, address) as at:
            assert await at.sending.round()

            assert logboek.spans() == [1, 2, 1, 2]
            assert len((await at.index.of("0999", "999990019", 10)).items) == 2


async def test_without_a_collector_all_is_kept(tmp_path: Path) -> None:
    async with office(tmp_path, None) as at:
        await at.write(line(1))
        assert await at.sending.round()
        await at.write(line(2))
        assert await at.sending.round()

        assert len(list(tmp_path.glob("*/*.seg"))) == 2
        assert len((await at.index.of("0999", "999990019", 10)).items) == 2


async def test_it_waits_longer_after_each_failure(tmp_path: Path) -> None:
    class EnoughError(Exception):
        """The end of the test."""

    async with office(tmp_path, "http://127.0.0.1:1") as at:
        await at.write(LINE)

        async def sleep(seconds: float) -> None:
            at.slept.append(seconds)
            if len(at.slept) == 8:
                raise EnoughError

        at.sending.sleep = sleep
        with pytest.raises(EnoughError):
            await at.sending.run()

        assert at.slept == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


async def test_a_collector_must_be_who_it_says(tmp_path: Path) -> None:
    """Only what the configured authority signed; nothing is sent to anybody else."""
    shown = certificate(tmp_path, "logboek")
    taken = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
    async with wire(taken, tls=tls_serving(shown)) as upstream:
        async with collector_client() as client:
            with pytest.raises(NotDelivered, match="ConnectError"):
                await OtlpCollector(client, upstream.address).deliver([LINE])
        assert upstream.heard == []
        trusting = tls_for(ProcessingSettings(collector_ca=shown[0]))
        async with collector_client(trusting) as client:
            await OtlpCollector(client, upstream.address).deliver([LINE])

        assert len(upstream.heard) == 1


def test_the_names_of_the_standard_stand_in_one_place() -> None:
    """And so does its version: another draft is one change."""
    named = [
        path.relative_to(ROOT).as_posix()
        for folder in ("gateway", "schema", "resolvers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if '"dpl.' in (text := path.read_text(encoding="utf-8")) or f'"{VERSION}"' in text
    ]

    assert named == ["gateway/observe/verwerking.py"]
