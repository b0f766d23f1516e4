"""One HTTP request and its answer, over a connection that then ends.

h11 reads and writes HTTP; here are the connection and its patience. Nothing is logged, whatever
is asked: what a log would say first is who asked.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import h11

PATIENCE = 10.0
"""Seconds in which a request must be whole, and in which what is sent must be on its way."""
LARGEST_HEAD = 16_384
AT_ONCE = 4_096


class NoRequest(Exception):
    """What came was no request, or did not come in time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    """By their names in lower case; of one that is there twice, the last."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, whole or, where there is more to come, as it begins."""

    status: int
    content_type: str = "text/plain; charset=utf-8"
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Exchange:
    """One connection."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD)
        self._is_head = False

    async def asked(self) -> Asked:
        """Read the request; what it may carry is not read.

        Raises:
            NoRequest: when it is none, or does not come in time.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                request = await self._request()
            target = urlsplit(request.target.decode("ascii"))
        except (h11.RemoteProtocolError, TimeoutError, OSError, ValueError) as error:
            raise NoRequest from error
        self._is_head = request.method == b"HEAD"
        return Asked(
            method=request.method.decode("ascii"),
            path=target.path,
            query=parse_qs(target.query, max_num_fields=10) if target.query else {},
            headers={name.decode(): value.decode("latin-1") for name, value in request.headers},
        )

    async def _request(self) -> h11.Request:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(await self._reader.read(AT_ONCE))
        if not isinstance(event, h11.Request):
            raise NoRequest
        return event

    async def answer(self, answer: Answer) -> None:
        """Answer as a whole; an answer that is not taken in time is given up.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        headers = [*answer.headers, ("Content-Length", str(len(answer.content)))]
        await self._begin(answer, headers)
        if not self._is_head:
            await self.send(answer.content)
        await self._send(h11.EndOfMessage())

    async def begin(self, answer: Answer) -> None:
        """Answer with more to come.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        await self._begin(answer, answer.headers)
        await self.send(answer.content)

    async def _begin(self, answer: Answer, headers: Sequence[tuple[str, str]]) -> None:
        always = (("Content-Type", answer.content_type), ("Connection", "close"))
        await self._send(h11.Response(status_code=answer.status, headers=[*always, *headers]))

    async def send(self, content: bytes) -> None:
        """Send a part.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        if content:
            await self._send(h11.Data(data=content))

    async def end(self) -> None:
        """End an answer that was begun.

        Raises:
            OSError: when the other side has gone, or does not read.
        """
        await self._send(h11.EndOfMessage())

    async def gone(self) -> None:
        """Wait until the other side ends, or says something more, which is not for us."""
        try:
            await self._reader.read(1)
        except OSError:
            return

    async def _send(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")
        async with asyncio.timeout(PATIENCE):  # a TimeoutError is an OSError
            await self._writer.drain()
