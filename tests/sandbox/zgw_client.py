"""A client of the sandbox's ZGW APIs for tests: one set of zaken, a clock that stands still."""

import base64
import hashlib
import hmac
import json
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from sandbox.zgw import zgw_routes
from sandbox.zgw_api import Dialect
from sandbox.zgw_auth import CLIENTS
from tests.app import cases

NOW = 1_795_000_000.0
BASE = "http://sandbox.example"
ZAKEN = f"{BASE}/zaken/api/v1"
CATALOGI = f"{BASE}/catalogi/api/v1"


@cache
def app(dialect: Dialect = "openzaak", version: str = "1.5.1") -> Starlette:
    routes = zgw_routes(cases(), dialect=dialect, version=version, now=lambda: NOW)
    return Starlette(routes=routes)


def token(secret: str = CLIENTS["bronpoort"], alg: str = "HS256", **changes: object) -> str:
    """A JWT as a gateway makes it; a change to None leaves the claim out."""
    claims = {"iss": "bronpoort", "iat": int(NOW), "client_id": "bronpoort", "user_id": "u1"}
    payload = {name: value for name, value in (claims | changes).items() if value is not None}
    signed = ".".join(_part(json.dumps(part).encode()) for part in ({"alg": alg}, payload))
    return f"{signed}.{_part(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def client(
    dialect: Dialect = "openzaak", base: str = BASE, version: str = "1.5.1"
) -> httpx.AsyncClient:
    """A client with good credentials and coordinate system headers."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app(dialect, version)),
        base_url=base,
        headers={
            "Authorization": f"Bearer {token()}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
        },
    )


async def get(
    path: str,
    params: dict[str, Any] | None = None,
    *,
    dialect: Dialect = "openzaak",
    **headers: str,
) -> httpx.Response:
    """GET under one of the two API roots: `zaken/...` or `catalogi/...`, or any absolute URL."""
    async with client(dialect) as http:
        return await http.get(_url(path), params=params, headers=_names(headers))


async def search(
    body: object,
    params: dict[str, Any] | None = None,
    *,
    dialect: Dialect = "openzaak",
    version: str = "1.5.1",
) -> httpx.Response:
    """POST /zaken/_zoek."""
    async with client(dialect, version=version) as http:
        return await http.post(f"{ZAKEN}/zaken/_zoek", json=body, params=params)


def _url(path: str) -> str:
    if path.startswith("http"):
        return path
    api, _, rest = path.partition("/")
    return f"{BASE}/{api}/api/v1/{rest}"


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
