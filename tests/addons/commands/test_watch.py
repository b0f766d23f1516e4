"""The command `lesrust watch`, as a process of its own on a real interface."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from addons.commands.watch import watch
from addons.packets.tunnel import Tunnel
from monitor.configuration import load_configuration
from tests.addons.hellos import hello
from tests.addons.packets.samples import frame, ip_4, tcp
from tests.addons.running import configuration, running
from tests.network.cable import cable, send
from tests.network.street import run

WATCH = ("-m", "monitor", "watch", "--interface", "here", "--config")
network = [pytest.mark.network, pytest.mark.needs("libpcap"), pytest.mark.usefixtures("wire")]


@pytest.fixture
def wire() -> Iterator[None]:
    with cable():
        yield


class TestOnACable:
    pytestmark = network

    async def test_it_says_what_it_watches_and_ends_when_it_is_told_to(
        self, tmp_path: Path
    ) -> None:
        async with running(*WATCH, configuration(tmp_path)) as watching:
            await watching.until_printed("watching here")
            send(frame(ip_4(tcp(hello()))))
            watching.process.send_signal(signal.SIGTERM)
            assert await watching.ended() == 0
        assert watching.printed == "lesrust watch: watching here\n"

    async def test_an_interface_that_vanishes_ends_it_with_one_clear_error(
        self, tmp_path: Path
    ) -> None:
        async with running(*WATCH, configuration(tmp_path)) as watching:
            await watching.until_printed("watching here")
            run("ip", "link", "delete", "here")
            assert await watching.ended() == 1
        error = "lesrust watch: interface here went down, or is no more"
        assert watching.printed.splitlines()[1:] == [error]

    async def test_a_new_configuration_is_put_in_force_and_a_wrong_one_is_not(
        self, tmp_path: Path
    ) -> None:
        path = configuration(tmp_path)
        async with running(*WATCH, path) as watching:
            await watching.until_printed("watching here")
            path.write_text(path.read_text() + "[staff]\nconsent = 7\n")
            watching.process.send_signal(signal.SIGHUP)
            await watching.until_printed("staff.consent")
            path.write_text(path.read_text().replace("= 7", '= "besluit 2026-11"'))
            watching.process.send_signal(signal.SIGHUP)
            await watching.until_printed("the configuration was read again")

    async def test_beside_a_gateway_it_opens_no_store(self, tmp_path: Path) -> None:
        path = configuration(tmp_path, '[watch]\ngateway = "watch.sock"\n')
        async with running(*WATCH, path) as watching:
            await watching.until_printed("watching here")
            watching.process.send_signal(signal.SIGINT)
            assert await watching.ended() == 0
        assert [entry.name for entry in tmp_path.iterdir()] == ["lesrust.toml"]


@pytest.mark.needs("libpcap")
def test_an_interface_that_is_not_there(tmp_path: Path) -> None:
    answer = CliRunner().invoke(
        watch, ["--interface", "nergens", "--config", str(configuration(tmp_path))]
    )
    assert answer.exit_code == 1
    assert re.fullmatch(
        r"lesrust watch: there is no interface nergens; there are .*lo.*\n", answer.stderr
    )


def test_without_an_interface_it_says_where_to_name_one(tmp_path: Path) -> None:
    answer = CliRunner().invoke(watch, ["--config", str(configuration(tmp_path))])
    assert answer.exit_code == 2
    assert "--interface, or watch.interfaces in" in answer.stderr


def test_a_wrong_configuration_is_refused(tmp_path: Path) -> None:
    path = configuration(tmp_path, '[watch]\ntunnels = ["teredo"]\n')
    answer = CliRunner().invoke(watch, ["--config", str(path)])
    assert answer.exit_code == 2
    assert "key watch.tunnels[1]: found 'teredo'" in answer.stderr


def test_the_configuration_knows_every_tunnel(tmp_path: Path) -> None:
    names = [str(tunnel) for tunnel in Tunnel]
    path = configuration(tmp_path, f"[watch]\ntunnels = {names}\n")
    assert load_configuration(path).watch.tunnels == tuple(names)
