"""What DNS told each client: which name an address was given for, and where names point.

It answers for a flow that shows no name, for a name that only points to a platform, and for a
platform's name that may be false. It never guesses: an address that was given for two platforms
says nothing.

What a client was told is used for that client alone. Otherwise one device's answers would decide
what is recognised of others, and no bound on what that device adds to a figure would hold.

Names of no platform are kept as numbers that mean nothing outside this process, since it only has
to be known that an address is also theirs. Nothing here is stored or sent, all of it is bounded,
and what DNS does not say again is forgotten. Timestamps are seconds of event time.
"""

from collections.abc import Callable
from math import inf
from typing import NamedTuple

from addons.flows.expiring_numbers import add_number, add_pair, holds_number, numbers_of
from addons.flows.generation_cache import GenerationCache
from addons.names.dns import DnsAnswer

MIN_LIFETIME = 300.0
"""Seconds for which an answer is valid at least. Content networks ask for some ten, but browsers
and apps keep an answer for minutes, and go on using an address that works."""
MAX_LIFETIME = 3600.0
"""Seconds for which an answer is valid at most, and a client is remembered without one."""
PLATFORM_LIFETIME = 4 * MAX_LIFETIME
"""Seconds for which an address is known to be a platform's, at least, to a client that goes on
asking: an app that is put away in the first lesson may come back with the addresses that it had."""
SETTLING_TIME = 600.0
"""Seconds of answers after which a client no longer uses any from before the sensor saw it. Of the
platforms' own answers 99 in 100 may be kept for at most 300."""
MIN_ANSWERS = 5
"""Answers to a client in that time, the last within `SETTLING_TIME` too: a client with fewer
probably asks another resolver."""

MAX_CLIENTS = 32_768
MAX_NAMES_PER_CLIENT = 128
MAX_PLATFORM_NAMES_PER_CLIENT = 64
MAX_ADDRESSES_PER_CLIENT = 256
"""Addresses that a client was told, each with its name."""
MAX_OUTER_NAMES_PER_CLIENT = 8

_AGING_INTERVAL = 60.0
_TRANSLATED = (bytes.fromhex("0064ff9b") + bytes(8), bytes(10) + b"\xff\xff")
"""Start of an IPv6 address that holds an IPv4 one: RFC 6052, section 2.1; RFC 4291, 2.5.5.2."""


class _PlatformName(NamedTuple):
    """A name of a platform, or one that points to a platform."""

    hostname: str
    platform: str
    cname: str
    until: float


class _DnsClient:
    """What is known of one client's answers."""

    __slots__ = (
        "addresses",
        "answers",
        "first",
        "heard",
        "last",
        "names",
        "outer_names",
        "platform_addresses",
        "platform_names",
        "resolver_hidden_until",
    )

    def __init__(self, timestamp: float) -> None:
        self.first = self.last = self.heard = timestamp
        self.answers = 0
        self.resolver_hidden_until = -inf
        """Until when it is taken to ask a resolver that the sensor cannot see."""
        self.names = b""
        """Numbers of the names that it was told addresses of."""
        self.addresses = b""
        """By address, the numbers of the names that it was given for."""
        self.platform_names: dict[int, _PlatformName] = {}
        """By their numbers."""
        self.platform_addresses = b""
        self.outer_names = b""

    def learn_address(self, address: bytes, number: int, until: float) -> None:
        self.addresses = add_pair(
            self.addresses, hash(address), number, until, MAX_ADDRESSES_PER_CLIENT
        )

    def learn_platform_address(self, address: bytes, until: float) -> None:
        self.platform_addresses = add_number(
            self.platform_addresses, hash(address), until, MAX_NAMES_PER_CLIENT
        )

    def learn_name(self, number: int, name: _PlatformName | None, timestamp: float) -> None:
        """Set what a name is; None for a name that is no platform's, or is so no longer."""
        previous = self.platform_names.pop(number, None)
        if name is None:
            return
        if previous is not None and previous[:3] == name[:3]:
            name = name._replace(until=max(previous.until, name.until))
        valid = {
            key: known for key, known in self.platform_names.items() if timestamp <= known.until
        }
        if len(valid) >= MAX_PLATFORM_NAMES_PER_CLIENT:
            del valid[next(iter(valid))]
        self.platform_names = {**valid, number: name}

    def find_name(self, number: int, timestamp: float) -> _PlatformName | None:
        name = self.platform_names.get(number)
        return name if name is not None and timestamp <= name.until else None

    def count_answer(self, number: int, until: float, timestamp: float) -> None:
        self.answers += 1
        self.last = max(self.last, timestamp)
        self.names = add_number(self.names, number, until, MAX_NAMES_PER_CLIENT)

    def would_show_answer(self, number: int, timestamp: float) -> bool:
        """Return whether an answer for this name would have been seen."""
        if timestamp < self.resolver_hidden_until:
            return False
        is_settled = self.answers >= MIN_ANSWERS and timestamp - self.first >= SETTLING_TIME
        is_recent = timestamp - self.last <= SETTLING_TIME
        return (is_settled and is_recent) or holds_number(self.names, number, timestamp)


