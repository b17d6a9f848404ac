"""The account of personal data (startup, operation): from what was done to what is written.

A composition root beside `gateway.app`: it alone knows settings, municipalities, persons, spool,
index and collector together. For each operation it makes a recorder, which turns deeds into lines
of the Logboek Dataverwerkingen, one per action and person, with the person encrypted.
"""

import asyncio
import os
import ssl
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from gateway.mistakes import ConfigurationError, Mistake
from gateway.observe.audit import Audit
from gateway.observe.betrokkene import Betrokkenen, read_keys
from gateway.observe.collector import Collector, Nowhere, OtlpCollector, collector_client
from gateway.observe.segments import Disk
from gateway.observe.sending import Sending
from gateway.observe.spool import NotWritten, Spool
from gateway.observe.trace import Trace, new_span
from gateway.observe.verwerking import Status, Verwerking, written
from gateway.observe.verwerkingen import Verwerkingen
from gateway.operation.recorder import Recorder
from gateway.settings import ProcessingSettings, Settings
from gateway.source.deeds import Deed
from gateway.source.errors import NotRecorded
from gateway.source.surroundings import Surroundings
from gateway.tenants import Purpose, Tenant, activity_of
from schema.language.facts import Facts
from schema.language.links import Linked

INDEX: Final = "index.sqlite"
_LAST_SECONDS: Final = 5.0

Report = Callable[[str, str], None]
"""Told what happened and why, in our own words, for the log."""


class Recording:
    """The account of one process.

    Where nothing is configured nothing can be written, and so no personal data is given.
    """

    def __init__(
        self,
        settings: Settings,
        surroundings: Surroundings,
        report: Report,
        *,
        collector: httpx.AsyncBaseTransport | None = None,
        disk: Disk | None = None,
    ) -> None:
        self._settings = settings.processing
        self._practises = settings.practises
        self._around = surroundings
        self._report = report
        self._transport = collector
        self._disk = disk
        self.audit = Audit(settings.processing.audit)
        self.sending: Sending | None = None
        self.verwerkingen: Verwerkingen | None = None
        """What was done, per person; None where nothing is configured."""
        self._spool: Spool | None = None
        self._persons: Betrokkenen | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """With the spool open; what was not sent by then stays for the next process."""
        async with AsyncExitStack() as stack:
            directory = self._settings.directory
            if directory is None and self._practises:
                temporary = tempfile.TemporaryDirectory(prefix="bronpoort-")
                directory = Path(stack.enter_context(temporary))
                self.audit = Audit(self._settings.audit or directory / "audit.jsonl")
            stack.callback(self.audit.close)
            if directory is not None:
                await self._open(directory, stack)
            yield

    async def _open(self, directory: Path, stack: AsyncExitStack) -> None:
        chosen = self._settings
        self._persons = _persons(chosen)
        spool = Spool(
            directory,
            max_bytes=chosen.max_bytes,
            seconds=chosen.seconds,
            changed=self._changed,
            clock=self._around.clock,
            disk=self._disk,
        )
        index = Verwerkingen(
            directory / INDEX, self._persons.mark, self._around.now, chosen.retention_days
        )
        try:
            stack.push_async_callback(spool.aclose)
            found = await spool.open()
            stack.push_async_callback(index.aclose)
            await index.open()
        except OSError as error:
            raise ConfigurationError([_unusable(type(error).__name__)]) from None
        if found.cut or found.damaged:
            self._report("spool hersteld", f"{found.cut} bytes, {found.damaged} beschadigd")
        self._spool, self.verwerkingen = spool, index
        collector = await self._collector(stack)
        around = self._around
        self.sending = Sending(spool, index, collector, around.sleep, around.chance, self._report)

    async def _collector(self, stack: AsyncExitStack) -> Collector | None:
        chosen = self._settings
        if chosen.collector is None:
            return Nowhere() if self._practises else None
        token = chosen.collector_token
        headers = {} if token is None else {"Authorization": token.get_secret_value()}
        made = collector_client(tls_for(chosen), headers, self._transport)
        return OtlpCollector(await stack.enter_async_context(made), chosen.collector)

    async def finish(self) -> None:
        """Send what can be sent now; the rest is safe where it is."""
        if self.sending is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LAST_SECONDS):
                    await self.sending.round()

    def recorder(self, tenant: Tenant, purpose: Purpose, trace: Trace) -> Recorder:
        """Writes for one operation."""
        if self._spool is None or self._persons is None:
            return Closed()
        return Lines(
            self._spool, self._persons, self.audit, self._around.now, tenant, purpose, trace
        )

    def _changed(self, reason: str) -> None:
        """The alarm that personal data is not given, and its end."""
        what = "verwerkingen niet vast te leggen" if reason else "verwerkingen weer vast te leggen"
        self._report(what, reason)


