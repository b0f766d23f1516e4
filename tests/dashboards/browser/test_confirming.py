"""Somebody of the directie confirms what IT changed, on a phone, with the keyboard alone."""

from django.conf import settings
from playwright.sync_api import expect

from monitor.configuration import Role
from monitor.store.guarded.confirmations import (
    find_confirmation,
    record_baseline,
    take_fingerprints,
)
from tests.dashboards import people
from tests.dashboards.browser.visitor import Visitor


def test_she_reads_confirms_and_shows_once_more_who_she_is(visitor: Visitor) -> None:
    now = settings.LESRUST
    fingerprints = take_fingerprints(now.model_copy(update={"layers": now.layers[:-1]}))
    assert fingerprints is not None
    record_baseline(now, fingerprints, people.NOW)
    visitor.signs_in(people.account(Role.DIRECTIE, name="yildiz"))
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/cijfers/")
    page.get_by_role("link", name="Lees wat er veranderd is").click()
    expect(page.get_by_role("heading", name="Leerlagen gewijzigd")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Deze instellingen bevestigen").focus()
    page.keyboard.press("Enter")
    page.locator("input[type=password]").fill(people.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bevestigd. De sensoren lezen het")).to_be_visible()
    assert find_confirmation(now).changed == ()
