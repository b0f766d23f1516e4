"""Every page in both languages, light and dark, on a phone, a tablet and a desk: axe finds nothing.

`make screens` makes their pictures in `docs/screens` anew.
"""

import os

import pytest
from django.db import OperationalError

from monitor.configuration import Role
from schedules import store
from tests.dashboards import people
from tests.dashboards.browser.accessible import require_accessible
from tests.dashboards.browser.pages import PAGES, SHOWN, PageView
from tests.dashboards.browser.visitor import Visitor

DRAWS = os.environ.get("LESRUST_SCREENS") == "1"
OF_README = "cijfers"
"""Its top stands in the README; whole, it is long."""
OF_THE_SENSOR = "mijn-apparaat"
"""A page that the web application does not serve."""
PICTURED = {"les": 390, "les-toegestaan": 390}
"""How wide a page is in its picture, where that is not a desk's width."""


def comes(visitor: Visitor, seen: PageView) -> str:
    """Have there what a page needs and signed in who sees it, and give the page's address."""
    address = seen.prepare() or seen.address
    if seen.role:
        account = people.account(seen.role, name=people.NAMES[seen.role])
        if seen.is_secured:
            people.secure(account)
        visitor.signs_in(account, confirmed=seen.name != "bevestigen")
    if seen.status != 200:
        visitor.expected = (f"status of {seen.status}",)
    return address


@pytest.mark.parametrize("seen", PAGES, ids=str)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_can_be_used_by_everyone(seen: PageView, language: str, visitor: Visitor) -> None:
    address = comes(visitor, seen)
    visitor.speaks(language)
    page = visitor.page
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == seen.status
    assert page.get_attribute("html", "lang") == language
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    require_accessible(page)
    if DRAWS and language == "nl":
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": PICTURED.get(seen.name, 1000), "height": 700})
        page.goto(address)
        page.wait_for_load_state("networkidle")
        SHOWN.mkdir(exist_ok=True)
        page.screenshot(path=SHOWN / f"{seen.name}.png", full_page=True)
        if seen.name == OF_README:
            page.set_viewport_size({"width": 1000, "height": 1150})
            page.screenshot(path=SHOWN / f"{seen.name}-boven.png")


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(
    seen: PageView, visitor: Visitor
) -> None:
    address, page = comes(visitor, seen), visitor.page
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(REACHABLE)
    moments = page.locator("input[type=datetime-local]").count()
    for _ in range(page.evaluate("window.reachable.length") + STOPS_OF_A_MOMENT * moments + 1):
        page.keyboard.press("Tab")
        page.evaluate(REACHED)
    unreached = page.evaluate("window.reachable.filter(e => !e.dataset.reached).map(described)")
    unseen = page.evaluate("window.reachable.filter(e => e.dataset.unseen).map(described)")
    assert (unreached, unseen) == ([], [])


STOPS_OF_A_MOMENT = 8
"""Within a browser's own field for a day and a time, at most."""
REACHABLE = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  )].filter(e => e.checkVisibility() && !e.disabled);
  // Of a group of radio buttons the one that is chosen is reached; the arrows go on from there.
  window.reachable = all.filter(e => e.type !== "radio" || e.checked);
  window.described = e => e.outerHTML.slice(0, 120);
}"""
REACHED = """() => {
  const e = document.activeElement;
  e.dataset.reached = "yes";
  const shown = each => each && getComputedStyle(each).outlineStyle !== "none";
  if (!shown(e) && !shown(e.nextElementSibling)) e.dataset.unseen = "yes";
}"""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_that_cannot_reach_its_data_can_be_read_by_everyone(
    language: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError

    visitor.signs_in(people.account(Role.TEACHER))
    visitor.speaks(language)
    visitor.expected = ("status of 503",)
    monkeypatch.setattr(store, "list_exemptions_for", refuse)
    visitor.page.goto("/les/")
    assert visitor.page.get_attribute("html", "lang") == language
    require_accessible(visitor.page)


def test_every_page_has_its_picture() -> None:
    shown = {seen.name for seen in PAGES} | {f"{OF_README}-boven", OF_THE_SENSOR}
    assert shown == {picture.stem for picture in SHOWN.glob("*.png")}
