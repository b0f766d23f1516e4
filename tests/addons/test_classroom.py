"""The addon in stock mitmdump, as a process of its own; in the small master every test has it."""

import asyncio
import re
import shutil
import signal
from pathlib import Path

import pytest

from addons import classroom
from tests.addons.hellos import hello
from tests.addons.loopback import HERE, AwaitedSink, close, echo, proxying, serving
from tests.addons.running import CLIENT, RunningProcess, configuration, connect, running

MITMDUMP = ("-c", "import sys; from mitmproxy.tools.main import mitmdump; sys.exit(mitmdump())")
SERVER = "127.0.0.88"

RAISES = """
def server_connected(data):
    raise RuntimeError(f"for {data.client.peername}")
"""


def mitmdump(folder: Path, *more: str) -> tuple[str, ...]:
    """Give the command that an administrator types, with the script in a folder of its own."""
    shutil.copy(str(classroom.__file__), folder / "classroom.py")
    configuration(folder)
    return (
        *MITMDUMP,
        *("-s", str(folder / "classroom.py"), "--mode", f"regular@{HERE}:0"),
        *("--set", f"lesrust_config={folder / 'lesrust.toml'}", "--set", f"confdir={folder}"),
        *more,
    )


async def port_of(proxy: RunningProcess) -> int:
    line = await proxy.until_printed("listening at")
    return int(re.findall(r":(\d+)\.$", line)[0])


async def pass_through(port: int) -> None:
    listener = await asyncio.start_server(greet, SERVER, 0)
    async with listener:
        reader, writer = await connect(port, listener.sockets[0].getsockname()[1], SERVER)
        writer.write(hello())
        assert await reader.readline() == b"welcome\r\n"
        await close(writer)


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readexactly(len(hello()))
    writer.write(b"welcome\r\n")
    await close(writer)


async def ask_for_a_page(port: int) -> None:
    """Make a plain request, which mitmdump prints by itself."""
    reader, writer = await asyncio.open_connection(HERE, port, local_addr=(CLIENT, 0))
    writer.write(b"GET http://127.0.0.88:1/ HTTP/1.1\r\nHost: 127.0.0.88:1\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 502 ")
    await close(writer)


@pytest.mark.parametrize("more", [(), ("-v",)])
async def test_no_address_is_printed(tmp_path: Path, more: tuple[str, ...]) -> None:
    (tmp_path / "raises.py").write_text(RAISES)
    async with running(*mitmdump(tmp_path, "-s", str(tmp_path / "raises.py"), *more)) as proxy:
        port = await port_of(proxy)
        await pass_through(port)
        await ask_for_a_page(port)
        proxy.process.send_signal(signal.SIGTERM)
        assert await proxy.ended() == 0
    assert CLIENT not in proxy.printed
    assert SERVER not in proxy.printed


async def test_script_that_is_loaded_again_is_there_once(tmp_path: Path) -> None:
    async with running(*mitmdump(tmp_path)) as proxy:
        port = await port_of(proxy)
        await pass_through(port)
        threads = threads_of(proxy)
        script = tmp_path / "classroom.py"
        script.write_text(script.read_text() + "\n")
        await proxy.until_printed("Loading script", times=2)
        await pass_through(port)
        assert threads_of(proxy) == threads  # those of one core
        proxy.process.send_signal(signal.SIGTERM)
        assert await proxy.ended() == 0
    assert "rror" not in proxy.printed
    assert "lesrust:" not in proxy.printed


def threads_of(proxy: RunningProcess) -> int:
    return len(list(Path(f"/proc/{proxy.process.pid}/task").iterdir()))


async def test_script_that_is_named_twice_is_refused(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(str(classroom.__file__), again / "classroom.py")
    async with running(*mitmdump(tmp_path, "-s", str(again / "classroom.py"))) as proxy:
        assert await proxy.ended() == 1
    assert "An addon called 'lesrust' already exists" in proxy.printed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("-w", "flows"), "lesrust: save_stream_file must be off"),
        (("--mode", "reverse:https://example.com@0"), "lesrust: mode: found 'reverse:"),
    ],
)
async def test_options_that_are_refused(
    tmp_path: Path, more: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(*mitmdump(tmp_path, *more)) as proxy:
        assert await proxy.ended() == 1
    assert said in proxy.printed


async def test_configuration_that_is_refused(tmp_path: Path) -> None:
    command = mitmdump(tmp_path)
    (tmp_path / "lesrust.toml").write_text("[school]")
    async with running(*command) as proxy:
        assert await proxy.ended() == 1
    assert f"{tmp_path}/lesrust.toml, key school.name" in proxy.printed


async def test_time_goes_on_for_the_core() -> None:
    core = AwaitedSink()
    async with proxying("regular", core):
        await core.until(lambda: core.ticks == 1)


async def test_what_is_open_at_the_end_is_told() -> None:
    core = AwaitedSink()
    async with serving(echo) as server:
        async with proxying("regular", core) as proxy:
            reader, writer = await proxy.tunnel(server.port)
            writer.write(hello())
            await reader.readexactly(len(hello()))
        assert core.carried == (len(hello()), len(hello()))
        await close(writer)
