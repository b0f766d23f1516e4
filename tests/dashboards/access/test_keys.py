"""One secret, a key for each purpose."""

from cryptography.fernet import Fernet

from dashboards.access.keys import WebKeys


def test_the_keys_follow_from_the_secret_and_from_nothing_else() -> None:
    assert WebKeys.derive("one") == WebKeys.derive("one")
    assert WebKeys.derive("one") != WebKeys.derive("two")
    assert WebKeys.generate() != WebKeys.generate()


def test_no_key_tells_another_and_none_is_shown() -> None:
    keys = WebKeys.derive("one")
    assert keys.encryption.decode() not in keys.signing
    assert keys.caching not in (keys.encryption, keys.signing.encode())
    assert keys.signing not in repr(keys)
    assert repr(keys.caching) not in repr(keys)


def test_the_second_encrypts() -> None:
    cipher = Fernet(WebKeys.derive("one").encryption)
    assert cipher.decrypt(cipher.encrypt(b"text")) == b"text"
