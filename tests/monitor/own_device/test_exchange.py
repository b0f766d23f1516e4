"""One request and its answer, over connections that are cut and slow."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from monitor.own_device.exchange import MAX_HEAD_SIZE, DeviceResponse, HttpExchange, InvalidRequest

REQUEST = b"GET /mijn-apparaat?lang=en HTTP/1.1\r\nHost: 127.0.0.1\r\nVia: a\r\n\r\n"


class Sent(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""
        self._is_closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.data += bytes(data)

    def close(self) -> None:
        self._is_closed = True

    def is_closing(self) -> bool:
        return self._is_closed


@asynccontextmanager
async def exchanging(*received: bytes) -> AsyncIterator[tuple[HttpExchange, Sent]]:
    """Have what is received come in parts, and then the end."""
    reader, sent = asyncio.StreamReader(), Sent()
    protocol = asyncio.StreamReaderProtocol(reader)
    protocol.connection_made(sent)
    for part in received:
        reader.feed_data(part)
    reader.feed_eof()
    writer = asyncio.StreamWriter(sent, protocol, reader, asyncio.get_running_loop())
    yield HttpExchange(reader, writer), sent
    writer.close()
    protocol.connection_lost(None)


async def test_a_request_in_single_bytes_is_one_too() -> None:
    async with exchanging(*(bytes((byte,)) for byte in REQUEST)) as (exchange, _):
        asked = await exchange.receive_request()
    assert (asked.method, asked.path) == ("GET", "/mijn-apparaat")
    assert asked.query == {"lang": ["en"]}
    assert asked.headers == {"host": "127.0.0.1", "via": "a"}


@pytest.mark.parametrize("length", range(0, len(REQUEST), 7))
async def test_a_request_that_is_cut_off_is_none(length: int) -> None:
    async with exchanging(REQUEST[:length]) as (exchange, _):
        with pytest.raises(InvalidRequest):
            await exchange.receive_request()


async def test_a_head_without_end_is_none() -> None:
    parts = [b"GET / HTTP/1.1\r\nHost: x\r\nX: ", *[b"x" * 1_024] * (MAX_HEAD_SIZE // 1_024 + 4)]
    async with exchanging(*parts) as (exchange, _):
        with pytest.raises(InvalidRequest):
            await exchange.receive_request()


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
async def test_an_answer_has_its_length_and_ends_the_connection(method: bytes) -> None:
    async with exchanging(REQUEST.replace(b"GET", method)) as (exchange, sent):
        await exchange.receive_request()
        await exchange.send_response(DeviceResponse(200, content=b"page"))
    head, _, content = sent.data.partition(b"\r\n\r\n")
    assert b"Content-Length: 4" in head
    assert b"Connection: close" in head
    assert content == (b"page" if method == b"GET" else b"")


async def test_what_goes_on_comes_in_parts() -> None:
    async with exchanging(REQUEST) as (exchange, sent):
        await exchange.receive_request()
        await exchange.start_response(DeviceResponse(200, content=b"first"))
        await exchange.send_part(b"second")
        await exchange.send_part(b"")
        await exchange.end_response()
    assert sent.data.endswith(b"5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n")


async def test_who_says_more_has_gone() -> None:
    async with exchanging(REQUEST, b"GET /again") as (exchange, _):
        await exchange.receive_request()
        await exchange.wait_until_gone()