@dataclass(frozen=True, slots=True)
class Closed:
    """Where nothing can be written: nothing may be asked."""

    def now(self) -> float:
        """No matter when."""
        return 0.0

    @property
    def ready(self) -> bool:
        """Never."""
        return False

    async def write(self, deeds: Sequence[Deed]) -> None:
        """Refuses any deed."""
        for deed in deeds:
            raise NotRecorded(deed.source)


@dataclass(slots=True)  # made for every operation: frozen it takes three times as long
class Lines:
    """The recorder of one operation: deeds become lines, and lines become lasting. Read-only."""

    spool: Spool
    persons: Betrokkenen
    audit: Audit
    clock: Callable[[], float]
    tenant: Tenant
    purpose: Purpose
    trace: Trace
    _heard: set[str] = field(default_factory=set)
    """The spans that lines of this operation have."""

    def now(self) -> float:
        """Seconds since 1970."""
        return self.clock()

    @property
    def ready(self) -> bool:
        """Whether both logs can be written, as far as is known."""
        return not self.spool.reason and not self.audit.broken

    async def write(self, deeds: Sequence[Deed]) -> None:
        """One line per deed and person; a deed about nobody who is known has one too."""
        if not deeds:
            return
        records = [written(each) for each in self._lines(deeds)]
        try:
            await self.spool.write(records)
        except NotWritten as error:
            raise NotRecorded(deeds[0].source, error.reason) from None

    def _lines(self, deeds: Iterable[Deed]) -> Iterator[Verwerking]:
        """The first of the operation with the span that the source heard of has that span; those of
        other persons, and of other calls that told the same, hang under it.
        """
        tenant, purpose, trace, persons = self.tenant, self.purpose, self.trace, self.persons
        code, parent = tenant.code, trace.parent
        activity, resource = activity_of(tenant, purpose), f"urn:oin:{tenant.oin}"
        processor = purpose.application if parent else None
        for deed in deeds:
            first = deed.span or new_span()
            for bsn in deed.subjects or (None,):
                under = first in self._heard
                self._heard.add(first)
                yield Verwerking(
                    tenant=code,
                    trace_id=trace.id,
                    span_id=new_span() if under else first,
                    parent_span_id=first if under else parent,
                    name=deed.name,
                    start_time=round(deed.began * 1000),
                    end_time=round(deed.ended * 1000),
                    status=Status.OK if deed.ok else Status.ERROR,
                    processing_activity_id=activity,
                    data_subject_id=None if bsn is None else persons.hidden(code, bsn),
                    foreign_processor=processor,
                    resource=resource,
                    mark=None if bsn is None else persons.mark(code, bsn),
                    purpose=purpose.code,
                    source=deed.source,
                )


def check_account(settings: Settings, tenants: Sequence[Tenant], facts: Facts) -> None:
    """That personal data is accounted for, wherever a municipality has a source of it.

    ConfigurationError names what is missing.
    """
    if settings.processing.directory is not None or settings.practises:
        return
    personal = personal_sources(facts)
    for tenant in tenants:
        if any(name.split("-")[0] in personal or name in personal for name in tenant.sources):
            raise ConfigurationError([_missing(tenant)])


def personal_sources(facts: Facts) -> frozenset[str]:
    """The kinds of sources of which an answer may be about somebody."""
    reads: Iterator[Any] = (
        hop.read
        for fact in facts.types.values()
        for each in fact.fields.values()
        if isinstance(each.kind, Linked)
        for hop in each.kind.hops
    )
    return frozenset(read.source for read in reads if read.personal)


def _persons(chosen: ProcessingSettings) -> Betrokkenen:
    if chosen.keys is None or chosen.index_key is None:  # practising: nothing outlives the process
        return Betrokkenen({"oefenen": os.urandom(32)}, os.urandom(32))
    index = chosen.index_key.get_secret_value().encode()
    return Betrokkenen(read_keys(chosen.keys.get_secret_value()), index)


def tls_for(chosen: ProcessingSettings) -> ssl.SSLContext:
    """Whom the gateway trusts to be the collector, and whom it shows itself to be."""
    context = ssl.create_default_context(cafile=chosen.collector_ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if chosen.collector_certificate is not None:
        context.load_cert_chain(chosen.collector_certificate, chosen.collector_certificate_key)
    return context


def _missing(tenant: Tenant) -> Mistake:
    reason = (
        f"ontbreekt: {tenant.code} heeft bronnen met persoonsgegevens, en die worden alleen "
        "gegeven als vastgelegd wordt dat zij zijn gebruikt (docs/verwerkingen-vastleggen.md)"
    )
    return Mistake("omgeving", 0, "BRONPOORT_PROCESSING__DIRECTORY", reason)


def _unusable(reason: str) -> Mistake:
    return Mistake(
        "omgeving", 0, "BRONPOORT_PROCESSING__DIRECTORY", f"kan niet worden gebruikt ({reason})"
    )
