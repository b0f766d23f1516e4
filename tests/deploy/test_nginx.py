"""The pages behind a real nginx with TLS, configured as `deploy/` has it."""

import re
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.dashboards.running import configuration, web

pytestmark = pytest.mark.needs("curl", "nginx", "openssl")

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx" / "lesrust.conf"
NAME = "lesrust.voorbeeldcollege.nl"
EMPTY_REPLY = 52
"""How curl ends when it was answered with nothing."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def ports(
    tmp_path_factory: pytest.TempPathFactory, static_files: Path
) -> Iterator[tuple[int, int]]:
    """Give the ports of HTTP and HTTPS."""
    folder = tmp_path_factory.mktemp("nginx")
    config = configuration(folder, f'address = "https://{NAME}"\n')
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "1", "-subj", f"/CN={NAME}"),
            *("-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", folder / "lesrust.key", "-out", folder / "lesrust.pem"),
        ],
        check=True,
        capture_output=True,
    )
    plain, tls = free_port(), free_port()
    with web(config, static_files) as pages:
        server = EXAMPLE.read_text()
        for pattern, here in (
            (r"listen \[::\]:\d+( ssl)?( default_server)?;", ""),
            (r"listen 80\b", f"listen 127.0.0.1:{plain}"),
            (r"listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
            (r"/etc/ssl/(certs|private)", str(folder)),
            (r"/var/log/nginx", str(folder)),
            (r"127\.0\.0\.1:9467", f"127.0.0.1:{pages}"),
        ):
            server, times = re.subn(pattern, here, server)
            assert times, pattern
        main = folder / "nginx.conf"
        main.write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{}}\nhttp {{ {_own_folders(folder)}\n{server} }}\n"
        )
        with subprocess.Popen(["nginx", "-c", main], stderr=subprocess.PIPE) as nginx:
            try:
                _wait_for(tls)
                yield plain, tls
            finally:
                nginx.terminate()
        assert not list(folder.glob("*access*"))


def _own_folders(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def _wait_for(port: int) -> None:
    until = monotonic() + 120
    while monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise AssertionError("nginx does not listen")


def curl(port: int, path: str, *more: str, scheme: str = "https") -> str:
    """Give the head of an answer, and its text."""
    to = f"{NAME}:{port}:127.0.0.1"
    command = ["curl", "-sik", "--max-time", "120", "--resolve", to, *more]
    answer = subprocess.run(
        [*command, f"{scheme}://{NAME}:{port}{path}"], check=True, capture_output=True, text=True
    )
    return answer.stdout


def test_nothing_goes_without_tls(ports: tuple[int, int]) -> None:
    head = curl(ports[0], "/les/", scheme="http")
    assert head.startswith("HTTP/1.1 301")
    assert f"Location: https://{NAME}/les/" in head


def test_a_browser_is_told_to_keep_to_tls(ports: tuple[int, int]) -> None:
    head = curl(ports[1], "/inloggen/")
    assert head.startswith("HTTP/1.1 200")
    assert "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload" in head
    for cookie in re.findall(r"^Set-Cookie: (.*)$", head, flags=re.MULTILINE):
        assert "Secure" in cookie


def test_only_nginx_says_whether_tls_was_used(ports: tuple[int, int]) -> None:
    head = curl(ports[1], "/inloggen/", "-H", "X-Forwarded-Proto: http")
    assert head.startswith("HTTP/1.1 200")


def test_another_name_gets_nothing_not_even_an_error(ports: tuple[int, int]) -> None:
    for port, scheme in zip(ports, ("http", "https"), strict=True):
        with pytest.raises(subprocess.CalledProcessError) as nothing:
            curl(port, "/", "-H", "Host: elsewhere.example", scheme=scheme)
        assert nothing.value.returncode == EMPTY_REPLY


def test_nor_the_certificate(ports: tuple[int, int]) -> None:
    asked = ["openssl", "s_client", "-connect", f"127.0.0.1:{ports[1]}", "-servername", "x.example"]
    answer = subprocess.run(asked, check=False, capture_output=True, text=True, input="")
    assert answer.returncode != 0
    assert NAME not in answer.stdout
    right = subprocess.run(
        [*asked[:-1], NAME], check=True, capture_output=True, text=True, input=""
    )
    assert NAME in right.stdout


def test_nginx_says_no_version(ports: tuple[int, int]) -> None:
    for port, scheme in zip(ports, ("http", "https"), strict=True):
        head = curl(port, "/inloggen/", scheme=scheme)
        assert "nginx/" not in head


def test_one_source_asks_only_so_much_and_most_of_all_to_sign_in(ports: tuple[int, int]) -> None:
    # A source of its own: what it has used up is not taken from the other tests.
    source = ("--interface", "127.0.0.2")
    to = ["--resolve", f"{NAME}:{ports[1]}:127.0.0.1", f"https://{NAME}:{ports[1]}/inloggen/"]
    asked = ["curl", "-sk", *source, "--parallel", "-w", "\nanswered %{http_code}\n"]
    asked += [part for _ in range(200) for part in to]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    codes = Counter(re.findall(r"^answered (\d+)$", said, flags=re.MULTILINE))
    assert set(codes) == {"200", "429"}
    assert codes["200"] >= 10
    assert curl(ports[1], "/toegankelijkheid/", *source).startswith("HTTP/1.1 200")
