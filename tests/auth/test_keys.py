"""Which published keys are used, and which files can hold them."""

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from gateway.auth.keys import UnusableKeysError, read_jwks, read_key_file
from tests.auth.signing import EC, EC_384, ED, RSA, jwks

PUBLIC: dict[str, Any] = dict(EC.as_dict(private=False))


def document(*keys: Any) -> bytes:
    return json.dumps({"keys": list(keys)}).encode()


@pytest.mark.parametrize(
    "jwk",
    [
        pytest.param(PUBLIC | {"use": "enc"}, id="for encryption"),
        pytest.param(PUBLIC | {"alg": "ES384"}, id="for another algorithm"),
        pytest.param(PUBLIC | {"key_ops": ["sign"]}, id="not for verifying"),
        pytest.param(PUBLIC | {"key_ops": "verify"}, id="key_ops is no list"),
        pytest.param(PUBLIC | {"kid": 7}, id="kid is a number"),
        pytest.param(PUBLIC | {"x": "!"}, id="a broken point"),
        pytest.param({"kty": "EC", "crv": "P-256"}, id="no point"),
        pytest.param(EC.as_dict(private=True), id="a private key"),
        pytest.param(EC_384.as_dict(private=False), id="another curve"),
        pytest.param(RSA.as_dict(private=False), id="another type"),
        pytest.param(OctKey.generate_key(256).as_dict(private=True), id="a shared secret"),
        pytest.param({"kty": "ML-DSA"}, id="a type we do not know"),
        pytest.param("key", id="a text"),
        pytest.param(None, id="null"),
    ],
)
def test_a_key_that_does_not_fit_is_left_out(jwk: Any) -> None:
    ring = read_jwks(document(jwk, PUBLIC | {"kid": "good"}), "ES256")

    assert list(ring.by_kid) == ["good"]


def test_rsa_keys_that_are_too_small_or_too_large_are_left_out() -> None:
    good = dict(RSA.as_dict(private=False))
    small = good | {"kid": "small", "n": "A" * 171}
    large = good | {"kid": "large", "n": "A" * 2_731}

    assert list(read_jwks(document(small, large, good), "RS256").by_kid) == ["rsa"]


def test_of_two_keys_with_one_kid_the_first_counts() -> None:
    second = ECKey.generate_key("P-256", {"kid": "ec"})

    ring = read_jwks(document(PUBLIC, second.as_dict(private=False)), "ES256")

    key = ring.get("ec")
    assert key is not None
    assert EC.thumbprint() == key.thumbprint()


def test_a_sole_key_without_kid_serves_every_kid() -> None:
    nameless = {name: value for name, value in PUBLIC.items() if name != "kid"}

    ring = read_jwks(document(nameless), "ES256")
    assert ring.get("anything") is not None
    assert ring.get(None) is not None

    ring = read_jwks(document(nameless, PUBLIC), "ES256")
    assert ring.get("anything") is None
    assert ring.get(None) is None


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b"5", b"null", b"{}", b'{"keys": {}}', b"\xff", b"[" * 9_999]
)
def test_what_is_no_jwks(content: bytes) -> None:
    with pytest.raises(UnusableKeysError):
        read_jwks(content, "ES256")


def test_an_issuer_may_withdraw_all_its_keys() -> None:
    assert not read_jwks(b'{"keys": []}', "ES256").thumbprints


@pytest.mark.parametrize(
    ("content", "algorithm"),
    [
        (EC.as_pem(private=False), "ES256"),
        (RSA.as_pem(private=False), "RS256"),
        (RSA.as_pem(private=False), "PS256"),
        (ED.as_pem(private=False), "EdDSA"),
        (b"\n" + jwks(EC), "ES256"),
    ],
)
def test_a_key_file_is_a_jwks_or_pem(content: bytes, algorithm: str) -> None:
    assert len(read_key_file(content, algorithm).thumbprints) == 1


@pytest.mark.parametrize(
    ("content", "algorithm", "expected"),
    [
        (EC.as_pem(private=True), "ES256", "privésleutel"),
        (EC.as_pem(private=False), "RS256", "geen publieke sleutel voor RS256"),
        (EC_384.as_pem(private=False), "ES256", "geen publieke sleutel voor ES256"),
        (b"-----BEGIN PUBLIC KEY-----\nrommel", "ES256", "geen publieke sleutel voor ES256"),
        (b"rommel", "ES256", "geen JWKS en geen PEM"),
        (jwks(RSA), "ES256", "geen publieke sleutel voor ES256"),
        (b"{", "ES256", "geen leesbare JSON"),
        pytest.param(
            document(PUBLIC, EC.as_dict(private=True)), "ES256", "privésleutel", id="a private key"
        ),
        pytest.param(
            document(PUBLIC, {"kty": "oct", "k": "AAAA"}), "ES256", "privésleutel", id="a secret"
        ),
    ],
)
def test_a_key_file_that_will_not_do(content: bytes, algorithm: str, expected: str) -> None:
    with pytest.raises(UnusableKeysError, match=expected):
        read_key_file(content, algorithm)


def test_a_small_rsa_key_in_a_file_is_refused() -> None:
    with pytest.warns(UserWarning, match="2048"):
        small = RSAKey.generate_key(1024)

    with pytest.raises(UnusableKeysError):
        read_key_file(small.as_pem(private=False), "RS256")
