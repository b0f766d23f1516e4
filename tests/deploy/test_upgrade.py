"""An installation of before, when all services were one user, is brought up to date and goes on."""

from collections.abc import Iterator

import pytest

from tests.deploy.booted import INSTALLED, SYSTEMD, BootedMachine, booted_machine
from tests.deploy.installed import (
    CONFIGURATION,
    LESRUST,
    STORE,
    TIMETABLE,
    USERS,
    configure,
    query,
    watch_output,
)

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("nft", "ip"),
    pytest.mark.skipif(not SYSTEMD.exists(), reason="no systemd to boot"),
]

RUNNING = ("lesrust-gateway", "lesrust-watch", "lesrust-web", "lesrust-timetable")
OLD_SERVICE = f"""[Service]
User=lesrust
Environment=LESRUST_CONFIG=/etc/lesrust/lesrust.toml
ExecStart={LESRUST} gateway
Type=notify
StateDirectory=lesrust
StateDirectoryMode=2750
RuntimeDirectory=lesrust
RuntimeDirectoryMode=0750
WorkingDirectory=/var/lib/lesrust
UMask=0027
"""


OLD_CONFIGURATION = CONFIGURATION.replace(
    'secret = "web.secret"', 'secret = "/var/lib/lesrust/web.secret"'
)


@pytest.fixture(scope="module")
def machine() -> Iterator[BootedMachine]:
    """A machine of before: one user, a store that only it may write, and a gateway that runs."""
    with booted_machine() as machine:
        machine.run("useradd --system --home-dir /var/lib/lesrust lesrust")
        machine.run("groupadd leases && usermod --append --groups leases lesrust")
        machine.run("install -d -o lesrust -g lesrust -m 2750 /var/lib/lesrust")
        configure(machine)
        machine.write("/etc/lesrust/lesrust.toml", OLD_CONFIGURATION, "640", "root:lesrust")
        machine.write("/run/rooster.csv", TIMETABLE)
        machine.run(f"{LESRUST} timetable import - < /run/rooster.csv", user="lesrust")
        machine.write("/etc/systemd/system/lesrust-gateway.service", OLD_SERVICE)
        watch_output(machine)
        machine.start("lesrust-gateway")
        assert machine.stat(STORE) == "lesrust:lesrust 640"
        assert machine.stat("/var/lib/lesrust/web.secret") == "lesrust:lesrust 600"
        yield machine


def test_an_installation_of_before_goes_on(machine: BootedMachine) -> None:
    key = machine.run("cat /var/lib/lesrust/web.secret")
    lessons = query(machine, STORE, "SELECT * FROM schedules_lessonrow")
    assert lessons.count("\n") == 1
    units = f"{INSTALLED}/deploy/systemd/lesrust-*"
    machine.run(f"install -Dm644 -t /etc/sysusers.d {INSTALLED}/deploy/sysusers.d/lesrust.conf")
    machine.run(f"systemd-sysusers; install -m644 -t /etc/systemd/system {units}")
    machine.run("systemctl daemon-reload; systemctl try-restart lesrust-gateway")
    machine.start(*RUNNING, "lesrust-retention")
    assert machine.show("lesrust-gateway", "User") == "lesrust-gateway"
    assert machine.run("cat /var/lib/lesrust/web.secret") == key
    for user in (*USERS, "lesrust"):
        query(machine, STORE, f'CREATE TABLE "{user}" (x)', user)
    assert query(machine, STORE, "SELECT * FROM schedules_lessonrow") == lessons
    assert "usermod -aG leases lesrust-gateway" in machine.log("lesrust-gateway")
    assert machine.stat("/run/lesrust") == "lesrust-gateway:lesrust-handover 2750"
    assert machine.stat("/etc/lesrust/zermelo.token") == "lesrust:lesrust-timetable 640"
