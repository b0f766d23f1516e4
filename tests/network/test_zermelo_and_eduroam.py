"""The page `docs/school-met-zermelo.md`, followed by a school: from nothing to a located lesson.

Its settings and its mapping are the page's own, but for addresses. FreeRADIUS is real, on a machine
of its own, with the policy that is shipped; the portal is a stand-in for Zermelo's.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from re import DOTALL, findall

import pytest

from simulation.live.clock import AcceleratedClock
from tests.canary import find_canaries
from tests.cast import APPROVED
from tests.monitor.places.feeds.radius.free_radius import SECRET, free_radius, send
from tests.network.school import HEALTH_PORT, IN_A_ROW, METRICS_PORT, SchoolFolder, eventually
from tests.network.street import GATEWAY_PORT, PUPIL, SITE, Street
from tests.network.website import NAMES, PAGE, website
from tests.schedules.importers.zermelo.stand_in import CODE, TOKEN, appointment, standing_in

PAGE_OF_DOCS = Path(__file__).parents[2] / "docs" / "school-met-zermelo.md"
STREET = Street("lesrust-eduroam")
LESRUST = "203.0.113.1"
RADIUS_PORT = 18120
BEGINS, ENDS = 9 * 60, 16 * 60
"""Seconds of the school's clock until the lesson begins, and ends."""
SPEED = 40.0
NAME, MAC = "jan.jansen", "02-00-00-AA-BB-CC"
PUPIL_NAME = "p.kanarie"
"""A portal may name who is in a lesson, and say something of it."""
START = (
    "Acct-Status-Type = Start",
    f'Acct-Session-Id = "{NAME}{MAC}"',
    f'User-Name = "{NAME}@school.example"',
    f'Calling-Station-Id = "{MAC}"',
)
ROOMS = ("B204", "B205", *(f"R{number}" for number in range(22)))

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("curl", "freeradius", "ip", "nft", "nginx", "openssl", "radclient"),
]


def shown(kind: str) -> str:
    """Give what the page has to be written to a file."""
    (block,) = findall(rf"```{kind}\n(.*?)```", PAGE_OF_DOCS.read_text("utf-8"), flags=DOTALL)
    text: str = block
    return text


def noon_zone(now: float) -> str:
    """Name a time zone in which it is about noon: the test is on one day of the school's."""
    ahead = 12 - datetime.fromtimestamp(now, UTC).hour
    return f"Etc/GMT{-ahead:+d}"


def founded(folder: Path, portal: str) -> SchoolFolder:
    """Write the page's files, with the addresses of here and a school that is large enough."""
    settings = shown("toml")
    for there, here in (
        ("https://voorbeeldcollege.zportal.nl", portal),
        ("10.0.0.9:1813", f"{LESRUST}:1813"),
        ("10.0.0.2/32", f"{SITE}/32"),
        ("[school]", f'[school]\ntime_zone = "{noon_zone(time.time())}"'),
    ):
        assert there in settings
        settings = settings.replace(there, here)
    folder.mkdir()
    (folder / "lesrust.toml").write_text(
        f"""{settings}
{APPROVED}
[[layer]]
name = "3 vwo"
pupils = 400
groups = ["v3*"]
[gateway]
listen = ["transparent@{GATEWAY_PORT}"]
[metrics]
listen = "127.0.0.1:{METRICS_PORT}"
[health]
listen = "127.0.0.1:{HEALTH_PORT}"
"""
    )
    others = (f"access_point,ap-{room.lower()},{room}\n" for room in ROOMS if room[0] == "R")
    (folder / "aansluitingen.csv").write_text(shown("csv") + "".join(others))
    secret = folder / "radius.secret"
    secret.touch(0o600)
    secret.write_text(SECRET)
    return SchoolFolder(folder, STREET)


def told(access_point: str, name: str, address: str, moment: float) -> None:
    """Let an access point tell its RADIUS server of a session."""
    with STREET.inside("outside"):
        said = send(
            RADIUS_PORT,
            *START,
            f'Called-Station-Id = "{access_point}:eduroam"',
            f'NAS-Identifier = "{name}"',
            f"Framed-IP-Address = {address}",
            f"Event-Timestamp = {int(moment)}",
        )
    assert said.returncode == 0, said.stdout


