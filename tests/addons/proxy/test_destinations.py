"""Clients of an explicit proxy reach the internet, and inside only what is allowed."""

import asyncio
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.proxy.destinations import DestinationPolicy
from tests.addons.loopback import (
    HERE,
    PATIENCE,
    AwaitedSink,
    LoopbackProxy,
    echo,
    proxying,
    serving,
)

INSIDE = [ip_network("10.20.0.0/16"), ip_network("2001:db8:20::/48")]
FORBIDDEN = [ip_network("10.20.9.0/24"), ip_network("2606:4700::/32")]


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "2a00:1450::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "10.20.1.1",
        "2001:db8:20::1",
    ],
)
def test_the_internet_is_reached_and_what_is_allowed_inside(address: str) -> None:
    assert DestinationPolicy(INSIDE, FORBIDDEN).allows(address, 443)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "::", "::1", "::127.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"),
        *("169.254.169.254", "fe80::1%eth0", "fd00:ec2::254"),
        *("10.21.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "198.18.0.1"),
        *("224.0.0.1", "255.255.255.255", "ff02::1", "240.0.0.1"),
        *("10.20.9.1", "2606:4700::1111"),
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not DestinationPolicy(INSIDE, FORBIDDEN).allows(address, 443)


@given(st.ip_addresses(v=4))
def test_an_address_in_another_s_clothes_is_judged_as_itself(address: object) -> None:
    policy = DestinationPolicy(INSIDE, FORBIDDEN)
    assert policy.allows(f"::ffff:{address}", 443) == policy.allows(str(address), 443)


def test_the_gateway_itself_is_not_reached_even_where_loopback_is_allowed() -> None:
    policy = DestinationPolicy([ip_network("127.0.0.0/8")])
    policy.own_ports = frozenset({8081})
    assert policy.allows("127.0.0.1", 80)
    assert not policy.allows("127.0.0.1", 8081)
    assert policy.allows("1.1.1.1", 8081)


REFUSALS = ("HTTP/1.1 403 Forbidden", "HTTP/1.1 502 Bad Gateway")
"""Ours, or that of mitmproxy where it sees first that it would connect to itself."""
WAYS_TO_WRITE_LOOPBACK = (
    *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]"),
)


async def answer(proxy: LoopbackProxy, request: str) -> str:
    reader, writer = await proxy.connected()
    writer.write(request.encode())
    line = await asyncio.wait_for(reader.readline(), PATIENCE)
    writer.close()
    return line.decode().strip()


@pytest.mark.parametrize("host", WAYS_TO_WRITE_LOOPBACK)
async def test_no_way_to_write_loopback_gets_there(host: str) -> None:
    async with proxying("regular", AwaitedSink(), inside=()) as proxy, serving(echo) as server:
        asked = f"CONNECT {host}:{server.port} HTTP/1.1\r\n\r\n"
        assert await answer(proxy, asked) == "HTTP/1.1 403 Forbidden"
        asked = f"GET http://{host}:{server.port}/ HTTP/1.1\r\nHost: {host}\r\n\r\nx"
        assert (await answer(proxy, asked)).startswith("HTTP/1.1 502 ")
        assert not server.received


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "::1"])
async def test_nor_over_socks(host: str) -> None:
    async with proxying("socks5", AwaitedSink(), inside=()) as proxy, serving(echo) as server:
        reader, writer = await proxy.connected()
        name, port = host.encode(), server.port.to_bytes(2)
        writer.write(b"\x05\x01\x00" + b"\x05\x01\x00\x03" + bytes((len(name),)) + name + port)
        greeting, reply = await reader.readexactly(2), await reader.readexactly(2)
        assert (greeting, reply[0]) == (b"\x05\x00", 5)
        assert reply[1] != 0
        writer.close()
        assert not server.received


async def test_a_client_does_not_nest_through_the_gateway() -> None:
    async with proxying("regular", AwaitedSink()) as proxy:
        for host in (HERE, "localhost"):
            asked = f"CONNECT {host}:{proxy.port} HTTP/1.1\r\n\r\n"
            assert await answer(proxy, asked) in REFUSALS


async def test_where_it_is_allowed_the_server_is_reached_by_its_name() -> None:
    async with proxying("regular", AwaitedSink()) as proxy, serving(echo) as server:
        asked = f"CONNECT localhost:{server.port} HTTP/1.1\r\n\r\n"
        assert await answer(proxy, asked) == "HTTP/1.1 200 Connection established"
