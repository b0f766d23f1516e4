"""A pupil's real clients, the administrator's real rules, a real gateway, and a real website.

nftables redirects what the clients send to `lesrust gateway`; the pages arrive as they left, the
certificate is the website's own, and the lesson's figure counts the device once.
"""

import signal
import socket
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from simulation.live.clock import AcceleratedClock
from tests.canary import find_canaries, pack
from tests.cast import MONDAY, at
from tests.network.school import (
    PAGE_PORT,
    ROOM,
    SPEED,
    STORE,
    TEACHER,
    SchoolFolder,
    allow_core_dumps,
    eventually,
    fill_disk,
)
from tests.network.street import (
    PUPIL,
    PUPIL_6,
    PUPIL_MAC,
    SITE,
    SITE_6,
    Street,
)
from tests.network.website import NAMES, PAGE, website

STREET = Street("lesrust-lesson")

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("curl", "ip", "nft", "nginx", "openssl"),
]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the certificate of the website at the end of the street."""
    folder = tmp_path_factory.mktemp("outside")
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    with STREET.built(), website(STREET, folder) as trusted:
        yield trusted


def curl(url: str, certificate: Path, address: str = SITE) -> bytes:
    """Get a page as a pupil does; curl ends in error when the certificate is not the site's."""
    host = url.split("/")[2]
    where = [word for port in (80, 443) for word in ("--resolve", f"{host}:{port}:{address}")]
    with STREET.inside("pupils"):
        return subprocess.run(
            [
                "curl",
                "--silent",
                "--fail",
                "--max-time",
                "60",
                "--cacert",
                certificate,
                *where,
                url,
            ],
            check=True,
            capture_output=True,
        ).stdout


def fingerprint_seen(name: str) -> str:
    """Give the fingerprint of the certificate that a client is shown."""
    with STREET.inside("pupils"):
        shown = subprocess.run(
            ["openssl", "s_client", "-connect", f"{SITE}:443", "-servername", name],
            stdin=subprocess.DEVNULL,
            check=False,
            capture_output=True,
        ).stdout
    return fingerprint(shown)


def fingerprint(certificate: bytes) -> str:
    command = ["openssl", "x509", "-noout", "-fingerprint", "-sha256"]
    return subprocess.run(
        command, input=certificate, check=True, capture_output=True
    ).stdout.decode()


HOSTILE = (
    b"",
    b"\x16\x03\x01",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100),
    b"\x16\x03\x01\xff\xff" + b"\xff" * 70_000,
    bytes(range(256)),
    b"GET / HTTP/1.1\r\nHost: " + b"a" * 70_000,
    b"SSH-2.0-nothing\r\n",
)


def be_hostile(start: bytes) -> None:
    """Send something that is not what the port is for, and reset the connection."""
    with STREET.inside("pupils"), suppress(OSError):
        client = socket.create_connection((SITE, 443), 5)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.sendall(start)
        client.close()


@contextmanager
def own_page(school: SchoolFolder) -> Iterator[None]:
    """Have the pupil's device see itself; what it is shown stands outside the school's folder."""
    url = f"http://10.30.101.1:{PAGE_PORT}/mijn-apparaat/live"
    with (
        STREET.inside("pupils"),
        (school.folder.parent / "page.txt").open("wb") as page,
        subprocess.Popen(["curl", "--silent", "--no-buffer", url], stdout=page) as device,
    ):
        eventually(lambda: "event: state" in shown(school))
        try:
            yield
        finally:
            device.terminate()


def shown(school: SchoolFolder) -> str:
    """Give what the pupil's device was shown of itself."""
    return (school.folder.parent / "page.txt").read_text()


COMMANDS = {
    "report.pdf": ("report", "week", "--of", str(MONDAY), "--output", "report.pdf"),
    "report.csv": ("report", "week", "--of", str(MONDAY), "--format", "csv", "--output", "-"),
    "figures.txt": ("figures", "--day", str(MONDAY)),
    "bundle.json": ("doctor", "--bundle", "bundle.json"),
    "check.txt": ("check",),
}
"""What people ask while the sensor runs, by the file in which the answer stands."""


def ask_everything(school: SchoolFolder) -> None:
    """Run commands of Lesrust beside the sensor; what they say stands in the school's folder."""
    for name, words in COMMANDS.items():
        said = school.folder / (f"{name}.said" if name in words else name)
        with STREET.inside("gateway"), said.open("wb") as output:
            command = [sys.executable, "-m", "monitor", *words, "--config", "lesrust.toml"]
            subprocess.run(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=school.folder,
                check=False,  # some say by it that something is amiss
            )


