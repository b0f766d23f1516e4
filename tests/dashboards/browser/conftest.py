"""A real Chromium, before the real pages; without one these tests are skipped."""

import asyncio
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress import wasyncore
from waitress.server import create_server

from tests.conftest import is_there
from tests.dashboards.browser.school import set_up_school
from tests.dashboards.browser.visitor import Visitor
from tests.dashboards.conftest import clear_figure_caches

MAX_WAIT = 60_000
"""Milliseconds that anything on a page may take on a busy machine."""
expect.set_options(timeout=MAX_WAIT)


class Chromium:
    """One Chromium for all tests, whose event loop runs only in those that use it.

    Playwright leaves its loop running between two calls, and beside a loop that runs no other test
    may run its own.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._loop = asyncio.get_running_loop()

    def resume(self) -> Browser:
        asyncio._set_running_loop(self._loop)
        return self._browser

    def suspend(self) -> None:
        asyncio._set_running_loop(None)


@pytest.fixture(scope="session")
def started_chromium() -> Iterator[Chromium]:
    if not is_there("chromium"):
        pytest.skip("not found on this machine: chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*arguments, "--disable-dev-shm-usage"],
        )
        started = Chromium(browser)
        started.suspend()
        yield started
        started.resume()
        browser.close()


@pytest.fixture
def chromium(started_chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Give a Chromium that has nothing of another test's."""
    # Beside an event loop in its thread Django refuses its database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    browser = started_chromium.resume()
    yield browser
    started_chromium.suspend()
    assert browser.contexts == [], "a test left something of its own"


@pytest.fixture
def address(lessons: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the pages of this test's store, and give where: all of it is rolled back at the end.

    The audit cannot be emptied, so what a test wrote for good could not be taken away after it.
    """
    monkeypatch.setattr(settings, "LESRUST", set_up_school(tmp_path))
    clear_figure_caches()
    application, of_this_test = WSGIHandler(), connections["default"]

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        connections["default"] = of_this_test
        return application(environ, start)

    of_this_test.inc_thread_sharing()
    server = create_server(serve, host="127.0.0.1", port=0, threads=1, ident=None)
    thread = Thread(target=server.run, name="the-pages", daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    server.task_dispatcher.shutdown()
    # In the thread that waits for these sockets: one that another thread closes would fail it, and
    # one that the browser keeps open would stay.
    server.trigger.pull_trigger(partial(wasyncore.close_all, server._map))
    thread.join(MAX_WAIT / 1000)
    assert not thread.is_alive()
    of_this_test.dec_thread_sharing()
    clear_figure_caches()


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Give somebody with a browser of her own, who is at school on Friday at 9:40."""
    context = chromium.new_context(locale="nl-NL", base_url=address)
    context.set_default_timeout(MAX_WAIT)
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.elsewhere == [], "a page asked another host for something"
    assert visitor.complaints == [], "the browser complained"


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """Give her page."""
    return visitor.page
