"""With a store on PostgreSQL the services are one of its users, as the guide has it set."""

import subprocess
from collections.abc import Iterator
from re import findall

import pytest

from tests.conftest import ROOT
from tests.deploy.booted import SYSTEMD, BootedMachine, booted_machine, eventually
from tests.deploy.installed import CONFIGURATION, STORE, USERS, install

pytestmark = [
    pytest.mark.network,
    pytest.mark.needs("nft", "ip"),
    pytest.mark.skipif(not SYSTEMD.exists(), reason="no systemd to boot"),
]

GUIDE = (ROOT / "docs" / "beheerder.md").read_text("utf-8")
DATABASE = "postgresql://lesrust@/lesrust?host=/run/postgresql"


@pytest.fixture(scope="module")
def programs() -> str:
    finding = subprocess.run(
        [str(ROOT / ".ci" / "postgresql"), "--find"], check=False, capture_output=True, text=True
    )
    if finding.returncode:
        pytest.skip("no PostgreSQL")
    return finding.stdout.strip()


@pytest.fixture(scope="module")
def machine(programs: str) -> Iterator[BootedMachine]:
    """A machine with PostgreSQL, of which the guide's lines are all that lets anyone in."""
    with booted_machine() as machine:
        install(machine)
        machine.run("install -d -o postgres /run/postgresql /run/cluster")
        machine.run(f"{programs}/initdb -D /run/cluster --auth=reject", user="postgres")
        (admits,) = findall(r"^local +lesrust.*$", GUIDE, 8)
        (names,) = findall(r"^lesrust +/.*$", GUIDE, 8)
        owner = ("600", "postgres:postgres")
        admitting = f"local all postgres peer\n{admits}\n"
        machine.write("/run/cluster/pg_hba.conf", admitting, *owner)
        machine.write("/run/cluster/pg_ident.conf", f"{names}\n", *owner)
        settings = "-c unix_socket_directories=/run/postgresql -c listen_addresses="
        server = f"{programs}/postgres -D /run/cluster {settings}"
        machine.run(f"systemd-run --unit=server --uid=postgres {server}")
        eventually(lambda: machine.try_to("createuser lesrust", user="postgres").returncode == 0)
        machine.run("createdb -O lesrust lesrust", user="postgres")
        text = CONFIGURATION.replace(STORE, DATABASE)
        machine.write("/etc/lesrust/lesrust.toml", text, "640", "root:lesrust")
        yield machine


def test_every_service_works_in_the_store(machine: BootedMachine) -> None:
    machine.start("lesrust-gateway", "lesrust-watch", "lesrust-retention", "lesrust-web")
    eventually(lambda: "9467" in machine.log("lesrust-web"))
    for user in (*USERS, "lesrust"):
        machine.run("psql -h /run/postgresql -U lesrust lesrust -c 'SELECT 1'", user=user)


def test_nobody_else_gets_in(machine: BootedMachine) -> None:
    asking = "psql -h /run/postgresql -U lesrust lesrust -c 'SELECT 1'"
    assert machine.try_to(asking, user="nobody").returncode
