"""The nftables rules, in a kernel: whose connections come to the gateway, and whose pass by."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest
from mitmproxy.platform.linux import original_addr

from tests.network.street import GATEWAY_PORT, SITE, SITE_6, Street, run

pytestmark = pytest.mark.network

STREET = Street("lesrust-steering")

PORTS = (80, 443, 8443)
GATEWAY = "10.30.101.1"
PRINTER = "10.31.0.9"
SCHOOLS_OWN = "172.16.0.9"
SCHOOLS_OWN_6 = "fd00::9"
LINK_LOCAL = "169.254.7.7"

NEIGHBOURS = f"""
    -n {{pupils}} address add {PRINTER}/24 dev eth0
    -n {{gateway}} address add 10.31.0.1/24 dev pupils
    -n {{gateway}} address add 172.16.0.1/24 dev internet
    -n {{gateway}} address add 169.254.7.1/24 dev internet
    -n {{gateway}} address add fd00::1/64 dev internet nodad
    -n {{outside}} address add {SCHOOLS_OWN}/24 dev eth0
    -n {{outside}} address add {LINK_LOCAL}/24 dev eth0
    -n {{outside}} address add {SCHOOLS_OWN_6}/64 dev eth0 nodad
"""


def stop_steering() -> None:
    with STREET.inside("gateway"):
        run("nft", "add table inet lesrust; delete table inet lesrust")


def answer(listener: socket.socket, says: Callable[[socket.socket], str]) -> None:
    with suppress(OSError):  # the listener was shut down
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(says(connection).encode())


@contextmanager
def listening(name: str, port: int, says: Callable[[socket.socket], str]) -> Iterator[None]:
    with STREET.inside(name):
        listener = socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    answering = threading.Thread(target=answer, args=(listener, says))
    answering.start()
    with listener:
        yield
        listener.shutdown(socket.SHUT_RDWR)
        answering.join()


def gateway(connection: socket.socket) -> str:
    """Answer as the gateway, which asks the kernel where a connection was going."""
    try:
        address, port = original_addr(connection)
    except FileNotFoundError:
        return "the gateway, for itself"
    return f"the gateway, for {address} port {port}"


def site(_: socket.socket) -> str:
    return "the site itself"


@pytest.fixture(scope="module", autouse=True)
def neighbourhood() -> Iterator[None]:
    """The street, with a printer among the pupils and the school's own servers outside."""
    with STREET.built(), ExitStack() as listening_there:
        STREET.furnish(NEIGHBOURS)
        listening_there.enter_context(listening("gateway", GATEWAY_PORT, gateway))
        for port in PORTS:
            listening_there.enter_context(listening("outside", port, site))
        yield


def connect(address: str, port: int, *, of: str = "pupils", source: str = "") -> str:
    """Say who answers a connection."""
    with STREET.inside(of):
        try:
            connection = socket.create_connection((address, port), 5, (source, 0))
        except ConnectionRefusedError:
            return "nobody"
    with connection, connection.makefile() as stream:
        return stream.read()


@pytest.mark.parametrize("port", [80, 443])
@pytest.mark.parametrize("address", [SITE, SITE_6])
def test_web_connections_of_pupils_come_to_the_gateway(address: str, port: int) -> None:
    STREET.steer()
    assert connect(address, port) == f"the gateway, for {address} port {port}"


def test_other_ports_pass_by() -> None:
    STREET.steer()
    assert connect(SITE, 8443) == "the site itself"


@pytest.mark.parametrize("address", [SCHOOLS_OWN, SCHOOLS_OWN_6, LINK_LOCAL])
def test_what_the_school_itself_runs_is_not_steered(address: str) -> None:
    STREET.steer()
    assert connect(address, 443) == "the site itself"


def test_a_client_outside_the_prefixes_is_not_steered() -> None:
    STREET.steer()
    assert connect(SITE, 443, source=PRINTER) == "the site itself"


def test_an_interface_that_is_not_named_is_not_steered() -> None:
    STREET.steer(pupil_interfaces='{ "vlan30" }')
    assert connect(SITE, 443) == "the site itself"


def test_the_gateways_own_connections_are_not_steered() -> None:
    STREET.steer()
    assert connect(SITE, 443, of="gateway") == "the site itself"


@pytest.mark.parametrize(("listed", "name"), [(SITE, "steered_4"), (SITE_6, "steered_6")])
def test_a_list_limits_what_is_steered(listed: str, name: str) -> None:
    STREET.steer(steered="listed")
    assert connect(listed, 443) == "the site itself"
    with STREET.inside("gateway"):
        run("nft", f"add element inet lesrust {name} {{ {listed} }}")
    assert connect(listed, 443) == f"the gateway, for {listed} port 443"


def test_the_gateways_own_web_pages_are_not_steered() -> None:
    STREET.steer()
    assert connect(GATEWAY, 443) == "nobody"


def test_a_connection_straight_to_the_gateways_port_is_refused() -> None:
    stop_steering()
    assert connect(GATEWAY, GATEWAY_PORT) == "the gateway, for itself"
    STREET.steer()
    assert connect(GATEWAY, GATEWAY_PORT) == "nobody"


def test_without_the_table_everything_passes_by() -> None:
    STREET.steer()
    stop_steering()
    assert connect(SITE, 443) == "the site itself"


def test_loading_again_replaces_what_was_loaded() -> None:
    STREET.steer(steered="listed")
    STREET.steer()
    STREET.steer()
    assert connect(SITE, 443) == f"the gateway, for {SITE} port 443"
