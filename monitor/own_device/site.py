"""What is answered to what is asked, and what is told while somebody looks."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from monitor.configuration import DeviceSettings
from monitor.core import Core
from monitor.own_device import page
from monitor.own_device.accept_language import preferred_language
from monitor.own_device.admission import Caller, is_ours, refused
from monitor.own_device.exchange import Answer, Asked, Exchange
from monitor.own_device.look import Ending, Line, Look
from monitor.own_device.looks import Looks
from monitor.own_device.page import Page
from schedules.language import Language, gettext, override

EVERY = 0.5
"""Seconds between two times that something is told."""
QUIET = 5.0
"""Seconds after which an empty sign of life is sent, which finds out that nobody is there."""
LONGEST = 15 * 60.0
"""Seconds that a device may look; then its user opens the page again."""
LONGEST_BROWSER = 512

HTML = "text/html; charset=utf-8"
_SAFE = (
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "; ".join(
            (
                "default-src 'none'",
                "style-src 'self'",
                "script-src 'self'",
                "connect-src 'self'",
                "img-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
            )
        ),
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
_FIXED = {
    page.STYLE: ("text/css; charset=utf-8", page.CSS),
    page.SCRIPT: ("text/javascript; charset=utf-8", page.JAVASCRIPT),
}
_STATUSES = {Ending.FULL: 503}
_FORBIDDEN = 403


class Telling(Protocol):
    """A way in which what is seen is told."""

    content_type: str

    def begin(self) -> str:
        """Give what comes first."""

    def overview(self, state: str, counts: str) -> str:
        """Tell state and counts."""

    def lines(self, told: list[Line]) -> str:
        """Tell lines."""

    def alive(self) -> str:
        """Give a sign of life that is not seen."""

    def end(self, why: Ending) -> str:
        """Give what comes last."""


class Events:
    """Server-sent events, for the script."""

    content_type = "text/event-stream; charset=utf-8"

    def __init__(self, shown: Page) -> None:
        self._page = shown

    def begin(self) -> str:
        """Say how long to wait before connecting again, in milliseconds."""
        return "retry: 5000\n\n"

    def overview(self, state: str, counts: str) -> str:
        """Tell state and counts."""
        return _event("state", state) + _event("counts", counts)

    def lines(self, told: list[Line]) -> str:
        """Tell lines, one event each."""
        return "".join(_event("line", self._page.line(each)) for each in told)

    def alive(self) -> str:
        """Give a comment."""
        return ":\n\n"

    def end(self, why: Ending) -> str:
        """Tell why there is no more."""
        return _event("end", self._page.ending(why))


class Document:
    """A page that goes on as long as there is something to tell; it needs no script."""

    content_type = HTML

    def __init__(self, shown: Page, address_bytes: int) -> None:
        self._page = shown
        self._address_bytes = address_bytes
        self.overview = shown.overview

    def begin(self) -> str:
        """Give the page as far as it is the same for all."""
        return self._page.begun(self._address_bytes)

    def lines(self, told: list[Line]) -> str:
        """Tell lines."""
        return self._page.lines(told)

    def alive(self) -> str:
        """Give a newline."""
        return "\n"

    def end(self, why: Ending) -> str:
        """Give the rest of the page."""
        return self._page.ended(why)


class Site:
    """The pages of one sensor.

    Args:
        settings: where and under which names it is.
        core: the sensor's; it is asked, and never changed.
        looks: who looks.
        clock: the sensor's, in seconds since 1970-01-01 UTC.
    """

    def __init__(
        self, settings: DeviceSettings, core: Core, looks: Looks, clock: Callable[[], float]
    ) -> None:
        self._settings = settings
        self._core = core
        self._looks = looks
        self._clock = clock

    async def serve(self, exchange: Exchange, caller: Caller) -> None:
        """Answer one request.

        Raises:
            NoRequest: when there is none.
            OSError: when the other side has gone, or does not read.
        """
        asked = await exchange.asked()
        with override(_language(asked.query, asked.headers)):
            await self._serve(exchange, asked, caller)

    async def _serve(self, exchange: Exchange, asked: Asked, caller: Caller) -> None:
        why_not = self._wrong(asked)
        if why_not is not None:
            await exchange.answer(why_not)
        elif asked.path in {page.EVENTS, page.STREAM} and asked.method == "GET":
            await self._show(exchange, asked, caller)
        else:
            await exchange.answer(self._whole(asked, caller))

    def _wrong(self, asked: Asked) -> Answer | None:
        if not is_ours(asked.headers.get("host", ""), self._settings.names):
            return _plain(
                421, gettext("This page has another name, or is asked for by its IP address.")
            )
        if asked.method not in {"GET", "HEAD"}:
            return _plain(405, gettext("This page is only read."), ("Allow", "GET, HEAD"))
        return None

    def _whole(self, asked: Asked, caller: Caller) -> Answer:
        if asked.path in _FIXED:
            content_type, content = _FIXED[asked.path]
            return Answer(200, content_type, content, _SAFE)
        if asked.path in {page.EVENTS, page.STREAM}:
            return Answer(200, headers=_SAFE)
        if asked.path == "/favicon.ico":  # what every browser asks for by itself
            return Answer(204, headers=_SAFE)
        if asked.path not in {"/", page.PATH}:
            return _plain(404, gettext("The page is {path}.", path=page.PATH))
        shown = self._page(asked)
        why = self._refused(asked, caller)
        if why is not None:
            return Answer(_FORBIDDEN, HTML, shown.refusal(why).encode(), _SAFE)
        whole = shown.whole(len(caller.address.packed))
        return Answer(200, HTML, whole.encode(), _SAFE)

    def _refused(self, asked: Asked, caller: Caller) -> Ending | None:
        return refused(caller, asked.headers, self._settings, self._core.snapshot.prefixes)

    def _page(self, asked: Asked) -> Page:
        snapshot = self._core.snapshot
        return Page(snapshot.zone, snapshot.catalogue)

    async def _show(self, exchange: Exchange, asked: Asked, caller: Caller) -> None:
        shown, client = self._page(asked), caller.address.packed
        is_script = asked.path == page.EVENTS
        telling: Telling = Events(shown) if is_script else Document(shown, len(client))
        why = self._refused(asked, caller)
        if why is None:
            browser = asked.headers.get("user-agent", "")[:LONGEST_BROWSER]
            look = self._looks.begin(self._core, client, self._clock(), browser)
            try:
                if look.ending is None:
                    await self._tell(exchange, telling, shown, look)
                    return
                why = look.ending
            finally:
                self._looks.close(look)
        if is_script:  # a browser gives its script no other answer than a good one
            await exchange.answer(
                Answer(200, telling.content_type, telling.end(why).encode(), _SAFE)
            )
        else:
            status = _STATUSES.get(why, _FORBIDDEN)
            await exchange.answer(Answer(status, HTML, shown.refusal(why).encode(), _SAFE))

    async def _tell(self, exchange: Exchange, telling: Telling, shown: Page, look: Look) -> None:
        """Tell until the device closes the page, or the look ends."""
        time = asyncio.get_running_loop().time
        ends = time() + LONGEST
        last_told, overview, since = time(), "", self._clock()
        await exchange.begin(Answer(200, telling.content_type, telling.begin().encode(), _SAFE))
        gone = asyncio.ensure_future(exchange.gone())
        try:
            while not gone.done():
                moment = self._clock()
                told = telling.lines(look.take(moment))
                seen = look.overview(moment)
                now = telling.overview(shown.state(seen), shown.counts(seen, since))
                if now != overview:
                    told, overview = now + told, now
                if look.ending is None and time() >= ends:
                    look.ending = Ending.OVER
                if look.ending is not None:
                    await exchange.send(telling.end(look.ending).encode())
                    await exchange.end()
                    return
                if not told and time() >= last_told + QUIET:
                    told = telling.alive()
                if told:
                    last_told = time()
                    await exchange.send(told.encode())
                await asyncio.wait({gone}, timeout=EVERY)
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone


def _language(query: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> Language:
    for asked in query.get("lang", ()):
        if asked in {*Language}:
            return Language(asked)
    return preferred_language(headers.get("accept-language", ""))


def _plain(status: int, text: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status, content=f"{text}\n".encode(), headers=(*_SAFE, *headers))


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
