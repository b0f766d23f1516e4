"""A gateway and the passive sensor beside it, between real machines: one core, one count."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canary import find_canaries
from tests.network.quic_site import get, quic_site
from tests.network.school import IN_A_ROW, ROOM, SchoolFolder, eventually
from tests.network.street import PUPIL, PUPIL_6, PUPIL_MAC, SITE, Street
from tests.network.website import NAMES, PAGE, website

STREET = Street("lesrust-watch")
SIZE = 1_500_000
"""Bytes of the page over QUIC."""
BESIDE = """
[watch]
interfaces = ["pupils"]
gateway = "watch.sock"
[attachments]
file = "attachments.csv"
[dhcp]
kea_leases = "leases4.csv"
kea_leases6 = "leases6.csv"
dnsmasq_leases = "dnsmasq.leases"
dnsmasq_socket = "dnsmasq.sock"
[radius]
detail = "detail"
"""
OTHERS = {
    "lesrust.toml",
    "timetable.csv",
    "attachments.csv",
    "leases4.csv",
    "leases6.csv",
    "dnsmasq.leases",
    "detail",
}
"""Files that an administrator, DHCP or RADIUS writes, and Lesrust reads."""
USER, HOST = "kanarie.jansen", "telefoon-van-kanarie"
SECRETS = (PUPIL, PUPIL_6, PUPIL_MAC, USER, HOST, *NAMES)

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


def tell_feeds(school: SchoolFolder, now: float) -> None:
    """Have each server tell of the pupil's device and its user, with all that it knows."""
    expires, mac = int(now) + 3_600, PUPIL_MAC
    duid = f"00:03:00:01:{PUPIL_MAC}"
    written = {
        "leases4.csv": f"{PUPIL},{mac},01:{mac},3600,{expires},1,0,0,{HOST},0,\n",
        "leases6.csv": f"{PUPIL_6},{duid},3600,{expires},1,1800,0,1,128,0,0,{HOST},{mac},0,\n",
        "dnsmasq.leases": f"{expires} {PUPIL_MAC} {PUPIL} {HOST} 01:{PUPIL_MAC}\n",
        "detail": "Mon Nov 23 08:30:00 2026\n"
        "\tAcct-Status-Type = Start\n"
        f'\tAcct-Session-Id = "{USER}{PUPIL_MAC}"\n'
        f'\tUser-Name = "{USER}@school.example"\n'
        f'\tCalling-Station-Id = "{PUPIL_MAC.upper().replace(":", "-")}"\n'
        '\tCalled-Station-Id = "70-3A-0E-11-22-33:eduroam"\n'
        f"\tFramed-IP-Address = {PUPIL}\n"
        f"\tTimestamp = {int(now)}\n\n",
    }
    for name, text in written.items():
        with (school.folder / name).open("a") as file:
            file.write(text)
    subprocess.run(
        [sys.executable, "-m", "monitor.places.feeds.dhcp.dnsmasq_script", "add", PUPIL, PUPIL_MAC],
        env=os.environ
        | {
            "DNSMASQ_LEASE_EXPIRES": str(expires),
            "DNSMASQ_SUPPLIED_HOSTNAME": HOST,
            "LESRUST_DHCP_SOCKET": str(school.folder / "dnsmasq.sock"),
        },
        check=True,
    )


def begin_feeds(folder: Path) -> None:
    """Write the files of the servers, before they tell anything."""
    folder.mkdir()
    (folder / "attachments.csv").write_text(f"kind,name,room\naccess_point,ap-elsewhere,{ROOM}\n")
    (folder / "leases4.csv").write_text(
        "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,"
        "user_context\n"
    )
    (folder / "leases6.csv").write_text(
        "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
        "fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context\n"
    )
    for name in ("dnsmasq.leases", "detail"):
        (folder / name).touch()


@pytest.fixture(scope="module")
def school(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> SchoolFolder:
    """Give a school after two lessons.

    In the first a device used a platform over TCP and over QUIC, in the second over QUIC alone.
    """
    folder = tmp_path_factory.mktemp("school") / "school"
    begin_feeds(folder)
    school = SchoolFolder.founded(folder, STREET, BESIDE)
    with school.sensor() as sensor, school.watch(sensor):
        STREET.steer()
        eventually(lambda: sensor.minutes >= 30.5)
        tell_feeds(school, sensor.clock())
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


def test_what_every_server_told_was_taken(school: SchoolFolder) -> None:
    """It is not for want of names that none is found below."""
    health = (school.folder / "health.txt").read_text()
    for feed in ("kea", "kea6", "dnsmasq", "dnsmasq-leases", "radius-detail"):
        told = [
            line
            for line in health.splitlines()
            if line.startswith(f'lesrust_hour_feed_messages{{feed="{feed}"') and line[-4:] != " 0.0"
        ]
        assert told, feed


def test_neither_writes_who_it_was(school: SchoolFolder) -> None:
    """The canary: sensors, RADIUS and DHCP, in whatever form."""
    written = {
        path.name: path.read_bytes()
        for path in school.folder.rglob("*")
        if path.is_file() and path.name not in OTHERS
    }
    assert {"gateway.log", "watch.log", "lesrust.sqlite3", "health.txt"} <= written.keys()
    found = {name: find_canaries(content, SECRETS) for name, content in written.items()}
    assert {name: canaries for name, canaries in found.items() if canaries} == {}
