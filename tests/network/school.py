"""A school behind the gateway: its files, its sensor, and what it has released."""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from simulation.live.clock import AcceleratedClock
from tests.cast import MONDAY, at
from tests.network.street import GATEWAY_PORT, Street

ROOM = "Kanariekooi-101"
TEACHER = "KANA"
ROOMS = (ROOM, *(f"R{number}" for number in range(23)))
SPEED = 30.0
"""The clock of the school runs so many times as fast, so that a lesson takes twenty seconds."""
IN_A_ROW = 6
"""Half minutes in which a device that is used carries something."""
MAX_WAIT = 240.0
METRICS_PORT, HEALTH_PORT, PAGE_PORT = 19464, 19465, 19466
ROOT = Path(__file__).parents[2]
STORE = "store"
"""The folder of a store that stands apart: the one that a small disk is mounted on."""
SMALL_DISK = (
    'cp -a "$1" "$1.whole" && mount -t tmpfs -o size=8m none "$1" && cp -a "$1.whole/." "$1"'
    ' && rm -r "$1.whole" && shift && exec "$@"'
)
"""Puts a folder on a disk of its own, that only the program that follows sees."""

CONFIGURATION = f"""
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
neighbours = "all"
[[layer]]
name = "3 havo"
pupils = 300
groups = ["h3*"]
[[layer]]
name = "3 vwo"
pupils = 300
groups = ["v3*"]
[[place]]
prefixes = ["10.30.101.0/24", "2001:db8:30:101::/64"]
room = "{ROOM}"
{
    "".join(
        f'''[[place]]
prefixes = ["10.31.{number}.0/24"]
room = "{room}"
'''
        for number, room in enumerate(ROOMS[1:])
    )
}
[gateway]
listen = ["transparent@{GATEWAY_PORT}"]
[metrics]
listen = "127.0.0.1:{METRICS_PORT}"
[health]
listen = "127.0.0.1:{HEALTH_PORT}"
[device]
listen = "[::]:{PAGE_PORT}"
"""


def eventually[T](find: Callable[[], T]) -> T:
    """Wait for something to be there, and give it."""
    deadline = time.monotonic() + MAX_WAIT
    while not (found := find()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


def allow_core_dumps() -> None:
    """Let a process leave all of its memory where it stands, as careless systems do."""
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def fill_disk(running: "RunningGateway", school: "SchoolFolder") -> Path:
    """Fill the small disk of a gateway's store, and give the folder as that process sees it."""
    folder = Path(f"/proc/{running.process.pid}/root{school.folder / STORE}")
    with (folder / "full").open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass
    return folder


@dataclass(frozen=True, slots=True)
class RunningGateway:
    """A gateway that runs, and the school's clock."""

    process: subprocess.Popen[bytes]
    clock: AcceleratedClock

    @property
    def minutes(self) -> float:
        """Minutes past eight."""
        return (self.clock() - at(8)) / 60

    def look(self, get: Callable[[], object]) -> None:
        """Use something: get it anew in each of some half minutes."""
        for _ in range(IN_A_ROW):
            until = self.minutes + 0.5
            get()
            eventually(partial(self._is_past, until))

    def _is_past(self, minute: float) -> bool:
        return self.minutes >= minute


@dataclass(frozen=True, slots=True)
class SchoolFolder:
    """A school's folder: everything that Lesrust writes stands in it."""

    folder: Path
    street: Street

    @classmethod
    def founded(cls, folder: Path, street: Street, more: str = "") -> "SchoolFolder":
        """Write its files, and import its timetable: two lessons of ten minutes in 24 rooms."""
        (folder / STORE).mkdir(parents=True)
        (folder / "lesrust.toml").write_text(CONFIGURATION + more)
        rows = ["date,start,end,period,rooms,groups,teachers"]
        for period, start, end in (("1", "08:30", "08:40"), ("2", "08:40", "08:50")):
            rows += [
                f"{MONDAY},{start},{end},{period},{room},h3-{number},{TEACHER}"
                for number, room in enumerate(ROOMS)
            ]
        timetable = folder / "timetable.csv"
        timetable.write_text("\n".join(rows))
        school = cls(folder, street)
        school.run("timetable", "import", str(timetable))
        return school

    def run(self, *command: str, typed: str = "", expects: int = 0) -> str:
        """Run a command of Lesrust for this school, and give what it says."""
        config = ("--config", str(self.folder / "lesrust.toml"))
        ran = subprocess.run(
            [sys.executable, "-m", "monitor", *command, *config],
            check=False,
            capture_output=True,
            text=True,
            input=typed,
            cwd=self.folder,
        )
        assert ran.returncode == expects, ran.stdout + ran.stderr
        return ran.stdout

    @contextmanager
    def sensor(
        self,
        minute: int = 24,
        fails: str = "",
        clock: AcceleratedClock | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        has_small_disk: bool = False,
    ) -> Iterator[RunningGateway]:
        """Run the gateway from some minutes past eight, and wait until it passes on."""
        clock = clock or AcceleratedClock(at(8, minute), SPEED)
        before = (
            ("unshare", "--mount", "sh", "-c", SMALL_DISK, "sh", str(self.folder / STORE))
            if has_small_disk
            else ()
        )
        with self._process(
            "gateway", "passing on", clock, fails=fails, before=before, environment=environment
        ) as process:
            yield RunningGateway(process, clock)

    @contextmanager
    def watch(self, beside: RunningGateway) -> Iterator[None]:
        """Run the passive sensor beside a gateway, and wait until it watches."""
        with self._process("watch", "watching", beside.clock):
            yield

    @contextmanager
    def _process(
        self,
        command: str,
        says: str,
        clock: AcceleratedClock,
        *,
        fails: str = "",
        before: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[subprocess.Popen[bytes]]:
        log = self.folder / f"{command}.log"
        configuration = str(self.folder / "lesrust.toml")
        module = [sys.executable, "-m", "tests.network.sensor", command, configuration, fails]
        with (
            self.street.inside("gateway"),
            log.open("ab") as output,
            subprocess.Popen(
                [*before, *module, *map(str, (clock.start, clock.speed, clock.made))],
                stdout=output,
                stderr=output,
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(environment or {}),
                preexec_fn=allow_core_dumps,  # noqa: PLW1509 (it only sets a limit)
            ) as process,
        ):
            size = log.stat().st_size
            try:
                eventually(lambda: says.encode() in log.read_bytes()[size:])
                yield process
            finally:
                process.terminate()
                process.wait(MAX_WAIT)

    def released(self) -> dict[str, int | None]:
        """Give the lesson hours that have been released, as they were drawn."""
        with closing(sqlite3.connect(self.folder / "lesrust.sqlite3")) as store:
            query = "SELECT period, drawn FROM monitor_releasedfigure WHERE `table` = 'R1'"
            return dict(store.execute(query))

    def scrape(self) -> None:
        """Write what Prometheus would read to the school's folder."""
        token = (self.folder / "health.token").read_text().strip()
        said = {"Authorization": f"Bearer {token}"}
        with self.street.inside("gateway"):
            for name, port in (("metrics", METRICS_PORT), ("health", HEALTH_PORT)):
                asked = Request(f"http://127.0.0.1:{port}/metrics", headers=said)
                with urlopen(asked) as answer:
                    (self.folder / f"{name}.txt").write_bytes(answer.read())
