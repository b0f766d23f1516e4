"""The settings that the guides show promise what the guides say, and the commands say the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from monitor.commands.check import check
from monitor.commands.privacy.command import privacy
from monitor.configuration import load_configuration
from monitor.identity import Unit
from monitor.release.promise import Promise
from monitor.release.tables import EPSILON_A_DAY
from monitor.runtime.factories import make_installation_promise
from monitor.store import DATABASE_VARIABLE

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
SCHOOL = '[school]\nname = "Voorbeeldcollege"\n'
LAYERS = "".join(
    f'[[layer]]\nname = "{name}"\npupils = 700\ngroups = ["{name}*"]\n' for name in ("h3", "v3")
)
UNITS = {"apparaat": Unit.DEVICE, "persoon": Unit.PERSON}
_SHOWN = re.compile(r"```toml\n(.*?)```(.*?)(?=```|\n#|\Z)", re.DOTALL)
_SAID = re.compile(r"ε = ([\d,]+) per (apparaat|persoon) en dag")


class Guide(NamedTuple):
    """Settings that a page shows, and what it says that they promise."""

    page: str
    settings: str
    epsilon: str
    """As it is written in Dutch."""
    unit: str

    def __str__(self) -> str:
        return f"{self.page}, {self.settings.splitlines()[0]}"


def guides() -> Iterator[Guide]:
    for page in PAGES:
        for settings, after in _SHOWN.findall(page.read_text("utf-8")):
            if "[identity]" in settings:
                said = _SAID.search(after)
                assert said, f"{page.name} says no ε behind these settings:\n{settings}"
                yield Guide(page.name, settings, *said.groups())


GUIDES = tuple(guides())
every_guide = pytest.mark.parametrize("guide", GUIDES, ids=range(len(GUIDES)))


def written(folder: Path, settings: str) -> Path:
    """Write settings, with a school where they name none, and the files that they name."""
    missing = (SCHOOL if "[school]" not in settings else "", LAYERS)
    path = folder / "lesrust.toml"
    path.write_text("".join((*missing, settings)))
    (folder / "aansluitingen.csv").write_text("kind,name,room\n")
    return path


def promised(folder: Path, settings: str) -> Promise:
    return make_installation_promise(load_configuration(written(folder, settings)))


def test_every_way_to_tell_devices_has_a_guide() -> None:
    assert {guide.page for guide in GUIDES} == {
        "plaatsen.md",
        "school-met-untis.md",
        "school-met-zermelo.md",
    }
    kinds = {"[[place]]", "[radius]", "[dhcp]", 'unit = "address"'}
    assert {kind for kind in kinds for guide in GUIDES if kind in guide.settings} == kinds


@every_guide
def test_settings_promise_what_their_page_says(guide: Guide, tmp_path: Path) -> None:
    promise = promised(tmp_path, guide.settings)
    assert promise.epsilon == pytest.approx(float(guide.epsilon.replace(",", ".")))
    assert promise.epsilon <= EPSILON_A_DAY
    assert promise.unit in {UNITS[guide.unit], Unit.ADDRESS}


@every_guide
def test_the_commands_say_the_same(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    words = ["--config", str(written(tmp_path, guide.settings)), "--lang", "nl"]
    told = CliRunner().invoke(privacy, words).output
    assert f"hoogstens ε = {guide.epsilon} van in een dag" in " ".join(told.split())
    found = CliRunner().invoke(check, ["--offline", *words]).output
    (said,) = re.findall(r"ε = (\d(?:,\d+)?)", found)
    assert float(said.replace(",", ".")) == pytest.approx(
        float(guide.epsilon.replace(",", ".")), abs=0.005
    )


def test_the_example_of_all_settings_promises_one(tmp_path: Path) -> None:
    example = (ROOT / "deploy" / "lesrust.toml").read_text("utf-8")
    (tmp_path / "lesrust.toml").write_text(example)
    promise = make_installation_promise(load_configuration(tmp_path / "lesrust.toml"))
    assert (promise.unit, promise.epsilon) == (Unit.DEVICE, EPSILON_A_DAY)


@pytest.mark.parametrize(
    "guide", [guide for guide in GUIDES if "transparent" in guide.settings], ids=str
)
def test_a_gateway_without_what_tells_devices_promises_nothing(
    guide: Guide, tmp_path: Path
) -> None:
    """The line of the guide is what does it."""
    without = re.sub(r"(?m)^(neighbours = .*|unit = .*)\n", "", guide.settings)
    assert promised(tmp_path, without).drawn == ()