class DnsMemory:
    """Remembers DNS answers, and says what they mean for a flow of the client that they went to.

    Args:
        platform_of: returns the platform of a hostname; called for every name.
        platform_of_cname: returns the platform of a hostname whose CNAME points to this one.
    """

    def __init__(
        self,
        platform_of: Callable[[str], str | None],
        platform_of_cname: Callable[[str], str | None],
    ) -> None:
        self._platform_of = platform_of
        self._platform_of_cname = platform_of_cname
        self._clients = GenerationCache[bytes, _DnsClient](MAX_CLIENTS, MAX_LIFETIME)
        self._aged_at = -inf

    def learn_answer(self, client: bytes, answer: DnsAnswer, timestamp: float) -> None:
        """Remember an answer.

        Args:
            client: what names who it went to; empty when nothing does, and it is not kept.
            answer: what it says.
            timestamp: seconds.
        """
        self._forget_old(timestamp)
        # The owner of any domain can name any outer name: a platform's own hides nothing.
        outer_names = [name for name in answer.outer_names if self._platform_of(name) is None]
        if not client or (not answer.addresses and not outer_names):
            return
        dns_client = self._client_for(client, timestamp)
        for outer_name in outer_names:
            dns_client.outer_names = add_number(
                dns_client.outer_names,
                hash(outer_name),
                timestamp + PLATFORM_LIFETIME,
                MAX_OUTER_NAMES_PER_CLIENT,
            )
        if answer.addresses:
            self._learn_addresses(dns_client, answer, timestamp)

    def _learn_addresses(self, dns_client: _DnsClient, answer: DnsAnswer, timestamp: float) -> None:
        number = hash(answer.question)
        until = timestamp + _bounded_ttl(max(ttl for _, ttl in answer.addresses))
        name = self._platform_name(answer, until)
        dns_client.learn_name(number, name, timestamp)
        address_sizes = set()
        for answer_address, ttl in answer.addresses:
            address = _untranslated_address(answer_address)
            address_sizes.add(len(address))
            dns_client.learn_address(address, number, timestamp + _bounded_ttl(ttl))
            if name is not None:
                dns_client.learn_platform_address(address, timestamp + PLATFORM_LIFETIME)
        for size in address_sizes:
            dns_client.count_answer(number ^ size, until, timestamp)

    def mark_resolver_hidden(self, client: bytes, timestamp: float) -> None:
        """Remember that a client uses a relay, or a resolver whose answers cannot be read."""
        if client:
            self._client_for(client, timestamp).resolver_hidden_until = timestamp + MAX_LIFETIME

    def find_hostname(self, client: bytes, server: bytes, timestamp: float) -> str:
        """Return the platform's hostname that a client was given an address for; "" if not clear.

        An address that was given for names of different platforms, or for a name of none, is not
        clear.
        """
        dns_client = self._find_client(client, timestamp)
        if dns_client is None:
            return ""
        address = hash(_untranslated_address(server))
        given = numbers_of(dns_client.addresses, address, timestamp)
        names = [dns_client.find_name(number, timestamp) for number in given]
        platforms = {name.platform if name else None for name in names}
        return names[0].hostname if len(platforms) == 1 and names[0] else ""

    def find_cname(self, client: bytes, hostname: str, timestamp: float) -> str:
        """Return the CNAME target by which the catalogue knows a hostname; "" without one."""
        dns_client = self._find_client(client, timestamp)
        if dns_client is None:
            return ""
        name = dns_client.find_name(hash(_normalised_hostname(hostname)), timestamp)
        return name.cname if name else ""

    def is_spoofed(self, client: bytes, hostname: str, server: bytes, timestamp: float) -> bool:
        """Return whether a platform's name is false: DNS gave the client no such address.

        This needs a client whose answer would have been seen: it was told an address of this very
        name, or several answers over a time, and it uses no resolver that hides them. An address
        that it was told for any platform's name is not held against it.
        """
        dns_client = self._find_client(client, timestamp)
        if dns_client is None or self._platform_of(hostname) is None:
            return False
        server = _untranslated_address(server)
        if holds_number(dns_client.platform_addresses, hash(server), timestamp):
            return False
        number = hash(_normalised_hostname(hostname)) ^ len(server)
        return dns_client.would_show_answer(number, timestamp)

    def is_ech_outer_name(self, client: bytes, hostname: str, timestamp: float) -> bool:
        """Return whether a client's ClientHello with this name may hide another (ECH)."""
        dns_client = self._find_client(client, timestamp)
        if dns_client is None:
            return False
        return holds_number(dns_client.outer_names, hash(_normalised_hostname(hostname)), timestamp)

    def _forget_old(self, timestamp: float) -> None:
        if timestamp >= self._aged_at + _AGING_INTERVAL:
            self._aged_at = timestamp
            self._clients.age(timestamp)

    def _platform_name(self, answer: DnsAnswer, until: float) -> _PlatformName | None:
        """Return the name in a question that is a platform's, or points to one."""
        cname = next(filter(self._platform_of_cname, answer.targets), "")
        platform = self._platform_of(answer.question) or (cname and self._platform_of_cname(cname))
        return _PlatformName(answer.question, platform, cname, until) if platform else None

    def _find_client(self, client: bytes, timestamp: float) -> _DnsClient | None:
        # When the cache forgets hangs on others' packets: how long a client is known may not.
        dns_client = self._clients.get(client)
        is_known = dns_client is not None and timestamp - dns_client.heard <= MAX_LIFETIME
        return dns_client if is_known else None

    def _client_for(self, client: bytes, timestamp: float) -> _DnsClient:
        # After a long silence the address may belong to another device.
        dns_client = self._find_client(client, timestamp) or _DnsClient(timestamp)
        dns_client.heard = max(dns_client.heard, timestamp)
        self._clients.put(client, dns_client)
        return dns_client


def _bounded_ttl(ttl: int) -> float:
    return min(max(float(ttl), MIN_LIFETIME), MAX_LIFETIME)


def _normalised_hostname(hostname: str) -> str:
    return hostname.lower().removesuffix(".")


def _untranslated_address(address: bytes) -> bytes:
    """Return the IPv4 address in an IPv6 one that is its translation (NAT64), else the address."""
    return address[12:] if address[:12] in _TRANSLATED else address
