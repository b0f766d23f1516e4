"""Of the privacy loss the same is said on the page for everyone, in a terminal and in the docs."""

import re
from pathlib import Path

import pytest

from monitor.release.tables import EPSILON_A_DAY, OF_STAFF, S1
from monitor.runtime.factories import make_installation_promise
from schedules.language import Language, override, writing
from tests.privacy.telling import Tell

pytestmark = [pytest.mark.django_db]

DOCUMENT = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
SETTINGS = {
    "as declared": "",
    "half": "[privacy]\nepsilon = 0.5\n",
    "a quarter": "[privacy]\nepsilon = 0.25\n",
    "least": "[privacy]\nepsilon = 0.1\n",
    "persons": '[identity]\nunit = "person"\n[radius]\ndetail = "detail"\n',
    "addresses": '[identity]\nunit = "address"\nrooms = 3\nreused = false\n',
    "reused addresses, half": '[identity]\nunit = "address"\n[privacy]\nepsilon = 0.5\n',
}


def plain(number: float) -> str:
    """Write a loss as short as it can be: both write the same number, one with more zeros."""
    with override(Language.DUTCH):
        return writing.decimal(number, 4).rstrip("0").rstrip(",")


def losses_of_page(page: str) -> set[str]:
    """Give each loss in the page's table of tables, by table, and the one of all together."""
    rows = re.findall(r"\(([BRSV]\d)\) .*? (\d+) (\d+,\d{4}) [\d.]+,\d", page)
    (total,) = re.findall(r"Samen, één (?:persoon|apparaat) op één dag (\d,\d\d)", page)
    return {f"{name} {plain(number_of(loss))}" for name, _, loss in rows} | {
        plain(number_of(total))
    }


def writing_of(number: float) -> str:
    with override(Language.DUTCH):
        return writing.decimal(number, 4)


def number_of(text: str) -> float:
    return float(text.replace(",", "."))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_page_and_the_command_say_what_is_promised_and_no_more(name: str, tell: Tell) -> None:
    settings, page, command = tell(SETTINGS[name])
    promise = make_installation_promise(settings)
    rows = {f"{table.name} {plain(table.epsilon)}" for table in promise.drawn}
    assert losses_of_page(page) == rows | {plain(round(promise.epsilon, 2))}
    assert f"hoogstens ε = {plain(promise.epsilon)} van in een dag" in command
    for table in promise.released:
        most = f"{table.devices * promise.addresses:.0f}"
        assert re.search(rf"{table.name} .{{1,80}} {most} {plain(table.epsilon)} ± ", command)
        assert f" {most} {writing_of(table.epsilon)} " in page
    for withheld in promise.withheld:
        assert f"({withheld})" in page
        assert f"{withheld} komt niet vrij" in command


def test_the_page_says_that_the_school_chose_less(tell: Tell) -> None:
    assert "ε is hier hoogstens 0,50." in tell(SETTINGS["half"]).page
    assert "meer ruis dan de regels vragen" not in tell(SETTINGS["as declared"]).page


def test_the_document_says_what_is_declared(tell: Tell) -> None:
    """And what half of it is: the rows of its table are held against the tables elsewhere."""
    promise = make_installation_promise(tell(SETTINGS["as declared"]).settings)
    rows = re.findall(r"^\| ([BRSV]\d) \|.*\| (\d,\d+) per dag", DOCUMENT, flags=re.MULTILINE)
    said = {name: number_of(loss) for name, loss in rows}
    assert said == {table.name: table.epsilon for table in (*promise.tables, *OF_STAFF)}
    assert sum(said.values()) - said[S1.name] == pytest.approx(EPSILON_A_DAY)
    together = "Samen is dat, zonder S1, voor één apparaat op één dag ε = 1"
    assert together in " ".join(DOCUMENT.split())