def looked_at(certificate: Path) -> None:
    with STREET.inside("pupils"):
        page = subprocess.run(
            [
                *("curl", "--silent", "--fail", "--max-time", "60", "--cacert", certificate),
                *("--resolve", f"{NAMES[0]}:443:{SITE}", f"https://{NAMES[0]}/page"),
            ],
            check=True,
            capture_output=True,
        ).stdout
    assert page == PAGE


@pytest.fixture
def certificate(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "outside"
    folder.mkdir()
    for parent in folder.parents[:3]:
        parent.chmod(0o755)
    with STREET.built(), website(STREET, folder) as trusted:
        yield trusted


@pytest.fixture
def radius(certificate: Path, tmp_path: Path) -> Iterator[None]:
    """Run the RADIUS server of the page's step 4, on a machine of its own."""
    folder = tmp_path / "radius"
    folder.mkdir()
    with ExitStack() as opened:
        with STREET.inside("outside"):
            opened.enter_context(free_radius(folder, port=RADIUS_PORT, lesrust=1813, host=LESRUST))
        yield


@pytest.mark.usefixtures("radius")
def test_a_school_with_zermelo_and_eduroam_follows_its_page(
    certificate: Path, tmp_path: Path
) -> None:
    now = time.time()
    hour = {"start": int(now) + BEGINS, "end": int(now) + ENDS, "startTimeSlotName": "u3"}
    with standing_in() as portal:
        portal.rows = [
            appointment(
                number,
                **hour,
                locations=[room],
                groups=[f"h3{number}"],
                students=[PUPIL_NAME],
                remark=PUPIL_NAME,
            )
            for number, room in enumerate(ROOMS, start=1)
        ]
        school = founded(tmp_path / "school", portal.address)
        said = [school.run("timetable", "link", "zermelo", typed=f"{CODE}\n")]
        assert (school.folder / "zermelo.token").stat().st_mode & 0o777 == 0o600
        said.append(school.run("timetable", "preview", "zermelo"))
        assert "24 lessons in 24 rooms" in said[-1]
        said.append(school.run("timetable", "watch", "--once"))
        assert "24 new" in said[-1]
        said.append(school.run("timetable", "show", "--room", "B204"))
        assert "h31" in said[-1]
    with school.sensor(clock=AcceleratedClock(now, SPEED)) as sensor:
        STREET.steer()
        told("70-3A-0E-11-22-33", "ap-b204", PUPIL, sensor.clock())
        told("70-3A-0E-11-99-33", "ap-hal", "10.30.101.99", sensor.clock())
        assert sensor.clock() < now + BEGINS, "this machine is too busy to begin before a lesson"
        eventually(lambda: sensor.clock() > now + BEGINS)
        sensor.look(lambda: looked_at(certificate))
        assert sensor.clock() < now + ENDS, "this machine is too busy to get some pages in a lesson"
        eventually(school.released)
        school.scrape()
        with STREET.inside("gateway"):
            said.append(school.run("check", expects=1))
    assert school.released() == {"3": 1}
    health = (school.folder / "health.txt").read_text()
    seen = dict(line.rsplit(" ", 1) for line in health.splitlines() if not line.startswith("#"))
    assert float(seen['lesrust_hour_connections{evidence="sni"}']) == IN_A_ROW
    assert float(seen["lesrust_hour_unknown_place"]) == 0
    assert float(seen['lesrust_hour_feed_messages{feed="radius",outcome="taken"}']) == 2
    assert "access_point 70-3A-0E-11-99-33 (ap-hal)" in said[-1]
    assert "B205" not in said[-1]
    for wrong in ("naam of MAC-adres", "afwijkt", "onbekende afzender", "geheim"):
        assert wrong not in said[-1]
    _names_nobody(school, "".join(said))


def _names_nobody(school: SchoolFolder, said: str) -> None:
    """Neither whose device it is, nor its address, nor the token is anywhere but in its file."""
    secrets = [NAME, MAC, PUPIL, PUPIL_NAME, TOKEN]
    for path in school.folder.iterdir():
        own = [TOKEN] if path.name == "zermelo.token" else []
        elsewhere = [secret for secret in secrets if secret not in own]
        assert find_canaries(path.read_bytes(), elsewhere) == [], path.name
    assert find_canaries(said.encode(), secrets) == []
