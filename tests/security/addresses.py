"""Addresses with which a source, or whoever writes one down, would lead the gateway elsewhere."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

from tests.app import HOST

ELSEWHERE = "kwaad.test"
"""A name that nothing of ours stands for."""
NAME = urlsplit(HOST).netloc


def _at(host: str, scheme: str = "https") -> Callable[[str], str]:
    return lambda url: url.replace(HOST, f"{scheme}://{host}", 1)


def _path(change: Callable[[str], str]) -> Callable[[str], str]:
    def changed(url: str) -> str:
        path = url.partition("?")[0]
        at = path.rfind("/") + 1
        return path[:at] + change(path[at:])

    return changed


SAME: Mapping[str, Callable[[str], str]] = {
    "scheme and host in capitals": _at(NAME.upper(), "HTTPS"),
    "the port that it has anyway": _at(f"{NAME}:443"),
}
"""Other spellings of the same address: it may be followed, to where it always goes."""
EITHER: Mapping[str, Callable[[str], str]] = {
    "a query behind it": _path(lambda last: f"{last}?fields=*&url=https://{ELSEWHERE}/"),
}
"""The same where an address may have a query, as a version of a document has; it is left off."""
FOREIGN: Mapping[str, Callable[[str], str]] = {
    "another host": _at(ELSEWHERE),
    "another port": _at(f"{NAME}:8443"),
    "another scheme": _at(NAME, "http"),
    "our host as a user": _at(f"{NAME}@{ELSEWHERE}"),
    "our host and a port as user and password": _at(f"{NAME}:443@{ELSEWHERE}"),
    "a user of our host": _at(f"beheer:geheim@{NAME}"),
    "our host, escaped at": _at(f"{NAME}%40{ELSEWHERE}"),
    "our host before a backslash": _at(f"{NAME}\\@{ELSEWHERE}"),
    "our host before a fragment": _at(f"{ELSEWHERE}#@{NAME}"),
    "our host in a query": _at(f"{ELSEWHERE}?@{NAME}"),
    "our host as a name below theirs": _at(f"{NAME}.{ELSEWHERE}"),
    "a dot behind our host": _at(f"{NAME}."),
    "our host without its dot": _at(NAME.replace(".", "")),
    "loopback": _at("127.0.0.1"),
    "loopback in hexadecimal": _at("0x7f.0.0.1"),
    "loopback as one number": _at("2130706433"),
    "loopback in octal": _at("0177.0.0.1"),
    "loopback, short": _at("127.1"),
    "loopback in IPv6": _at("[::1]"),
    "IPv4 in IPv6": _at("[::ffff:127.0.0.1]"),
    "everywhere": _at("0.0.0.0"),  # noqa: S104  # nothing listens here
    "where a cloud keeps its secrets": _at("169.254.169.254", "http"),
    "the same in IPv6": _at("[fd00:ec2::254]", "http"),
    "localhost": _at("localhost"),
    "a Cyrillic letter in our host": _at(NAME.replace("e", "\u0435")),
    "a wide dot in our host": _at(NAME.replace(".", "\uff0e")),
    "an ideographic full stop": _at(NAME.replace(".", "\u3002")),
    "our host and a soft hyphen": _at(NAME.replace("test", "te\u00adst")),
    "a new line in our host": _at(f"{NAME}\r\nHost: {ELSEWHERE}"),
    "a tab in our host": _at(NAME.replace(".", "\t.")),
    "no scheme": lambda url: url.partition(":")[2],
    "no scheme and another host": lambda url: f"//{ELSEWHERE}/{url.rpartition('/')[2]}",
    "only a path": lambda url: urlsplit(url).path,
    "a file": lambda url: "file:///etc/passwd",
    "gopher": lambda url: "gopher://127.0.0.1:6379/_FLUSHALL",
    "a socket": lambda url: "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "data": lambda url: "data:application/json,{}",
    "script": lambda url: "javascript:alert(1)",
    "nothing": lambda url: "",
    "up, at the end": _path(lambda last: f"../{last}"),
    "up, all the way": _path(lambda last: f"../../../../admin/{last}"),
    "up, escaped": _path(lambda last: f"%2e%2e/%2e%2e/admin/{last}"),
    "up, escaped with the slash": _path(lambda last: f"..%2f..%2fadmin%2f{last}"),
    "up, escaped twice": _path(lambda last: f"%252e%252e%252fadmin%252f{last}"),
    "up, with backslashes": _path(lambda last: f"..\\..\\admin\\{last}"),
    "up, with a parameter": _path(lambda last: f"..;/admin/{last}"),
    "a wide slash": _path(lambda last: f"..\uff0fadmin\uff0f{last}"),
    "this place": _path(lambda last: f"./{last}"),
    "two slashes": _path(lambda last: f"/{last}"),
    "something below it": _path(lambda last: f"{last}/verwijder"),
    "a slash behind it": _path(lambda last: f"{last}/"),
    "a fragment behind it": _path(lambda last: f"{last}#{last}"),
    "a new line behind it": _path(lambda last: f"{last}\r\nX-Audit: niemand"),
    "a NUL behind it": _path(lambda last: f"{last}\0"),
    "half a surrogate pair behind it": _path(lambda last: f"{last}\ud800"),
    "its end escaped": _path(lambda last: quote(last[:1] or "a", safe="").replace("%", "%25")),
    "another resource": _path(lambda last: "gebruikers"),
    "very long": _path(lambda last: last + "a" * 100_000),
    "many segments": _path(lambda last: "a/" * 5_000 + last),
}
"""Each leads elsewhere, or would by the reading of some client: nothing is asked of it."""
