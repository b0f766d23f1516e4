"""A second factor in a real browser: an app's codes, a passkey, and who must have one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from playwright.sync_api import Page, expect

from monitor.configuration import Role
from tests.dashboards import people
from tests.dashboards.browser.visitor import Visitor

PERIOD = 30
"""Seconds that a code lasts."""


def code(secret: str) -> str:
    """Give what an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD)))


def sign_in(page: Page) -> None:
    page.goto("/inloggen/")
    page.get_by_label("Naam").fill("visser")
    page.get_by_label("Wachtwoord").fill(people.PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="visser afmelden").click()


def confirm(page: Page) -> None:
    """Show once more who she is, where that is asked."""
    if "/bevestigen/" in page.url:
        page.locator("input[type=password]").fill(people.PASSWORD)
        page.locator("main form button").first.click()


@pytest.fixture
def visser(visitor: Visitor) -> Page:
    """Give somebody of IT, before the page to sign in on."""
    people.account(Role.IT, name="visser")
    sign_in(visitor.page)
    return visitor.page


def set_up_app(page: Page) -> str:
    page.goto("/beveiliging/app/")
    confirm(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code(secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/beveiliging/**")
    return secret


def test_with_an_app_a_password_alone_no_longer_opens_anything(visser: Page) -> None:
    secret = set_up_app(visser)
    sign_out(visser)
    sign_in(visser)
    expect(visser).to_have_url(re.compile("/beveiliging/code/$"))
    visser.goto("/beveiliging/")
    assert visser.url.endswith("/beveiliging/code/")
    visser.locator("input[name=code]").fill("000000")
    visser.locator("main form button").first.click()
    expect(visser.locator(".errorlist")).to_be_visible()
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    visser.locator("input[name=code]").fill(recovery[0])
    visser.locator("main form button").first.click()
    expect(visser.get_by_role("button", name="visser afmelden")).to_be_visible()
    assert secret


def test_what_makes_the_codes_is_encrypted_in_the_store(visser: Page) -> None:
    secret = set_up_app(visser)
    stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)
    assert stored["secret"].startswith("gAAAA")
    recovery = Authenticator.objects.get(type="recovery_codes").data
    assert recovery["seed"].startswith("gAAAA")


def test_a_passkey_signs_in_without_a_password(visser: Page, visitor: Visitor) -> None:
    devtools = visitor.context.new_cdp_session(visser)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    visser.goto("/beveiliging/passkeys/nieuw/")
    confirm(visser)
    visser.locator("input[name=name]").fill("laptop")
    visser.locator("input[name=passwordless]").check()
    visser.locator("#mfa_webauthn_add").click()
    visser.wait_for_url(lambda address: "/nieuw/" not in address)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    sign_out(visser)
    visser.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(visser.get_by_role("button", name="visser afmelden")).to_be_visible()


def test_who_must_have_one_sets_it_up_first(visser: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    web = settings.LESRUST.web.model_copy(update={"second_factor": (Role.IT,)})
    school = settings.LESRUST.model_copy(update={"web": web})
    monkeypatch.setattr(settings, "LESRUST", school)
    visser.goto("/")
    expect(visser).to_have_url(re.compile("/beveiliging/$"))
    set_up_app(visser)
    visser.goto("/")
    assert "/beveiliging/" not in visser.url


def test_nothing_of_a_second_factor_is_made_for_tests_alone() -> None:
    assert not getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)
