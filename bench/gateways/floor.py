"""The floor (process): an ASGI application that answers constant bytes, whatever it is asked.

As long as the answer to the posts with their users: nothing that is served in this way can be
faster.
"""

from typing import Any

from bench.gateways.work import posts_work

_FIRST = next(iter(posts_work()))


def _constant() -> bytes:
    import msgspec

    ((_, answer),) = _FIRST.checks()
    return msgspec.json.encode(answer)


BODY = _constant()
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(BODY)).encode()),
    ],
}
_BODY = {"type": "http.response.body", "body": BODY}


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Reads what is asked, and answers."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send(_START)
    await send(_BODY)
