"""HTTP to addresses that the configuration, or who it names, gives: to where it may lead alone.

A name is resolved, each address is judged, and the connection is made to one that was: who changes
the name in between changes nothing. Certificates are checked for the name. No answer leads
elsewhere, and no proxy of the environment is asked, which would resolve by itself.
"""

from collections.abc import Iterable, Mapping

import httpx

from schedules.outgoing.policy import OutgoingPolicy


class CheckedTransport(httpx.BaseTransport):
    """Connects a client of httpx to where a policy allows.

    Raises `ForbiddenDestination` besides what httpx raises.
    """

    def __init__(self, policy: OutgoingPolicy) -> None:
        self._policy = policy
        # One a host: a connection that was checked for one name is not used for another.
        self._by_host: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the first of the allowed addresses that answers."""
        host = request.url.host
        try:
            addresses = self._policy.resolve(host, request.url.port or 443)
        except OSError as error:
            raise httpx.ConnectError("its name is not known") from error
        transport = self._by_host.setdefault(host, httpx.HTTPTransport())
        return _send_to_first(transport, request, addresses)

    def close(self) -> None:
        """Close all connections."""
        for transport in self._by_host.values():
            transport.close()


def make_client(
    policy: OutgoingPolicy, *, timeout: httpx.Timeout, headers: Mapping[str, str] | None = None
) -> httpx.Client:
    """Make a client that connects to where a policy allows, and follows nothing."""
    return httpx.Client(
        transport=CheckedTransport(policy),
        timeout=timeout,
        headers=headers,
        follow_redirects=False,
        trust_env=False,
    )


def _send_to_first(
    transport: httpx.HTTPTransport, request: httpx.Request, addresses: Iterable[str]
) -> httpx.Response:
    failure: httpx.TransportError = httpx.ConnectError("it has no address")
    for address in addresses:
        try:
            return transport.handle_request(_addressed(request, address))
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
    raise failure


def _addressed(request: httpx.Request, address: str) -> httpx.Request:
    """Return a request to an address instead of a name; its header and its TLS name the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )
