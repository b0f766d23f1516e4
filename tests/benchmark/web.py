"""What a page costs: a real `lesrust web` on one core, five school years, 150 teachers.

Twenty people ask at once, from another core: without a moment's thought, which is as much as the
server can give, and as people do, who look at what they got.
"""

import gzip
import http.client
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket
from threading import Thread
from time import perf_counter

from tests.benchmark import years

PEOPLE = 20
TEACHERS = 150
SECONDS = 15.0
"""That each measurement lasts."""
THOUGHT = 2.0
"""Seconds, on average, between two pages of one person."""
CACHED = (
    "/cijfers/",
    "/cijfers/?periode=maand",
    "/cijfers/?periode=schooljaar",
    "/cijfers/?platform=tiktok",
    "/cijfers/?leerlaag=3+vwo",
)
STATIC = re.compile(r'href="(/static/lesrust\.[0-9a-f]+\.svg)"')
"""A picture that every page has, by the name that changes with what is in it."""

type Row = Sequence[object]


def rows() -> Iterator[Row]:
    """Measure all of it."""
    with tempfile.TemporaryDirectory() as name, _served(Path(name)) as school:
        yield from _first(school)
        yield from _asked(school)
        yield from _weights(school)
        yield _report(school)


class FilledSite:
    """A web application with five years of figures, and people who are signed in."""

    def __init__(self, folder: Path, port: int, figures: int) -> None:
        self.folder, self.port, self.figures = folder, port, figures
        self.directie: list[str] = []
        self.teachers: list[str] = []

    def ask(
        self, connection: http.client.HTTPConnection, path: str, session: str, **headers: str
    ) -> tuple[int, bytes, dict[str, str]]:
        """Ask for a page as somebody, and give what it is, and how it came."""
        connection.request("GET", path, headers={"Cookie": f"sessionid={session}", **headers})
        answer = connection.getresponse()
        content = answer.read()
        return answer.status, content, dict(answer.getheaders())

    def connected(self) -> http.client.HTTPConnection:
        """Open a connection, which stays open as a browser's does."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def _served(folder: Path) -> Iterator[FilledSite]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "lesrust.toml"
    config.write_text(years.CONFIGURATION.format(folder=folder, port=port))
    school = _filled(folder, port)
    command = [sys.executable, "-c", "from monitor.commands.cli import main; main()", "web"]
    cores = sorted(os.sched_getaffinity(0))
    if shutil.which("taskset"):
        command = ["taskset", "-c", str(cores[0]), *command]
    if len(cores) > 1:
        os.sched_setaffinity(0, cores[1:])
    with subprocess.Popen(
        [*command, "--config", str(config)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield school
        finally:
            process.terminate()
            process.wait()
            os.sched_setaffinity(0, cores)


def _filled(folder: Path, port: int) -> FilledSite:
    """Fill the store, and sign people in."""
    from dashboards.site import preparation

    preparation.prepare(folder / "lesrust.toml")
    from django.db import connections
    from django.test import Client

    from dashboards.models import Account
    from schedules import store as schedule_store

    now = datetime.now(UTC)
    monday = (now - timedelta(days=now.weekday() + 7)).date()
    school = FilledSite(folder, port, years.fill(monday))
    schedule_store.import_timetable(
        list(years.lessons(now, TEACHERS)),
        source="bench",
        by="bench",
        now=now.timestamp(),
        zone=UTC,  # type: ignore[arg-type]
    )
    for number in range(PEOPLE):
        for role, sessions in (("directie", school.directie), ("teacher", school.teachers)):
            account = Account(username=f"{role}{number}", roles=[role], code=f"T{number:03}")
            account.save()
            client = Client()
            client.force_login(account)
            sessions.append(client.cookies["sessionid"].value)
    connections.close_all()
    return school


def _first(school: FilledSite) -> Iterator[Row]:
    """Time pages that nobody has asked for yet, and again."""
    connection = school.connected()
    school.ask(connection, "/les/", school.teachers[0])
    for path in CACHED[:3]:
        spent = []
        for _ in range(2):
            started = perf_counter()
            status, _, _ = school.ask(connection, path, school.directie[0])
            spent.append(perf_counter() - started)
            assert status == 200, (path, status)
        what = f"directie, {path.partition('=')[2] or 'week'}, made for the first time"
        yield what, f"{spent[0] * 1e3:.0f} ms", f"again {spent[1] * 1e3:.1f} ms", "-"


def _asked(school: FilledSite) -> Iterator[Row]:
    """Time twenty people at once, beside a picture from the same server."""
    _, page, _ = school.ask(school.connected(), "/les/", school.teachers[0])
    pages = {
        "a static picture": (STATIC.findall(page.decode())[:1], school.directie),
        "directie's page": (CACHED, school.directie),
        "teacher's page": (["/les/"], school.teachers),
    }
    plain = 0.0
    for what, (paths, sessions) in pages.items():
        spent, lasted = _load(school, paths, sessions, thought=0.0)
        rate = len(spent) / lasted
        plain = plain or rate
        yield (
            f"{what}, no thought, {PEOPLE} people",
            f"p95 {_p95(spent):.0f} ms",
            f"{rate:.0f} a second, {rate / plain:.2f} of the picture",
            "-",
        )
    for what, (paths, sessions) in list(pages.items())[1:]:
        spent, lasted = _load(school, paths, sessions, thought=THOUGHT)
        yield (
            f"{what}, {THOUGHT:.0f} s of thought, {PEOPLE} people",
            f"p95 {_p95(spent):.0f} ms",
            f"{len(spent) / lasted:.0f} a second, {school.figures:,} figures",
            "< 100 ms",
        )


def _load(
    school: FilledSite, paths: Sequence[str], sessions: Sequence[str], *, thought: float
) -> tuple[list[float], float]:
    """Let everybody ask for a while; give how long each answer took, and how long it lasted."""
    spent: list[float] = []
    started = perf_counter()
    ends = started + SECONDS

    def person(number: int) -> None:
        chance = random.Random(number)
        connection = school.connected()
        if thought:
            time.sleep(chance.uniform(0, thought))
        while perf_counter() < ends:
            begun = perf_counter()
            status, _, _ = school.ask(connection, chance.choice(paths), sessions[number])
            spent.append(perf_counter() - begun)
            assert status == 200, status
            if thought:
                time.sleep(chance.expovariate(1 / thought))

    people = [Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    return spent, perf_counter() - started


def _p95(spent: Sequence[float]) -> float:
    return sorted(spent)[int(0.95 * (len(spent) - 1))] * 1e3


def _weights(school: FilledSite) -> Iterator[Row]:
    """Weigh pages with all that they fetch, compressed as nginx and whitenoise do."""
    for what, path, session, aim in (
        ("directie's page", "/cijfers/", school.directie[0], "< 400 kB"),
        ("directie's page, school year", CACHED[2], school.directie[0], "< 400 kB"),
        ("teacher's page", "/les/", school.teachers[0], "< 40 kB"),
    ):
        connection = school.connected()
        _, page, _ = school.ask(connection, path, session)
        fetched = {}
        for address in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode())):
            for coding in ("gzip", "br"):
                _, content, _ = school.ask(
                    connection, address, session, **{"Accept-Encoding": coding}
                )
                fetched[address, coding] = len(content)
        own = len(gzip.compress(page, 6))
        by = {
            coding: own + sum(size for (_, how), size in fetched.items() if how == coding)
            for coding in ("gzip", "br")
        }
        beside = f"gzip {by['gzip'] / 1e3:.0f} kB; the page alone {own / 1e3:.0f} kB"
        yield f"{what}, with all it fetches", f"{by['br'] / 1e3:.0f} kB", beside, aim


def _report(school: FilledSite) -> Row:
    """Time a term's PDF, from the command's start."""
    command = [
        sys.executable,
        "-c",
        "from dashboards.commands.report import report; report()",
        "term",
        "--config",
        str(school.folder / "lesrust.toml"),
        "--output",
        str(school.folder / "term.pdf"),
    ]
    spent = school.folder / "spent.json"
    measured = [sys.executable, "tests/benchmark/spent.py", str(spent), *command]
    started = perf_counter()
    subprocess.run(measured, check=True, stderr=subprocess.DEVNULL)
    lasted = perf_counter() - started
    size = (school.folder / "term.pdf").stat().st_size
    return "a term as PDF", f"{lasted:.1f} s", f"{spent.read_text()}; {size / 1e3:.0f} kB", "< 5 s"
