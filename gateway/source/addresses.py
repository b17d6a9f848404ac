"""Addresses of a source (startup and operation): written by us, never taken over from outside.

A string from outside is matched against a registered base and yields a UUID or nothing; what is
dialled is always put together here from parts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

_URL = re.compile(r"(https?)://([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?(/.*)?")
_SEGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,=:-]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_LONGEST_SEGMENT = 512

Parameters = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Base:
    """The root of an API: scheme, host in lower case, port, and path segments.

    Two spellings of one root (capitals in the host, the default port, a last slash) are equal.
    """

    scheme: str
    host: str
    port: int
    path: tuple[str, ...]

    @classmethod
    def parse(cls, url: str) -> "Base":
        """The base that `url` writes; ValueError (Dutch) for anything but scheme, host, port and
        a plain path: no user, query, fragment, percent sign, backslash, `.`, `..` or `//`.
        """
        scheme, host, port, path = _parts(url)
        return cls(scheme, host, port, _segments(path.removesuffix("/")))

    @property
    def text(self) -> str:
        """As we write it: without default port and last slash."""
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}" + "".join(f"/{part}" for part in self.path)

    def below(self, url: str) -> tuple[str, ...] | None:
        """The path segments of `url` below this base; None if it lies elsewhere or is malformed."""
        try:
            scheme, host, port, path = _parts(url)
            segments = _segments(path)
        except ValueError:
            return None
        depth = len(self.path)
        if (scheme, host, port, segments[:depth]) != (self.scheme, self.host, self.port, self.path):
            return None
        return segments[depth:]


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in its usual spelling (RFC 9562), in lower case."""
    return _UUID.fullmatch(text) is not None


def uuid_below(bases: tuple[str, ...], resource: str, url: str) -> str | None:
    """The UUID, in lower case, where `url` is `<base>/<resource>/<uuid>` for one of these bases;
    None for anything else.
    """
    for start in _starts(bases, resource):  # as nearly all are written, and a page has hundreds
        if url.startswith(start) and is_uuid(found := url[len(start) :].lower()):
            return found
    for base in _parsed(bases):
        below = base.below(url)
        if below is not None and len(below) == 2 and below[0] == resource:
            found = below[1].lower()
            if is_uuid(found):
                return found
    return None


@lru_cache(maxsize=1_024)
def _parsed(bases: tuple[str, ...]) -> tuple[Base, ...]:
    return tuple(map(Base.parse, bases))


@lru_cache(maxsize=4_096)
def _starts(bases: tuple[str, ...], resource: str) -> tuple[str, ...]:
    return tuple(f"{base.text}/{resource}/" for base in _parsed(bases))


def joined(base: str, segments: Sequence[str], params: Parameters | None) -> str:
    """The address of `segments` below `base`, each quoted whole; ValueError for a segment that is
    empty, `.` or `..`, too long, or holds control characters.
    """
    path = "/" + "/".join(segments)
    plain = len(path) <= _LONGEST_SEGMENT and _PLAIN_PATH.fullmatch(path) is not None
    if plain and path.count("/") == len(segments):  # as nearly all are: nothing to be quoted
        path = base + path
    else:
        path = "/".join([base, *map(_segment, segments)])
    query = "&".join(_pairs(params)) if params else ""
    return f"{path}?{query}" if query else path


def _segment(segment: str) -> str:
    if segment in ("", ".", "..") or len(segment) > _LONGEST_SEGMENT or not segment.isprintable():
        raise ValueError("not a path segment")
    return _quoted(segment)


def _pairs(params: Parameters) -> list[str]:
    found = []
    for name, value in params.items():
        written = _quoted(name)
        if isinstance(value, str):
            found.append(f"{written}={_quoted(value)}")
        elif (all_of_it := "".join(value)).isalnum() and all_of_it.isascii():  # as in `_quoted`
            found.append(f"{written}=" + f"&{written}=".join(value))
        else:
            found += [f"{written}={_quoted(each)}" for each in value]
    return found


def _quoted(text: str) -> str:
    plain = text.isalnum() and text.isascii()  # numbers and words, for which nothing is dearer
    return text if plain or _UNRESERVED.fullmatch(text) else quote(text, safe="")


def _parts(url: str) -> tuple[str, str, int, str]:
    if len(url) > _LONGEST or not url.isascii():
        raise ValueError("het adres is te lang of bevat andere tekens dan ASCII")
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    found = _URL.fullmatch(f"{scheme.lower()}{separator}{authority.lower()}{slash}{path}")
    if found is None:
        raise ValueError("een adres is http(s)://naam[:poort][/pad], zonder meer")
    port = int(found[3]) if found[3] else _DEFAULT_PORTS[found[1]]
    if not 0 < port < 65_536:
        raise ValueError("deze poort bestaat niet")
    return found[1], found[2], port, f"{slash}{path}"


def _segments(path: str) -> tuple[str, ...]:
    segments = tuple(path.split("/")[1:])
    for segment in segments:
        if segment in (".", "..") or not _SEGMENT.fullmatch(segment):
            raise ValueError("het pad van een adres bevat alleen gewone tekens, zonder . en ..")
    return segments
