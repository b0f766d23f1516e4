"""What the school's firewall forbids stays forbidden while connections are steered.

A real gateway passes on what real nftables steers to it; what it sends for pupils leaves from the
router itself, where no rule of `forward` sees it. `lesrust steer` is what an administrator runs.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.steering.outcome import SteeringOutcome
from tests.network.school import SchoolFolder
from tests.network.street import CHOICES, RULES, SITE, SITE_6, Street, run
from tests.network.website import PAGE, website

STREET = Street("lesrust-forbidden")

pytestmark = [pytest.mark.network, pytest.mark.needs("curl", "ip", "nft", "nginx", "openssl")]

FORBIDDEN, FORBIDDEN_6 = "203.0.113.66", "2001:db8:ffff::66"
ADDRESSES = f"""
    -n {{outside}} address add {FORBIDDEN}/24 dev eth0
    -n {{outside}} address add {FORBIDDEN_6}/64 dev eth0 nodad
"""
SCHOOL = f"""
flush ruleset
table inet school {{
    chain forward {{
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        iifname "pupils" oifname "internet" jump from_pupils
        iifname "internet" accept
    }}
    chain from_pupils {{
        ip daddr {FORBIDDEN} reject
        ip6 daddr {FORBIDDEN_6} reject
        tcp dport {{ 80, 443 }} accept
    }}
}}
"""
"""What an administrator has: pupils reach the web, but for one server."""
REPEATED = f"""
add rule inet lesrust pupils ip daddr {FORBIDDEN} reject
add rule inet lesrust pupils ip6 daddr {FORBIDDEN_6} reject
"""
AT_NIGHT = 'add rule inet school from_pupils meta hour "22:00"-"23:00" drop'
ALLOWED = ((SITE, True), (SITE_6, True))
WITH_FORBIDDEN = (*ALLOWED, (FORBIDDEN, False), (FORBIDDEN_6, False))


@pytest.fixture(scope="module", autouse=True)
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchoolFolder]:
    """A school whose gateway passes on, and two servers outside."""
    folder = tmp_path_factory.mktemp("outside")
    with STREET.built(), website(STREET, folder):
        STREET.furnish(ADDRESSES)
        founded = SchoolFolder.founded(tmp_path_factory.mktemp("school") / "school", STREET)
        with founded.sensor():
            yield founded


@pytest.fixture(autouse=True)
def firewall(school: SchoolFolder) -> None:
    """The school's firewall as it was, and nothing steered."""
    load(SCHOOL)
    write_rules(school)


def load(rules: str) -> None:
    with STREET.inside("gateway"):
        subprocess.run(["nft", "--file", "-"], input=rules, text=True, check=True)


def write_rules(school: SchoolFolder, more: str = "") -> Path:
    """Write what the administrator has in /etc/lesrust."""
    folder = school.folder.parent / "lesrust"
    folder.mkdir(exist_ok=True)
    (folder / RULES.name).write_text(RULES.read_text())
    choices = "".join(f"define {key} = {value}\n" for key, value in CHOICES.items())
    steering = folder / "steering.nft"
    steering.write_text(f'{choices}include "lesrust/lesrust.nft"\n{more}')
    return steering


def steer(school: SchoolFolder, *options: str, reviewed: tuple[str, ...] = ()) -> str:
    """Run `lesrust steer` on the gateway; give what it says, with its exit code before it."""
    parent = school.folder.parent
    configuration = parent / "lesrust.toml"
    configuration.write_text(f"[school]\nname = 'A'\n[steering]\nreviewed = {list(reviewed)}\n")
    said = (f"--rules={parent / 'lesrust' / 'steering.nft'}", f"--outcome={parent / 'outcome'}")
    command = [sys.executable, "-m", "monitor", "steer", *said, f"--config={configuration}"]
    with STREET.inside("gateway"):
        ran = subprocess.run([*command, *options], check=False, capture_output=True, text=True)
    assert ran.stderr == ""
    return f"{ran.returncode} {ran.stdout}"


def is_steered() -> bool:
    with STREET.inside("gateway"):
        return "table inet lesrust" in run("nft", "list", "tables")


def reaches(address: str) -> bool:
    """Say whether a pupil gets a page of a server; a firewall that forbids it says so at once."""
    host = f"[{address}]" if ":" in address else address
    command = ["curl", "--silent", "--max-time", "60", f"http://{host}/page"]
    with STREET.inside("pupils"):
        got = subprocess.run(command, check=False, capture_output=True).stdout
    return got == PAGE


def passed_on() -> int:
    """Count the connections that the gateway has tried to make for pupils."""
    with STREET.inside("gateway"):
        said = run("nft", "list", "counter", "inet", "counting", "sent")
    return int(said.partition("packets ")[2].split()[0])


COUNTING = """
table inet counting {
    counter sent { }
    chain sent {
        type filter hook output priority -10; policy accept;
        oifname "internet" tcp flags syn / syn,ack counter name "sent"
    }
}
"""


@pytest.mark.parametrize(("address", "is_reached"), WITH_FORBIDDEN)
def test_what_is_forbidden_stays_so_when_it_is_steered(
    address: str, is_reached: bool, school: SchoolFolder
) -> None:
    write_rules(school, REPEATED)
    assert steer(school).startswith("0")
    assert is_steered()
    load(COUNTING)
    assert reaches(address) is is_reached
    assert passed_on() > 0


