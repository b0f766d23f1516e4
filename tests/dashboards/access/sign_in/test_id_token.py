"""A provider's token counts when it is of the provider, for this school and of this sign-in."""

import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from dashboards.access.sign_in.id_token import UntrustedToken, verify_id_token

type Key = RSAPrivateKey | EllipticCurvePrivateKey
RSA = rsa.generate_private_key(65537, 2048)
OTHER_RSA = rsa.generate_private_key(65537, 2048)
CURVE = ec.generate_private_key(ec.SECP256R1())
ISSUER, CLIENT, NONCE = "https://provider.example", "lesrust", "of this sign-in"


def public(key: Key, **about: object) -> dict[str, Any]:
    algorithm = jwt.get_algorithm_by_name("RS256" if isinstance(key, RSAPrivateKey) else "ES256")
    written: dict[str, Any] = json.loads(algorithm.to_jwk(key.public_key()))
    written.pop("key_ops", None)
    return {**written, **about}


def claims(**changes: object) -> dict[str, object]:
    now = int(time.time())
    right: dict[str, object] = {
        "iss": ISSUER,
        "sub": "248289761001",
        "aud": CLIENT,
        "exp": now + 86_400,
        "iat": now,
        "nonce": NONCE,
    }
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def sign(key: Key = RSA, algorithm: str = "RS256", kid: str | None = "a", **changes: Any) -> str:
    return jwt.encode(claims(**changes), key, algorithm, headers={"kid": kid} if kid else None)


KEYS = {"keys": [public(RSA, kid="a"), public(CURVE, kid="b", alg="ES256", use="sig")]}


def verify(token: str, keys: dict[str, Any] = KEYS) -> dict[str, Any]:
    return verify_id_token(token, keys, issuer=ISSUER, client=CLIENT, nonce=NONCE)


@pytest.mark.parametrize(
    "token",
    [
        sign(),
        sign(algorithm="PS256"),
        sign(CURVE, "ES256", "b"),
        sign(azp=CLIENT),
        sign(aud=[CLIENT]),
        sign(aud=[CLIENT, "another"], azp=CLIENT),
    ],
    ids=["rsa", "pss", "curve", "party", "one audience", "several audiences"],
)
def test_what_the_provider_signed_for_this_sign_in_counts(token: str) -> None:
    assert verify(token)["sub"] == "248289761001"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"azp": ""},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"nonce": "of another"},
        {"nonce": 7},
        *({name: None} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
    ],
    ids=str,
)
def test_what_is_of_another_or_over_does_not(changes: dict[str, Any]) -> None:
    with pytest.raises(UntrustedToken):
        verify(sign(**changes))


def part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "token",
    [
        sign(OTHER_RSA),
        sign(kid="unknown"),
        sign(kid="b"),
        sign(kid=None),
        jwt.encode(claims(), "a secret of the client, long enough for it", "HS256", {"kid": "a"}),
        f"{part({'alg': 'none', 'kid': 'a'})}.{part(claims())}.",
        f"{part({'alg': ['RS256'], 'kid': 'a'})}.{part(claims())}.{part('')}",
        f"{part({'alg': 'RS256', 'kid': ['a']})}.{part(claims())}.{part('')}",
        f"{sign()}x",
        sign().rpartition(".")[0],
        "None",
        "",
        "...",
    ],
)
def test_what_the_provider_did_not_sign_does_not(token: str) -> None:
    with pytest.raises(UntrustedToken):
        verify(token)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": []},
        {"keys": "a"},
        {"keys": [{}]},
        {"keys": [public(OTHER_RSA, kid="a")]},
        {"keys": [public(RSA, kid="a", use="enc")]},
        {"keys": [public(RSA, kid="a", alg="RS512")]},
        {"keys": [public(RSA, kid="a"), public(OTHER_RSA, kid="a")]},
    ],
)
def test_other_keys_are_not_its_own(keys: dict[str, Any]) -> None:
    with pytest.raises(UntrustedToken):
        verify(sign(), keys)


def test_a_provider_with_one_key_need_not_name_it() -> None:
    assert verify(sign(kid=None), {"keys": [public(RSA)]})
