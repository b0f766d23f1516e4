"""The command `lesrust gateway`, as a process of its own."""

import asyncio
import re
import resource
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.addons.hellos import hello
from tests.addons.loopback import HERE, close, echo, serving
from tests.addons.running import CLIENT, RunningProcess, configuration, connect, running

GATEWAY = ("-m", "monitor", "gateway", "--config")
HERE_ANY = ("--listen", f"regular@{HERE}:0", "--listen", "socks5@127.0.0.2:0")


async def port_of(gateway: RunningProcess) -> int:
    line = await gateway.until_printed("passing on")
    assert re.fullmatch(
        r"lesrust gateway: passing on, regular on 127.0.0.1:\d+, socks5 on 127.0.0.2:\d+", line
    )
    return int(line.split(",")[1].rpartition(":")[2])


async def test_passes_on_and_says_nothing_of_it(tmp_path: Path) -> None:
    async with running(*GATEWAY, configuration(tmp_path), *HERE_ANY) as gateway:
        port = await port_of(gateway)
        async with serving(echo) as server:
            reader, writer = await connect(port, server.port)
            writer.write(hello())
            assert await reader.readexactly(len(hello())) == hello()
            await close(writer)
        gateway.process.send_signal(signal.SIGTERM)
        assert await gateway.ended() == 0
    assert len(gateway.printed.splitlines()) == 1
    assert CLIENT not in gateway.printed


@pytest.mark.needs("curl")
async def test_pages_come_through_curl(tmp_path: Path, certificate: Path) -> None:
    async with running(*GATEWAY, configuration(tmp_path), *HERE_ANY) as gateway:
        port = await port_of(gateway)
        page = running("-m", "http.server", "0", "--bind", HERE, "--directory", tmp_path)
        async with page as site:
            site_port = (await site.until_printed("Serving HTTP")).split()[5]
            curl = await asyncio.create_subprocess_exec(
                *("curl", "--silent", "--proxy", f"http://{HERE}:{port}", "--noproxy", ""),
                f"http://localhost:{site_port}/lesrust.toml",
                stdout=asyncio.subprocess.PIPE,
            )
            content, _ = await curl.communicate()
    assert content == (tmp_path / "lesrust.toml").read_bytes()


async def test_connection_that_is_open_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    async with running(*GATEWAY, configuration(tmp_path), *HERE_ANY) as gateway:
        port = await port_of(gateway)
        async with serving(echo) as server:
            _, writer = await connect(port, server.port)
            gateway.process.send_signal(signal.SIGINT)
            assert await gateway.ended() == 0
            await close(writer)


async def test_configuration_is_read_again(tmp_path: Path) -> None:
    path = configuration(tmp_path)
    async with running(*GATEWAY, path, *HERE_ANY) as gateway:
        await port_of(gateway)
        configuration(tmp_path, "[[place]]\nroom = 7\n")
        gateway.process.send_signal(signal.SIGHUP)
        await gateway.until_printed("key place[2].room: found '7'")
        configuration(tmp_path)
        gateway.process.send_signal(signal.SIGHUP)
        await gateway.until_printed("the configuration was read again")


async def test_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server((HERE, 0)) as taken:
        mode = f"regular@{HERE}:{taken.getsockname()[1]}"
        async with running(*GATEWAY, configuration(tmp_path), "--listen", mode) as gateway:
            assert await gateway.ended() == 1
    assert gateway.printed == f"lesrust gateway: cannot listen, {mode}: the port is in use\n"


@pytest.mark.parametrize(
    ("listen", "said"),
    [
        (["reverse:https://example.com"], "--listen: found 'reverse:https://example.com'; allowed"),
        (["regular@8080", "socks5@8080"], "same address"),
    ],
)
async def test_mode_that_is_refused(tmp_path: Path, listen: list[str], said: str) -> None:
    options = [option for mode in listen for option in ("--listen", mode)]
    async with running(*GATEWAY, configuration(tmp_path), *options) as gateway:
        assert await gateway.ended() == 2
    assert said in gateway.printed


async def test_configuration_that_is_refused(tmp_path: Path) -> None:
    path = configuration(tmp_path, '[gateway]\nlisten = ["wireguard"]\n')
    async with running(*GATEWAY, path) as gateway:
        assert await gateway.ended() == 2
    assert f"{path}, key gateway.listen: found 'wireguard'; allowed" in gateway.printed
    path.write_text("")
    async with running(*GATEWAY, path) as gateway:
        assert await gateway.ended() == 2
    assert "key school" in gateway.printed


async def test_systemd_is_told(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        environment = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "30000"}
        path = configuration(tmp_path)
        async with running(*GATEWAY, path, *HERE_ANY, **environment) as gateway:

            async def said() -> str:
                loop = asyncio.get_running_loop()
                return (await asyncio.wait_for(loop.sock_recv(systemd, 100), 60)).decode()

            assert [await said() for _ in range(3)] == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
            gateway.process.send_signal(signal.SIGHUP)
            while not (told := await said()).startswith("RELOADING=1\nMONOTONIC_USEC="):
                assert told == "WATCHDOG=1"
            gateway.process.send_signal(signal.SIGTERM)
            while await said() != "STOPPING=1":
                pass
            assert await gateway.ended() == 0


@pytest.fixture
def few_files() -> Iterator[None]:
    """Let what is started now have few open files, until it asks for more."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_memory_is_for_nobody_else_and_many_may_come(tmp_path: Path, few_files: None) -> None:
    async with running(*GATEWAY, configuration(tmp_path), *HERE_ANY) as gateway:
        await port_of(gateway)
        limits = Path(f"/proc/{gateway.process.pid}/limits").read_text()
    by_name = {line[:26].strip(): line[26:].split() for line in limits.splitlines()}
    assert by_name["Max core file size"][:2] == ["0", "0"]
    soft, hard, _ = by_name["Max open files"]
    assert soft == hard


FAILING = f"""
import sys
from addons.runtime import gateway_process
from monitor.commands.cli import main

def fail(*_):
    raise ValueError("client {CLIENT}")

gateway_process.run_gateway = fail
main(sys.argv[1:])
"""


async def test_error_that_ends_it_names_nobody(tmp_path: Path) -> None:
    path = configuration(tmp_path)
    async with running("-c", FAILING, "gateway", "--config", path, *HERE_ANY) as gateway:
        assert await gateway.ended() == 1
    assert gateway.printed == "lesrust: ended by ValueError\n"
