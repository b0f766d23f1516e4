"""What a real gateway shows on its addresses while phones use platforms: not one byte of them.

It runs as an administrator starts it, in a lesson of now, with a RADIUS server's detail file. The
attacker scrapes all that it serves, again and again, and sees the phones.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.addons.hellos import hello
from tests.addons.loopback import HERE, close, echo, no_server, serving
from tests.addons.running import configuration, connect, running
from tests.cast import AMSTERDAM

GATEWAY = ("-m", "monitor", "gateway", "--listen", f"regular@{HERE}:0", "--config")
ROOMS = ("101", *(f"R{number}" for number in range(23)))
SECONDS = 6.0
"""In which phones open one connection after another: several ticks of the sensor."""
ACCESS_POINTS = ("ap-zolder", "ap-kelder", "ap-aula")
"""None of them has a room."""
HOUR = 3_600
LESSON = timedelta(minutes=50)
OF_THE_CLOCK = ("_age_seconds", "_lag_seconds")
"""How these end that only say how long ago something of Lesrust itself was."""
SESSION = """Mon Nov 23 08:00:00 2026
\tAcct-Status-Type = Start
\tAcct-Session-Id = "{number}"
\tCalling-Station-Id = "02-00-5E-00-53-{number:02X}"
\tCalled-Station-Id = "{access_point}"
\tNAS-IP-Address = 10.0.0.2
\tFramed-IP-Address = 127.0.0.{host}
\tTimestamp = {timestamp}

"""


class Addresses(NamedTuple):
    """Where a gateway serves what."""

    proxy: int
    metrics: int
    health: int
    token: Path
    """The file with what has to be said to health."""


class Scrape(NamedTuple):
    """All that a gateway shows at one moment, but for what only the clock moves."""

    metrics: bytes
    health: tuple[str, ...]
    unmapped: bytes


def read_from(port: int, path: str, token: Path | None = None) -> bytes:
    said = {"Authorization": f"Bearer {token.read_text().strip()}"} if token else {}
    try:
        with urlopen(Request(f"http://{HERE}:{port}{path}", headers=said)) as answer:
            content: bytes = answer.read()
    except HTTPError as error:
        return str(error.code).encode()
    return content


def name_of(line: str) -> str:
    return line.partition("{")[0].split(" ")[0]


def scrape(where: Addresses) -> Scrape:
    health = read_from(where.health, "/metrics", where.token).decode().splitlines()
    return Scrape(
        read_from(where.metrics, "/metrics"),
        tuple(
            line
            for line in health
            if not line.partition("{")[0].split(" ")[0].endswith(OF_THE_CLOCK)
        ),
        read_from(where.health, "/unmapped", where.token),
    )


def timetable(folder: Path) -> Path:
    """Write a lesson in each room that goes on now."""
    now = datetime.fromtimestamp(time.time(), AMSTERDAM)
    start = max(now.replace(hour=0, minute=0), now - timedelta(minutes=5))
    end = min(now.replace(hour=23, minute=59), start + LESSON)
    rows = ["date,start,end,period,rooms,groups,teachers"]
    rows += [f"{now:%Y-%m-%d},{start:%H:%M},{end:%H:%M},1,{room},h3a,MUL" for room in ROOMS]
    path = folder / "timetable.csv"
    path.write_text("\n".join(rows))
    return path


@asynccontextmanager
async def gateway(folder: Path) -> AsyncIterator[Addresses]:
    (folder / "detail").touch()
    (folder / "attachments.csv").write_text("kind,name,room\naccess_point,ap-101,101\n")
    path = configuration(
        folder, '[radius]\ndetail = "detail"\n[attachments]\nfile = "attachments.csv"\n'
    )
    metrics, health = no_server(), no_server()
    text = path.read_text()
    for name, port in (("metrics", metrics), ("health", health)):
        text = text.replace(f'[{name}]\nlisten = "{HERE}:0"', f'[{name}]\nlisten = "{HERE}:{port}"')
    path.write_text(text)
    words = ("timetable", "import", str(timetable(folder)), "--config", str(path))
    async with running("-m", "monitor", *words) as importing:
        assert await importing.ended() == 0, importing.printed
    async with running(*GATEWAY, path) as process:
        line = await process.until_printed("passing on")
        port = int(line.rpartition(":")[2])
        yield Addresses(port, metrics, health, path.with_name("health.token"))


async def use_platform(where: Addresses, server: int) -> None:
    """Have a phone open Instagram through the gateway, and get something back."""
    reader, writer = await connect(where.proxy, server)
    writer.write(hello("www.instagram.com"))
    await reader.readexactly(len(hello("www.instagram.com")))
    await close(writer)


def begin_sessions(folder: Path) -> None:
    """Have phones come to access points that have no room, in an order that tells who."""
    with (folder / "detail").open("a") as detail:
        for number, access_point in enumerate(ACCESS_POINTS):
            record = {"number": number, "access_point": access_point, "host": 100 + number}
            detail.write(SESSION.format(**record, timestamp=int(time.time())))


def hour_of_now() -> int:
    return int(time.time() // HOUR)


async def test_nothing_that_is_served_moves_with_phones_in_a_lesson(tmp_path: Path) -> None:
    async with gateway(tmp_path) as where, serving(echo) as site:
        began = hour_of_now()
        scrapes = [scrape(where)]
        begin_sessions(tmp_path)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            await use_platform(where, site.port)
            scrapes.append(scrape(where))
        if hour_of_now() != began:  # what is published on the hour may come now
            scrapes = [scrape(where) for _ in range(2)]
    first, *rest = scrapes
    assert {now.metrics == first.metrics for now in rest} == {True}
    assert {now.health == first.health for now in rest} == {True}
    assert {now.unmapped == first.unmapped for now in rest} == {True}
    assert first.unmapped.startswith(b"[")
    assert b"lesrust_week_layer_platform_device_days" in first.metrics
    assert any(line.startswith("lesrust_hour_connections") for line in first.health)


async def test_no_metric_is_of_the_process_or_of_when_a_series_began(tmp_path: Path) -> None:
    async with gateway(tmp_path) as where:
        shown = scrape(where)
    names = {
        name_of(line)
        for line in (*shown.metrics.decode().splitlines(), *shown.health)
        if not line.startswith("#")
    }
    assert {name for name in names if not name.startswith("lesrust_")} == set()
    assert {name for name in names if name.endswith(("_created", "_bucket"))} == set()
