"""A source of which a test answers the calls itself, for tests of one registry's reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.source.ledger import Ledger
from gateway.source.settings import SourceSettings
from gateway.source.source import Occasion, Source
from gateway.source.surroundings import Surroundings
from gateway.source.upstreams import Upstreams

Answer = Callable[[httpx.Request], Any]


@dataclass(slots=True)
class Asked:
    """A source and the requests that reached it."""

    source: Source
    requests: list[httpx.Request] = field(default_factory=list)


def asked(name: str, answer: Answer, dialect: Mapping[str, Any] | None = None) -> Asked:
    """A source whose upstream gives `answer(request)`: JSON, or an `httpx.Response`."""
    requests: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        given = answer(request)
        return given if isinstance(given, httpx.Response) else httpx.Response(200, json=given)

    settings = SourceSettings.model_validate(
        {
            "address": f"https://{name}.test",
            "credentials": {"soort": "geen"},
            "dialect": dict(dialect or {}),
        },
        context={"environment": {}},
    )
    transport = httpx.MockTransport(respond)
    upstreams = Upstreams(Surroundings(clock=lambda: 0.0), lambda _: transport)
    source = upstreams.source("0999", name, settings, Occasion(10.0, Ledger()))
    return Asked(source, requests)
