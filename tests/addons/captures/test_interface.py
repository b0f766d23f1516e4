"""Real interfaces in a network namespace of their own: what is heard on them, and how that ends."""

import errno
import select
import socket
from collections.abc import Iterator
from contextlib import closing
from time import time
from typing import Any

import pytest

from addons.captures import interface as interface_module
from addons.captures.error import CaptureError
from addons.captures.filters.packet_filter import name_and_size_filter, name_filter
from addons.captures.frame import CapturedFrame
from addons.captures.interface import CaptureInterface, InterfaceGone
from addons.packets import link_types
from addons.packets.frame_parser import FrameParser
from addons.packets.tunnel import Tunnel
from tests.addons.hellos import hello
from tests.addons.packets.samples import SEGMENT, frame, ip_4, tagged, tcp
from tests.network.cable import cable, send
from tests.network.street import run

pytestmark = [pytest.mark.network, pytest.mark.needs("libpcap")]

HELLO = frame(ip_4(tcp(hello())))
BULK = frame(ip_4(tcp(bytes(1_400), "A")))
PATIENCE = 60.0
"""Seconds: only a test that fails waits so long."""


@pytest.fixture
def namespace() -> Iterator[None]:
    with cable():
        yield


def heard(interface: CaptureInterface, number: int) -> list[CapturedFrame]:
    """Wait for so many frames."""
    frames: list[CapturedFrame] = []
    while len(frames) < number and select.select([interface], [], [], PATIENCE)[0]:
        while (read := interface.read_frame()) is not None:
            frames.append(read)
    return frames


def test_the_filter_is_in_the_kernel(namespace: None) -> None:
    with closing(CaptureInterface("here", name_filter)) as interface:
        assert interface.link_type == link_types.ETHERNET
        assert interface.read_frame() is None
        before = time()
        send(BULK, HELLO, BULK, HELLO)
        frames = heard(interface, 2)
        assert [captured_frame.content for captured_frame in frames] == [bytes(HELLO)] * 2
        assert [captured_frame.length for captured_frame in frames] == [len(HELLO)] * 2
        assert all(before - 1 < captured_frame.timestamp < time() + 1 for captured_frame in frames)
        assert interface.read_frame() is None


@pytest.mark.parametrize("tags", [(7,), (7, 8), (7, 8, 9)])
def test_the_tag_that_the_kernel_takes_off_is_put_back(
    namespace: None, tags: tuple[int, ...]
) -> None:
    packet = tagged(ip_4(tcp(hello())), *tags)
    with closing(CaptureInterface("here", name_filter)) as interface:
        send(packet)
        [each] = heard(interface, 1)
        assert (each.content, each.length) == (bytes(packet), len(packet))
        assert FrameParser(interface.link_type).parse_frame(each.content, each.timestamp) == SEGMENT


def test_the_longest_filter_fits(namespace: None) -> None:
    with closing(
        CaptureInterface("here", lambda link_type: name_and_size_filter(link_type, (*Tunnel,)))
    ) as interface:
        send(HELLO)
        assert len(heard(interface, 1)) == 1


def test_what_this_machine_sends_is_heard_too(namespace: None) -> None:
    """On a gateway it is what goes to the pupils."""
    with closing(CaptureInterface("here", name_filter)) as interface:
        send(HELLO, at="here")
        assert len(heard(interface, 1)) == 1


def test_loopback_is_heard_once(namespace: None) -> None:
    with (
        closing(CaptureInterface("lo", name_filter)) as interface,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
    ):
        server.bind(("127.0.0.1", 53))
        server.sendto(b"\x00\x05\x81\x80" + bytes(20), ("127.0.0.1", 9_999))
        server.sendto(b"\x00\x06\x81\x80" + bytes(20), ("127.0.0.1", 9_999))
        assert len(heard(interface, 2)) == 2
        assert interface.read_frame() is None


def test_a_tunnel_of_raw_packets(namespace: None) -> None:
    run("ip", "tuntap", "add", "dev", "raw", "mode", "tun")
    run("ip", "link", "set", "raw", "up")
    with closing(CaptureInterface("raw", name_filter)) as interface:
        assert interface.link_type == link_types.RAW_BSD


def test_a_mirror_port(namespace: None) -> None:
    """What is for other machines is heard when that is asked for, and the interface knows."""

    def listeners() -> int:
        flags = run("ip", "-d", "link", "show", "here")
        return int(flags.partition("promiscuity ")[2].split()[0])

    with closing(CaptureInterface("here", name_filter)):
        assert listeners() == 0
    with closing(CaptureInterface("here", name_filter, promiscuous=True)):
        assert listeners() == 1
    assert listeners() == 0


def test_what_is_dropped_is_counted_once(namespace: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface_module, "BUFFER_SIZE", 20_000)
    with closing(CaptureInterface("here", name_filter)) as interface:
        assert interface.count_dropped() == 0
        send(*[HELLO] * 200)
        dropped = interface.count_dropped()
        assert 0 < dropped < 200
        assert len(heard(interface, 200 - dropped)) == 200 - dropped
        assert interface.count_dropped() == 0


def test_a_burst_waits_until_it_is_read(namespace: None) -> None:
    with closing(CaptureInterface("here", name_filter)) as interface:
        send(*[HELLO] * 2_000)
        assert interface.count_dropped() == 0
        assert len(heard(interface, 2_000)) == 2_000


@pytest.mark.parametrize("command", ["link set here down", "link delete there"])
def test_an_interface_that_vanishes(namespace: None, command: str) -> None:
    with closing(CaptureInterface("here", name_filter)) as interface:
        run("ip", *command.split())
        assert select.select([interface], [], [], PATIENCE)[0]
        with pytest.raises(InterfaceGone, match="interface here went down, or is no more"):
            interface.read_frame()
        interface.close()


def test_an_interface_that_is_down(namespace: None) -> None:
    run("ip", "link", "set", "here", "down")
    with pytest.raises(CaptureError, match=r"cannot listen to here: .*Network is down"):
        CaptureInterface("here", name_filter)


def test_no_such_interface(namespace: None) -> None:
    with pytest.raises(CaptureError) as caught:
        CaptureInterface("elsewhere", name_filter)
    assert str(caught.value).startswith("there is no interface elsewhere; there are ")
    assert {*str(caught.value).partition("there are ")[2].split(", ")} == {"lo", "here", "there"}


def test_who_may_not_listen(namespace: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = socket.socket.__init__

    def refuse(self: socket.socket, family: int = -1, *arguments: Any, **named: Any) -> None:
        if family == socket.AF_PACKET:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        made(self, family, *arguments, **named)

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    with pytest.raises(CaptureError, match="CAP_NET_RAW"):
        CaptureInterface("here", name_filter)


def test_another_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    with pytest.raises(CaptureError, match="needs Linux"):
        CaptureInterface("here", name_filter)
