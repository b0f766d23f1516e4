"""One HTTP request and its response, over a connection that then ends.

h11 parses and writes HTTP; here are the connection and its timeouts. Nothing is logged, whatever is
requested: a log would first of all say who requested it.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import h11

TIMEOUT = 10.0
"""Seconds in which a request must be whole, and in which what is sent must be taken."""
MAX_HEAD_SIZE = 16_384
READ_SIZE = 4_096


class InvalidRequest(Exception):
    """No valid request came in time."""


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """One request, without its body."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    """By their names in lower case; the last of one that is there twice."""


@dataclass(frozen=True, slots=True)
class DeviceResponse:
    """A response as a whole, or its start where more follows."""

    status: int
    content_type: str = "text/plain; charset=utf-8"
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class HttpExchange:
    """The one exchange of a connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_SIZE)
        self._is_head = False

    async def receive_request(self) -> DeviceRequest:
        """Receive the request; its body is not read.

        Raises:
            InvalidRequest: when it is none, or does not come in time.
        """
        try:
            async with asyncio.timeout(TIMEOUT):
                request = await self._receive_head()
            target = urlsplit(request.target.decode("ascii"))
        except (h11.RemoteProtocolError, TimeoutError, OSError, ValueError) as error:
            raise InvalidRequest from error
        self._is_head = request.method == b"HEAD"
        return DeviceRequest(
            method=request.method.decode("ascii"),
            path=target.path,
            query=parse_qs(target.query, max_num_fields=10) if target.query else {},
            headers={name.decode(): value.decode("latin-1") for name, value in request.headers},
        )

    async def _receive_head(self) -> h11.Request:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(READ_SIZE))
        if not isinstance(event, h11.Request):
            raise InvalidRequest
        return event

    async def send_response(self, answer: DeviceResponse) -> None:
        """Send a whole response; one that is not taken in time is given up.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        headers = [*answer.headers, ("Content-Length", str(len(answer.content)))]
        await self._send_head(answer, headers)
        if not self._is_head:
            await self.send_part(answer.content)
        await self._send_event(h11.EndOfMessage())

    async def start_response(self, answer: DeviceResponse) -> None:
        """Send the start of a response.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        await self._send_head(answer, answer.headers)
        await self.send_part(answer.content)

    async def _send_head(self, answer: DeviceResponse, headers: Sequence[tuple[str, str]]) -> None:
        always = (("Content-Type", answer.content_type), ("Connection", "close"))
        await self._send_event(h11.Response(status_code=answer.status, headers=[*always, *headers]))

    async def send_part(self, content: bytes) -> None:
        """Send a part of a response that was started.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        if content:
            await self._send_event(h11.Data(data=content))

    async def end_response(self) -> None:
        """End a response that was started.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        await self._send_event(h11.EndOfMessage())

    async def wait_until_gone(self) -> None:
        """Wait until the other side closes, or sends something more, which is not read."""
        try:
            await self._reader.read(1)
        except OSError:
            return

    async def _send_event(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")
        async with asyncio.timeout(TIMEOUT):  # a TimeoutError is an OSError
            await self._writer.drain()
