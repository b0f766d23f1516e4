"""A school's machine on which Lesrust is installed as the administrator's guide says."""

from re import search

from tests.conftest import ROOT
from tests.deploy.booted import INSTALLED, BootedMachine

USERS = (
    "lesrust-gateway",
    "lesrust-watch",
    "lesrust-web",
    "lesrust-timetable",
    "lesrust-retention",
)
STORE = "/var/lib/lesrust/lesrust.sqlite3"
SOCKET = "/run/lesrust/watch.sock"
LESRUST = f"{INSTALLED}/.venv/bin/lesrust"
PYTHON = f"{INSTALLED}/.venv/bin/python"
QUERY = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
for row in store.execute(sys.stdin.read()):
    print(*row, sep="|")
"""

CONFIGURATION = f"""
[school]
name = "Het Voorbeeld"
[[layer]]
name = "3 havo"
pupils = 300
groups = ["h3*"]
[[place]]
prefixes = ["10.30.14.0/24"]
room = "014"
[gateway]
listen = ["regular@127.0.0.1:8081"]
inside = ["127.0.0.2/32"]
[watch]
interfaces = ["lo"]
gateway = "{SOCKET}"
[radius]
listen = "127.0.0.1:1813"
[[sender]]
prefix = "127.0.0.1/32"
secret = "radius.secret"
[[timetable]]
name = "zermelo"
format = "zermelo"
address = "https://127.0.0.1:9"
secret = "zermelo.token"
[[provider]]
name = "school"
title = "Schoolaccount"
issuer = "https://127.0.0.1:9"
client = "lesrust"
secret = "provider.secret"
role_claim = "roles"
teacher = ["docent"]
[store]
database = "{STORE}"
[web]
secret = "web.secret"
"""
SECRETS = ("radius.secret", "zermelo.token", "provider.secret")
TO_A_FILE = """
[Service]
StandardOutput=append:/run/%N.log
StandardError=inherit
"""
TIMETABLE = """date,start,end,period,rooms,groups,teachers
2026-09-07,08:30,09:20,1,014,h3a,vda
"""


def install(machine: BootedMachine) -> None:
    """Install Lesrust by the guide's own lines, with a school's configuration and secrets."""
    follow_guide(machine)
    configure(machine)
    watch_output(machine)


def configure(machine: BootedMachine) -> None:
    """Write a school's configuration and its secrets, as an administrator of any version does."""
    machine.write("/etc/lesrust/steering.nft", "")
    machine.write("/etc/lesrust/lesrust.toml", CONFIGURATION, "640", "root:lesrust")
    for name in SECRETS:
        machine.write(f"/etc/lesrust/{name}", f"{name} of the school\n", "600", "lesrust:lesrust")


def follow_guide(machine: BootedMachine) -> None:
    """Do what the guide says under 'Neerzetten', but for packages and the environment."""
    guide = (ROOT / "docs" / "beheerder.md").read_text("utf-8")
    section = search(r"(?s)## Neerzetten\n.*?```\n(.*?)```", guide)
    assert section
    skipped = ("sudo apt", "cd ", "sudo make", "sudo ln")
    lines = (line for line in section[1].splitlines() if line and not line.startswith(skipped))
    machine.run(f"cd {INSTALLED} && " + " && ".join(line.removeprefix("sudo ") for line in lines))


def watch_output(machine: BootedMachine) -> None:
    """Have services write to files that a test can read."""
    machine.run("mkdir -p /etc/systemd/system/lesrust-.service.d")
    machine.write("/etc/systemd/system/lesrust-.service.d/output.conf", TO_A_FILE)
    machine.run("systemctl daemon-reload")


def query(machine: BootedMachine, store: str, statement: str, user: str = "lesrust") -> str:
    """Have a user of the machine run a statement in a store, and give the rows, a line each."""
    return machine.run(f"{PYTHON} -c '{QUERY}' {store}", user=user, typed=statement)
