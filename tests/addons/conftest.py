"""What the tests of the sensors share."""

import logging
import ssl
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

with warnings.catch_warnings():
    # mitmproxy calls pyparsing by its old names when it is imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    import mitmproxy.addons  # noqa: F401 (the import is what is wanted)

from addons.proxy.log_filter import CONNECTION_LOGGER, FILTERED_LOGGERS
from tests.addons.hellos import HOSTNAME


@pytest.fixture(autouse=True)
def _loggers_as_they_were() -> Iterator[None]:
    """Take back what the addon does to mitmproxy's loggers: in a process of its own it stays."""
    loggers = [logging.getLogger(name) for name in ("root", CONNECTION_LOGGER, *FILTERED_LOGGERS)]
    before = [
        (logger.propagate, logger.level, logger.handlers[:], logger.filters[:])
        for logger in loggers
    ]
    yield
    for logger, (propagate, level, handlers, filters) in zip(loggers, before, strict=True):
        logger.propagate, logger.handlers, logger.filters = propagate, handlers, filters
        logger.setLevel(level)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the certificate of a server, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTNAME)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOSTNAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("server") / "server.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture(scope="session")
def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture(scope="session")
def client_context(certificate: Path) -> ssl.SSLContext:
    """Trust that server, and no other: who stands between them is found out."""
    return ssl.create_default_context(cafile=certificate)
