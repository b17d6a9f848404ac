"""The headers of a file that is passed on: nothing that a source says of it is believed (per
request).

A file is always an attachment, under a name that no file system and no header trips over (RFC 6266,
RFC 8187), as a media type from a list of harmless ones; a browser that shows it all the same gives
it no scripts and no origin (`Content-Security-Policy: sandbox`).
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

OCTETS: Final = "application/octet-stream"
HARMLESS: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/rtf": ".rtf",
    "application/json": ".json",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.ms-outlook": ".msg",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "audio/mpeg": ".mp3",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}
"""Media types that are passed on as they are, with the extension for a file without a name. Not in
it: whatever a browser runs or interprets (HTML, XML, SVG, scripts)."""

_LONGEST: Final = 150
_NAMELESS: Final = "document"
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_IN_PATHS: Final = re.compile(r'[\\/:*?"<>|]+')


def attachment_headers(name: str, media_type: str) -> dict[str, str]:
    """The headers for a file that the source calls by this name and media type."""
    kind = media_type.partition(";")[0].strip().lower()
    known = kind in HARMLESS
    return {
        "Content-Type": kind if known else OCTETS,
        "Content-Disposition": disposition(safe_name(name, HARMLESS.get(kind, ""))),
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "none",
    }


def safe_name(name: str, extension: str = "") -> str:
    """A name for a file: of printable characters, without a path, hidden or reserved on no system.

    What is left over of a name that is too long keeps its extension; a file without a name is a
    document.
    """
    text = "".join(each for each in unicodedata.normalize("NFC", name) if _is_plain(each))
    text = " ".join(_IN_PATHS.sub("_", text).split()).strip(" ._")
    if not text:
        return _NAMELESS + extension
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    stem, dot, end = text.rpartition(".")
    if len(text) > _LONGEST and dot and len(end) <= 10:
        return f"{stem[: _LONGEST - len(end) - 1].rstrip(' .')}.{end}"
    return text[:_LONGEST].rstrip(" .")


def disposition(name: str) -> str:
    """`Content-Disposition` for a safe name: in ASCII, and beside that whole if it is not.

    RFC 6266, 4.3 and appendix D: no percent sign in the plain form, since some decode it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^A-Za-z0-9 ._()\[\]+=,@-]", "_", plain).strip(" ._") or _NAMELESS
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _is_plain(character: str) -> bool:
    """No control, direction, surrogate, private or unassigned character; a space is one."""
    return character == " " or not unicodedata.category(character).startswith(("C", "Z"))
