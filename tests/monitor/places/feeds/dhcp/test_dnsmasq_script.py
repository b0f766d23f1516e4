"""What dnsmasq runs for each lease."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.places.feeds.dhcp import dnsmasq_script
from monitor.places.feeds.dhcp.dnsmasq_script import ACTIONS, SOCKET, VARIABLES, make_message
from tests.monitor.places.feeds.dhcp.cast import (
    CIRCUIT,
    DEPLOY,
    HOSTNAME,
    MAC,
    REMOTE,
)

ENVIRONMENT = {
    b"DNSMASQ_CIRCUIT_ID": CIRCUIT.encode(),
    b"DNSMASQ_CLIENT_ID": b"01:" + MAC.encode(),
    b"DNSMASQ_LEASE_EXPIRES": b"1795392056",
    b"DNSMASQ_RELAY_ADDRESS": b"10.99.0.2",
    b"DNSMASQ_REMOTE_ID": REMOTE.encode(),
    b"DNSMASQ_SUPPLIED_HOSTNAME": HOSTNAME.encode(),
}
SENT = f"add\n10.99.0.127\n1795392056\n{CIRCUIT}\n{REMOTE}\n10.99.0.2\n{MAC}".encode()


def test_a_message_has_seven_lines_and_no_hostname() -> None:
    content = make_message(["add", "10.99.0.127", MAC], ENVIRONMENT)
    assert content == SENT
    assert HOSTNAME.encode() not in content


def test_of_ipv6_the_mac_address_is_what_dnsmasq_knows_and_never_the_duid() -> None:
    arguments = ["add", "2001:db8::17", f"00:01:00:01:31:41:59:26:{MAC}"]
    assert (make_message(arguments, ENVIRONMENT) or b"").endswith(b"\n")
    known = ENVIRONMENT | {b"DNSMASQ_MAC": b"02:00:00:00:00:99"}
    assert (make_message(arguments, known) or b"").endswith(b"\n02:00:00:00:00:99")


def test_of_a_temporary_address_no_mac_address_is_sent() -> None:
    known = ENVIRONMENT | {b"DNSMASQ_MAC": MAC.encode(), b"DNSMASQ_IAID": b"T1234"}
    assert (make_message(["add", "2001:db8::17", "00:04:aa"], known) or b"").endswith(b"\n")


def test_the_wrapper_of_an_earlier_version_sends_no_mac_address() -> None:
    content = make_message(["add", "10.99.0.127"], ENVIRONMENT)
    assert content == SENT.replace(MAC.encode(), b"")


@pytest.mark.parametrize("arguments", [[], ["init"], ["tftp", "12", "10.0.0.1", "file"]])
def test_what_is_not_about_a_lease_is_not_sent(arguments: list[str]) -> None:
    assert make_message(arguments, ENVIRONMENT) is None


@given(st.sampled_from(ACTIONS), st.lists(st.binary(max_size=300), min_size=4, max_size=4))
def test_whatever_a_relay_says_a_message_has_seven_lines(action: str, values: list[bytes]) -> None:
    content = make_message([action, "10.0.0.1"], dict(zip(VARIABLES, values, strict=True))) or b""
    assert content.isascii()
    assert content.count(b"\n") == 6
    assert len(content) < 2_048


@pytest.mark.parametrize("listens", [True, False])
def test_the_script_that_is_shipped(tmp_path: Path, listens: bool) -> None:
    path = tmp_path / "feed"
    environment = {key.decode(): value.decode() for key, value in ENVIRONMENT.items()} | {
        SOCKET: str(path),
        "LESRUST_PYTHON": sys.executable,
        "PYTHONPATH": str(DEPLOY.parent),
    }
    script = str(DEPLOY / "dnsmasq" / "lesrust-dhcp-script")
    command = [script, "add", MAC, "10.99.0.127", HOSTNAME]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as feed:
        if listens:
            feed.bind(str(path))
        ran = subprocess.run(command, env=environment, check=False, capture_output=True)
        assert (ran.returncode, ran.stdout, ran.stderr) == (not listens, b"", b"")
        if listens:
            assert feed.recv(2_048) == SENT


def test_it_imports_the_standard_library_alone() -> None:
    source = Path(dnsmasq_script.__file__).read_text()
    imported = [line.split()[1] for line in source.splitlines() if line[:6] in {"import", "from c"}]
    assert {module.partition(".")[0] for module in imported} <= sys.stdlib_module_names
    assert "from monitor" not in source
