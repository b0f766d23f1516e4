"""The example files: what an administrator starts from is whole, valid and agrees with itself."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.diagnostics.texts.steering import STEERING_FAILURES
from monitor.steering.nftables import NftFailed, list_rules_of
from monitor.steering.outcome import OutcomeKind
from monitor.steering.steering import describe_failure

DEPLOY = Path(__file__).parents[2] / "deploy"
EXAMPLE = DEPLOY / "lesrust.toml"
STEERING = DEPLOY / "nftables" / "steering.nft"
GATEWAY_USER = '= "lesrust-gateway"'
GATEWAY = DEPLOY / "systemd" / "lesrust-gateway.service"


def keys() -> list[tuple[str, str]]:
    """Every key that the configuration knows, by the section that it stands in."""
    example = load_configuration(EXAMPLE)
    found = []
    for name, field in Configuration.model_fields.items():
        section = getattr(example, name)
        model = section[0] if isinstance(section, tuple) else section
        found += [(field.alias or name, key) for key in type(model).model_fields]
    return found


@pytest.mark.parametrize(("section", "key"), keys())
def test_every_key_stands_in_the_example(section: str, key: str) -> None:
    blocks = re.split(r"^\[+([a-z]+)\]+$", EXAMPLE.read_text(), flags=re.MULTILINE)
    written = "".join(
        text for name, text in zip(blocks[1::2], blocks[2::2], strict=True) if name == section
    )
    assert re.search(rf"^(# )?{key} = ", written, flags=re.MULTILINE)


def test_the_example_is_a_valid_configuration() -> None:
    assert load_configuration(EXAMPLE).school.name == "Voorbeeldcollege"


def test_what_is_steered_goes_to_the_port_that_the_gateway_listens_on() -> None:
    port = re.search(r"^define gateway_port = (\d+)$", STEERING.read_text(), flags=re.MULTILINE)
    assert port
    assert f"transparent@{port[1]}" in load_configuration(EXAMPLE).gateway.listen


def test_the_store_is_where_the_service_may_write() -> None:
    assert "ReadWritePaths=/var/lib/lesrust" in GATEWAY.read_text().splitlines()
    assert Path(load_configuration(EXAMPLE).database).parent == Path("/var/lib/lesrust")


def test_what_is_steered_leaves_as_the_user_of_the_service() -> None:
    assert f"define gateway_user {GATEWAY_USER}" in STEERING.read_text().splitlines()
    assert "User=lesrust-gateway" in GATEWAY.read_text().splitlines()


@pytest.mark.network
def test_the_rules_below_the_example_are_rules(tmp_path: Path) -> None:
    """Those that stand there as a comment, for an administrator to begin with."""
    lesrust = tmp_path / "lesrust"
    shutil.copytree(STEERING.parent, lesrust)
    steering = lesrust / STEERING.name
    text = steering.read_text().replace(GATEWAY_USER, "= 0").replace("= everything", "= listed")
    written, count = re.subn(
        r"^#   add (element|rule) (.*)$", r"add \1 \2", text, flags=re.MULTILINE
    )
    before, include, after = written.partition('include "lesrust/lesrust.nft"')
    steering_rules = "\n".join(line for line in before.splitlines() if line.startswith("define"))
    elements = "\n".join(line for line in before.splitlines() if line.startswith("add"))
    steering.write_text(f"{steering_rules}\n{include}\n{elements}\n{after}")
    assert count == 5
    command = ("nft", "--check", "--includepath", str(tmp_path), "--file", str(steering))
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.network
def test_nftables_takes_the_example_as_it_is(tmp_path: Path) -> None:
    """But for the user, who is not on every machine that runs the tests."""
    lesrust = tmp_path / "lesrust"
    shutil.copytree(STEERING.parent, lesrust)
    steering = lesrust / STEERING.name
    steering.write_text(steering.read_text().replace(GATEWAY_USER, "= 0"))
    command = ("nft", "--check", "--includepath", str(tmp_path), "--file", str(steering))
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.network
def test_what_an_earlier_version_steered_by_says_which_line_it_lacks(tmp_path: Path) -> None:
    """An administrator keeps the file at an upgrade, and the rules ask for more than it says."""
    lesrust = tmp_path / "lesrust"
    shutil.copytree(STEERING.parent, lesrust)
    steering = lesrust / STEERING.name
    steering.write_text(steering.read_text().replace(f"define gateway_user {GATEWAY_USER}", ""))
    with pytest.raises(NftFailed, match=r"lesrust\.nft:[0-9:-]+ Error: ") as failed:
        list_rules_of(steering)
    assert describe_failure(failed.value).kind is OutcomeKind.NO_USER
    assert f"define gateway_user {GATEWAY_USER}" in str(STEERING_FAILURES[OutcomeKind.NO_USER])


@pytest.mark.network
def test_another_mistake_in_what_steers_is_told_as_nftables_tells_it(tmp_path: Path) -> None:
    lesrust = tmp_path / "lesrust"
    shutil.copytree(STEERING.parent, lesrust)
    steering = lesrust / STEERING.name
    steering.write_text(steering.read_text().replace("define pupils_4", "define pupil_4"))
    with pytest.raises(NftFailed) as failed:
        list_rules_of(steering)
    outcome = describe_failure(failed.value)
    assert outcome.kind is OutcomeKind.FAILED
    assert "unknown identifier 'pupils_4'" in outcome.why


@pytest.mark.needs("systemd-sysusers")
def test_the_users_of_the_services_are_made_without_a_word_of_complaint(tmp_path: Path) -> None:
    command = ("systemd-sysusers", f"--root={tmp_path}", DEPLOY / "sysusers.d" / "lesrust.conf")
    (tmp_path / "etc").mkdir()
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "not a valid" not in made.stderr
    assert "lesrust-gateway" in (tmp_path / "etc" / "passwd").read_text()
