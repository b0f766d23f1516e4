"""A teacher on her phone: two taps, and she sees whether the network knows."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from monitor.configuration import Role
from monitor.store import record_sensor
from schedules import store
from tests.dashboards import people
from tests.dashboards.browser.visitor import Visitor


@pytest.fixture
def phone(visitor: Visitor) -> Page:
    """Have MUL in her lesson, with a phone in her hand."""
    visitor.signs_in(people.account(Role.TEACHER))
    visitor.page.set_viewport_size({"width": 390, "height": 800})
    visitor.page.goto("/")
    return visitor.page


def the_sensor_reads_it() -> None:
    record_sensor("gateway", store.current_version(), time.time())


def tap_youtube(page: Page) -> None:
    lesson = page.locator("main > section")
    lesson.get_by_role("checkbox", name="YouTube").check()
    lesson.get_by_role("button", name="Toestaan tot einde les (10:20)").click()


def test_two_taps_allow_until_the_end_of_the_lesson(phone: Page) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text("h3b · lokaal 014 · tot 10:20")
    tap_youtube(phone)
    expect(phone.locator(".permitted")).to_contain_text("YouTube toegestaan tot 10:20")
    expect(phone.get_by_role("timer")).to_have_text("40 min")
    [granted] = store.list_exemptions_for(["mul-now"])
    assert granted.platforms == frozenset({"youtube"})


def test_what_is_tapped_first_can_be_seen_without_scrolling_and_is_large(phone: Page) -> None:
    button = phone.get_by_role("button", name="Toestaan tot einde les").first.bounding_box()
    choice = phone.locator(".choices label").first.bounding_box()
    assert button is not None
    assert choice is not None
    assert button["y"] + button["height"] < 800
    assert min(choice["height"], button["height"]) >= 48


def test_it_says_active_only_when_a_running_sensor_has_read_it(phone: Page) -> None:
    the_sensor_reads_it()
    tap_youtube(phone)
    said = phone.locator(".heard")
    expect(said).to_contain_text("het netwerk heeft het nog niet gelezen")
    the_sensor_reads_it()
    expect(said).to_contain_text("Actief in het netwerk")


def test_without_a_sensor_it_says_what_follows(phone: Page) -> None:
    tap_youtube(phone)
    expect(phone.locator(".heard")).to_contain_text("er draait geen sensor")


def test_stop_ends_it(phone: Page) -> None:
    tap_youtube(phone)
    phone.get_by_role("button", name="Stop nu").click()
    expect(phone.get_by_role("status")).to_contain_text("Gestopt")
    expect(phone.locator(".permitted")).to_have_count(0)


def test_it_counts_down_the_last_minutes_by_the_second(
    phone: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    tap_youtube(phone)
    monkeypatch.setattr("dashboards.school.clock.now", lambda: people.at(10, 18).timestamp())
    phone.reload()
    expect(phone.get_by_role("timer")).to_have_text("1:58")


def test_it_ends_with_the_lesson_by_itself(phone: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    tap_youtube(phone)
    monkeypatch.setattr("dashboards.school.clock.now", lambda: people.at(10, 20).timestamp())
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("U hebt nu geen les")


def test_a_later_lesson_and_next_weeks_can_be_allowed_now(phone: Page) -> None:
    later = phone.locator("details", has_text="10:40").first
    later.locator("summary").first.click()
    later.get_by_role("checkbox", name="Pinterest").check()
    later.get_by_role("button", name="Toestaan tot einde les (11:30)").click()
    expect(phone.locator("details .permitted")).to_contain_text("toegestaan van 10:40 tot 11:30")
    assert phone.get_by_role("heading", name="Volgende week").count() == 1


def test_the_keyboard_alone_does_it(phone: Page) -> None:
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    phone.keyboard.press("Enter")
    for _ in range(30):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.value") == "youtube":
            break
    phone.keyboard.press("Space")
    for _ in range(10):
        phone.keyboard.press("Tab")
        if "wide" in phone.evaluate("document.activeElement.className"):
            break
    phone.keyboard.press("Enter")
    expect(phone.locator(".permitted")).to_contain_text("YouTube")


def test_it_works_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="nl-NL", base_url=address, java_script_enabled=False)
    visitor = Visitor(context, address)
    visitor.signs_in(people.account(Role.TEACHER))
    page = visitor.page
    page.goto("/les/")
    tap_youtube(page)
    expect(page.locator(".permitted")).to_contain_text("40 min")
    page.get_by_role("button", name="Stop nu").click()
    expect(page.locator(".permitted")).to_have_count(0)
    context.close()


def test_a_line_that_breaks_off_while_she_taps_does_not_grant_twice(
    phone: Page, visitor: Visitor
) -> None:
    visitor.expected = ("ERR_",)
    phone.route("**/les/toestaan/", lambda route: (route.fetch(max_redirects=0), route.abort()))
    lesson = phone.locator("main > section")
    lesson.get_by_role("checkbox", name="YouTube").check()
    lesson.get_by_role("button", name="Toestaan tot einde les").click()
    phone.unroute("**/les/toestaan/")
    phone.goto("/les/")
    tap_youtube(phone)
    expect(phone.locator(".permitted")).to_have_count(1)
    assert len(store.list_exemptions_for(["mul-now"])) == 1


def test_it_can_be_put_on_the_home_screen(phone: Page) -> None:
    manifest = phone.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then(a => a.json())"
    )
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        assert phone.request.get(icon["src"]).headers["content-type"] == "image/png"
