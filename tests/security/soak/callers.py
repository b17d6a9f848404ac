"""The municipalities of the isolation run, and who asks there: by a token of one of two issuers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr

from gateway.auth.issuer import Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.keys import read_jwks
from gateway.source.settings import SourceSettings
from gateway.tenants import CallerKind, Dienst, PersonalKept, Purpose, Tenant
from sandbox.showcase import BAKKERIJ_KVK, BURGER_BSN, GRANDMOTHER_BSN, PARTNER_BSN, VOF_KVK
from tests.app import AUDIENCE, HOST, NOW, Outdoors, Setup, facts, gateway_for, sandbox
from tests.security.soak.outside import PURPOSE_HEADER, SHARED, host_of

ISSUERS: Final = ("https://uitgever-een.test", "https://uitgever-twee.test")
PURPOSES: Final = ("breed", "smal")
WITHHELD: Final = "persoon.naam"
"""What is seen for the first purpose and not for the second."""
PERSONS: Final = (BURGER_BSN, PARTNER_BSN, GRANDMOTHER_BSN)
COMPANIES: Final = (BAKKERIJ_KVK, VOF_KVK)
SECRET: Final = "geheim-van-de-notificaties-van-"  # of no real thing
SOURCES: Final = ("bag", "brp", "kvk", "zaken", "catalogi")
_NATIONAL: Final = ("bag", "brp")
"""Sources that are one for all municipalities."""
_TOLD: Final = ("brp", "kvk", "zaken")
_HOUR: Final = 3_500
_KINDS: Final[frozenset[CallerKind]] = frozenset(
    {"medewerker", "systeem", "burger", "bedrijf", "gemachtigde"}
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: `own` is the BSN or KVK number of whom a closed caller is, or acts for."""

    tenant: str
    purpose: str
    kind: str
    subject: str
    token: str = field(repr=False)
    own: str | None = None

    @property
    def heard(self) -> str:
        """What sources hear of their purpose."""
        return told(self.tenant, self.purpose)


def told(tenant: str, purpose: str) -> str:
    """What sources of a municipality are told of a purpose."""
    return f"{tenant}-{purpose}"


def codes(count: int) -> Sequence[str]:
    """Of so many municipalities."""
    return [f"{number:04}" for number in range(1, count + 1)]


def tenants(count: int) -> Mapping[str, Tenant]:
    """So many municipalities, alike but for where their sources are."""
    made = gateway_for(Setup(sources=SOURCES), Outdoors(sandbox(), lambda _: None))
    (pattern,) = made.configuration.tenants.values()
    return {code: _tenant(code, pattern) for code in codes(count)}


def _tenant(code: str, pattern: Tenant) -> Tenant:
    everything = facts().labels
    headers = {
        purpose: {name: {PURPOSE_HEADER: told(code, purpose)} for name in _TOLD}
        for purpose in PURPOSES
    }
    labels = {"breed": everything, "smal": everything - {WITHHELD}}
    return replace(
        pattern,
        code=code,
        sources={name: _moved(name, code, each) for name, each in pattern.sources.items()},
        purposes={
            purpose: Purpose(
                purpose, purpose, labels[purpose], _KINDS, headers[purpose], open=True,
                persons_per_minute=100_000,
            )
            for purpose in PURPOSES
        },
        diensten={"alles": Dienst("Alles", "Alles.", frozenset({"alles"}), everything)},
        notifications=SecretStr(SECRET + code),
        personal=PersonalKept(300, "Om te beproeven dat wat bewaard is bij wie het vroeg blijft."),
    )  # fmt: skip


def _moved(name: str, code: str, settings: SourceSettings) -> SourceSettings:
    host = host_of(SHARED if name in _NATIONAL else code)
    return settings.model_copy(update={"address": settings.address.replace(HOST, host)})


def issuers(count: int) -> Sequence[Issuer]:
    """Two that may speak for all of these municipalities, and call different people the same."""
    content = json.dumps({"keys": [_key().as_dict(private=False)]})
    keys = FixedKeys(read_jwks(content.encode(), "ES256"))
    every = frozenset(codes(count))
    return [Issuer(name, AUDIENCE, "ES256", every, keys) for name in ISSUERS]


@cache
def askers(count: int) -> Sequence[Asker]:
    """Of every kind some in every municipality, for every purpose; with the same names in each."""
    return [
        each for code in codes(count) for purpose in PURPOSES for each in _askers(code, purpose)
    ]


def _askers(code: str, purpose: str) -> list[Asker]:
    staff = [
        _asker(code, purpose, "medewerker", subject, issuer)
        for subject in ("u-1", "u-2")
        for issuer in ISSUERS
    ]
    citizens = [
        _asker(code, purpose, "burger", f"b-{at}", own=bsn) for at, bsn in enumerate(PERSONS)
    ]
    companies = [
        _asker(code, purpose, "bedrijf", f"c-{at}", own=kvk) for at, kvk in enumerate(COMPANIES)
    ]
    acting = [
        _asker(code, purpose, "gemachtigde", "u-1", own=own) for own in (PERSONS[0], COMPANIES[0])
    ]
    return [*staff, _asker(code, purpose, "systeem", "u-1"), *citizens, *companies, *acting]


def _asker(
    code: str,
    purpose: str,
    kind: str,
    subject: str,
    issuer: str = ISSUERS[0],
    own: str | None = None,
) -> Asker:
    number = {} if own is None else {"bsn" if len(own) == 9 else "kvkNummer": own}
    who = {"machtiging": {**number, "diensten": ["alles"]}} if kind == "gemachtigde" else number
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": subject,
        "gemeente": code,
        "doelbinding": purpose,
        "soort": kind,
        "azp": "soak",
        "jti": "1",
        "iat": int(NOW),
        "exp": int(NOW) + _HOUR,
        **who,
    }
    header = {"alg": "ES256", "kid": _key().kid, "typ": "at+jwt"}
    return Asker(code, purpose, kind, subject, jwt.encode(header, claims, _key()), own)


@cache
def _key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
