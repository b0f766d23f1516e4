"""Which response each request gets, and what is streamed while a device sees itself."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from monitor.configuration import DeviceSettings
from monitor.core import Core
from monitor.own_device import page
from monitor.own_device.accept_language import preferred_language
from monitor.own_device.admission import Caller, is_own_host, refusal_reason
from monitor.own_device.device_session import DeviceSession, EndReason, SightingLine
from monitor.own_device.exchange import DeviceRequest, DeviceResponse, HttpExchange
from monitor.own_device.page import OwnDevicePage
from monitor.own_device.session_registry import SessionRegistry
from schedules.language import Language, gettext, override

UPDATE_INTERVAL = 0.5
"""Seconds between two updates."""
KEEPALIVE_AFTER = 5.0
"""Seconds without an update after which an empty one is sent: it finds out who has gone."""
MAX_SESSION_DURATION = 15 * 60.0
"""Seconds of one session; then its user opens the page again."""
MAX_BROWSER_LENGTH = 512

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
_STATUSES = {EndReason.FULL: 503}
_FORBIDDEN = 403


class UpdateFormat(Protocol):
    """How updates are sent."""

    content_type: str

    def start(self) -> str:
        """Return what comes first."""

    def overview(self, state: str, counts: str) -> str:
        """Return an update of state and counts."""

    def lines(self, lines: list[SightingLine]) -> str:
        """Return an update with new lines."""

    def keepalive(self) -> str:
        """Return an update that is not seen."""

    def end(self, why: EndReason) -> str:
        """Return what comes last."""


class EventStream:
    """Server-sent events, for the script."""

    content_type = "text/event-stream; charset=utf-8"

    def __init__(self, page: OwnDevicePage) -> None:
        self._page = page

    def start(self) -> str:
        """Return how long to wait before connecting again, in milliseconds."""
        return "retry: 5000\n\n"

    def overview(self, state: str, counts: str) -> str:
        """Return the events of state and counts."""
        return _event("state", state) + _event("counts", counts)

    def lines(self, lines: list[SightingLine]) -> str:
        """Return one event for each line."""
        return "".join(_event("line", self._page.line_item(line)) for line in lines)

    def keepalive(self) -> str:
        """Return a comment."""
        return ":\n\n"

    def end(self, why: EndReason) -> str:
        """Return the event that says why there are no more."""
        return _event("end", self._page.end_text(why))


class HtmlStream:
    """A page that goes on loading as long as there are updates; it needs no script."""

    content_type = HTML

    def __init__(self, page: OwnDevicePage, address_bytes: int) -> None:
        self._page = page
        self._address_bytes = address_bytes
        self.overview = page.stream_overview

    def start(self) -> str:
        """Return the part of the page that is the same for all."""
        return self._page.stream_start(self._address_bytes)

    def lines(self, lines: list[SightingLine]) -> str:
        """Return a list of lines."""
        return self._page.stream_lines(lines)

    def keepalive(self) -> str:
        """Return a newline."""
        return "\n"

    def end(self, why: EndReason) -> str:
        """Return the rest of the page."""
        return self._page.stream_end(why)


class OwnDeviceSite:
    """The pages of one sensor.

    Args:
        settings: where and under which names it is.
        core: the sensor's; it is only read.
        sessions: the devices that see themselves.
        clock: the sensor's, in seconds since 1970-01-01 UTC.
    """

    def __init__(
        self,
        settings: DeviceSettings,
        core: Core,
        sessions: SessionRegistry,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._core = core
        self._sessions = sessions
        self._clock = clock

    async def answer_request(self, exchange: HttpExchange, caller: Caller) -> None:
        """Answer one request.

        Raises:
            InvalidRequest: when there is none.
            OSError: when the other side has gone, or does not read.
        """
        request = await exchange.receive_request()
        with override(_language(request.query, request.headers)):
            await self._serve(exchange, request, caller)

    async def _serve(self, exchange: HttpExchange, request: DeviceRequest, caller: Caller) -> None:
        why_not = self._refuse_request(request)
        if why_not is not None:
            await exchange.send_response(why_not)
        elif request.path in {page.EVENTS, page.STREAM} and request.method == "GET":
            await self._stream_session(exchange, request, caller)
        else:
            await exchange.send_response(self._respond(request, caller))

    def _refuse_request(self, request: DeviceRequest) -> DeviceResponse | None:
        if not is_own_host(request.headers.get("host", ""), self._settings.names):
            return _plain(
                421, gettext("This page has another name, or is asked for by its IP address.")
            )
        if request.method not in {"GET", "HEAD"}:
            return _plain(405, gettext("This page is only read."), ("Allow", "GET, HEAD"))
        return None

    def _respond(self, request: DeviceRequest, caller: Caller) -> DeviceResponse:
        if request.path in _FIXED:
            content_type, content = _FIXED[request.path]
            return DeviceResponse(200, content_type, content, _SAFE)
        if request.path in {page.EVENTS, page.STREAM}:
            return DeviceResponse(200, headers=_SAFE)
        if request.path == "/favicon.ico":  # what every browser asks for by itself
            return DeviceResponse(204, headers=_SAFE)
        if request.path not in {"/", page.PATH}:
            return _plain(404, gettext("The page is {path}.", path=page.PATH))
        shown = self._page(request)
        why = self._refusal_reason(request, caller)
        if why is not None:
            return DeviceResponse(_FORBIDDEN, HTML, shown.refusal_page(why).encode(), _SAFE)
        whole = shown.full_page(len(caller.address.packed))
        return DeviceResponse(200, HTML, whole.encode(), _SAFE)

    def _refusal_reason(self, request: DeviceRequest, caller: Caller) -> EndReason | None:
        return refusal_reason(caller, request.headers, self._settings, self._core.snapshot.prefixes)

    def _page(self, request: DeviceRequest) -> OwnDevicePage:
        snapshot = self._core.snapshot
        return OwnDevicePage(snapshot.zone, snapshot.catalogue)

    async def _stream_session(
        self, exchange: HttpExchange, request: DeviceRequest, caller: Caller
    ) -> None:
        shown, client = self._page(request), caller.address.packed
        is_script = request.path == page.EVENTS
        updates: UpdateFormat = EventStream(shown) if is_script else HtmlStream(shown, len(client))
        why = self._refusal_reason(request, caller)
        if why is None:
            browser = request.headers.get("user-agent", "")[:MAX_BROWSER_LENGTH]
            session = self._sessions.open_session(self._core, client, self._clock(), browser)
            try:
                if session.end_reason is None:
                    await self._stream_updates(exchange, updates, shown, session)
                    return
                why = session.end_reason
            finally:
                self._sessions.close_session(session)
        if is_script:  # a browser gives its script no other answer than a good one
            await exchange.send_response(
                DeviceResponse(200, updates.content_type, updates.end(why).encode(), _SAFE)
            )
        else:
            status = _STATUSES.get(why, _FORBIDDEN)
            await exchange.send_response(
                DeviceResponse(status, HTML, shown.refusal_page(why).encode(), _SAFE)
            )

    async def _stream_updates(
        self,
        exchange: HttpExchange,
        updates: UpdateFormat,
        shown: OwnDevicePage,
        session: DeviceSession,
    ) -> None:
        """Stream updates until the device closes the page, or the session ends."""
        time = asyncio.get_running_loop().time
        ends = time() + MAX_SESSION_DURATION
        last_sent, overview, since = time(), "", self._clock()
        await exchange.start_response(
            DeviceResponse(200, updates.content_type, updates.start().encode(), _SAFE)
        )
        gone = asyncio.ensure_future(exchange.wait_until_gone())
        try:
            while not gone.done():
                timestamp = self._clock()
                text = updates.lines(session.new_lines(timestamp))
                seen = session.overview(timestamp)
                now = updates.overview(shown.state_text(seen), shown.counts_text(seen, since))
                if now != overview:
                    text, overview = now + text, now
                if session.end_reason is None and time() >= ends:
                    session.end_reason = EndReason.OVER
                if session.end_reason is not None:
                    await exchange.send_part(updates.end(session.end_reason).encode())
                    await exchange.end_response()
                    return
                if not text and time() >= last_sent + KEEPALIVE_AFTER:
                    text = updates.keepalive()
                if text:
                    last_sent = time()
                    await exchange.send_part(text.encode())
                await asyncio.wait({gone}, timeout=UPDATE_INTERVAL)
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone


def _language(query: Mapping[str, Sequence[str]], headers: Mapping[str, str]) -> Language:
    for language in query.get("lang", ()):
        if language in {*Language}:
            return Language(language)
    return preferred_language(headers.get("accept-language", ""))


def _plain(status: int, text: str, *headers: tuple[str, str]) -> DeviceResponse:
    return DeviceResponse(status, content=f"{text}\n".encode(), headers=(*_SAFE, *headers))


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
