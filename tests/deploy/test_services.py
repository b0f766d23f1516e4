"""The services on a real systemd: a user each, secrets for the one that needs them, one store."""

from collections.abc import Iterator

import pytest

from tests.deploy.booted import SYSTEMD, BootedMachine, booted_machine, eventually
from tests.deploy.installed import (
    LESRUST,
    PYTHON,
    SECRETS,
    SOCKET,
    STORE,
    USERS,
    install,
    query,
)

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("nft", "ip"),
    pytest.mark.skipif(not SYSTEMD.exists(), reason="no systemd to boot"),
]

RUNNING = ("lesrust-gateway", "lesrust-watch", "lesrust-web", "lesrust-timetable")
READERS = {
    "/etc/lesrust/radius.secret": {"lesrust-gateway"},
    "/etc/lesrust/zermelo.token": {"lesrust-timetable"},
    "/etc/lesrust/provider.secret": {"lesrust-web"},
    "/etc/lesrust/web.secret": {"lesrust-gateway", "lesrust-watch", "lesrust-web"},
    "/etc/lesrust/health.token": {"lesrust-gateway", "lesrust-watch", "lesrust-web"},
}
"""Besides the administrator's own user, who reads all of them."""
WRITE_OFTEN = f"""
import sqlite3, sys
store = sqlite3.connect("{STORE}", timeout=30, isolation_level=None)
for _ in range(40):
    store.execute("BEGIN IMMEDIATE")
    store.execute("INSERT INTO written VALUES (?)", sys.argv[1:])
    store.execute("COMMIT")
"""
SEND = f"""
import socket
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).connect("{SOCKET}")
"""
SEND_TO = """
import socket, sys
for address in sys.argv[1:]:
    try:
        socket.socket(type=socket.SOCK_DGRAM).sendto(b"token", (address, 80))
        print(address, "is reached")
    except PermissionError:
        print(address, "is not to be reached")
"""
METADATA = "169.254.169.254"
IDLE, BRIEF = 400, 600
"""Connections by the gateway: that stay open, and that come and go beside them."""
ASK_PAGE = """
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen
def ask(_):
    return urlopen("http://127.0.0.1:9467/transparantie/", timeout=60).status
with ThreadPoolExecutor(20) as asking:
    print(*Counter(asking.map(ask, range(100))).items())
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[BootedMachine]:
    """A machine on which every service has started, in the order in which one needs another."""
    with booted_machine() as machine:
        install(machine)
        machine.start(*RUNNING, "lesrust-retention")
        eventually(lambda: "9467" in machine.log("lesrust-web"))
        yield machine


@pytest.mark.parametrize("service", RUNNING)
def test_a_service_runs_as_a_user_of_its_own(machine: BootedMachine, service: str) -> None:
    group = machine.show(service, "ControlGroup")
    users = machine.run(f"ps -o user:40= -p $(paste -sd, /sys/fs/cgroup{group}/cgroup.procs)")
    assert {*users.split()} == {service}


def test_what_is_deleted_at_night_is_by_another_user(machine: BootedMachine) -> None:
    assert machine.show("lesrust-retention", "User") == "lesrust-retention"
    assert machine.show("lesrust-retention", "Result") == "success"


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("secret", READERS)
def test_a_secret_is_for_who_needs_it(machine: BootedMachine, secret: str, user: str) -> None:
    can_read = machine.try_to(f"cat {secret}", user=user).returncode == 0
    assert can_read is (user in READERS[secret])


def test_every_secret_is_looked_at() -> None:
    assert {path.rpartition("/")[2] for path in READERS} == {*SECRETS, "web.secret", "health.token"}


@pytest.mark.parametrize("secret", READERS)
def test_an_administrators_commands_read_every_secret(machine: BootedMachine, secret: str) -> None:
    machine.run(f"cat {secret}", user="lesrust")
    assert machine.try_to(f"cat {secret}", user="nobody").returncode


@pytest.mark.parametrize("user", [*USERS, "lesrust", "nobody"])
def test_only_the_sensor_can_hand_over(machine: BootedMachine, user: str) -> None:
    sent = machine.try_to(f"{PYTHON} -c '{SEND}'", user=user)
    may = user in {"lesrust-watch", "lesrust-gateway"}
    assert (sent.returncode == 0) is may, "the gateway itself owns it"


@pytest.mark.parametrize("user", [*USERS, "lesrust", "nobody"])
def test_nobody_puts_another_secret_in_the_place_of_one(machine: BootedMachine, user: str) -> None:
    assert machine.try_to("mv /etc/lesrust/web.secret /etc/lesrust/old", user=user).returncode
    assert machine.try_to("touch /etc/lesrust/web.secret.new", user=user).returncode


def test_no_service_reads_the_memory_of_another(machine: BootedMachine) -> None:
    gateway = machine.show("lesrust-gateway", "MainPID")
    for user in ("lesrust-watch", "lesrust-web", "lesrust-timetable", "lesrust"):
        assert machine.try_to(f"cat /proc/{gateway}/maps", user=user).returncode


def test_the_store_is_of_all_services_and_nobody_else(machine: BootedMachine) -> None:
    for ending in ("", "-wal", "-shm", ".lock"):
        owner, mode = machine.stat(f"{STORE}{ending}").split()
        assert (owner.partition(":")[2], mode) == ("lesrust", "660")
    assert machine.stat("/var/lib/lesrust") == "lesrust:lesrust 2770"
    assert machine.try_to(f"cat {STORE}", user="nobody").returncode


def test_all_services_write_in_the_store_at_once(machine: BootedMachine) -> None:
    query(machine, STORE, "CREATE TABLE written (by TEXT)")
    writing = " & ".join(
        f"setpriv --reuid={user} --regid=$(id -gn {user}) --init-groups"
        f" {PYTHON} -c '{WRITE_OFTEN}' {user}"
        for user in (*USERS, "lesrust")
    )
    machine.run(f"umask 077; {writing} & wait")
    counts = query(machine, STORE, "SELECT by, count(*) FROM written GROUP BY by ORDER BY by")
    assert counts.split() == [f"{user}|40" for user in sorted((*USERS, "lesrust"))]
    assert query(machine, STORE, "PRAGMA integrity_check").strip() == "ok"


@pytest.mark.parametrize("first", USERS)
def test_who_comes_first_shuts_nobody_out(machine: BootedMachine, first: str) -> None:
    """Whose the files beside a store are, of which the last to leave took away the others."""
    folder = f"/var/lib/lesrust/{first}"
    machine.run(f"mkdir -m 2770 {folder}", user="lesrust")
    text = machine.run("cat /etc/lesrust/lesrust.toml").replace(STORE, f"{folder}/store.sqlite3")
    machine.write(f"{folder}/lesrust.toml", text, "640", "root:lesrust")
    machine.run(f"{LESRUST} retention --dry-run --config {folder}/lesrust.toml", user=first)
    for user in (*USERS, "lesrust"):
        query(machine, f"{folder}/store.sqlite3", f'CREATE TABLE "{user}" (x)', user)


def test_what_a_cloud_tells_its_machines_is_not_reached(machine: BootedMachine) -> None:
    machine.run(f"ip address add {METADATA}/32 dev lo")
    machine.write("/run/send.py", SEND_TO)
    for service in RUNNING:
        unit = machine.run(f"systemctl cat {service} | grep -vE '^(Exec|Type|Restart|RuntimeDir)'")
        once = f"Type=oneshot\nExecStart={PYTHON} /run/send.py 127.0.0.1 {METADATA}"
        machine.write("/etc/systemd/system/lesrust-probe.service", f"{unit}[Service]\n{once}\n")
        machine.run("rm -f /run/lesrust-probe.log; systemctl daemon-reload")
        machine.start("lesrust-probe")
        assert machine.log("lesrust-probe").splitlines() == [
            "127.0.0.1 is reached",
            f"{METADATA} is not to be reached",
        ]


def test_under_load_services_do_with_what_they_may(machine: BootedMachine) -> None:
    """What they may call, whom they may reach, and half of the memory that they may have."""
    loading = f"{PYTHON} -m tests.deploy.load 8081 127.0.0.2 {IDLE} {BRIEF}"
    answered = machine.run(f"cd /opt/lesrust && ulimit -n 8192 && {loading}")
    assert answered.split() == [str(IDLE), str(BRIEF)]
    machine.write("/run/ask.py", ASK_PAGE)
    assert machine.run(f"{PYTHON} /run/ask.py") == "(200, 100)\n"
    for service in RUNNING:
        assert machine.show(service, "NRestarts") == "0"
        process = machine.show(service, "MainPID")
        most = machine.run(f"awk '/VmHWM/ {{ print $2 }}' /proc/{process}/status")
        assert int(most) * 1_024 < int(machine.show(service, "MemoryMax")) / 2


def test_only_what_the_gateways_own_user_carries_is_steered(machine: BootedMachine) -> None:
    """Rules for another user's connections would not stop what pupils may not reach."""
    rules = machine.run("cat /opt/lesrust/deploy/nftables/steering.nft")
    rules = rules.replace("gateway_port = 8080", "gateway_port = 8081")
    machine.write("/etc/lesrust/steering.nft", rules)
    machine.run(f"cd /etc/lesrust && {LESRUST} steer")
    assert "table inet lesrust" in machine.run("nft list tables")
    machine.run("nft delete table inet lesrust")
    machine.write("/etc/lesrust/steering.nft", rules.replace('"lesrust-gateway"', '"lesrust"'))
    said = machine.try_to(f"cd /etc/lesrust && {LESRUST} steer")
    assert (said.returncode, "gateway_user" in said.stdout + said.stderr) == (1, True)
    assert machine.run("nft list tables") == ""


