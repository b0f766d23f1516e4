"""The example files: what an administrator starts from is whole, valid and agrees with itself."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration

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