@pytest.fixture(scope="session")
def school(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> SchoolFolder:
    """Give a school after two lessons: in the first a pupil's device used a platform."""
    school = SchoolFolder.founded(tmp_path_factory.mktemp("school") / "school", STREET)
    with school.sensor() as sensor:
        STREET.steer()
        for start in HOSTILE:
            be_hostile(start)
        eventually(lambda: sensor.minutes >= 30.5)
        with own_page(school):
            sensor.look(lambda: curl(f"https://{NAMES[0]}/page", certificate))
            eventually(lambda: "actief op:" in shown(school))
        assert fingerprint_seen(NAMES[0]) == fingerprint(certificate.read_bytes())
        assert curl(f"http://{NAMES[0]}/page", certificate) == PAGE
        assert sensor.minutes < 40, "this machine is too busy to get some pages in a lesson"
        eventually(lambda: sensor.minutes >= 40.5)
        assert curl(f"https://{NAMES[1]}/page", certificate) == PAGE
        assert curl(f"https://{NAMES[1]}/page", certificate, f"[{SITE_6}]") == PAGE
        eventually(lambda: len(school.released()) == 2)
        school.scrape()
        ask_everything(school)
        assert sensor.process.poll() is None
    return school


def test_the_device_is_counted_once_in_the_lesson_in_which_it_used_a_platform(
    school: SchoolFolder,
) -> None:
    """Whatever else went by: hostile clients, a lookalike, and its own many connections."""
    assert school.released() == {"1": 1, "2": 0}


def test_the_device_saw_itself_meanwhile(school: SchoolFolder) -> None:
    page = shown(school)
    assert f"lokaal {ROOM}" in page
    assert "Daar is nu les: lesuur 1, tot 08:40." in page
    line = next(line for line in page.splitlines() if NAMES[0] in line)
    assert ">nieuw, " in line
    assert ">TLS<" in line


def test_the_gateway_saw_what_went_by(school: SchoolFolder) -> None:
    """It is not by luck that nothing else was counted."""
    health = (school.folder / "health.txt").read_text()
    seen = dict(line.rsplit(" ", 1) for line in health.splitlines() if not line.startswith("#"))
    assert float(seen['lesrust_hour_connections{evidence="sni"}']) >= 4
    assert float(seen['lesrust_hour_connections{evidence="http"}']) >= 1
    assert float(seen['lesrust_hour_connections{evidence="hidden"}']) >= 1
    assert float(seen["lesrust_hour_unknown_place"]) == 0
    assert float(seen["lesrust_hour_addon_errors"]) == 0


def test_the_gateway_says_that_it_runs_and_nothing_else(school: SchoolFolder) -> None:
    log = (school.folder / "gateway.log").read_text()
    says, _, where = log.partition(", transparent on ")
    assert says == "lesrust gateway: passing on"
    assert sorted(where.split()) == ["0.0.0.0:8080", "[::]:8080", "and"]


SECRETS = (PUPIL, PUPIL_6, PUPIL_MAC, *NAMES)
"""Every address, MAC address and hostname of the run."""


def written_by(school: SchoolFolder) -> Iterator[tuple[str, bytes]]:
    for path in sorted(school.folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def test_no_address_mac_or_hostname_is_written_anywhere(school: SchoolFolder) -> None:
    """In files, database pages, the write-ahead log, metrics and logs: the canary."""
    own = {"lesrust.toml", "timetable.csv"}  # what the administrator wrote
    written = {name: content for name, content in written_by(school) if name not in own}
    expected = {"lesrust.sqlite3", "gateway.log", "metrics.txt", "health.txt", *COMMANDS}
    assert {name for name in expected if written.get(name)} == expected
    found = {name: find_canaries(content, SECRETS) for name, content in written.items()}
    assert {name: canaries for name, canaries in found.items() if canaries} == {}


def test_the_canary_would_be_found(school: SchoolFolder) -> None:
    """The same search finds what the administrator wrote: the room's prefix, its file."""
    content = b"".join(content for name, content in written_by(school) if name == "lesrust.toml")
    assert ROOM.encode() in content
    log = f"client connect {PUPIL} {pack(PUPIL).hex()}".encode()
    assert {canary.partition(" as ")[0] for canary in find_canaries(log, SECRETS)} == {PUPIL}


def test_rooms_and_teachers_stand_beside_no_figure(school: SchoolFolder) -> None:
    own_tables = {"schedules_lessonrow", "schedules_auditentry", "schedules_timetableimport"}
    with closing(sqlite3.connect(school.folder / "lesrust.sqlite3")) as store:
        dump = [line for line in store.iterdump() if ROOM in line or TEACHER in line]
    assert {line.split('"')[1] for line in dump} == own_tables & {"schedules_lessonrow"}
    for name in ("metrics.txt", "health.txt", "gateway.log", *COMMANDS.keys() - {"check.txt"}):
        content = (school.folder / name).read_bytes()
        assert ROOM.encode() not in content
        assert TEACHER.encode() not in content


@pytest.mark.needs("pdftotext")
def test_the_report_names_nobody_and_no_room(school: SchoolFolder) -> None:
    command = ["pdftotext", str(school.folder / "report.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    assert b"Het Voorbeeld" in text
    assert find_canaries(text, [*SECRETS, ROOM, TEACHER]) == []


CORES = Path("/proc/sys/kernel/core_pattern").read_text().strip()


@pytest.mark.skipif(CORES != "core", reason="this machine puts core dumps elsewhere")
def test_a_process_that_is_not_protected_would_leave_its_memory(tmp_path: Path) -> None:
    """The processes below may: so it is their own doing that they do not."""
    program = [sys.executable, "-c", "import os; os.abort()"]
    subprocess.run(program, cwd=tmp_path, preexec_fn=allow_core_dumps, check=False)
    assert [path.name.partition(".")[0] for path in tmp_path.iterdir()] == ["core"]


def test_a_process_that_dies_in_mid_lesson_leaves_no_wrong_number_and_no_dump(
    certificate: Path, tmp_path: Path
) -> None:
    school = SchoolFolder.founded(tmp_path / "school", STREET)
    with school.sensor() as sensor:
        STREET.steer()
        eventually(lambda: sensor.minutes >= 30.5)
        assert curl(f"https://{NAMES[0]}/page", certificate) == PAGE
        sensor.process.send_signal(signal.SIGABRT)
        sensor.process.wait(60)
        minute = int(sensor.minutes)
    with school.sensor(minute + 1):
        eventually(lambda: school.released().keys() == {"1", "2"})
    assert school.released()["1"] is None
    assert not [name for name, _ in written_by(school) if "core" in name]


STORE_APART = f"""
[store]
database = "{STORE}/lesrust.sqlite3"
"""
TALKATIVE = {
    "DEBUG": "1",
    "DJANGO_DEBUG": "1",
    "LOGLEVEL": "DEBUG",
    "MITMPROXY_SSLKEYLOGFILE": "keys.log",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONMALLOC": "default",
    "PYTHONWARNINGS": "always",
    "SSLKEYLOGFILE": "keys.log",
}
"""Every switch of the environment that makes Python, asyncio, Django or mitmproxy tell more."""


@contextmanager
def heard_by_systemd(path: Path) -> Iterator[socket.socket]:
    """Listen to what a service tells systemd of its state."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(path))
        systemd.setblocking(False)
        yield systemd


def metric(school: SchoolFolder, name: str) -> float:
    """Scrape, and give one value of health."""
    school.scrape()
    (line,) = [
        line
        for line in (school.folder / "health.txt").read_text().splitlines()
        if line.startswith(f"{name} ")
    ]
    return float(line.rpartition(" ")[2])


def test_whatever_goes_wrong_no_connection_stops_and_nothing_tells_of_anybody(
    certificate: Path, tmp_path: Path
) -> None:
    """The core fails at every sighting with the client's address in its error, the disk is full,
    every program was told to tell more, and in the end the process is killed."""
    school = SchoolFolder.founded(tmp_path / "school", STREET, STORE_APART)
    clock, said = AcceleratedClock(at(8, 38), 1.5 * SPEED), school.folder / "systemd.sock"
    environment = TALKATIVE | {"NOTIFY_SOCKET": str(said)}
    with (
        heard_by_systemd(said) as systemd,
        school.sensor(
            fails="fails", clock=clock, environment=environment, has_small_disk=True
        ) as sensor,
    ):
        STREET.steer()
        disk = fill_disk(sensor, school)
        assert curl(f"https://{NAMES[0]}/page", certificate) == PAGE
        assert curl(f"http://{NAMES[1]}/page", certificate) == PAGE
        eventually(lambda: metric(school, "lesrust_release_failures_total") > 0)
        assert metric(school, "lesrust_hour_addon_errors") > 0
        written = [path.read_bytes() for path in disk.iterdir() if path.name != "full"]
        sensor.process.send_signal(signal.SIGABRT)
        sensor.process.wait(60)
        written.append(systemd.recv(4_096))
    left = dict(written_by(school))
    assert b"Aborted" in left["gateway.log"], "the switches did nothing"
    assert not [name for name in left if "core" in name or "keys" in name]
    assert b"READY=1" in written[-1]
    own = {"lesrust.toml", "timetable.csv"}
    written += [content for name, content in left.items() if name not in own]
    assert find_canaries(b"".join(written), SECRETS) == []
