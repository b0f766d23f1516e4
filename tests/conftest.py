"""What every test shares: which real programs this machine has, and what is skipped without them.

A test that drives a real server says so with a marker, and is skipped where it cannot run:

    @pytest.mark.needs("nginx", "curl")   these programs
    @pytest.mark.network                  network namespaces: root, Linux, `ip` and `nft`

What was skipped, and why, is the last thing that a run says.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from schedules.language import Language, override
from tests import distribution
from tests.living_store import living_store, store_template
from tests.made_once import made_once

if TYPE_CHECKING:
    from xdist.remote import Producer

__all__ = ["living_store", "store_template"]

PROGRAMS = (
    "chromium",
    "curl",
    "dhclient",
    "dnsmasq",
    "freeradius",
    "ip",
    "kea-dhcp4",
    "kea-dhcp6",
    "nft",
    "nginx",
    "openssl",
    "pdfinfo",
    "pdftotext",
    "prometheus",
    "promtool",
    "radclient",
    "systemd-analyze",
)
LIBPCAP = "libpcap"
ROOT = Path(__file__).parent.parent

# Debian keeps servers where an ordinary user does not look.
os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))

# Commands speak English, as the code does: in this process, and in those that tests start.
os.environ["LESRUST_LANG"] = Language.ENGLISH.value

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("anywhere"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "anywhere")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*programs): drives these programs of this machine")


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Speak English, as it stands in the code."""
    with override(Language.ENGLISH):
        yield


@pytest.fixture
def commands_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands speak as they do where nobody says which language."""
    monkeypatch.delenv("LESRUST_LANG")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    return distribution.processes()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: "Producer"
) -> distribution.Distribution:
    return distribution.Distribution(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: distribution.turn(item.nodeid))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave modules unread in which no test is asked for: reading all takes ten seconds."""
    if config.option.markexpr != "store" or collection_path.suffix != ".py":
        return None
    return "pytest.mark.store" not in collection_path.read_text("utf-8") or None


def pytest_report_header() -> list[str]:
    found = [program for program in (*PROGRAMS, LIBPCAP) if is_there(program)]
    if postgresql():
        found.append("PostgreSQL")
    absent = sorted({*PROGRAMS, LIBPCAP, "PostgreSQL"} - {*found})
    return [
        f"real programs found: {', '.join(found) or 'none'}",
        f"real programs not found: {', '.join(absent) or 'none'}",
    ]


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        absent = [program for program in marker.args if not is_there(program)]
        if absent:
            pytest.skip(f"not found on this machine: {', '.join(absent)}")
    if item.get_closest_marker("network") and (reason := why_no_network()):
        pytest.skip(reason)


@cache
def is_there(program: str) -> bool:
    """Whether this machine has a program, or the one library that is asked for likewise."""
    if program == LIBPCAP:
        return find_library("pcap") is not None
    return shutil.which(program) is not None


@cache
def why_no_network() -> str:
    """Say why network namespaces cannot be used here, or nothing when they can."""
    if sys.platform != "linux":
        return "network namespaces need Linux"
    if os.geteuid() != 0:
        return "network namespaces need root"
    absent = [program for program in ("ip", "nft") if not shutil.which(program)]
    if absent:
        return f"not found on this machine: {', '.join(absent)}"
    name = f"lesrust-probe-{os.getpid()}"
    for action in ("add", "delete"):
        if not succeeds("ip", "netns", action, name):
            return "network namespaces are not allowed on this machine"
    return ""


@cache
def postgresql() -> bool:
    return succeeds(str(ROOT / ".ci" / "postgresql"), "--find")


def succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped: Counter[tuple[str, str]] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        skipped[report.nodeid.partition("::")[0], reason] += 1
    if not skipped and postgresql():
        return
    terminalreporter.section("not tested here")
    for (module, reason), tests in sorted(skipped.items()):
        terminalreporter.line(f"{module}: {tests} skipped, {reason}")
    if not postgresql():
        terminalreporter.line("the store on PostgreSQL, which was not found on this machine")


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what browsers fetch, collected and compressed as `lesrust web` does when it starts."""

    def make(folder: Path) -> None:
        config = tmp_path_factory.mktemp("static") / "lesrust.toml"
        config.write_text('[school]\nname = "College"\n')
        program = "import sys, pathlib; from dashboards.site.preparation import prepare; "
        program += "prepare(*map(pathlib.Path, sys.argv[1:]))"
        command = [sys.executable, "-c", program, str(config), str(folder)]
        subprocess.run(command, check=True, cwd=ROOT)

    return made_once(tmp_path_factory, "static-files", make)
