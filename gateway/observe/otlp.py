"""Lines of the log as OpenTelemetry has them (in the background): a span each, OTLP 1.

The fields of the standard are those of a span; what is about the system that keeps the log stands
in the resource, one per municipality. The messages are OpenTelemetry's own.
"""

from collections.abc import Iterable, Sequence

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span
from opentelemetry.proto.trace.v1.trace_pb2 import Status as OtlpStatus

from gateway.observe.verwerking import VERSION, Status, Verwerking

CONTENT_TYPE = "application/x-protobuf"
_SCOPE = "bronpoort.logboek-dataverwerkingen"
_NANOSECONDS = 1_000_000
_STATUS = {
    Status.UNSET: OtlpStatus.STATUS_CODE_UNSET,
    Status.OK: OtlpStatus.STATUS_CODE_OK,
    Status.ERROR: OtlpStatus.STATUS_CODE_ERROR,
}


def request(lines: Sequence[Verwerking]) -> bytes:
    """The body of an export of these lines, in their order within each municipality."""
    by_tenant: dict[str, list[Verwerking]] = {}
    for line in lines:
        by_tenant.setdefault(line.resource, []).append(line)
    message = ExportTraceServiceRequest()
    for resource, those in by_tenant.items():
        message.resource_spans.append(_of_tenant(resource, those))
    return bytes(message.SerializeToString())


def rejected(body: bytes) -> int:
    """How many lines the answer to an export says were not taken; ValueError if it is no answer."""
    answer = ExportTraceServiceResponse()
    try:
        answer.ParseFromString(body)
    except Exception as error:  # protobuf's own errors have no base of ours
        raise ValueError("not an answer to an export") from error
    return int(answer.partial_success.rejected_spans)


def _of_tenant(resource: str, lines: Iterable[Verwerking]) -> ResourceSpans:
    made = ResourceSpans()
    made.resource.attributes.extend(
        _attributes([("service.name", "bronpoort"), ("service.namespace", resource)])
    )
    scope = ScopeSpans()
    scope.scope.name, scope.scope.version = _SCOPE, VERSION
    scope.spans.extend(map(_span, lines))
    made.scope_spans.append(scope)
    return made


def _span(line: Verwerking) -> Span:
    span = Span(
        trace_id=bytes.fromhex(line.trace_id),
        span_id=bytes.fromhex(line.span_id),
        parent_span_id=bytes.fromhex(line.parent_span_id or ""),
        name=line.name,
        kind=Span.SPAN_KIND_CLIENT,
        start_time_unix_nano=line.start_time * _NANOSECONDS,
        end_time_unix_nano=line.end_time * _NANOSECONDS,
        attributes=_attributes(line.attributes()),
    )
    span.status.code = _STATUS[line.status]
    return span


def _attributes(pairs: Iterable[tuple[str, str]]) -> list[KeyValue]:
    return [KeyValue(key=name, value=AnyValue(string_value=value)) for name, value in pairs]
