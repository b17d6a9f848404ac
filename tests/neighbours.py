"""A folder of many municipalities for tests, and a listener in front of their registries."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.app import (
    known_dialects,
    known_inzage,
    known_sources,
    published,
    several_sources,
)
from gateway.configuration import Configuration, load_configuration
from resolvers.objecten.definitions import load_objecttypes
from sandbox.access import SECRETS
from sandbox.neighbour_files import AUDIENCE, STAFF
from sandbox.neighbour_folder import Wanted, write_folder
from tests.auth import signing
from tests.served import patient

ALL = 39
_OWN = re.compile(rb"(?P<token>Token )?(?P<code>\d{4})-(?P<key>[a-z]+)")
_CARRIERS = frozenset({b"x-api-key", b"x-request-application", b"authorization"})


def folder(directory: Path, registries: str | None = None, count: int = ALL) -> Path:
    """The folder that the command writes, with the keys of the issuer whose tokens tests make, and
    sources that have all the time that they need.
    """
    keys = directory / "sleutels.json"
    keys.write_bytes(signing.jwks(signing.EC))
    made = directory / "gemeenten"
    write_folder(made, Wanted(count, registries, keys))
    for path in made.glob("[0-9]*.toml"):
        path.write_text(patient(path.read_text(encoding="utf-8")), encoding="utf-8")
    return made


def loaded(directory: Path) -> Configuration:
    """What the gateway reads of it; ConfigurationError for what is wrong."""
    objecttypes = load_objecttypes(directory)
    labels, dialects = published(objecttypes).labels, known_dialects(objecttypes)
    return load_configuration(
        directory,
        labels,
        known_sources(),
        dialects,
        {},
        several_sources(),
        known_inzage=known_inzage(),
    )


def bearer(code: str, purpose: str = "klantcontact") -> str:
    """A header value with a good token of an employee of this municipality, for now."""
    now = int(time.time())
    claims = {"iss": STAFF, "aud": AUDIENCE, "gemeente": code, "doelbinding": purpose}
    return signing.bearer(signing.claims(**claims, iat=now, exp=now + 600))


def own_secrets(directory: Path) -> None:
    """Give each municipality a key of its own for whatever wants one in a header."""
    for path in directory.glob("geheimen/*/*"):
        if path.name != "zgw":
            path.write_text(f"{path.parent.name}-{path.name}\n", encoding="utf-8")


@dataclass(slots=True)
class Listener:
    """Notes whose key each call carried, and passes it on with the key that the sandbox wants."""

    heard: list[tuple[str, str]] = field(default_factory=list)
    """By call: the municipality whose key it was (or "-" for none of those), and the path."""

    def around(self, app: ASGIApp) -> ASGIApp:
        """The app behind this listener."""

        async def listening(scope: Scope, receive: Receive, send: Send) -> None:
            headers, code = self._exchanged(scope["headers"])
            self.heard.append((code, scope["path"]))
            await app({**scope, "headers": headers}, receive, send)

        return listening

    def _exchanged(
        self, headers: list[tuple[bytes, bytes]]
    ) -> tuple[list[tuple[bytes, bytes]], str]:
        code, passed = "-", []
        for name, value in headers:
            own = _OWN.fullmatch(value) if name in _CARRIERS else None
            if own is not None:
                code = own["code"].decode()
                secret = SECRETS[f"SANDBOX_{own['key'].decode().upper()}"]
                passed.append((name, (own["token"] or b"") + secret.encode()))
            else:
                passed.append((name, value))
        return passed, code
