"""Which web pages may open a WebSocket here (per connection).

Browsers let any page open one anywhere and do not ask first, as they do for other requests (CORS);
what they do is name the page's origin (RFC 6455, 4.1 and 10.2). Who names none is no browser.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers


def is_welcome(headers: Headers, origins: Sequence[str]) -> bool:
    """Whether the page is one of ours, or of a site in `origins`; no origin at all is no page."""
    given = headers.getlist("origin")
    if not given:
        return True
    if len(given) > 1:
        return False
    (origin,) = given
    return origin in origins or (_host(origin) == headers.get("host", "").lower() != "")


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
