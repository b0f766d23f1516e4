"""What a sensor process asks of the system; each asked for by a process of its own."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from addons.runtime import process


def said_after(asked: str, then: str, before: str = "") -> str:
    """Run a process that asks for something, and then says something."""
    program = f"{before}\nfrom addons.runtime import process; process.{asked}; {then}"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=240
    )
    return ended.stdout + ended.stderr


def test_sealed_process_cannot_be_dumped() -> None:
    get_dumpable = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    assert said_after("protect_memory()", get_dumpable) == "0\n"
    core = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert said_after("protect_memory()", core) == "(0, 0)\n"


def test_widened_process_may_open_all_the_system_allows() -> None:
    before = (
        "import resource; _, hard = resource.getrlimit(resource.RLIMIT_NOFILE); "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))"
    )
    files = "print(resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard))"
    assert said_after("raise_fd_limit()", files, before) == "True\n"


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("raise ValueError('192.0.2.7')", "lesrust: ended by ValueError\n"),
        (
            "import threading; threading.Thread(target=lambda: {}['192.0.2.7']).start()",
            "lesrust: a thread ended by KeyError\n",
        ),
        ("import warnings; warnings.warn('192.0.2.7')", ""),
        ("import socket; socket.socket().bind(('127.0.0.1', 0))", ""),
        ("type('Broken', (), {'__del__': lambda self: {}['192.0.2.7']})()", ""),
    ],
)
def test_hushed_process_says_no_more_than_the_kind_of_error(then: str, said: str) -> None:
    assert said_after("quiet_tracebacks()", then) == said


def test_settled_process_collects_less_often() -> None:
    counts = "import gc; print(gc.get_freeze_count() > 0, gc.get_threshold()[0])"
    assert said_after("tune_gc()", counts) == "True 20000\n"


@pytest.mark.parametrize("name", ["notify", "@lesrust-test-notify"])
def test_systemd_hears(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = name if name.startswith("@") else str(tmp_path / name)
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(address.replace("@", "\0"))
        process.notify_systemd("READY=1")
        assert systemd.recv(100) == b"READY=1"


def test_without_systemd_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    process.notify_systemd("READY=1")
