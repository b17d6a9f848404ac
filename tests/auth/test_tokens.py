"""Verification of tokens: which are good, and why each bad one is refused."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.auth.errors import Reason, Unauthenticated
from gateway.auth.issuer import ClaimNames, Issuer
from gateway.auth.jwks import FixedKeys
from gateway.auth.principal import Kind, Principal
from gateway.auth.tokens import Tokens
from tests.auth.signing import (
    ABSENT,
    AUDIENCE,
    BSN,
    EC,
    EC_384,
    EC_ISSUER,
    EC_OTHER,
    ED,
    ED_ISSUER,
    NOW,
    PSS_ISSUER,
    PURPOSES,
    RSA,
    RSA_ISSUER,
    STAFF_ISSUER,
    STRICT_ISSUER,
    bearer,
    citizen,
    claims,
    issuers,
    public_as_secret,
    ring,
    token,
    unsigned,
)

pytestmark = pytest.mark.anyio

HEADER: dict[str, Any] = {"alg": "ES256", "kid": "ec", "typ": "JWT"}
EMPLOYEE = Principal("u-1", "J. de Vries", "0999", "klantcontact", Kind.MEDEWERKER, None)


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
        EMPLOYEE,
    ),
    "PS256": (
        bearer(claims(iss=PSS_ISSUER), header={"alg": "PS256", "kid": "rsa"}, key=RSA),
        EMPLOYEE,
    ),
    "EdDSA, without a warning": (
        bearer(claims(iss=ED_ISSUER), header={"alg": "EdDSA", "kid": "ed"}, key=ED),
        EMPLOYEE,
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
        Principal("u-1", "u-1", "0999", "klantcontact", Kind.MEDEWERKER, None),
    ),
    "a system": (
        bearer(claims(soort="systeem", sub="client-7", name=ABSENT)),
        Principal("client-7", "client-7", "0999", "klantcontact", Kind.SYSTEEM, None),
    ),
    "a citizen": (
        bearer(citizen(name="R. Burger")),
        Principal("u-1", "R. Burger", "0999", "mijn-gegevens", Kind.BURGER, BSN),
    ),
    "at+jwt where only that will do": (
        bearer(claims(iss=STRICT_ISSUER), header={"alg": "ES256", "typ": "at+JWT"}),
        EMPLOYEE,
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
    "two purposes": (bearer(claims(doelbinding=["klantcontact"])), Reason.PURPOSE),
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
    names = ClaimNames("urn:t", "urn:p", "urn:k", "urn:b", "preferred_username")
    issuer = Issuer(
        EC_ISSUER, AUDIENCE, "ES256", frozenset({"0999"}), FixedKeys(ring(EC)), claims=names
    )
    payload = claims() | {
        "urn:t": "0999",
        "urn:p": "mijn-gegevens",
        "urn:k": "burger",
        "urn:b": BSN,
        "preferred_username": "rb",
    }

    found = await Tokens([issuer], PURPOSES, clock=lambda: NOW).verify(bearer(payload))

    assert Principal("u-1", "rb", "0999", "mijn-gegevens", Kind.BURGER, BSN) == found


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


@settings(deadline=None)
@given(name=st.sampled_from(sorted(citizen())), value=_JSON)
async def test_no_value_of_a_signed_claim_gives_another_error(name: str, value: Any) -> None:
    try:
        await tokens().verify(bearer(citizen(**{name: value})))
    except Unauthenticated as refused:
        assert refused.reason != Reason.UNEXPECTED


@settings(deadline=None)
@given(name=st.sampled_from(["alg", "kid", "typ", "crit", "jwk", "b64", "x"]), value=_JSON)
async def test_no_value_in_the_header_gives_another_error(name: str, value: Any) -> None:
    try:
        await tokens().verify(with_header(**{name: value}))
    except Unauthenticated as refused:
        assert refused.reason != Reason.UNEXPECTED
