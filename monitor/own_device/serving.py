"""Serves the page in a thread of its own: no connection that is passed on waits for it.

One event loop serves all, so what strangers can use of it is limited: connections, also for each
address, and the time of each (`exchange`). Decision 0020 says why no ASGI server does this.
"""

import asyncio
import socket
import ssl
from asyncio import StreamReader, StreamReaderProtocol, StreamWriter
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from threading import Thread

from monitor.configuration import DeviceSettings
from monitor.core import Core
from monitor.own_device.admission import Caller, parse_address
from monitor.own_device.exchange import TIMEOUT, HttpExchange, InvalidRequest
from monitor.own_device.session_registry import SessionRegistry
from monitor.own_device.site import OwnDeviceSite
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

MAX_CONNECTIONS = 256
MAX_PER_ADDRESS = 8
"""Connections of one address: a browser opens six."""
BACKLOG = 128
RETRY_AFTER = 1.0
"""Seconds before connections are taken again, when one could not be."""
TCP_TIMEOUT = 30_000
"""Milliseconds after which a device that no longer acknowledges is taken to have gone."""


class OwnDeviceServer:
    """Accepts connections, and has the site answer them.

    Args:
        site: answers.
        context: of TLS; None: without.
        count_error: called for every unexpected error; what it was is not kept.
    """

    def __init__(
        self, site: OwnDeviceSite, context: ssl.SSLContext | None, count_error: Callable[[], None]
    ) -> None:
        self._site = site
        self._context = context
        self._count_error = count_error
        self._open = Counter[str]()

    async def run(self, listening: socket.socket, ends: asyncio.Event) -> None:
        """Serve until the end."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *_: self._count_error())
        async with asyncio.TaskGroup() as tasks:
            accepting = tasks.create_task(self._accept(listening, tasks))
            await ends.wait()
            accepting.cancel()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    async def _accept(self, listening: socket.socket, tasks: asyncio.TaskGroup) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, (host, *_) = await loop.sock_accept(listening)
            except OSError:  # no more files may be open, or the other side has gone already
                self._count_error()
                await asyncio.sleep(RETRY_AFTER)
                continue
            if self._open.total() >= MAX_CONNECTIONS or self._open[host] >= MAX_PER_ADDRESS:
                connection.close()
                continue
            self._open[host] += 1
            tasks.create_task(self._serve_connection(connection, host))

    async def _serve_connection(self, connection: socket.socket, host: str) -> None:
        """Serve one connection. Never raises: the others are served, whatever happens here."""
        try:
            async with self._streams(connection) as (reader, writer):
                caller = Caller(parse_address(host), parse_address(connection.getsockname()[0]))
                await self._site.answer_request(HttpExchange(reader, writer), caller)
        except (InvalidRequest, OSError):
            return
        except Exception:  # noqa: BLE001 (see above)
            self._count_error()
        finally:
            connection.close()
            self._open[host] -= 1
            if not self._open[host]:
                del self._open[host]

    @asynccontextmanager
    async def _streams(
        self, connection: socket.socket
    ) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, TCP_TIMEOUT)
        loop, reader = asyncio.get_running_loop(), StreamReader()
        protocol = StreamReaderProtocol(reader)
        async with asyncio.timeout(TIMEOUT):
            transport, _ = await loop.connect_accepted_socket(
                lambda: protocol, connection, ssl=self._context
            )
        writer = StreamWriter(transport, protocol, reader, loop)
        try:
            yield reader, writer
            writer.close()
            async with asyncio.timeout(TIMEOUT):
                await writer.wait_closed()
        finally:
            transport.abort()


@contextmanager
def serve_own_device(
    settings: DeviceSettings,
    core: Core,
    sessions: SessionRegistry,
    clock: Callable[[], float],
    count_error: Callable[[], None],
) -> Iterator[int | None]:
    """Serve the page while the context lasts, and yield its port; None where it is not configured.

    Raises:
        Refused: on entering, when the address is not free, or the certificate cannot be used.
    """
    if settings.address is None:
        yield None
        return
    context = _context(settings)
    listening = _listening(settings)
    loop, ends = asyncio.new_event_loop(), asyncio.Event()
    server = OwnDeviceServer(OwnDeviceSite(settings, core, sessions, clock), context, count_error)

    def run() -> None:
        with listening, asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(server.run(listening, ends))

    thread = Thread(target=run, name="lesrust-own-device", daemon=True)
    port: int = listening.getsockname()[1]
    thread.start()
    try:
        yield port
    finally:
        with suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(ends.set)
        thread.join()


def _listening(settings: DeviceSettings) -> socket.socket:
    host, port = settings.address or ("", 0)
    try:
        ((family, *_),) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[:1]
        listening = socket.create_server(
            (host, port), family=family, backlog=BACKLOG, dualstack_ipv6=host == "::"
        )
    except OSError as error:
        allowed = gettext("an address that is free ({why})", why=describe_os_error(error))
        raise Refused(
            [Problem(gettext("key {key}", key="device.listen"), settings.listen or "", allowed)]
        ) from error
    listening.setblocking(False)
    return listening


def _context(settings: DeviceSettings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.certificate, settings.key)
    except (OSError, ssl.SSLError) as error:
        allowed = gettext("a PEM file with a certificate, and its key there or in device.key")
        where = str(settings.certificate)
        raise Refused(
            [Problem(gettext("key {key}", key="device.certificate"), where, allowed)]
        ) from error
    return context
