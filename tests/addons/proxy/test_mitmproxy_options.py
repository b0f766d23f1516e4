"""mitmproxy's options that would decrypt, alter, print or keep something."""

from pathlib import Path

import pytest
from mitmproxy.addons.view import View
from mitmproxy.exceptions import OptionsError
from mitmproxy.master import Master
from mitmproxy.options import Options
from mitmproxy.tools.dump import DumpMaster

from addons.proxy import mitmproxy_options


@pytest.fixture
async def master() -> Master:
    """Give stock mitmdump, prepared."""
    master = DumpMaster(Options(), with_termlog=False)
    mitmproxy_options.set_required_options(master.options)
    return master


async def test_every_option_is_one_of_mitmdumps(master: Master) -> None:
    assert {
        *mitmproxy_options.REQUIRED_OPTIONS,
        *mitmproxy_options.FORBIDDEN_OPTIONS,
    } <= master.options.keys()
    for name, value in mitmproxy_options.REQUIRED_OPTIONS.items():
        assert getattr(master.options, name) == value


async def test_what_is_prepared_is_allowed(master: Master) -> None:
    for mode in ("regular", "transparent@8080", "socks5@127.0.0.1:1080"):
        master.options.update(mode=[mode])
        mitmproxy_options.check_options(master)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flow_detail", 1),
        ("hardump", "-"),
        ("proxy_debug", True),
        ("save_stream_file", "flows"),
        ("store_streamed_bodies", True),
        ("mode", ["reverse:https://example.com"]),
        ("mode", ["regular", "upstream:http://example.com@8081"]),
        ("mode", ["wireguard"]),
        ("mode", ["local"]),
    ],
)
async def test_what_keeps_or_shows_or_decrypts(
    master: Master, name: str, value: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = getattr(master.options, name)
    master.options.update(**{name: value})
    with pytest.raises(OptionsError, match=f"lesrust: {name}"):
        mitmproxy_options.check_options(master)
    master.options.update(**{name: before})  # it lets go of its file


async def test_what_has_flows_in_view() -> None:
    master = Master(Options())
    master.addons.add(View())
    with pytest.raises(OptionsError, match="use mitmdump"):
        mitmproxy_options.check_options(master)


@pytest.mark.parametrize(
    ("modes", "blocks"),
    [
        (["transparent@8080"], False),
        (["transparent@8080", "regular@8081"], True),
        (["socks5"], True),
    ],
)
async def test_clients_with_addresses_of_the_internet(modes: list[str], blocks: bool) -> None:
    master = DumpMaster(Options(mode=modes), with_termlog=False)
    mitmproxy_options.set_required_options(master.options)
    assert master.options.block_global == blocks


@pytest.mark.parametrize("mode", ["", "nonsense", "regular@port", "regular@99999", "socks5:x"])
def test_mode_that_is_none(mode: str) -> None:
    assert mitmproxy_options.mode_problem(mode).startswith(
        f"found {mode!r}; allowed: transparent, "
    )
