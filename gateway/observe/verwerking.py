"""One line of the Logboek Dataverwerkingen: one action, about one person (operation).

The field names are those of the standard (Logius, "Logboek dataverwerkingen", the draft named by
`VERSION`), and stand here only. Earlier ones had others: that of October 2024 `operation_id` and
`status_code`, 0.8.0 (13 December 2024) `status_code` and a message `foreign_operation`. Who asked
is not in it: that is in the audit log, joined by the trace.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Final

import msgspec

VERSION: Final = "werkversie-na-0.8.0"
"""The one place that says which version of the standard is written: the draft after 0.8.0, which
has `status` and keeps who called us among the attributes. It has no number of its own yet.
"""
ACTIVITY: Final = "dpl.core.processing_activity_id"
SUBJECT: Final = "dpl.core.data_subject_id"
SUBJECT_TYPE: Final = "dpl.core.data_subject_id_type"
PROCESSOR: Final = "dpl.core.foreign_operation.processor"
BSN: Final = "BSN"


class Status(IntEnum):
    """Whether the action succeeded."""

    UNSET = 0
    OK = 1
    ERROR = 2


class Verwerking(msgspec.Struct, kw_only=True):  # a dataclass takes four times as long to write
    """Ids in hexadecimal digits, times in milliseconds since 1970.

    `mark` finds the lines of one person without telling who it is; it and `purpose` and `source`
    are for our own index and are not sent. The subject comes here encrypted. Read-only.
    """

    tenant: str
    trace_id: str
    span_id: str
    parent_span_id: str | None
    name: str
    start_time: int
    end_time: int
    status: Status
    processing_activity_id: str
    data_subject_id: str | None
    foreign_processor: str | None
    resource: str
    mark: bytes | None
    purpose: str
    source: str
    version: str = VERSION

    def attributes(self) -> Iterator[tuple[str, str]]:
        """By the names of the standard; what there is not is left out."""
        yield ACTIVITY, self.processing_activity_id
        if self.data_subject_id is not None:
            yield SUBJECT, self.data_subject_id
            yield SUBJECT_TYPE, BSN
        if self.foreign_processor is not None:
            yield PROCESSOR, self.foreign_processor


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Verwerking)


def written(line: Verwerking) -> bytes:
    """A line as it is kept."""
    return _encoder.encode(line)


def read(content: bytes) -> Verwerking:
    """A line that was kept; ValueError for anything else."""
    return _decoder.decode(content)
