"""The systemd units: systemd itself finds nothing wrong, and they do what their comments say."""

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.network.street import GATEWAY_PORT

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
INSTALLED = "/opt/lesrust/.venv/bin/lesrust"
OF_THE_MACHINE = ("/lib/systemd/", "/usr/lib/systemd/")
MAX_EXPOSURE = 10
"""Tenths, out of a hundred: as `systemd-analyze security` weighs what a service may still do."""
MAX_EXPOSURE_BY_UNIT = {"lesrust-steering.service": 19, "lesrust-watch.service": 15}
"""The sensor needs CAP_NET_RAW, the host's users (in a namespace of users the capability is worth
nothing) and sockets that see packets. What steers is root: it changes the kernel's rules."""

systemd_analyze = pytest.mark.needs("systemd-analyze")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units in a folder of their own, with a program that is there in Lesrust's place."""
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace(INSTALLED, "/bin/true"))
    return tmp_path


def analyze(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ("systemd-analyze", "--no-pager", *arguments)
    paths = {"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=paths)


def commands(unit: Path, key: str) -> Iterator[list[str]]:
    for line in unit.read_text().splitlines():
        name, _, value = line.partition("=")
        if name == key:
            yield shlex.split(value.lstrip("+-@!:"))


@systemd_analyze
@pytest.mark.needs("nft")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong(installed: Path, unit: Path) -> None:
    answer = analyze(installed, "verify", "--man=no", str(installed / unit.name))
    # systemd also says what it finds wrong with units of this machine that are none of ours.
    ours = [line for line in answer.stderr.splitlines() if not line.startswith(OF_THE_MACHINE)]
    assert (answer.returncode, ours) == (0, [])


@systemd_analyze
@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_may_do_little_on_the_machine(installed: Path, unit: Path) -> None:
    answer = analyze(
        installed,
        "security",
        "--offline=true",
        f"--threshold={MAX_EXPOSURE_BY_UNIT.get(unit.name, MAX_EXPOSURE)}",
        str(installed / unit.name),
    )
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_a_command_that_exists(unit: Path) -> None:
    (program, command, *_), *others = commands(unit, "ExecStart")
    assert (program, others) == (INSTALLED, [])
    assert command in entry_points(group="lesrust.commands").names


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_memory_is_never_written_down(unit: Path) -> None:
    settings = configparser.RawConfigParser(strict=False, allow_no_value=True)
    settings.read(unit)
    assert settings["Service"]["LimitCORE"] == "0"
    assert settings["Service"]["MemorySwapMax"] == "0"


@pytest.fixture
def machine() -> Iterator[str]:
    """A network namespace: a machine that has no rules yet."""
    name = f"lesrust-units-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    yield name
    subprocess.run(["ip", "netns", "delete", name], check=True)


@pytest.mark.network
@pytest.mark.parametrize("ending", [["ExecStop", "ExecStopPost"], ["ExecStopPost"]])
def test_connections_are_steered_only_while_the_gateway_runs(
    machine: str, ending: list[str], tmp_path: Path
) -> None:
    rules = tmp_path / "lesrust"
    shutil.copytree(DEPLOY / "nftables", rules)
    steering = rules / "steering.nft"
    steering.write_text(
        steering.read_text().replace('gateway_user = "lesrust-gateway"', "gateway_user = 0")
    )
    (rules / "lesrust.toml").write_text("[school]\nname = 'A'\n")
    options = (f"--rules={steering}", f"--outcome={tmp_path / 'outcome'}")
    lesrust = (sys.executable, "-m", "monitor")

    def tables_after(*keys: str) -> str:
        for key in keys:
            for program, *arguments in commands(
                DEPLOY / "systemd" / "lesrust-gateway.service", key
            ):
                if Path(program).name == "nft":
                    inside("nft", *arguments)
                elif program == INSTALLED:
                    inside(*lesrust, *arguments, *options, f"--config={rules / 'lesrust.toml'}")
        return inside("nft", "list", "tables")

    def inside(*arguments: str) -> str:
        command = ("ip", "netns", "exec", machine, *arguments)
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        return answer.stdout

    assert tables_after() == ""
    with listening(machine, GATEWAY_PORT):
        assert tables_after("ExecStartPost") == "table inet lesrust\n"
        assert tables_after("ExecReload") == "table inet lesrust\n"
    assert tables_after(*ending) == ""


@contextmanager
def listening(machine: str, port: int) -> Iterator[None]:
    """Listen on a machine, as the gateway does."""
    program = "import socket; s = socket.create_server(('', %d)); print(flush=True); input()"
    command = ("ip", "netns", "exec", machine, sys.executable, "-c", program % port)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as listener:
        assert listener.stdout is not None
        listener.stdout.readline()
        try:
            yield
        finally:
            listener.terminate()
