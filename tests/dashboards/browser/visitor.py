"""Somebody with a browser: what it asks and complains about is kept."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from dashboards.models import Account
from tests.dashboards import people


class Visitor:
    """A browser of her own, on one page."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.elsewhere: list[str] = []
        """What was asked of other hosts."""
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        """Parts of complaints that a test provokes."""
        self.page = self.open()

    def open(self) -> Page:
        """Open one more page."""
        page = self.context.new_page()
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def signs_in(self, account: Account, *, confirmed: bool = False) -> Account:
        """Have her signed in, as if a moment ago."""
        client = Client()
        people.sign_in(client, account, confirmed=confirmed)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.address, "httpOnly": True}]
        )
        return account

    def speaks(self, language: str) -> None:
        """Have her choose a language."""
        name = settings.LANGUAGE_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": language, "url": self.address}])

    def _asked(self, request: Request) -> None:
        ours = urlsplit(self.address).netloc
        if urlsplit(request.url).netloc != ours and not request.url.startswith(("data:", "blob:")):
            self.elsewhere.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(
            text in message.text for text in self.expected
        ):
            self.complaints.append(message.text)
