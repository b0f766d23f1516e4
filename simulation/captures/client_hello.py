"""Makes a ClientHello like a browser's, from which a sensor reads the hostname."""

from random import Random

_CIPHER_SUITES = bytes.fromhex("130113021303c02bc02fc02cc030cca9cca8")
_SERVER_NAME, _GROUPS, _SIGNATURES, _ALPN, _VERSIONS, _KEY_SHARE = 0, 10, 13, 16, 43, 51
_X25519 = b"\x00\x1d"


def make_client_hello(hostname: str, random: Random) -> bytes:
    """Make a TLS record with a ClientHello; without a name when the hostname is empty."""
    extensions = [
        _extension(_GROUPS, _with_length(_X25519 + b"\x00\x17")),
        _extension(_SIGNATURES, _with_length(bytes.fromhex("0403080404010503"))),
        _extension(_ALPN, _with_length(b"\x02h2\x08http/1.1")),
        _extension(_VERSIONS, b"\x04\x03\x04\x03\x03"),
        _extension(_KEY_SHARE, _with_length(_X25519 + _with_length(random.randbytes(32)))),
    ]
    if hostname:
        name = b"\x00" + _with_length(hostname.encode("ascii"))
        extensions.append(_extension(_SERVER_NAME, _with_length(name)))
    random.shuffle(extensions)
    body = b"".join(
        (
            b"\x03\x03",
            random.randbytes(32),
            b"\x20" + random.randbytes(32),
            _with_length(_CIPHER_SUITES),
            b"\x01\x00",
            _with_length(b"".join(extensions)),
        )
    )
    return b"\x16\x03\x01" + _with_length(b"\x01" + len(body).to_bytes(3) + body)


def _with_length(content: bytes) -> bytes:
    return len(content).to_bytes(2) + content


def _extension(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2) + _with_length(content)
