"""What was checked is connected to, by the name that was asked for, and nothing further."""

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from schedules.outgoing.policy import ForbiddenDestination, OutgoingPolicy
from schedules.outgoing.transport import make_client
from tests.schedules.importers.serving import serving
from tests.schedules.names import Names, names

__all__ = ["names"]

HERE = OutgoingPolicy(inside=(ip_network("127.0.0.0/8"),))
TIMEOUT = httpx.Timeout(60)
NAME, OTHER_NAME = "timetable.example", "another.example"


ROOT = Path(__file__).parents[3]
PACKAGES = ("addons", "dashboards", "monitor", "schedules")
ASKS = re.compile(
    r"^\s*(?:from|import) (?:aiohttp|ftplib|http\.client|requests|smtplib|urllib\.request)\b"
    r"|^\s*(?:from|import) (?:imaplib|urllib3|websockets|xmlrpc)\b"
    r"|\bhttpx\.(?:AsyncClient|Client|get|post|put|request|stream)\(",
    re.MULTILINE,
)
"""What could ask a server by itself."""
OF_ITS_OWN = {
    "monitor/diagnostics/sensor_metrics.py",  # asks the sensor of this machine
    "schedules/outgoing/transport.py",
}


class NotingServer(ThreadingHTTPServer):
    """Notes who was asked for and who asks, and leads elsewhere when it is asked to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _NotingHandler)
        self.hosts: list[str] = []
        self.bodies: list[bytes] = []
        self.callers: list[tuple[str, int]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a connection that was given up."""


class _NotingHandler(BaseHTTPRequestHandler):
    server: NotingServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])
        self.server.callers.append(self.client_address)
        self.server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "/here")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[NotingServer]:
    with serving(NotingServer()) as noting:
        yield noting


def test_nothing_asks_a_server_in_another_way() -> None:
    modules = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    asking = {str(path.relative_to(ROOT)) for path in modules if ASKS.search(path.read_text())}
    assert asking == OF_ITS_OWN


def get(policy: OutgoingPolicy, url: str) -> httpx.Response:
    with make_client(policy, timeout=TIMEOUT) as client:
        return client.get(url)


def test_a_name_is_resolved_once_and_connected_to_where_that_led(
    server: NotingServer, names: Names
) -> None:
    """Who changes the name between the check and the connection changes nothing."""
    names(NAME, ("127.0.0.1",), ("127.0.0.9",))
    answer = get(HERE, f"http://{NAME}:{server.server_port}/")
    assert answer.json() == {}
    assert server.hosts == [f"{NAME}:{server.server_port}"]


def test_each_request_is_checked_anew(server: NotingServer, names: Names) -> None:
    names(NAME, ("127.0.0.1",), ("169.254.169.254",))
    with make_client(HERE, timeout=TIMEOUT) as client:
        client.get(f"http://{NAME}:{server.server_port}/")
        with pytest.raises(ForbiddenDestination):
            client.get(f"http://{NAME}:{server.server_port}/")
    assert len(server.hosts) == 1


def test_nothing_is_sent_to_where_it_may_not_lead(server: NotingServer, names: Names) -> None:
    names(NAME, ("127.0.0.1",))
    with pytest.raises(ForbiddenDestination):
        get(OutgoingPolicy(), f"http://{NAME}:{server.server_port}/")
    assert server.hosts == []


def test_no_answer_leads_elsewhere(server: NotingServer) -> None:
    answer = get(HERE, f"http://127.0.0.1:{server.server_port}/elsewhere")
    assert answer.status_code == 302
    assert len(server.hosts) == 1


def test_no_proxy_of_the_environment_resolves_by_itself(
    server: NotingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert get(HERE, f"http://127.0.0.1:{server.server_port}/").status_code == 200


def test_an_address_that_does_not_answer_leaves_the_next(
    server: NotingServer, names: Names
) -> None:
    names(NAME, ("127.0.0.9", "127.0.0.1"))
    with make_client(HERE, timeout=TIMEOUT) as client:
        answer = client.post(f"http://{NAME}:{server.server_port}/", data={"code": "1"})
    assert answer.status_code == 200
    assert server.bodies == [b"code=1"]


def test_when_none_answers_it_is_said(names: Names) -> None:
    names(NAME, ("127.0.0.9", "127.0.0.8"))
    with pytest.raises(httpx.ConnectError):
        get(HERE, f"http://{NAME}:1/")
    with pytest.raises(httpx.ConnectError):
        get(HERE, "http://name.invalid/")


def test_a_connection_of_one_name_is_not_used_for_another(
    server: NotingServer, names: Names
) -> None:
    names(NAME, ("127.0.0.1",), ("127.0.0.1",))
    names(OTHER_NAME, ("127.0.0.1",))
    with make_client(HERE, timeout=TIMEOUT) as client:
        for name in (NAME, NAME, OTHER_NAME):
            client.get(f"http://{name}:{server.server_port}/")
    first, again, other = server.callers
    assert first == again != other


@pytest.fixture
def secure_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotingServer]:
    """Give a server with a certificate of NAME, which this machine trusts."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([]), datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "server.pem", tmp_path / "server.key"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, secret)
    noting = NotingServer()
    noting.socket = context.wrap_socket(noting.socket, server_side=True)
    with serving(noting):
        yield noting


def test_a_certificate_is_checked_for_the_name(secure_server: NotingServer, names: Names) -> None:
    names(NAME, ("127.0.0.1",))
    names(OTHER_NAME, ("127.0.0.1",))
    assert get(HERE, f"https://{NAME}:{secure_server.server_port}/").status_code == 200
    with pytest.raises(httpx.ConnectError, match="certificate"):
        get(HERE, f"https://{OTHER_NAME}:{secure_server.server_port}/")
    with pytest.raises(httpx.ConnectError, match="certificate"):
        get(HERE, f"https://127.0.0.1:{secure_server.server_port}/")
    assert secure_server.hosts == [f"{NAME}:{secure_server.server_port}"]
