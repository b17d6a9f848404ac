"""What a tenant file says of one source (startup): address, credentials, dialect, patience; and
of the decision point, which is reached in the same way.

Names are as in the file. Anything unknown is refused; the messages name no secret.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)

from gateway.source import tls
from gateway.source.addresses import Base
from gateway.source.secrets import Secret, rooted

LONGEST_USER = 40
"""Characters that a header may have which names the end user."""
BURGER = "BurgerZelf"
"""Whom such a header names where the end user asks about themself."""
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_OURS = frozenset(
    {
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "proxy-authorization",
        "te",
        "transfer-encoding",
        "upgrade",
    }
)


def header_name(name: str) -> str:
    """`name` if it is a header a tenant may set: a token (RFC 9110, 5.6.2) that is not ours."""
    if not _TOKEN.fullmatch(name):
        raise ValueError("dit is geen naam van een header")
    if name.lower() in _OURS:
        raise ValueError("deze header bepaalt de gateway zelf")
    return name


def header_value(value: str) -> str:
    """`value` if it may stand in a header: printable ASCII, at most 1,024 characters."""
    if len(value) > 1_024 or not (value.isascii() and value.isprintable()):
        raise ValueError("een header bevat alleen afdrukbare ASCII, hoogstens 1024 tekens")
    return value


def _address(address: str) -> str:
    return Base.parse(address).text


def _existing_file(path: object, info: ValidationInfo) -> Path:
    if isinstance(path, Path):
        return path
    if not isinstance(path, str) or not path:
        raise ValueError("hier hoort het pad van een bestand")
    found = rooted(path, info)
    if not found.is_file():
        raise ValueError(f"bestand {path} bestaat niet")
    return found


def user_value(value: str) -> str:
    """`value` if it may name an end user in a header: printable ASCII, at most 40 characters."""
    plain = value.isascii() and value.isprintable() and value == value.strip()
    if not 0 < len(value) <= LONGEST_USER or not plain:
        raise ValueError(f"moet 1 tot {LONGEST_USER} afdrukbare ASCII-tekens hebben")
    return value


HeaderName = Annotated[str, AfterValidator(header_name)]
HeaderValue = Annotated[str, AfterValidator(header_value)]
Address = Annotated[str, AfterValidator(_address)]
ExistingFile = Annotated[Path, BeforeValidator(_existing_file)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Geen(_Table):
    """No credentials: open data, or a network that vouches for us."""

    soort: Literal["geen"] = "geen"


class ApiKey(_Table):
    """A key in a header of any name (Kadaster `X-Api-Key`, suppliers of BRP `X-API-KEY`)."""

    soort: Literal["api-key"]
    header: HeaderName = "X-Api-Key"
    waarde: Secret


class ZgwJwt(_Table):
    """A JWT per end user, signed with a shared secret (API's voor Zaakgericht Werken)."""

    soort: Literal["zgw-jwt"]
    client_id: str = Field(min_length=1, max_length=256)
    secret: Secret


class Token(_Table):
    """`Authorization: Token ...` (Objects API, Open Klant, Open Product)."""

    soort: Literal["token"]
    waarde: Secret


class ClientCredentials(_Table):
    """OAuth 2.0 client credentials (RFC 6749, 4.4).

    `plaats` says where the token endpoint reads the client's own credentials: in the form
    ("body", as RvIG does) or in HTTP Basic ("basic"). `extra` are further form fields
    (RvIG: `resourceServer`).
    """

    soort: Literal["client-credentials"]
    token_url: Address
    client_id: str = Field(min_length=1, max_length=256)
    secret: Secret
    scope: str = ""
    plaats: Literal["body", "basic"] = "body"
    extra: Mapping[str, str] = Field(default_factory=dict)


Credentials = Annotated[
    Geen | ApiKey | ZgwJwt | Token | ClientCredentials, Field(discriminator="soort")
]


class Tls(_Table):
    """`ca` is the only authority we trust for this source; with `certificaat` and `sleutel` (PEM
    files) we show who we are (mutual TLS, PKIoverheid).
    """

    ca: ExistingFile | None = None
    certificaat: ExistingFile | None = None
    sleutel: ExistingFile | None = None

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if self.sleutel is not None and self.certificaat is None:
            raise ValueError("bij een sleutel hoort een certificaat")
        if self.ca is not None or self.certificaat is not None:
            self._proved()
        return self

    def _proved(self) -> None:
        try:
            tls.context(self.ca, self.certificaat, self.sleutel)
        except OSError:
            raise ValueError("ca, certificaat of sleutel is geen bruikbaar PEM-bestand") from None


class Quota(_Table):
    """How many HTTP calls may be made, at most: `per_seconde` in any second, `per_maand` in a
    calendar month.
    """

    per_seconde: int | None = Field(default=None, ge=1, le=10_000)
    per_maand: int | None = Field(default=None, ge=1, le=1_000_000_000)

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if self.per_seconde is None and self.per_maand is None:
            raise ValueError("noem `per_seconde`, `per_maand` of beide")
        return self


class Endpoint(_Table):
    """How one address is reached.

    `timeout` is in seconds, for one question including a second attempt. At most `parallel` calls
    go out at once and at most `waiting` wait for their turn. A body of more than `max_bytes` is
    refused. Only https is allowed off this machine, unless `onversleuteld` says that the network
    keeps the secret.
    """

    address: Address
    credentials: Credentials = Field(default_factory=Geen)
    tls: Tls = Field(default_factory=Tls)
    transport: Literal["eigen", "httpx"] = "eigen"
    timeout: float = Field(default=5.0, gt=0, le=60, allow_inf_nan=False)
    parallel: int = Field(default=10, ge=1, le=100)
    onversleuteld: bool = False
    waiting: int = Field(default=1_000, ge=1, le=100_000)
    max_bytes: int = Field(default=10_000_000, ge=1_000, le=100_000_000)
    headers: Mapping[HeaderName, HeaderValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        addresses = [self.address]
        if isinstance(self.credentials, ClientCredentials):
            addresses.append(self.credentials.token_url)
        if not self.onversleuteld and not all(map(_safe, addresses)):
            raise ValueError("gebruik https://, of zeg met onversleuteld = true dat het zo moet")
        return self


class SourceSettings(Endpoint):
    """One upstream as one tenant reaches it.

    `address` is the base that is dialled, `canonical` are the bases under which the source writes
    its own URLs (the first is the one we write back in filters). `quota` is how much may be asked
    at all. Without all `vereiste_headers` it is asked nothing. `gebruikerheader` names the end
    user: by the subject of the token, or `burgergebruiker` for who asks about themself.
    """

    canonical: tuple[Address, ...] = ()
    quota: Quota | None = None
    vereiste_headers: tuple[HeaderName, ...] = ()
    gebruikerheader: HeaderName | None = None
    burgergebruiker: Annotated[str, AfterValidator(user_value)] = BURGER
    dialect: Mapping[str, bool | int | str] = Field(default_factory=dict)


class DecisionSettings(Endpoint):
    """A decision point, below whose `address` /access/v1/evaluation lies (OpenID AuthZEN 1.0).

    For `bewaren` seconds an equal question need not be asked again after a yes.
    """

    timeout: float = Field(default=1.0, gt=0, le=10, allow_inf_nan=False)
    parallel: int = Field(default=50, ge=1, le=100)
    max_bytes: int = Field(default=64_000, ge=1_000, le=1_000_000)
    bewaren: int = Field(default=0, ge=0, le=60)

    def reached(self) -> SourceSettings:
        """The same as of a source: it is asked as one is."""
        return SourceSettings.model_construct(
            **{name: getattr(self, name) for name in Endpoint.model_fields}
        )


def _safe(address: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
