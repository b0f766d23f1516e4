"""Signs an account with a key that nobody has afterwards, and checks such a signature.

The signature says that the account is as it was written; whose it is, says whoever kept the
fingerprint of the key. Ed25519 (RFC 8032) over the account as canonical JSON: keys in order, no
spaces, UTF-8.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

type Account = Mapping[str, object]
"""What JSON can hold."""


@dataclass(frozen=True, slots=True)
class SignedAccount:
    """An account with its signature."""

    text: str
    """JSON: the account, the signature and the public key."""
    fingerprint: str
    """SHA-256 of the public key, in hexadecimal."""


def sign_account(account: Account) -> SignedAccount:
    """Sign an account with a new key, which is forgotten."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    signed = {
        "account": account,
        "signature": b64encode(key.sign(_canonical(account))).decode(),
        "key": b64encode(public).decode(),
    }
    text = json.dumps(signed, ensure_ascii=False, indent=2)
    return SignedAccount(f"{text}\n", sha256(public).hexdigest())


def is_unchanged(text: str, fingerprint: str) -> bool:
    """Whether a signed account is as it was when its key had this fingerprint.

    Raises:
        ValueError: when it is no signed account.
    """
    try:
        signed = json.loads(text)
        public, signature = b64decode(signed["key"]), b64decode(signed["signature"])
        if sha256(public).hexdigest() != fingerprint:
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _canonical(signed["account"]))
    except InvalidSignature:
        return False
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("no signed account") from error
    return True


def _canonical(account: Account) -> bytes:
    return json.dumps(account, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
