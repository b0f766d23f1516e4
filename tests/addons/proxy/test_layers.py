"""Which layer mitmproxy is given when it asks, as stock mitmdump does."""

import pytest
from mitmproxy.connection import Client
from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.layers import modes
from mitmproxy.proxy.mode_specs import ProxyMode

from addons.flows.tracker import FlowTracker
from addons.proxy.explicit import ExplicitProxyLayer
from addons.proxy.layers import LayerFactory
from addons.proxy.pass_through import PassThroughLayer
from addons.proxy.plain_http import PlainHttpLayer
from addons.proxy.socket_control import SocketControl
from addons.proxy.socks5 import Socks5Layer


@pytest.fixture
def layers() -> LayerFactory:
    return LayerFactory(FlowTracker(), SocketControl({}))


def context(mode: str) -> Context:
    client = Client(
        peername=("192.0.2.7", 50_000),
        sockname=("192.0.2.1", 8080),
        timestamp_start=0,
        proxy_mode=ProxyMode.parse(mode),
    )
    return Context(client, Options())


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("regular", ExplicitProxyLayer),
        ("socks5@1080", Socks5Layer),
        ("transparent", PassThroughLayer),
    ],
)
def test_first_layer_is_the_only_one(layers: LayerFactory, mode: str, kind: type[Layer]) -> None:
    coming = context(mode)
    modes.HttpProxy(coming)
    first = layers.first_layer(coming)
    assert isinstance(first, kind)
    assert coming.layers == [first]


def test_other_modes_have_none(layers: LayerFactory) -> None:
    assert layers.first_layer(context("reverse:tcp://example.com:5")) is None


@pytest.mark.parametrize("start", [b"CONNECT x:443 HTTP/1.1", b"GET http://x/ HTTP/1.1", b"?"])
def test_proxy_that_clients_are_set_to_use(layers: LayerFactory, start: bytes) -> None:
    coming = context("regular")
    modes.HttpProxy(coming)
    assert isinstance(layers.next_layer(coming, start), PlainHttpLayer)


def test_tls_with_the_proxy_itself_is_left_to_mitmproxy(layers: LayerFactory) -> None:
    coming = context("regular")
    modes.HttpProxy(coming)
    assert layers.next_layer(coming, b"\x16\x03\x01") is None


@pytest.mark.parametrize("start", [b"\x16\x03\x01", b"GET / HTTP/1.1", b"\x00"])
@pytest.mark.parametrize("before", [modes.TransparentProxy, modes.Socks5Proxy])
def test_everything_else_is_passed_on(
    layers: LayerFactory, before: type[Layer], start: bytes
) -> None:
    coming = context("transparent")
    before(coming)
    assert isinstance(layers.next_layer(coming, start), PassThroughLayer)
