"""Where each registry of the sandbox is and what it wants to hear of who asks (startup).

Where, and in what kind of credentials, stands in the municipality's own file; the secrets, which
protect nothing, stand here.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from sandbox.wire import Wire

MUNICIPALITY = Path(__file__).parent / "gemeente" / "0999.toml"
DEFAULT = "http://127.0.0.1:8100"
SECRETS = {
    "SANDBOX_BAG": "sandbox-bag",
    "SANDBOX_BRP": "sandbox-brp",
    "SANDBOX_BRK": "sandbox-brk",
    "SANDBOX_WOZ": "sandbox-woz",
    "SANDBOX_KVK": "sandbox-kvk",
    "SANDBOX_ZGW": "sandbox-geheim-dat-lang-genoeg-is-32",
    "SANDBOX_KLANT": "sandbox-klant",
    "SANDBOX_OBJECTEN": "sandbox-objecten",
    "SANDBOX_OBJECTTYPEN": "sandbox-objecttypen",
    "SANDBOX_PRODUCTEN": "sandbox-producten",
    "SANDBOX_NOTIFICATIES": "sandbox-geheim-voor-meldingen-aan-ons",
}
"""By the variable that the municipality's file refers to."""


def announcement(base: str) -> str:
    """What a user must know of a sandbox at this address, in Dutch."""
    rows = list(_rows(base))
    names, addresses = (max(len(row[column]) for row in rows) for column in (0, 1))
    listed = (f"  {row[0]:{names}}  {row[1]:{addresses}}  {row[2]}".rstrip() for row in rows)
    return "\n".join(["", "De oefenregisters draaien.", "", *listed, "", *_closing(base)])


def _rows(base: str) -> Iterator[tuple[str, str, str]]:
    municipality = tomllib.loads(MUNICIPALITY.read_text(encoding="utf-8"))
    for name, source in municipality["bronnen"].items():
        yield name, source["address"].replace(DEFAULT, base, 1), _wanted(source["credentials"])


def _wanted(credentials: Wire) -> str:
    """The credentials as a request carries them, or as a JWT is made with them."""
    match credentials:
        case {"soort": "api-key", "header": header, "waarde": reference}:
            return f"{header}: {_secret(reference)}"
        case {"soort": "token", "waarde": reference}:
            return f"Authorization: Token {_secret(reference)}"
        case {"soort": "zgw-jwt", "client_id": client, "secret": reference}:
            return f"JWT (HS256): client_id {client}, secret {_secret(reference)}"
    return "geen"


def _secret(reference: str) -> str:
    return SECRETS[reference.removeprefix("env:")]


def _closing(base: str) -> tuple[str, ...]:
    return (
        f"Storingen en aantallen aanroepen: {base}/_sandbox",
        f"Zo staan zij in een gemeentebestand: {_shown(MUNICIPALITY)}; daar staan ook de headers",
        "die de BRP per doelbinding wil horen (x-doelbinding).",
        f"De ZGW-standaard: {base}/standaard/zaken/api/v1, en met Zaken 1.7 onder /standaard-1.7;",
        "een tweede zaaksysteem met andere zaken onder /sociaal; steeds met hetzelfde geheim.",
        "",
        "Stoppen: Ctrl-C.",
    )


def _shown(path: Path) -> str:
    return "/".join(path.parts[-3:])