def test_the_unit_that_compares_each_minute_steers_and_stops_within_its_bounds(
    machine: BootedMachine,
) -> None:
    """With the two capabilities and the system calls that the unit leaves it."""
    rules = machine.run("cat /opt/lesrust/deploy/nftables/steering.nft")
    steered = rules.replace("gateway_port = 8080", "gateway_port = 8081")
    machine.write("/etc/lesrust/steering.nft", steered)
    machine.run("ip link add vlan30 type veth peer name pupil && ip link set vlan30 up")
    machine.run("ip address add 192.0.2.1/24 dev vlan30 && ip route add default dev vlan30")
    assert machine.show("lesrust-steering.timer", "ActiveState") == "active"
    machine.start("lesrust-steering.service")
    assert "table inet lesrust" in machine.run("nft list tables")
    machine.run(
        "nft add table inet school && nft add chain inet school forward "
        "'{ type filter hook forward priority filter; }' && "
        "nft add rule inet school forward iifname vlan30 ip daddr 198.51.100.7 drop"
    )
    machine.start("lesrust-steering.service")
    assert machine.run("nft list tables") == "table inet school\n"
    assert machine.stat("/run/lesrust-steering/outcome.json") == "root:root 644"
    outcome = machine.run("cat /run/lesrust-steering/outcome.json", user="lesrust-web")
    assert "inet school forward" in outcome
    machine.run("nft flush ruleset")
    machine.write("/etc/lesrust/steering.nft", "")
