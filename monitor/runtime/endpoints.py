"""Serves metrics over HTTP: released figures at one address, health at another."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from socket import AF_INET6
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.registry import Collector

from monitor.configuration import EndpointSettings
from monitor.places.feeds.unmapped import UnmappedAttachments
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

UNMAPPED_PATH = "/unmapped"
"""The path of what is attached to something without a room, beside the metrics of health."""


class _Ipv6Server(ThreadingWSGIServer):
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
    for those has to be on this one.
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
) -> Iterator[int]:
    """Serve a collector's metrics for as long as the context lasts, and yield the port.

    Args:
        key: of the configuration, for an error.
        endpoint: where.
        collector: what.
        unmapped: what `lesrust check` reads beside it, as JSON; None: nothing.

    Raises:
        Refused: on entering, when the address that the configuration's `key` gives is not free.
    """
    registry = CollectorRegistry()
    registry.register(collector)
    host, port = endpoint.address
    try:
        server = make_server(
            host,
            port,
            make_application(make_wsgi_app(registry), unmapped),
            _Ipv6Server if ":" in host else ThreadingWSGIServer,
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
