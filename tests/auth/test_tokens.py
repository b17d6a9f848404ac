"""Verification of tokens: which are good, and why each bad one is refused."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.assurance import VALUES, Level
from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.issuer import ClaimNames, Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.principal import Kind, Principal
from gateway.auth.tokens import Tokens
from gateway.operation.identity import Identity
from tests.auth.signing import (
    ABSENT,
    AUDIENCE,
    BRANCH,
    BSN,
    EC,
    EC_384,
    EC_ISSUER,
    EC_OTHER,
    ED,
    ED_ISSUER,
    KVK,
    LOOSE_ISSUER,
    NOW,
    PICKY_ISSUER,
    PSS_ISSUER,
    PURPOSES,
    RSA,
    RSA_ISSUER,
    RSIN,
    STAFF_ISSUER,
    STRICT_ISSUER,
    bearer,
    citizen,
    claims,
    company,
    issuers,
    public_as_secret,
    representative,
    ring,
    token,
    unsigned,
)

pytestmark = pytest.mark.anyio

HEADER: dict[str, Any] = {"alg": "ES256", "kid": "ec", "typ": "JWT"}
EMPLOYEE = Principal(EC_ISSUER, "u-1", "J. de Vries", "0999", "klantcontact", Kind.MEDEWERKER)
CITIZEN = replace(EMPLOYEE, purpose="mijn-gegevens", kind=Kind.BURGER, own=Identity(bsn=BSN))
COMPANY = replace(EMPLOYEE, purpose="mijn-bedrijf", kind=Kind.BEDRIJF, own=Identity(kvk_nummer=KVK))
REPRESENTATIVE = replace(
    EMPLOYEE,
    purpose="namens",
    kind=Kind.GEMACHTIGDE,
    own=Identity(bsn=BSN),
    diensten=frozenset({"wmo"}),
)
SMARTCARD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"
LOA3 = "urn:etoegang:core:assurance-class:loa3"


def tokens(now: float = NOW) -> Tokens:
    return Tokens(issuers(), PURPOSES, clock=lambda: now)


def with_header(**changes: Any) -> str:
    header = {name: value for name, value in (HEADER | changes).items() if value is not ABSENT}
    return bearer(claims(), header=header, sign_with="ES256")


def raw(payload: str) -> str:
    return bearer(payload.encode())


def extended(name: str, value: str) -> str:
    """Good claims as JSON text, with one member more, written as given."""
    return f'{json.dumps(claims())[:-1]}, "{name}": {value}}}'


GOOD = {
    "a medewerker": (bearer(claims()), EMPLOYEE),
    "scheme in lower case": ("bearer " + token(claims()), EMPLOYEE),
    "RS256": (
        bearer(claims(iss=RSA_ISSUER), header={"alg": "RS256", "kid": "rsa"}, key=RSA),
        replace(EMPLOYEE, issuer=RSA_ISSUER),
    ),
    "PS256": (
        bearer(claims(iss=PSS_ISSUER), header={"alg": "PS256", "kid": "rsa"}, key=RSA),
        replace(EMPLOYEE, issuer=PSS_ISSUER),
    ),
    "EdDSA, without a warning": (
        bearer(claims(iss=ED_ISSUER), header={"alg": "EdDSA", "kid": "ed"}, key=ED),
        replace(EMPLOYEE, issuer=ED_ISSUER),
    ),
    "no kid, and the issuer has one key": (with_header(kid=ABSENT), EMPLOYEE),
    "no typ": (with_header(typ=ABSENT), EMPLOYEE),
    "header members we do not know": (with_header(x5t="abc", nonce="n", cty="JWT"), EMPLOYEE),
    "audience among others": (bearer(claims(aud=["https://x.test", AUDIENCE])), EMPLOYEE),
    "just expired, within leeway": (bearer(claims(exp=NOW - 29)), EMPLOYEE),
    "nearly begun, within leeway": (bearer(claims(nbf=NOW + 30, iat=NOW + 30)), EMPLOYEE),
    "no iat": (bearer(claims(iat=ABSENT)), EMPLOYEE),
    "fractions of a second": (bearer(claims(exp=NOW + 0.5)), EMPLOYEE),
    "an employee's own bsn is not taken over": (bearer(claims(bsn=BSN)), EMPLOYEE),
    "no name: the subject": (
        bearer(claims(name=ABSENT)),
        replace(EMPLOYEE, name="u-1"),
    ),
    "a system": (
        bearer(claims(soort="systeem", sub="client-7", name=ABSENT)),
        replace(EMPLOYEE, subject="client-7", name="client-7", kind=Kind.SYSTEEM),
    ),
    "a citizen": (
        bearer(citizen(name="R. Burger")),
        replace(CITIZEN, name="R. Burger"),
    ),
    "at+jwt where only that will do": (
        bearer(claims(iss=STRICT_ISSUER), header={"alg": "ES256", "typ": "at+JWT"}),
        replace(EMPLOYEE, issuer=STRICT_ISSUER),
    ),
    # for whom, by which client, for how long
    "client_id in the place of azp": (bearer(claims(azp=ABSENT, client_id="balie")), EMPLOYEE),
    "azp and client_id alike": (bearer(claims(client_id="balie")), EMPLOYEE),
    "a client that may come": (
        bearer(claims(iss=PICKY_ISSUER, azp="zaaksysteem")),
        replace(EMPLOYEE, issuer=PICKY_ISSUER),
    ),
    "no jti and no azp, of an issuer outside NL GOV OAuth": (
        bearer(claims(iss=LOOSE_ISSUER, azp=ABSENT, jti=ABSENT, exp=NOW + 20_000)),
        replace(EMPLOYEE, issuer=LOOSE_ISSUER),
    ),
    "a system, for six hours": (
        bearer(claims(iss=PICKY_ISSUER, soort="systeem", exp=NOW + 21_600)),
        replace(EMPLOYEE, issuer=PICKY_ISSUER, kind=Kind.SYSTEEM),
    ),
    "what Keycloak calls an access token": (bearer(claims(typ="Bearer")), EMPLOYEE),
    "the issuer's only kind, unsaid": (
        bearer(claims(iss=STAFF_ISSUER, soort=ABSENT)),
        replace(EMPLOYEE, issuer=STAFF_ISSUER),
    ),
    # purposes and roles
    "one purpose in a list": (bearer(claims(doelbinding=["klantcontact"])), EMPLOYEE),
    "one purpose twice": (bearer(claims(doelbinding=["klantcontact"] * 2)), EMPLOYEE),
    "one purpose that is theirs, among others": (
        bearer(claims(doelbinding=["mijn-gegevens", "onbekend", "klantcontact"])),
        EMPLOYEE,
    ),
    "a purpose by a role": (
        bearer(claims(doelbinding="belastingen", rollen=["balie", "heffer"])),
        replace(EMPLOYEE, purpose="belastingen", rollen=frozenset({"balie", "heffer"})),
    ),
    "a role and no purpose: the one that the role gives": (
        bearer(claims(doelbinding=ABSENT, rollen="heffer")),
        replace(EMPLOYEE, purpose="belastingen", rollen=frozenset({"heffer"})),
    ),
    "no roles": (bearer(claims(rollen=[])), EMPLOYEE),
    "what staff's issuers write in acr": (bearer(claims(acr="1")), EMPLOYEE),
    "a citizen's roles are not taken over": (bearer(citizen(rollen=["heffer"])), CITIZEN),
    # companies and representatives
    "a citizen, by DigiD substantieel": (
        bearer(citizen(acr=SMARTCARD)),
        replace(CITIZEN, assurance=Level.SUBSTANTIEEL),
    ),
    "a citizen who has a company too": (bearer(citizen(kvkNummer=KVK)), CITIZEN),
    "a company": (bearer(company()), COMPANY),
    "a company's branch, with all numbers, by EH3": (
        bearer(company(vestigingsnummer=BRANCH, rsin=RSIN, acr=LOA3)),
        replace(COMPANY, own=Identity(None, KVK, BRANCH, RSIN), assurance=Level.EH3),
    ),
    "the BSN of who logged in for a company is not taken over": (bearer(company(bsn=BSN)), COMPANY),
    "a representative of a citizen": (bearer(representative()), REPRESENTATIVE),
    "a representative's own BSN is not taken over": (
        bearer(representative(bsn="999990020")),
        REPRESENTATIVE,
    ),
    "a representative of a company, for two services": (
        bearer(representative({"kvkNummer": KVK, "diensten": ["wmo", "vergunning"]})),
        replace(
            REPRESENTATIVE,
            own=Identity(kvk_nummer=KVK),
            diensten=frozenset({"wmo", "vergunning"}),
        ),
    ),
}

BAD: dict[str, tuple[str | None, Reason]] = {
    # what is not a token at all
    "no header": (None, Reason.NO_TOKEN),
    "empty header": ("", Reason.NO_TOKEN),
    "another scheme": ("Basic dTpw", Reason.NOT_BEARER),
    "bare token": (token(claims()), Reason.NOT_BEARER),
    "scheme only": ("Bearer ", Reason.MALFORMED),
    "not a JWT": ("Bearer abc", Reason.MALFORMED),
    "two parts": ("Bearer " + token(claims()).rpartition(".")[0], Reason.MALFORMED),
    "four parts": (bearer(claims()) + ".x", Reason.MALFORMED),
    "five parts (encrypted)": ("Bearer a.b.c.d.e", Reason.MALFORMED),
    "two tokens": (f"{bearer(claims())}, {bearer(claims())}", Reason.MALFORMED),
    "white space inside": (bearer(claims()).replace(".", ". ", 1), Reason.MALFORMED),
    "line end behind": (bearer(claims()) + "\n", Reason.MALFORMED),
    "padding": (bearer(claims()) + "=", Reason.MALFORMED),
    "other alphabets": (bearer(claims()).replace(".", ".é", 1), Reason.MALFORMED),
    "larger than 8 kB": (bearer(claims(extra="x" * 8_000)), Reason.TOO_LARGE),
    "a megabyte": ("Bearer " + "a" * 1_000_000, Reason.TOO_LARGE),
    "a megabyte of another scheme": ("x" * 1_000_000, Reason.TOO_LARGE),
    "header larger than 2 kB": (with_header(pad="x" * 2_000), Reason.MALFORMED),
    "signature larger than 1 kB": (unsigned(HEADER, claims(), b"x" * 900), Reason.MALFORMED),
    # JSON
    "header is no JSON": (bearer(claims(), header=b"{"), Reason.MALFORMED),
    "header is a list": (bearer(claims(), header=b'["alg"]'), Reason.MALFORMED),
    "header in Latin-1": (bearer(claims(), header=b'{"alg":"\xe9"}'), Reason.MALFORMED),
    "payload is no JSON": (raw("{"), Reason.MALFORMED),
    "payload is a list": (raw("[]"), Reason.MALFORMED),
    "payload is a number": (raw("5"), Reason.MALFORMED),
    "payload in Latin-1": (bearer(b'{"iss":"\xe9"}'), Reason.MALFORMED),
    "payload nested 2,000 deep": (raw("[" * 2_000 + "]" * 2_000), Reason.MALFORMED),
    "a number of 5,000 digits": (raw(extended("n", "9" * 5_000)), Reason.MALFORMED),
    "NaN": (raw(extended("n", "NaN")), Reason.MALFORMED),
    "a claim twice": (raw(extended("gemeente", '"0998"')), Reason.DUPLICATE_NAME),
    "a claim twice, further down": (raw(extended("x", '{"a":1,"a":2}')), Reason.DUPLICATE_NAME),
    "alg twice": (
        bearer(claims(), header=b'{"alg":"none","alg":"ES256","kid":"ec"}'),
        Reason.DUPLICATE_NAME,
    ),
    # the header chooses
    "alg none": (unsigned({"alg": "none"}, claims()), Reason.MALFORMED),
    "alg none with a signature": (unsigned({"alg": "none"}, claims(), b"x"), Reason.ALGORITHM),
    "alg None": (unsigned({"alg": "NoNe"}, claims(), b"x"), Reason.ALGORITHM),
    "no alg": (unsigned({"kid": "ec"}, claims(), b"x"), Reason.MALFORMED),
    "alg is a number": (unsigned({"alg": 5, "kid": "ec"}, claims(), b"x"), Reason.ALGORITHM),
    "alg is a list": (unsigned({"alg": ["ES256"]}, claims(), b"x"), Reason.ALGORITHM),
    "alg in lower case": (with_header(alg="es256"), Reason.ALGORITHM),
    "HS256 with the public key": (
        bearer(
            claims(iss=RSA_ISSUER),
            header={"alg": "HS256", "kid": "rsa"},
            key=public_as_secret(),
        ),
        Reason.ALGORITHM,
    ),
    "HS256 without signature": (unsigned({"alg": "HS256"}, claims()), Reason.MALFORMED),
    "PS256 where RS256 is pinned": (
        bearer(claims(iss=RSA_ISSUER), header={"alg": "PS256", "kid": "rsa"}, key=RSA),
        Reason.ALGORITHM,
    ),
    "ES384": (
        bearer(claims(), header={"alg": "ES384", "kid": "ec"}, key=EC_384),
        Reason.ALGORITHM,
    ),
    "crit": (with_header(crit=["exp"], exp=1), Reason.HEADER_REFUSED),
    "crit, empty": (with_header(crit=[]), Reason.HEADER_REFUSED),
    "b64": (with_header(b64=True), Reason.HEADER_REFUSED),
    "b64 false and crit": (with_header(b64=False, crit=["b64"]), Reason.MALFORMED),
    "own key in the header": (
        bearer(claims(), header=HEADER | {"jwk": EC_OTHER.as_dict(private=False)}, key=EC_OTHER),
        Reason.HEADER_REFUSED,
    ),
    "address of own key": (with_header(jku="https://evil.test/jwks"), Reason.HEADER_REFUSED),
    "address of own certificate": (with_header(x5u="https://evil.test"), Reason.HEADER_REFUSED),
    "own certificate": (with_header(x5c=["MIIB"]), Reason.HEADER_REFUSED),
    "compressed": (with_header(zip="DEF"), Reason.HEADER_REFUSED),
    "typ of another sort of token": (with_header(typ="logout+jwt"), Reason.TYPE_REFUSED),
    "typ is a number": (with_header(typ=1), Reason.TYPE_REFUSED),
    "typ is null": (with_header(typ=None), Reason.TYPE_REFUSED),
    "JWT where at+jwt is demanded": (bearer(claims(iss=STRICT_ISSUER)), Reason.TYPE_REFUSED),
    "no typ where at+jwt is demanded": (
        bearer(claims(iss=STRICT_ISSUER), header={"alg": "ES256"}),
        Reason.TYPE_REFUSED,
    ),
    # keys
    "unknown kid": (with_header(kid="other"), Reason.NO_KEY),
    "kid that is a path": (with_header(kid="../../dev/null"), Reason.NO_KEY),
    "kid that is SQL": (with_header(kid="x' UNION SELECT 'a"), Reason.NO_KEY),
    "kid with a control character": (with_header(kid="ec\x00"), Reason.NO_KEY),
    "kid is empty": (with_header(kid=""), Reason.NO_KEY),
    "kid is a number": (with_header(kid=1), Reason.NO_KEY),
    "kid is a list": (with_header(kid=["ec"]), Reason.NO_KEY),
    "kid is null": (with_header(kid=None), Reason.NO_KEY),
    "kid of another issuer": (
        bearer(claims(), header={"alg": "ES256", "kid": "rsa"}),
        Reason.NO_KEY,
    ),
    "signed by another key": (bearer(claims(), key=EC_OTHER), Reason.SIGNATURE),
    "signed by another algorithm": (
        bearer(
            claims(iss=RSA_ISSUER),
            header={"alg": "RS256", "kid": "rsa"},
            key=RSA,
            sign_with="PS256",
        ),
        Reason.SIGNATURE,
    ),
    "signature of zeroes": (unsigned(HEADER, claims(), bytes(64)), Reason.SIGNATURE),
    "signature in DER": (unsigned(HEADER, claims(), b"\x30\x06" + bytes(6)), Reason.SIGNATURE),
    "claims of another token": (
        ".".join(
            (
                bearer(claims()).split(".")[0],
                token(claims(gemeente="0998")).split(".")[1],
                token(claims()).split(".")[2],
            )
        ),
        Reason.SIGNATURE,
    ),
    # claims
    "no iss": (bearer(claims(iss=ABSENT)), Reason.ISSUER),
    "unknown iss": (bearer(claims(iss="https://evil.test")), Reason.ISSUER),
    "iss with a slash more": (bearer(claims(iss=EC_ISSUER + "/")), Reason.ISSUER),
    "iss is a list": (bearer(claims(iss=[EC_ISSUER])), Reason.ISSUER),
    "no aud": (bearer(claims(aud=ABSENT)), Reason.AUDIENCE),
    "another aud": (bearer(claims(aud="https://other.test")), Reason.AUDIENCE),
    "aud empty list": (bearer(claims(aud=[])), Reason.AUDIENCE),
    "aud list with a number": (bearer(claims(aud=[AUDIENCE, 1])), Reason.AUDIENCE),
    "aud a table": (bearer(claims(aud={AUDIENCE: 1})), Reason.AUDIENCE),
    "aud with ours inside": (bearer(claims(aud=f"{AUDIENCE}.evil.test")), Reason.AUDIENCE),
    "aud of 21": (bearer(claims(aud=[AUDIENCE] * 21)), Reason.AUDIENCE),
    "no exp": (bearer(claims(exp=ABSENT)), Reason.TIMES),
    "exp null": (bearer(claims(exp=None)), Reason.TIMES),
    "exp text": (bearer(claims(exp=str(NOW + 60))), Reason.TIMES),
    "exp true": (bearer(claims(exp=True)), Reason.TIMES),
    "exp negative": (bearer(claims(exp=-1)), Reason.TIMES),
    "exp infinite": (raw(json.dumps(claims(exp="∞")).replace('"\\u221e"', "1e999")), Reason.TIMES),
    "exp in milliseconds": (bearer(claims(exp=(NOW + 60) * 1_000)), Reason.TIMES),
    "expired": (bearer(claims(exp=NOW - 30)), Reason.EXPIRED),
    "expired long ago": (bearer(claims(iat=1, exp=2)), Reason.EXPIRED),
    "not yet valid": (bearer(claims(nbf=NOW + 31)), Reason.NOT_YET_VALID),
    "issued in the future": (bearer(claims(iat=NOW + 31)), Reason.NOT_YET_VALID),
    "nbf text": (bearer(claims(nbf="0")), Reason.TIMES),
    "nbf null": (bearer(claims(nbf=None)), Reason.TIMES),
    "iat false": (bearer(claims(iat=False)), Reason.TIMES),
    "valid for two hours of one": (bearer(claims(exp=NOW + 7_200)), Reason.LIFETIME),
    "valid for years, no iat": (bearer(claims(iat=ABSENT, exp=NOW + 1e8)), Reason.LIFETIME),
    "no sub": (bearer(claims(sub=ABSENT)), Reason.SUBJECT),
    "sub empty": (bearer(claims(sub="")), Reason.SUBJECT),
    "sub a number": (bearer(claims(sub=7)), Reason.SUBJECT),
    "sub with a line end": (bearer(claims(sub="a\nb")), Reason.SUBJECT),
    "sub of 256 characters": (bearer(claims(sub="a" * 256)), Reason.SUBJECT),
    "sub is the citizen's bsn": (bearer(citizen(sub=BSN)), Reason.SUBJECT),
    "sub holds the citizen's bsn": (bearer(citizen(sub=f"bsn:{BSN}")), Reason.SUBJECT),
    "name a list": (bearer(claims(name=["J."])), Reason.NAME),
    "name with an escape": (bearer(claims(name="J\x1b[31m")), Reason.NAME),
    "name null": (bearer(claims(name=None)), Reason.NAME),
    "no tenant": (bearer(claims(gemeente=ABSENT)), Reason.TENANT),
    "tenant a number": (bearer(claims(gemeente=999)), Reason.TENANT),
    "tenant a list": (bearer(claims(gemeente=["0999"])), Reason.TENANT),
    "tenant that the issuer may not speak for": (bearer(claims(gemeente="0998")), Reason.TENANT),
    "tenant that does not exist": (bearer(claims(gemeente="0997")), Reason.TENANT),
    "tenant with a space": (bearer(claims(gemeente="0999 ")), Reason.TENANT),
    "no purpose": (bearer(claims(doelbinding=ABSENT)), Reason.PURPOSE),
    "unknown purpose": (bearer(claims(doelbinding="alles")), Reason.PURPOSE),
    "no purposes": (bearer(claims(doelbinding=[])), Reason.PURPOSE),
    "purpose null": (bearer(claims(doelbinding=None)), Reason.PURPOSE),
    "purposes that are all unknown": (bearer(claims(doelbinding=["alles", "*"])), Reason.PURPOSE),
    "purposes one of which is a number": (
        bearer(claims(doelbinding=["klantcontact", 1])),
        Reason.PURPOSE,
    ),
    "purposes one of which is a list": (
        bearer(claims(doelbinding=["klantcontact", ["toezicht"]])),
        Reason.PURPOSE,
    ),
    "purposes in a table": (bearer(claims(doelbinding={"klantcontact": True})), Reason.PURPOSE),
    "purposes in one text": (bearer(claims(doelbinding="klantcontact toezicht")), Reason.PURPOSE),
    "purpose with a line end": (bearer(claims(doelbinding=["klantcontact\n"])), Reason.PURPOSE),
    "51 purposes": (bearer(claims(doelbinding=["klantcontact"] * 51)), Reason.PURPOSE),
    "a purpose for a role that they lack": (
        bearer(claims(doelbinding="belastingen", rollen=["balie"])),
        Reason.PURPOSE,
    ),
    "a purpose for a role, of a system": (
        bearer(claims(doelbinding="belastingen", soort="systeem", rollen=["heffer"])),
        Reason.PURPOSE,
    ),
    "a role and no purpose, of a system": (
        bearer(claims(doelbinding=ABSENT, soort="systeem", rollen=["heffer"])),
        Reason.PURPOSE,
    ),
    "no purpose, and a role that gives none": (
        bearer(claims(doelbinding=ABSENT, rollen=["balie"])),
        Reason.PURPOSE,
    ),
    "no purpose, of a citizen": (bearer(citizen(doelbinding=ABSENT)), Reason.PURPOSE),
    "roles null": (bearer(claims(rollen=None)), Reason.ROLES),
    "roles in a table": (bearer(claims(rollen={"heffer": 1})), Reason.ROLES),
    "a role that is a number": (bearer(claims(rollen=["balie", 7])), Reason.ROLES),
    "201 roles": (bearer(claims(rollen=["b"] * 201)), Reason.ROLES),
    "purpose that is not for employees": (
        bearer(claims(doelbinding="mijn-gegevens")),
        Reason.PURPOSE,
    ),
    "purpose that is not for citizens": (
        bearer(citizen(doelbinding="klantcontact")),
        Reason.PURPOSE,
    ),
    "no kind": (bearer(claims(soort=ABSENT)), Reason.KIND),
    "unknown kind": (bearer(claims(soort="beheerder")), Reason.KIND),
    "kind in capitals": (bearer(claims(soort="MEDEWERKER")), Reason.KIND),
    "kind null": (bearer(claims(soort=None)), Reason.KIND),
    "citizen from the employees' issuer": (bearer(citizen(iss=STAFF_ISSUER)), Reason.KIND),
    "citizen without bsn": (bearer(citizen(bsn=ABSENT)), Reason.BSN),
    "bsn a number": (bearer(citizen(bsn=int(BSN))), Reason.BSN),
    "bsn of eight digits": (bearer(citizen(bsn=BSN[1:])), Reason.BSN),
    "bsn fails the elfproef": (bearer(citizen(bsn="999990018")), Reason.BSN),
    "bsn of zeroes": (bearer(citizen(bsn="000000000")), Reason.BSN),
    "bsn in other digits": (bearer(citizen(bsn="٩٩٩٩٩٠٠١٩")), Reason.BSN),
    "bsn with a line end": (bearer(citizen(bsn=BSN + "\n")), Reason.BSN),
    "bsn a list": (bearer(citizen(bsn=[BSN])), Reason.BSN),
    "bsn null": (bearer(citizen(bsn=None)), Reason.BSN),
    "name is the citizen's bsn": (bearer(citizen(name=f"burger {BSN}")), Reason.NAME),
    # which client, which use
    "no azp": (bearer(claims(azp=ABSENT)), Reason.CLIENT),
    "azp a list": (bearer(claims(azp=["balie"])), Reason.CLIENT),
    "azp empty": (bearer(claims(azp="")), Reason.CLIENT),
    "azp null": (bearer(claims(azp=None)), Reason.CLIENT),
    "azp and client_id differ": (bearer(claims(client_id="elders")), Reason.CLIENT),
    "a client that may not come": (bearer(claims(iss=PICKY_ISSUER, azp="elders")), Reason.CLIENT),
    "no client where only some may come": (
        bearer(claims(iss=PICKY_ISSUER, azp=ABSENT)),
        Reason.CLIENT,
    ),
    "azp wrong, of an issuer that need not have it": (
        bearer(claims(iss=LOOSE_ISSUER, azp=1)),
        Reason.CLIENT,
    ),
    "no jti": (bearer(claims(jti=ABSENT)), Reason.TOKEN_ID),
    "jti a number": (bearer(claims(jti=1)), Reason.TOKEN_ID),
    "jti empty": (bearer(claims(jti="")), Reason.TOKEN_ID),
    "jti wrong, of an issuer that need not have it": (
        bearer(claims(iss=LOOSE_ISSUER, jti=[])),
        Reason.TOKEN_ID,
    ),
    "an ID token of Keycloak": (bearer(claims(typ="ID")), Reason.TYPE_REFUSED),
    "a refresh token of Keycloak": (bearer(claims(typ="Refresh")), Reason.TYPE_REFUSED),
    "claim typ null": (bearer(claims(typ=None)), Reason.TYPE_REFUSED),
    "bound to a key by DPoP": (bearer(claims(cnf={"jkt": "x"})), Reason.BOUND),
    "bound to a certificate": (bearer(claims(cnf={"x5t#S256": "x"})), Reason.BOUND),
    "bound to nothing": (bearer(claims(cnf=None)), Reason.BOUND),
    "an employee for two hours": (
        bearer(claims(iss=PICKY_ISSUER, exp=NOW + 7_200)),
        Reason.LIFETIME,
    ),
    "a citizen for two hours": (
        bearer(citizen(iss=PICKY_ISSUER, exp=NOW + 7_200)),
        Reason.LIFETIME,
    ),
    "a system for seven hours": (
        bearer(claims(iss=PICKY_ISSUER, soort="systeem", exp=NOW + 25_200)),
        Reason.LIFETIME,
    ),
    "seven hours, of an issuer outside NL GOV OAuth": (
        bearer(claims(iss=LOOSE_ISSUER, exp=NOW + 25_200)),
        Reason.LIFETIME,
    ),
    # companies
    "a company without a number": (bearer(company(kvkNummer=ABSENT)), Reason.COMPANY),
    "a company by bsn": (bearer(company(kvkNummer=ABSENT, bsn=BSN)), Reason.COMPANY),
    "kvk a number": (bearer(company(kvkNummer=int(KVK))), Reason.COMPANY),
    "kvk of seven digits": (bearer(company(kvkNummer=KVK[1:])), Reason.COMPANY),
    "kvk of nine digits": (bearer(company(kvkNummer=BSN)), Reason.COMPANY),
    "kvk of zeroes": (bearer(company(kvkNummer="00000000")), Reason.COMPANY),
    "kvk in other digits": (bearer(company(kvkNummer="٩٩٩٠٠١٠٠")), Reason.COMPANY),
    "kvk with a line end": (bearer(company(kvkNummer=KVK + "\n")), Reason.COMPANY),
    "kvk a list": (bearer(company(kvkNummer=[KVK, "99900107"])), Reason.COMPANY),
    "kvk null": (bearer(company(kvkNummer=None)), Reason.COMPANY),
    "branch of eight digits": (bearer(company(vestigingsnummer=KVK)), Reason.COMPANY),
    "branch null": (bearer(company(vestigingsnummer=None)), Reason.COMPANY),
    "branch empty": (bearer(company(vestigingsnummer="")), Reason.COMPANY),
    "branch alone": (
        bearer(company(kvkNummer=ABSENT, vestigingsnummer=BRANCH)),
        Reason.COMPANY,
    ),
    "rsin fails the elfproef": (bearer(company(rsin="888800008")), Reason.COMPANY),
    "rsin null": (bearer(company(rsin=None)), Reason.COMPANY),
    "sub is the company's number": (bearer(company(sub=KVK)), Reason.SUBJECT),
    "sub holds the branch": (
        bearer(company(sub=f"x{BRANCH}", vestigingsnummer=BRANCH)),
        Reason.SUBJECT,
    ),
    "sub holds the rsin": (bearer(company(sub=f"x{RSIN}", rsin=RSIN)), Reason.SUBJECT),
    "name holds the rsin": (bearer(company(name=f"x {RSIN}", rsin=RSIN)), Reason.NAME),
    "purpose that is not for companies": (
        bearer(company(doelbinding="mijn-gegevens")),
        Reason.PURPOSE,
    ),
    "company from the employees' issuer": (bearer(company(iss=STAFF_ISSUER)), Reason.KIND),
    # representatives
    "a representative without a mandate": (
        bearer(representative(machtiging=ABSENT)),
        Reason.MANDATE,
    ),
    "a mandate that is text": (bearer(representative(machtiging=BSN)), Reason.MANDATE),
    "a mandate that is a list": (bearer(representative(machtiging=[{"bsn": BSN}])), Reason.MANDATE),
    "a mandate that is null": (bearer(representative(machtiging=None)), Reason.MANDATE),
    "a mandate of nobody": (bearer(representative({"diensten": ["wmo"]})), Reason.MANDATE),
    "a mandate of nobody, and an own bsn": (
        bearer(representative({"diensten": ["wmo"]}, bsn=BSN)),
        Reason.MANDATE,
    ),
    "a mandate of two": (
        bearer(representative({"bsn": BSN, "kvkNummer": KVK, "diensten": ["wmo"]})),
        Reason.MANDATE,
    ),
    "a mandate of a bsn that is none": (
        bearer(representative({"bsn": "999990018", "diensten": ["wmo"]})),
        Reason.BSN,
    ),
    "a mandate of a kvk that is none": (
        bearer(representative({"kvkNummer": "1", "diensten": ["wmo"]})),
        Reason.COMPANY,
    ),
    "a mandate of a bsn that is null": (
        bearer(representative({"bsn": None, "diensten": ["wmo"]})),
        Reason.BSN,
    ),
    "a mandate for no services": (
        bearer(representative({"bsn": BSN, "diensten": []})),
        Reason.MANDATE,
    ),
    "a mandate that names no services": (bearer(representative({"bsn": BSN})), Reason.MANDATE),
    "services in a table": (
        bearer(representative({"bsn": BSN, "diensten": {"wmo": True}})),
        Reason.MANDATE,
    ),
    "a service that is a number": (
        bearer(representative({"bsn": BSN, "diensten": ["wmo", 1]})),
        Reason.MANDATE,
    ),
    "101 services": (bearer(representative({"bsn": BSN, "diensten": ["w"] * 101})), Reason.MANDATE),
    "sub holds whom they act for": (bearer(representative(sub=f"voor-{BSN}")), Reason.SUBJECT),
    "sub is a bsn of who knows": (bearer(representative(sub="999990020")), Reason.SUBJECT),
    "sub holds the representative's own bsn": (
        bearer(representative(sub="x-999990020", bsn="999990020")),
        Reason.SUBJECT,
    ),
    "name is a bsn of who knows": (bearer(company(name="999990020")), Reason.NAME),
    "name holds the company's director": (
        bearer(company(name=f"directeur {BSN}", bsn=BSN)),
        Reason.NAME,
    ),
    "a citizen with a mandate": (bearer(citizen(machtiging={"bsn": BSN})), Reason.MANDATE),
    "a citizen with a mandate that is null": (bearer(citizen(machtiging=None)), Reason.MANDATE),
    "a company with a mandate": (bearer(company(machtiging={"kvkNummer": KVK})), Reason.MANDATE),
    # assurance
    "assurance that is not known": (
        bearer(citizen(acr="urn:mace:incommon:iap:gold")),
        Reason.ASSURANCE,
    ),
    "assurance in other letters": (bearer(citizen(acr="HOOG")), Reason.ASSURANCE),
    "assurance with something behind it": (
        bearer(citizen(acr=f"{SMARTCARD}PKIX")),
        Reason.ASSURANCE,
    ),
    "assurance with a space": (bearer(citizen(acr="hoog ")), Reason.ASSURANCE),
    "assurance a number": (bearer(citizen(acr=4)), Reason.ASSURANCE),
    "assurance a list": (bearer(citizen(acr=["hoog"])), Reason.ASSURANCE),
    "assurance null": (bearer(citizen(acr=None)), Reason.ASSURANCE),
    "assurance of a company that is not known": (bearer(company(acr="loa5")), Reason.ASSURANCE),
    "assurance of a representative that is not known": (
        bearer(representative(acr="0")),
        Reason.ASSURANCE,
    ),
}


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_token_says_who_asks(name: str) -> None:
    header, expected = GOOD[name]

    assert expected == await tokens().verify(header)


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_token_is_refused_with_its_reason(name: str) -> None:
    header, expected = BAD[name]

    with pytest.raises(Unauthenticated) as refused:
        await tokens().verify(header)

    assert expected == refused.value.reason


@pytest.mark.parametrize("name", BAD)
async def test_a_refusal_shows_neither_cause_nor_value(name: str) -> None:
    header, _ = BAD[name]

    with pytest.raises(Unauthenticated) as refused:
        await tokens().verify(header)

    assert refused.value.message == Unauthenticated.message
    assert (refused.value.code, refused.value.status) == ("NIET_AANGEMELD", 401)
    assert f"NIET_AANGEMELD ({refused.value.reason})" == str(refused.value)
    assert refused.value.challenge in ("Bearer", 'Bearer error="invalid_token"')


async def test_another_spelling_of_a_good_signature_is_refused() -> None:
    """Base64 has several spellings of one value; only the canonical one is accepted."""
    head, payload, signature = bearer(claims()).split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spelled = signature[:-1] + alphabet[alphabet.index(signature[-1]) + 1]
    assert base64.urlsafe_b64decode(signature + "==") == base64.urlsafe_b64decode(spelled + "==")

    with pytest.raises(Unauthenticated):
        await tokens().verify(".".join((head, payload, spelled)))


async def test_claims_may_have_other_names() -> None:
    names = ClaimNames(
        tenant="urn:t",
        purpose=("realm", "purposes"),
        kind="urn:k",
        bsn="urn:b",
        name="preferred_username",
        subject=("act", "sub"),
    )
    issuer = Issuer(
        EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), FixedKeys(ring(EC)), claims=names
    )
    payload = claims() | {
        "urn:t": "0999",
        "realm": {"purposes": ["mijn-gegevens"]},
        "act": {"sub": "u-9"},
        "urn:k": "burger",
        "urn:b": BSN,
        "preferred_username": "rb",
    }

    found = await Tokens([issuer], PURPOSES, clock=lambda: NOW).verify(bearer(payload))

    assert replace(CITIZEN, subject="u-9", name="rb") == found


async def test_an_issuer_may_have_words_of_its_own() -> None:
    issuer = Issuer(
        EC_ISSUER,
        AUDIENCE,
        "ES256",
        frozenset({"0999"}),
        FixedKeys(ring(EC)),
        kind_values={"citizen": Kind.BURGER},
        levels={**VALUES, "strong": Level.HOOG},
    )
    own = Tokens([issuer], PURPOSES, clock=lambda: NOW)

    found = await own.verify(bearer(citizen(soort="citizen", acr="strong")))
    with pytest.raises(Unauthenticated) as refused:
        await own.verify(bearer(citizen()))

    assert replace(CITIZEN, assurance=Level.HOOG) == found
    assert refused.value.reason == Reason.KIND


async def test_an_issuer_may_write_the_number_of_whomever_it_is_about_in_one_claim() -> None:
    """As brokers of DigiD do that say LegalSubjectID, whether somebody acts for them or not."""
    names = ClaimNames(bsn="legal", mandate_bsn="legal", services="services", mandate="mandate")
    issuer = Issuer(
        EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), FixedKeys(ring(EC)), claims=names
    )
    own = Tokens([issuer], PURPOSES, clock=lambda: NOW)

    themself = await own.verify(bearer(citizen(legal=BSN)))
    other = representative(machtiging=ABSENT, legal=BSN, services="wmo")

    assert themself == CITIZEN
    assert await own.verify(bearer(other)) == REPRESENTATIVE


async def test_a_token_without_kid_is_refused_when_the_issuer_has_two_keys() -> None:
    keys = FixedKeys(ring(EC, type(EC).generate_key("P-256", {"kid": "second"})))
    issuer = Issuer(EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), keys)

    with pytest.raises(Unauthenticated) as refused:
        await Tokens([issuer], PURPOSES, clock=lambda: NOW).verify(with_header(kid=ABSENT))

    assert refused.value.reason == Reason.NO_KEY


async def test_whatever_goes_wrong_inside_is_a_refusal() -> None:
    class Broken(FixedKeys):
        async def find(self, kid: str | None) -> Any:
            raise RuntimeError("bug")

    issuer = Issuer(EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), Broken(ring(EC)))

    with pytest.raises(Unauthenticated) as refused:
        await Tokens([issuer], PURPOSES, clock=lambda: NOW).verify(bearer(claims()))

    assert refused.value.reason == Reason.UNEXPECTED


def test_two_issuers_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="one name"):
        Tokens([*issuers(), issuers()[0]], PURPOSES)


@settings(deadline=None)
@given(
    header=st.one_of(
        st.text(max_size=200),
        st.text(max_size=200).map("Bearer {}".format),
        st.from_regex(r"Bearer [A-Za-z0-9_-]{1,90}\.[A-Za-z0-9_-]{1,90}\.[A-Za-z0-9_-]{1,90}"),
    )
)
async def test_no_text_whatever_gives_another_error(header: str) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await tokens().verify(header)

    assert refused.value.reason != Reason.UNEXPECTED


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


_CLAIMS = sorted({*citizen(), *company(), *representative(), "acr", "rollen", "vestigingsnummer"})


@settings(deadline=None)
@given(
    kind=st.sampled_from([claims, citizen, company, representative]),
    name=st.sampled_from(_CLAIMS),
    value=_JSON,
)
async def test_no_value_of_a_signed_claim_gives_another_error(
    kind: Callable[..., dict[str, Any]], name: str, value: Any
) -> None:
    try:
        await tokens().verify(bearer(kind(**{name: value})))
    except Unauthenticated as refused:
        assert refused.reason != Reason.UNEXPECTED


@settings(deadline=None)
@given(name=st.sampled_from(["bsn", "kvkNummer", "vestigingsnummer", "diensten"]), value=_JSON)
async def test_no_value_in_a_mandate_gives_another_error(name: str, value: Any) -> None:
    mandate = {"bsn": BSN, "diensten": ["wmo"], name: value}
    try:
        await tokens().verify(bearer(representative(mandate)))
    except Unauthenticated as refused:
        assert refused.reason != Reason.UNEXPECTED


@settings(deadline=None)
@given(name=st.sampled_from(["alg", "kid", "typ", "crit", "jwk", "b64", "x"]), value=_JSON)
async def test_no_value_in_the_header_gives_another_error(name: str, value: Any) -> None:
    try:
        await tokens().verify(with_header(**{name: value}))
    except Unauthenticated as refused:
        assert refused.reason != Reason.UNEXPECTED