@pytest.mark.parametrize("address", [FORBIDDEN, FORBIDDEN_6])
def test_without_the_rules_for_the_gateway_it_would_be_reached(
    address: str, school: SchoolFolder
) -> None:
    """It is those rules that hold it, and no others: a firewall's `forward` never sees it."""
    write_rules(school, REPEATED)
    assert steer(school).startswith("0")
    load("flush chain inet lesrust pupils")
    assert reaches(address)


@pytest.mark.parametrize(("address", "is_reached"), WITH_FORBIDDEN)
def test_while_they_differ_nothing_is_steered_and_the_web_works(
    address: str, is_reached: bool, school: SchoolFolder
) -> None:
    said = steer(school)
    assert said.startswith("1")
    assert "inet school from_pupils" in said
    assert not is_steered()
    assert reaches(address) is is_reached


def test_what_only_the_gateway_may_not_is_a_difference_too(school: SchoolFolder) -> None:
    write_rules(school, REPEATED + f"add rule inet lesrust pupils ip daddr {SITE} reject")
    assert "inet lesrust pupils" in steer(school)
    assert not is_steered()
    assert reaches(SITE)


def test_steering_stops_when_the_firewall_changes(school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    steer(school)
    load(f"insert rule inet school from_pupils ip daddr {SITE} reject")
    assert reaches(SITE), "the change is not seen by what is steered"
    assert steer(school, "--keep").startswith("1")
    assert not is_steered()
    assert not reaches(SITE)
    load(f"add rule inet school from_pupils ip daddr {SITE} accept")


def test_steering_comes_back_when_the_firewall_does(school: SchoolFolder) -> None:
    """As after `flush ruleset`, with which many load theirs."""
    write_rules(school, REPEATED)
    assert steer(school).startswith("0")
    load(SCHOOL)
    assert not is_steered()
    assert steer(school, "--keep").startswith("0")
    assert is_steered()


def test_what_is_steered_already_stays_as_it_is(school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    steer(school)
    load(f"add element inet lesrust own_servers_4 {{ {FORBIDDEN} }}")
    assert steer(school, "--keep") == "0 "
    with STREET.inside("gateway"):
        assert FORBIDDEN in run("nft", "list", "set", "inet", "lesrust", "own_servers_4")


@pytest.mark.parametrize("address", [FORBIDDEN, FORBIDDEN_6])
def test_a_server_of_the_schools_own_is_not_steered(address: str, school: SchoolFolder) -> None:
    """And needs no rule: `forward` still sees what goes there."""
    own = f"""
        add element inet lesrust own_servers_4 {{ {FORBIDDEN} }}
        add element inet lesrust own_servers_6 {{ {FORBIDDEN_6} }}
    """
    write_rules(school, own)
    assert steer(school).startswith("0")
    assert not reaches(address)
    load(SCHOOL.replace("reject", "accept").replace("flush ruleset", "delete table inet school"))
    load(COUNTING)
    assert reaches(address)
    assert passed_on() == 0


def test_one_chain_of_the_school_can_serve_both(school: SchoolFolder) -> None:
    """It is jumped to twice: from `forward` for pupils, from `output` for the gateway."""
    load("""
        add chain inet school output { type filter hook output priority filter; policy accept; }
        add rule inet school output meta skuid "root" ct state new jump from_pupils
    """)
    assert steer(school).startswith("0")
    assert not reaches(FORBIDDEN)
    assert not reaches(FORBIDDEN_6)
    assert reaches(SITE)


def test_what_cannot_be_compared_is_named_and_has_to_be_accepted(school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    load(AT_NIGHT.replace("add", "insert"))
    said = steer(school)
    assert said.startswith("1")
    assert not is_steered()
    outcome = SteeringOutcome.load(school.folder.parent / "outcome")
    assert outcome is not None
    (named,) = outcome.incomparable
    rule, _, fingerprint = named.strip(")").partition(" (")
    assert rule.startswith("inet school from_pupils ")
    assert fingerprint in said
    assert steer(school, reviewed=(fingerprint,)).startswith("0")
    assert is_steered()
    load(AT_NIGHT.replace("add", "insert").replace("23:00", "23:30"))
    assert steer(school, "--keep", reviewed=(fingerprint,)).startswith("1")
    assert not is_steered()


def test_a_dry_run_changes_nothing(school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    assert steer(school, "--dry-run").startswith("0")
    assert not is_steered()


@pytest.mark.parametrize("wrong", ["define a = nothing at all", 'include "lesrust/absent.nft"'])
def test_a_wrong_file_changes_nothing(wrong: str, school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    steer(school)
    write_rules(school, wrong)
    said = steer(school)
    assert said.startswith("1")
    assert "steering.nft" in said
    assert is_steered()
    assert reaches(SITE)


def test_an_empty_file_steers_none(school: SchoolFolder) -> None:
    write_rules(school).write_text("")
    assert steer(school) == "0 "
    assert not is_steered()


def test_nothing_is_steered_to_a_gateway_that_is_not_there(school: SchoolFolder) -> None:
    write_rules(school, REPEATED)
    steering = write_rules(school, REPEATED)
    steering.write_text(steering.read_text().replace("= 8080", "= 8089"))
    assert steer(school).startswith("1")
    assert not is_steered()
    assert reaches(SITE)
