"""Lines of the log of processing, for tests."""

from typing import Any

from msgspec.structs import replace

from gateway.observe.verwerking import Status, Verwerking

LINE = Verwerking(
    tenant="0999",
    trace_id="0af7651916cd43dd8448eb211c80319c",
    span_id="b7ad6b7169203331",
    parent_span_id=None,
    name="brp.personen",
    start_time=1_800_000_000_000,
    end_time=1_800_000_000_120,
    status=Status.OK,
    processing_activity_id="https://register.voorbeeld.nl/verwerkingen/17",
    data_subject_id="k1.versleuteld",
    foreign_processor=None,
    resource="urn:oin:00000009990000000000",
    mark=b"iemand",
    purpose="klantcontact",
    source="brp",
)


def line(number: int, **changes: Any) -> Verwerking:
    """One line with a span of its own."""
    return replace(LINE, **{"span_id": f"{number:016x}", **changes})
