"""Whether everyone can use a page: axe in a real browser, light and dark, at three widths."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboards.public.accessibility_target import WIDTHS

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOADED = Axe("void axe")
"""Runs the script that a page has by now: parsing it six times takes longer than most pages do."""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def require_accessible(page: Page) -> None:
    """Look at what is shown now, at every width and in both schemes."""
    found = {}
    page.evaluate(Axe().axe_script)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            results = LOADED.run(page, options=RULES)
            if results.violations_count:
                found[scheme, width] = results.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}, "\n".join(f"{where}: {what}" for where, what in found.items())
