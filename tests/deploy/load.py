"""Loads a gateway as a busy school does: connections that stay open, and many that come and go.

python -m tests.deploy.load PROXY_PORT SITE IDLE BRIEF

Prints how many of each the site saw whole. It runs on the machine of the gateway, so that nothing
but that machine is spoken to.
"""

import asyncio
import ssl
import sys

AT_ONCE = 100
SITE_PORT = 8443
ANSWER = b"an answer"


def make_client_hello() -> bytes:
    """Make the first packet of a TLS connection, as a client's own library writes it."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context()
    client = context.wrap_bio(incoming, outgoing, server_hostname="www.instagram.com")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError


HELLO = make_client_hello()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as a site does that has read a whole hello."""
    await reader.readexactly(len(HELLO))
    writer.write(ANSWER)
    await writer.drain()
    await reader.read()
    writer.close()


async def connect(
    port: int, site: str, hello: bytes = HELLO
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the site by the proxy, and say hello."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"CONNECT {site}:{SITE_PORT} HTTP/1.1\r\nHost: {site}:{SITE_PORT}\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    writer.write(hello)
    await writer.drain()
    return reader, writer


async def load(port: int, site: str, idle: int, brief: int) -> tuple[int, int]:
    """Keep connections open, make others beside them, and count those that were answered."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def get() -> tuple[asyncio.StreamWriter, bool]:
        async with turns:
            reader, writer = await connect(port, site)
            return writer, await reader.read(len(ANSWER)) == ANSWER

    async def get_and_close() -> bool:
        writer, is_answered = await get()
        writer.close()
        return is_answered

    server = await asyncio.start_server(answer, site, SITE_PORT, backlog=1_000)
    kept = await asyncio.gather(*(get() for _ in range(idle)))
    answered = await asyncio.gather(*(get_and_close() for _ in range(brief)))
    for writer, _ in kept:
        writer.close()
    server.close()
    return sum(is_answered for _, is_answered in kept), sum(answered)


if __name__ == "__main__":
    port, site, idle, brief = sys.argv[1:]
    print(*asyncio.run(load(int(port), site, int(idle), int(brief))))  # noqa: T201
