"""Which layer mitmproxy is given when it asks, as stock mitmdump does."""

import pytest
from mitmproxy.connection import Client
from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.layers import modes
from mitmproxy.proxy.mode_specs import ProxyMode

from addons.flows.tracker import Tallies
from addons.proxy.explicit import Explicit
from addons.proxy.layers import Layers
from addons.proxy.pass_on import PassOn
from addons.proxy.plain_http import PlainHttp
from addons.proxy.socket_control import Wires
from addons.proxy.socks5 import Socks5


@pytest.fixture
def layers() -> Layers:
    return Layers(Tallies(), Wires({}))


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
    [("regular", Explicit), ("socks5@1080", Socks5), ("transparent", PassOn)],
)
def test_first_layer_is_the_only_one(layers: Layers, mode: str, kind: type[Layer]) -> None:
    coming = context(mode)
    modes.HttpProxy(coming)
    first = layers.first(coming)
    assert isinstance(first, kind)
    assert coming.layers == [first]


def test_other_modes_have_none(layers: Layers) -> None:
    assert layers.first(context("reverse:tcp://example.com:5")) is None


@pytest.mark.parametrize("start", [b"CONNECT x:443 HTTP/1.1", b"GET http://x/ HTTP/1.1", b"?"])
def test_proxy_that_clients_are_set_to_use(layers: Layers, start: bytes) -> None:
    coming = context("regular")
    modes.HttpProxy(coming)
    assert isinstance(layers.following(coming, start), PlainHttp)


def test_tls_with_the_proxy_itself_is_left_to_mitmproxy(layers: Layers) -> None:
    coming = context("regular")
    modes.HttpProxy(coming)
    assert layers.following(coming, b"\x16\x03\x01") is None


@pytest.mark.parametrize("start", [b"\x16\x03\x01", b"GET / HTTP/1.1", b"\x00"])
@pytest.mark.parametrize("before", [modes.TransparentProxy, modes.Socks5Proxy])
def test_everything_else_is_passed_on(layers: Layers, before: type[Layer], start: bytes) -> None:
    coming = context("transparent")
    before(coming)
    assert isinstance(layers.following(coming, start), PassOn)
