"""Somebody got between the school's provider and Lesrust: what was changed lets nobody in.

The provider is a real one, and so are the pages and the browser; what it signed or said is changed
after it did.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.dashboards.browser.sign_in_pages import SignInPages, serve_pages, sign_in

CHANGES = (
    "clients-secret",
    "forged-signature",
    "no-algorithm",
    "no-nonce",
    "no-token",
    "open-key-as-secret",
    "other-audience",
    "other-issuer",
    "other-nonce",
    "other-party",
    "other-person",
    "over",
    "several-audiences",
)
FAILED = "Aanmelden Mislukt"
ANOTHER = """
[[provider]]
name = "another"
title = "Ander account"
issuer = "http://localhost:{port}"
client = "lesrust"
secret = "provider.secret"
teacher = ["docent"]
"""
"""The same provider, which calls itself by its number and not by this name."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, static_files: Path) -> Iterator[SignInPages]:
    people: dict[str, dict[str, object]] = {
        name: {"preferred_username": name, "roles": ["docent"], "attack": name}
        for name in (*CHANGES, "earlier-key")
    }
    people["mulder"] = {"preferred_username": "mulder", "roles": ["docent"]}
    folder = tmp_path_factory.mktemp("attacked")
    with serve_pages(folder, static_files, people, ANOTHER) as pages:
        yield pages


@pytest.fixture
def context(chromium: Browser, pages: SignInPages) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="nl-NL", base_url=pages.address)
    yield context
    context.close()


def leave_for_provider(page: Page, asked_for: str = "") -> str:
    """Press the button, and give what the provider was asked then.

    Args:
        page: hers.
        asked_for: what somebody put behind the address that the button posts to.
    """
    page.goto("/")
    form = page.locator("form[action*='/oidc/school/login/']")
    form.evaluate("(form, more) => { form.action += more; }", asked_for)
    with page.expect_request("**/auth?*") as asked:
        form.get_by_role("button").click()
    return asked.value.url


def is_signed_in(page: Page) -> bool:
    page.goto("/beveiliging/")
    return urlsplit(page.url).path == "/beveiliging/"


def test_what_nobody_changed_lets_in(context: BrowserContext) -> None:
    assert is_signed_in(sign_in(context, "mulder"))


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_lets_nobody_in(change: str, context: BrowserContext) -> None:
    page = sign_in(context, change)
    assert "/oidc/school/login/callback/" in page.url
    assert page.get_by_role("heading", level=1).inner_text() == FAILED
    assert not is_signed_in(page)


def test_an_answer_to_another_sign_in_lets_nobody_in(
    context: BrowserContext, chromium: Browser, pages: SignInPages
) -> None:
    """Whoever gets hold of her answer gives it out for that to his own."""
    page = context.new_page()
    leave_for_provider(page)
    page.fill("[name=login]", "mulder")
    page.fill("[name=password]", "anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").wait_for()
    context.clear_cookies(name="sessionid")  # so that she does not use it herself
    with page.expect_request("**/login/callback/**") as answer:
        page.get_by_role("button", name="Continue").click()
    (code,) = parse_qs(urlsplit(answer.value.url).query)["code"]
    thief = chromium.new_context(locale="nl-NL", base_url=pages.address)
    page = thief.new_page()
    (state,) = parse_qs(urlsplit(leave_for_provider(page)).query)["state"]
    page.goto(f"/oidc/school/login/callback/?code={code}&state={state}")
    assert page.get_by_role("heading", level=1).inner_text() == FAILED
    assert not is_signed_in(page)
    thief.close()


def test_a_provider_that_calls_itself_otherwise_is_not_asked(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Aanmelden met Ander account").click()
    assert page.get_by_role("heading", level=1).inner_text() == FAILED


def test_a_link_cannot_ask_the_provider_for_more(context: BrowserContext) -> None:
    more = "scope=offline_access&auth_params=nonce%3Dchosen%26prompt%3Dnone"
    address = leave_for_provider(context.new_page(), f"&{more}")
    assert "nonce=" in address
    for part in ("offline_access", "nonce=chosen", "prompt"):
        assert part not in address


def test_a_provider_changes_its_key_when_it_likes(
    context: BrowserContext, pages: SignInPages
) -> None:
    assert is_signed_in(sign_in(context, "mulder"))
    context.clear_cookies()
    pages.change_key()
    assert is_signed_in(sign_in(context, "mulder"))
    context.clear_cookies()
    assert not is_signed_in(sign_in(context, "earlier-key"))
