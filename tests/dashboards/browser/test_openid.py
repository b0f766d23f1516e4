"""Signing in with the school's account: a real provider, a real web process, a real browser."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.dashboards.browser.accessible import require_accessible
from tests.dashboards.browser.sign_in_pages import People, serve_pages, sign_in
from tests.dashboards.running import lesrust

PEOPLE: People = {
    "mulder": {
        "name": "M. Mulder",
        "preferred_username": "mulder",
        "email": "mulder@college.nl",
        "email_verified": True,
        "roles": ["docent", "iedereen"],
        "code": "MUL",
    },
    "yildiz": {
        "preferred_username": "yildiz",
        "email": "A.Yildiz@college.nl",
        "email_verified": True,
        "roles": [],
    },
    "visser": {"preferred_username": "visser", "roles": "ict", "amr": ["pwd", "mfa"]},
    "bakker": {"preferred_username": "bakker", "roles": "ict"},
    "leerling": {
        "preferred_username": "leerling",
        "email": "leerling@college.nl",
        "roles": ["leerling", "docent"],
    },
    "klas": {"preferred_username": "klas", "email": "k@leerling.college.nl", "roles": ["docent"]},
    "gast": {"preferred_username": "gast", "email": "gast@elders.nl", "roles": ["bezoeker"]},
}


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory, static_files: Path
) -> Iterator[tuple[str, Path]]:
    """Run both, and give where the pages are and the configuration."""
    with serve_pages(tmp_path_factory.mktemp("openid"), static_files, PEOPLE) as pages:
        yield pages.address, pages.config


@pytest.fixture
def context(chromium: Browser, pages: tuple[str, Path]) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="nl-NL", base_url=pages[0])
    yield context
    context.close()


def test_a_teacher_has_her_own_lessons(context: BrowserContext, pages: tuple[str, Path]) -> None:
    page = sign_in(context, "mulder")
    assert page.url.endswith("/les/")
    assert page.get_by_role("heading", level=1).inner_text() == "U hebt nu geen les"
    listed = lesrust(pages[1], "user", "list").stdout
    assert [line.split()[:3] for line in listed.splitlines() if "mulder" in line] == [
        ["mulder", "teacher", "MUL"]
    ]


def test_the_provider_is_asked_again_within_the_hour(context: BrowserContext) -> None:
    """A role that it has taken away is gone by then, however busy the pages are."""
    page = sign_in(context, "mulder")
    (session,) = (cookie for cookie in context.cookies() if cookie["name"] == "sessionid")
    left = session["expires"] - time.time()
    assert 0 < left <= 3600
    page.reload()
    (session_later,) = (cookie for cookie in context.cookies() if cookie["name"] == "sessionid")
    assert session_later["expires"] <= session["expires"] + 1


def test_she_comes_back_to_the_page_that_she_asked_for(context: BrowserContext) -> None:
    assert sign_in(context, "yildiz", "/logboek/").url.endswith("/logboek/")


def test_whoever_only_leaves_for_the_provider_leaves_nothing(
    context: BrowserContext, pages: tuple[str, Path]
) -> None:
    def count_sessions() -> int:
        with closing(sqlite3.connect(pages[1].parent / "lesrust.sqlite3")) as store:
            return int(store.execute("SELECT count(*) FROM django_session").fetchone()[0])

    before = count_sessions()
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Aanmelden met Schoolaccount").click()
    page.wait_for_selector("[name=password]")
    assert "/interaction/" in page.url
    assert count_sessions() == before


def test_the_allow_list_gives_what_the_provider_does_not_say(context: BrowserContext) -> None:
    page = sign_in(context, "yildiz")
    assert page.get_by_role("heading", level=1).inner_text() == "Wat is toegestaan"


@pytest.mark.parametrize("who", ["leerling", "klas", "gast"])
def test_a_pupil_and_a_stranger_get_nothing_and_nothing_of_them_is_kept(
    who: str, context: BrowserContext, pages: tuple[str, Path]
) -> None:
    page = sign_in(context, who)
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading == "U hebt geen toegang tot Lesrust"
    require_accessible(page)
    assert page.get_by_role("button", name="afmelden").count() == 0
    email = PEOPLE[who].get("email", who)
    for file in pages[1].parent.glob("lesrust.sqlite3*"):
        assert str(email).encode() not in file.read_bytes()


def test_of_somebody_with_a_role_only_a_name_is_kept(
    context: BrowserContext, pages: tuple[str, Path]
) -> None:
    sign_in(context, "mulder")
    for file in pages[1].parent.glob("lesrust.sqlite3*"):
        content = file.read_bytes()
        assert b"mulder@college.nl" not in content
        assert b"M. Mulder" not in content


def test_the_providers_own_second_factor_counts(context: BrowserContext) -> None:
    page = sign_in(context, "visser")
    assert "/beveiliging/" not in page.url


def test_who_needs_a_second_factor_is_led_to_it_and_can_set_it_up(
    context: BrowserContext,
) -> None:
    page = sign_in(context, "bakker")
    assert page.url.endswith("/beveiliging/")
    page.goto("/")
    assert page.url.endswith("/beveiliging/")
    page.goto("/beveiliging/app/")
    assert page.url.endswith("/beveiliging/app/")


def test_an_answer_that_nobody_asked_for_is_refused(context: BrowserContext) -> None:
    page = context.new_page()
    answer = page.goto("/oidc/school/login/callback/?code=made-up&state=made-up")
    assert answer is not None
    assert answer.status == 401
    assert page.get_by_role("button", name="afmelden").count() == 0
