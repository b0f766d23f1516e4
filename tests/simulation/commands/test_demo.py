"""`lesrust demo`, as a newcomer runs it: every process, connection and byte is real."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from monitor.store import DATABASE_VARIABLE
from schedules.calendar import monday
from simulation.commands.demo import demo
from simulation.school.bells import ZONE, bell_spans
from simulation.school.school import SimulatedSchool
from simulation.traffic.behaviour import Behaviour

DEVICES, SEED, SPEED = 500, 5, 120
CONFIGURATION, TIMETABLE = "lesrust.toml", "rooster.csv"
DEVICE_ADDRESS = re.compile(rb"\b127\.(?!0\.0\.)\d{1,3}\.\d{1,3}\.\d{1,3}\b")
"""Of a simulated device, as text: each has one of its own, from which it really connects."""
MAX_WAIT = 600.0
"""Seconds, on a machine that does more than this."""

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux", reason="addresses of their own in 127.0.0.0/8 need Linux"
    ),
]


type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Start]:
    """Start it with a folder of its own for what it leaves, and no store of ours."""
    sizes = ("--devices", str(DEVICES), "--seed", str(SEED), "--speed", str(SPEED))
    here = {key: value for key, value in os.environ.items() if key != DATABASE_VARIABLE}
    here |= {"TMPDIR": str(tmp_path), "COLUMNS": "80"}
    with ExitStack() as ending:

        def start(*words: str, **environment: str) -> subprocess.Popen[str]:
            process = ending.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "monitor", "demo", *sizes, *words],
                    env=here | environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
            # By then it has ended, or the test has failed.
            ending.callback(process.terminate)
            return process

        yield start


def contacts_of_now() -> int:
    span = bell_spans(monday(datetime.now(ZONE).date()))[0]
    return len(
        Behaviour(SimulatedSchool(DEVICES, network=127), SEED).simulate_span(span).connections
    )


def test_once_shows_released_figures_beside_what_is_true_and_leaves_nothing(
    tmp_path: Path, started: Start
) -> None:
    expected = contacts_of_now()
    process = started("--once", "--lang", "en")
    said, _ = process.communicate(timeout=MAX_WAIT)
    assert process.returncode == 0, said
    assert re.search(rf"made {expected} real TLS", said), said
    assert f"{expected} of them were shown the server's own certificate" in said
    assert "failed" not in said
    assert re.search(r"^ 1 +(<20|\d+|no figure) .*\d", said, re.MULTILINE), said
    for title in ("By lesson hour, Monday", "By platform, Friday", "By year layer", "Whole week"):
        assert title in said
    assert re.search(r'lesrust_lesson_hour_devices\{.*period="1"\} ', said)
    assert list(tmp_path.iterdir()) == []


def test_when_it_is_told_to_end_it_takes_its_children_and_its_files_with_it(
    tmp_path: Path, started: Start
) -> None:
    process = started()
    eventually(lambda: list(tmp_path.glob("lesrust-demo-*/rooster.csv")))
    children = [int(line) for line in of_parent(process.pid)]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=MAX_WAIT)
    assert process.returncode == 128 + signal.SIGTERM
    assert len(children) >= 3
    eventually(lambda: not [child for child in children if Path(f"/proc/{child}").exists()])
    assert list(tmp_path.iterdir()) == []


def test_the_pages_are_served_and_a_teachers_grant_reaches_the_running_gateway(
    tmp_path: Path, static_files: Path, started: Start
) -> None:
    process = started("--lang", "en", LESRUST_STATIC=str(static_files))
    assert process.stdout is not None
    said = ""
    while "To end: Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, said
        said += line
    links = dict(re.findall(r"^  (teacher|leadership|directie|IT) +(http\S+)$", said, re.MULTILINE))
    assert links.keys() == {"teacher", "leadership", "directie", "IT"}
    for role, expected in (("directie", "/cijfers/"), ("IT", "/beheer/")):
        with httpx.Client(follow_redirects=True, timeout=240) as browser:
            answer = browser.get(links[role])
            assert (answer.status_code, answer.url.path) == (200, expected)
    with httpx.Client(follow_redirects=True, timeout=240) as browser:
        page = browser.get(links["teacher"]).text
        form = {
            "csrfmiddlewaretoken": browser.cookies["csrftoken"],
            "lesson": re.findall(r'name="lesson" value="([^"]+)"', page)[0],
            "platform": "youtube",
        }
        allowed = browser.post(re.sub("/demo/.*", "/les/toestaan/", links["teacher"]), data=form)
        [heard] = re.findall(r"/les/stop/(\d+)/", allowed.text)
        address = re.sub("/demo/.*", f"/les/actief/{heard}/", links["teacher"])
        eventually(lambda: "✓" in browser.get(address).text)
    assert httpx.get(re.sub("/demo/.*", "/demo/guess/", links["IT"])).status_code == 404
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"lesrust.sqlite3", CONFIGURATION, TIMETABLE} <= {path.name for path in written}
    own = {CONFIGURATION, TIMETABLE}  # what an administrator would make
    kept = b"".join(path.read_bytes() for path in written if path.name not in own)
    assert DEVICE_ADDRESS.findall(kept + said.encode()) == []
    # Not the keyboard's signal: whoever runs tests in the background may have it ignored.
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=MAX_WAIT)
    assert process.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def eventually(holds: Callable[[], object]) -> None:
    """Wait until another process has done it; a test that hangs fails."""
    deadline = time.monotonic() + MAX_WAIT
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def of_parent(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


@pytest.mark.parametrize("words", [["--devices", "499"], ["--speed", "0"], ["--lang", "fr"]])
def test_what_cannot_be_is_refused_at_once(words: list[str]) -> None:
    result = CliRunner().invoke(demo, words)
    assert result.exit_code == 2
    assert words[1] in result.output
