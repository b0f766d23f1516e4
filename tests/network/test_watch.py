"""A gateway and the passive sensor beside it, between real machines: one core, one count."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.network.quic_site import get, quic_site
from tests.network.school import IN_A_ROW, SchoolFolder, eventually
from tests.network.street import PUPIL, PUPIL_6, SITE, Street
from tests.network.website import NAMES, PAGE, website

STREET = Street("lesrust-watch")
SIZE = 1_500_000
"""Bytes of the page over QUIC."""
BESIDE = """
[watch]
interfaces = ["pupils"]
gateway = "watch.sock"
"""

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("curl", "ip", "nft", "nginx", "openssl"),
]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the certificate of the website at the end of the street, which speaks QUIC too."""
    folder = tmp_path_factory.mktemp("outside")
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    with (
        STREET.built(),
        website(STREET, folder) as trusted,
        quic_site(STREET, trusted, SIZE),
    ):
        yield trusted


def over_quic(certificate: Path) -> None:
    with STREET.inside("pupils"):
        assert len(asyncio.run(get(NAMES[0], certificate))) == SIZE


def over_tcp(certificate: Path) -> None:
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


@pytest.fixture(scope="module")
def school(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> SchoolFolder:
    """Give a school after two lessons.

    In the first a device used a platform over TCP and over QUIC, in the second over QUIC alone.
    """
    school = SchoolFolder.founded(tmp_path_factory.mktemp("school") / "school", STREET, BESIDE)
    with school.sensor() as sensor, school.watch(sensor):
        STREET.steer()
        eventually(lambda: sensor.minutes >= 30.5)
        sensor.look(lambda: over_tcp(certificate))
        over_quic(certificate)
        assert sensor.minutes < 40, "this machine is too busy to get some pages in a lesson"
        eventually(lambda: sensor.minutes >= 40.5)
        sensor.look(lambda: over_quic(certificate))
        eventually(lambda: len(school.released()) == 2)
        school.scrape()
        assert sensor.process.poll() is None
    return school


def test_a_device_that_uses_tcp_and_quic_is_counted_once(school: SchoolFolder) -> None:
    """And one that uses QUIC alone is counted, which the gateway does not see."""
    assert school.released() == {"1": 1, "2": 1}


def test_each_connection_is_seen_by_one_of_them(school: SchoolFolder) -> None:
    health = (school.folder / "health.txt").read_text()
    seen = dict(line.rsplit(" ", 1) for line in health.splitlines() if not line.startswith("#"))
    evidence = {
        name: float(seen[f'lesrust_hour_connections{{evidence="{name}"}}'])
        for name in ("sni", "quic", "hidden")
    }
    assert evidence == {"sni": IN_A_ROW, "quic": 1 + IN_A_ROW, "hidden": 0}
    assert float(seen["lesrust_hour_addon_errors"]) == 0
    assert float(seen["lesrust_hour_dropped_packets"]) == 0


def test_neither_writes_who_it_was(school: SchoolFolder) -> None:
    for path in school.folder.rglob("*"):
        if path.is_file() and path.name != "lesrust.toml":
            content = path.read_bytes()
            assert PUPIL.encode() not in content
            assert PUPIL_6.encode() not in content
            assert NAMES[0].encode() not in content
