"""Checks what a provider signed of somebody: by whom, for whom, when, and for which sign-in.

OpenID Connect Core 1.0, 3.1.3.7. It lets a client that fetched a token over TLS believe it without
a signature, and allauth does; here whoever gets between the two has to forge one as well.
"""

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

ALGORITHMS = frozenset(
    {"ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"}
)
"""With a key of the provider's own: neither none, nor one that the client has too."""
LEEWAY = 60
"""Seconds that two clocks may differ."""
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")


class UntrustedToken(Exception):
    """A token that says nothing about anybody."""


def verify_id_token(
    token: str, key_set: Mapping[str, Any], *, issuer: str, client: str, nonce: str
) -> dict[str, Any]:
    """Return the claims of a token that a provider made for this client and this sign-in.

    Args:
        token: as the provider gave it.
        key_set: the provider's keys as they are now (RFC 7517).
        issuer: the provider.
        client: what the school is to the provider.
        nonce: what was sent along with this sign-in.

    Raises:
        UntrustedToken: when anything of it is otherwise.
    """
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_find_key(header, key_set),
            algorithms=sorted(ALGORITHMS),
            audience=client,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise UntrustedToken("its signature or a claim is not as it has to be") from error
    is_for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if is_for_several else client) != client:
        raise UntrustedToken("it was made for another")
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise UntrustedToken("it is of another sign-in")
    return claims


def _find_key(header: Mapping[str, Any], key_set: Mapping[str, Any]) -> Any:
    """Return the key that signed; a provider with one key need not name it."""
    algorithm, name = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise UntrustedToken("it is signed with nothing that the provider alone has")
    keys = [
        key
        for key in jwt.PyJWKSet.from_dict(dict(key_set)).keys
        if key.public_key_use in {None, "sig"} and name in {None, key.key_id}
    ]
    if len(keys) != 1:
        raise UntrustedToken("the provider has no such key")
    if keys[0]._jwk_data.get("alg", algorithm) != algorithm:
        raise UntrustedToken("the key is not for that algorithm")
    return keys[0].key
