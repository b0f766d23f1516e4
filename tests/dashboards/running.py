"""Real web processes, as an administrator starts them."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO
from zoneinfo import ZoneInfo

import httpx

PASSWORD = "correct horse battery"
START = 240.0
"""Seconds in which a process must have started, on a busy machine too."""

CONFIGURATION = """
[school]
name = "College"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
unit = "address"
reused = false
[[layer]]
name = "3 havo"
pupils = 250
groups = ["h3*"]
[[place]]
prefixes = ["127.0.0.0/8"]
room = "014"
[metrics]
listen = "127.0.0.1:0"
[health]
listen = "127.0.0.1:0"
[web]
listen = "127.0.0.1:0"
"""
"""The section [web] comes last: more of it can be added."""


def configuration(folder: Path, more: str = "") -> Path:
    path = folder / "lesrust.toml"
    path.write_text(CONFIGURATION + more)
    return path


def lesrust(
    config: Path, *words: str, typed: str = "", static: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end.

    Args:
        config: the configuration file.
        words: the command.
        typed: what is typed to it.
        static: what browsers fetch, made ready; None: the process makes it, if it needs it.
    """
    command = [sys.executable, "-m", "monitor", *words, "--config", str(config)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, check=False, env=environment(static)
    )


def environment(static: Path | None = None) -> dict[str, str]:
    """Give what an administrator's shell has; nothing of the tests' own but static files."""
    ours = (
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        "DJANGO_SETTINGS_MODULE",
        "LESRUST_CONFIG_OF_WEB",
        "LESRUST_DATABASE",
        "LESRUST_STATIC",
    )
    theirs = {name: value for name, value in os.environ.items() if name not in ours}
    return theirs | ({"LESRUST_STATIC": str(static)} if static else {})


@contextmanager
def web(config: Path, static: Path | None = None) -> Iterator[int]:
    """Run the web application, and give the port that it listens on."""
    with web_process(config, static) as process:
        yield port_of(process)


@contextmanager
def web_process(config: Path, static: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run the web application, as a process that begins."""
    command = [sys.executable, "-m", "monitor", "web", "--config", str(config)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(static),
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def port_of(process: "subprocess.Popen[str]") -> int:
    """Wait until the web application listens, and say where."""
    assert process.stdout is not None
    return int(until_said(process.stdout, r"listening on http://.*:(\d+)\)"))


def until_said(stream: IO[str], pattern: str) -> str:
    """Wait until a process says something, and give the part of it that the pattern asks for.

    A thread reads: what came in one piece is read already, and nothing would say that it is there.
    """
    said: list[str] = []
    answers: SimpleQueue[str | None] = SimpleQueue()

    def listen() -> None:
        for line in iter(stream.readline, ""):
            said.append(line)
            if match := re.search(pattern, line):
                answers.put(match[1])
                return
        answers.put(None)

    Thread(target=listen, name="what-it-says", daemon=True).start()
    try:
        answer = answers.get(timeout=START)
    except Empty:
        answer = None
    assert answer is not None, f"it did not say {pattern!r}:\n{''.join(said)}"
    return answer


def school_of_today(folder: Path, more: str = "") -> Path:
    """Make a school with one teacher, MUL, who teaches from midnight to midnight."""
    config = folder / "lesrust.toml"
    config.write_text(CONFIGURATION.replace("[web]", f"{more}[web]"))
    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    timetable = folder / "rooster.csv"
    timetable.write_text(
        "id,date,start,end,period,rooms,groups,teachers\n"
        f"morning,{day},00:00,12:00,1,014,h3a,MUL\n"
        f"evening,{day},12:00,23:59,2,014,h3a,MUL\n"
    )
    person = ("user", "add", "mulder", "--role", "teacher", "--code", "MUL")
    for done in (
        lesrust(config, "timetable", "import", str(timetable)),
        lesrust(config, *person, "--password-from", "-", typed=PASSWORD),
    ):
        assert done.returncode == 0, done.stderr
    return config


@dataclass(frozen=True)
class SignedIn:
    """MUL, with a browser that has no screen."""

    client: httpx.Client

    def allow(self, *platforms: str) -> httpx.Response:
        """Allow platforms in her lesson of now."""
        page = self.client.get("/les/")
        found = re.search(r'name="lesson" value="(\w+)"', page.text)
        data = {
            "csrfmiddlewaretoken": self.token,
            "lesson": found[1] if found else "evening",
            "platform": list(platforms),
        }
        return self.client.post("/les/toestaan/", data=data)

    @property
    def token(self) -> str:
        """What a form of hers carries."""
        return self.client.cookies["csrftoken"]


@contextmanager
def signed_in(port: int) -> Iterator[SignedIn]:
    """Sign in with a name and a password."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=240) as client:
        client.get("/inloggen/")
        mulder = SignedIn(client)
        data = {"login": "mulder", "password": PASSWORD, "csrfmiddlewaretoken": mulder.token}
        answer = client.post("/inloggen/", data=data)
        assert answer.status_code == 302, answer.text
        yield mulder
