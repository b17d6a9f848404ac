"""The bytes of a document, made when they are asked for; operation phase.

A PDF of one page that says which document it is (ISO 32000-1, 7.5), a small JPEG, or a page of
HTML, each filled up to the size that the document says it has. A version is the same bytes always.
"""

from collections.abc import Iterator

from sandbox.wire import Wire

CHUNK = 65_536
_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300"
    + "08" * 64
    + "ffc0000b080001000101011100ffc4001400010000000000000000000000000000000000ffda0008"
    "0101000000003f0000ffd9"
)


def chunks(document: Wire) -> Iterator[bytes]:
    """The content of one version of a document, in parts."""
    size: int = document["bestandsomvang"]
    match document["formaat"]:
        case "image/jpeg":
            yield from _filled(_JPEG, b"\0", size, b"")
        case "text/html":
            head = b"<!doctype html><title>Schets</title><script>document.title='open'</script>"
            yield from _filled(head, b" ", size, b"\n")
        case _:
            yield from _pdf(f"{document['titel']} - versie {document['versie']}", size)


def _filled(head: bytes, filler: bytes, size: int, tail: bytes) -> Iterator[bytes]:
    yield head
    left = size - len(head) - len(tail)
    while left > 0:
        part = min(left, CHUNK)
        yield filler * part
        left -= part
    yield tail


def _pdf(text: str, size: int) -> Iterator[bytes]:
    """Filled up with a comment before the cross-reference table, where no reader minds."""
    shown = (
        text.encode("ascii", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    )
    drawn = b"BT /F1 14 Tf 60 760 Td (%s) Tj ET" % shown
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    )
    head, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(head))
        head += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n"
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"\n" + table + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%010d\n%%%%EOF\n"
    start = size - len(tail % 0) + 1
    yield from _filled(head + b"%", b" ", size, tail % start)
