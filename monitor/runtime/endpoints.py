"""Serves metrics over HTTP: released figures at one address, health at another."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address
from secrets import token_urlsafe
from socket import AF_INET6, SHUT_RDWR, socket
from threading import BoundedSemaphore, Thread, Timer
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.registry import Collector

from monitor.configuration import Configuration, EndpointSettings
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.refusals import report
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused
from schedules.secret import SECRET_BYTES, create_secret_if_missing, load_secret

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MAX_CONNECTIONS = 16
"""At a time: Prometheus, `lesrust check` and the pages need one each, for some milliseconds."""
DEADLINE = 10.0
"""Seconds for a request and its answer, as Prometheus' own timeout."""
SCHEME = "Bearer"
"""How the token of health is said. Loopback is for every program of the machine, and a page from
elsewhere can make a browser ask there."""
UNMAPPED_PATH = "/unmapped"
"""The path of what is attached to something without a room, beside the metrics of health."""


class _BoundedServer(ThreadingWSGIServer):
    """Answers so many at once, each within a deadline; whoever comes beside them is not heard.

    The sensor shares its descriptors and its processor with it: they are not for idle connections.
    """

    request_queue_size = 128
    """That wait to be accepted; Python's five make others wait for seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = BoundedSemaphore(MAX_CONNECTIONS)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer on a thread of its own, while there is a place."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and end the connection when its time is over."""
        deadline = Timer(DEADLINE, _end_both_ways, [request])
        deadline.daemon = True
        deadline.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            deadline.cancel()
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: it would name the address of whoever went too early."""


def _end_both_ways(connection: socket) -> None:
    """End a connection, and whatever waits for it."""
    with suppress(OSError):
        connection.shutdown(SHUT_RDWR)


class _BoundedIpv6Server(_BoundedServer):
    address_family = AF_INET6


class _SilentRequestHandler(WSGIRequestHandler):
    """Writes no log: it would name the address of whoever asks."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def make_application(
    metrics: "WSGIApplication", unmapped: UnmappedAttachments | None
) -> "WSGIApplication":
    """Make an application that answers with the metrics, and with what is unmapped on its own path.

    The address is the one that `lesrust check` asks anyway, so there is nothing more to set, to
    grant or to open. It is no metric, so Prometheus stores no names. Should an administrator let
    another machine read the metrics here, that machine does not get the names with them: who asks
    for those has to be on this one too, whatever it says.
    """

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if unmapped is None or environ["PATH_INFO"] != UNMAPPED_PATH:
            return metrics(environ, start)
        if not _is_here(environ["REMOTE_ADDR"]):
            start("403 Forbidden", [])
            return []
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(unmapped.listed).encode()]

    return answer


def make_health_token(settings: Configuration) -> str:
    """Read the token, which is made where there is none.

    One that cannot be read or made stops nothing: then nobody is answered, and it is said why.
    """
    try:
        create_secret_if_missing(settings.health_token)
        return load_secret(settings.health_token)
    except Refused as refused:
        report(refused)
        return token_urlsafe(SECRET_BYTES)


def load_health_token(settings: Configuration) -> str:
    """Read the token; empty where it cannot be read."""
    try:
        return load_secret(settings.health_token)
    except Refused:
        return ""


def require_token(application: "WSGIApplication", token: str) -> "WSGIApplication":
    """Make an application that answers whoever says the token, and tells others nothing."""
    expected = f"{SCHEME} {token}".encode()

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        said = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if compare_digest(said, expected):
            return application(environ, start)
        start("401 Unauthorized", [("WWW-Authenticate", SCHEME), ("Content-Length", "0")])
        return []

    return answer


def _is_here(host: str) -> bool:
    address = ip_address(host.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback


@contextmanager
def serve_metrics(
    key: str,
    endpoint: EndpointSettings,
    collector: Collector,
    unmapped: UnmappedAttachments | None = None,
    *,
    token: str | None = None,
) -> Iterator[int]:
    """Serve a collector's metrics for as long as the context lasts, and yield the port.

    Args:
        key: of the configuration, for an error.
        endpoint: where.
        collector: what.
        unmapped: what `lesrust check` reads beside it, as JSON; None: nothing.
        token: what whoever asks has to say; None: nothing, for released figures.

    Raises:
        Refused: on entering, when the address that the configuration's `key` gives is not free.
    """
    registry = CollectorRegistry()
    registry.register(collector)
    host, port = endpoint.address
    application = make_application(make_wsgi_app(registry), unmapped)
    try:
        server = make_server(
            host,
            port,
            application if token is None else require_token(application, token),
            _BoundedIpv6Server if ":" in host else _BoundedServer,
            _SilentRequestHandler,
        )
    except OSError as error:
        allowed = gettext("an address that is free ({why})", why=describe_os_error(error))
        raise Refused([Problem(gettext("key {key}", key=key), endpoint.listen, allowed)]) from error
    thread = Thread(target=server.serve_forever, name="lesrust-endpoint", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
