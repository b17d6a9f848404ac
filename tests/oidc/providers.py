"""A real OpenID provider in a process of its own, and those who log in at it."""

import asyncio
import base64
import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc.jwk import RSAKey

HERE: Final = Path(__file__).parent
BACK: Final = "http://127.0.0.1/terug"
VERIFIER: Final = "een-geheim-dat-alleen-de-client-van-deze-ene-aanmelding-kent"


def installed() -> bool:
    """Whether Node is there and `npm ci` was run beside this file."""
    return shutil.which("node") is not None and (HERE / "node_modules" / "oidc-provider").is_dir()


def new_key() -> RSAKey:
    """A key to sign with."""
    return RSAKey.generate_key(2048, {"use": "sig", "alg": "PS256"}, auto_kid=True)


@dataclass(slots=True)
class Provider:
    """A provider; `port` stays its own when it is stopped and started again."""

    directory: Path
    port: int = 0
    issuer: str = ""
    process: asyncio.subprocess.Process | None = None
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=20)
    )

    async def start(self, keys: Sequence[RSAKey]) -> None:
        """Serve, signing with the first of these keys and publishing all."""
        file = self.directory / "sleutels.json"
        file.write_text(json.dumps({"keys": [key.as_dict(private=True) for key in keys]}))
        self.process = await asyncio.create_subprocess_exec(
            "node",
            str(HERE / "provider.mjs"),
            str(self.port),
            str(file),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        while not (line := await self.process.stdout.readline()).startswith(b"{"):
            assert line, "the provider did not start"
        self.issuer = json.loads(line)["issuer"]
        self.port = urlsplit(self.issuer).port or 0

    async def stop(self) -> None:
        """Be gone at once, as in an outage."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def asked(self) -> Mapping[str, int]:
        """How often each address was asked for since the start."""
        found: Mapping[str, int] = (await self.client.get(f"{self.issuer}/_asked")).json()
        return found

    async def looked_at(self) -> tuple[int, int]:
        """How often somebody asked for the description and for the keys."""
        asked = await self.asked()
        return asked.get("/.well-known/openid-configuration", 0), asked.get("/jwks", 0)

    async def machine(self, client: str, **asking: str) -> str:
        """The access token of a machine (client credentials)."""
        answer = await self.client.post(
            f"{self.issuer}/token",
            data={"grant_type": "client_credentials", **asking},
            auth=(client, f"geheim-van-{client}"),
        )
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    async def person(self, account: str) -> Mapping[str, Any]:
        """The tokens of somebody who logs in by browser (code flow with PKCE)."""
        digest = hashlib.sha256(VERIFIER.encode()).digest()
        asking = {
            "client_id": "werkplek",
            "response_type": "code",
            "scope": "openid",
            "redirect_uri": BACK,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        self.client.cookies.clear()
        answer = await self.client.get(f"{self.issuer}/auth", params=asking)
        for form in ({"prompt": "login", "login": account, "password": "x"}, {"prompt": "consent"}):
            page = await self._followed(answer)
            answer = await self.client.post(page, data=form)
        back = parse_qs(urlsplit(await self._followed(answer)).query)
        given = {
            "grant_type": "authorization_code",
            "client_id": "werkplek",
            "code": back["code"][0],
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
        tokens = await self.client.post(f"{self.issuer}/token", data=given)
        assert tokens.status_code == 200, tokens.text
        found: Mapping[str, Any] = tokens.json()
        return found

    async def _followed(self, answer: httpx.Response) -> str:
        """Where the provider sends the browser in the end: its own form, or back."""
        while True:
            place = httpx.URL(self.issuer).join(answer.headers["location"])
            if str(place).startswith(BACK):
                return str(place)
            answer = await self.client.get(place)
            if answer.status_code == 200:
                return str(place)


@asynccontextmanager
async def provider(directory: Path, *keys: RSAKey) -> AsyncIterator[Provider]:
    """A provider until the end of the block."""
    made = Provider(directory)
    try:
        await made.start(keys)
        yield made
    finally:
        await made.stop()
        await made.client.aclose()
