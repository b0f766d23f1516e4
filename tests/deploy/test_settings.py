"""The example files: what an administrator starts from is whole, valid and agrees with itself."""

import re
import subprocess
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration

DEPLOY = Path(__file__).parents[2] / "deploy"
EXAMPLE = DEPLOY / "lesrust.toml"
STEERING = DEPLOY / "nftables" / "steering.nft"
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
    assert "StateDirectory=lesrust" in GATEWAY.read_text().splitlines()
    assert Path(load_configuration(EXAMPLE).database).parent == Path("/var/lib/lesrust")


@pytest.mark.network
def test_nftables_takes_the_example_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "lesrust").symlink_to(STEERING.parent)
    command = ("nft", "--check", "--includepath", str(tmp_path), "--file", str(STEERING))
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")
