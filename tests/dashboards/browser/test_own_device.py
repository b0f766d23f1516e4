"""The sensor's own page, in a real browser: live, for everyone, and with a picture of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import sighting, use
from tests.dashboards.browser.accessible import require_accessible
from tests.dashboards.browser.pages import SHOWN
from tests.dashboards.browser.test_every_page import DRAWS
from tests.dashboards.browser.visitor import Visitor
from tests.monitor.own_device.asking import OPENED, OwnDeviceSensor, packed, serving

HERE = "127.0.0.1"
PATH = "/mijn-apparaat"


@pytest.fixture
def sensor() -> Iterator[OwnDeviceSensor]:
    with serving() as sensor:
        yield sensor


@pytest.fixture
def page(chromium: Browser, sensor: OwnDeviceSensor) -> Iterator[Page]:
    address = f"http://{HERE}:{sensor.port}"
    context = chromium.new_context(locale="nl-NL", base_url=address)
    visitor = Visitor(context, address)
    yield visitor.page
    context.close()
    assert visitor.elsewhere == []
    assert visitor.complaints == []


def test_what_a_device_does_is_shown_as_it_happens(page: Page, sensor: OwnDeviceSensor) -> None:
    page.goto(PATH)
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#state")).to_contain_text("lokaal 101")
    page.wait_for_function("document.querySelector('#live') !== null")
    while not sensor.looking(HERE):
        page.wait_for_timeout(20)
    sensor.see(*use(OPENED + 1, packed(HERE)))
    expect(page.locator("#lines")).to_contain_text("i.instagram.com")
    expect(page.locator("#lines")).to_contain_text("Instagram")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_can_be_used_by_everyone(language: str, page: Page, sensor: OwnDeviceSensor) -> None:
    page.goto(f"{PATH}?lang={language}")
    assert page.get_attribute("html", "lang") == language
    while not sensor.looking(HERE):
        page.wait_for_timeout(20)
    sensor.see(
        *use(OPENED + 1, packed(HERE)),
        sighting(OPENED + 200, packed(HERE), hostname="graph.facebook.com"),
    )
    expect(page.locator("#lines")).to_contain_text("graph.facebook.com")
    require_accessible(page)
    if DRAWS and language == "nl":
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1000, "height": 700})
        page.screenshot(path=SHOWN / "mijn-apparaat.png", full_page=True)
