"""What DNS told the clients: which name an address was given for, and where names point.

It answers for a flow that shows no name, for a name that only points to a platform, and for a
platform's name that may be false. It never guesses: an address that was given for two platforms
says nothing.

Names of no platform are kept as numbers that mean nothing outside this process, since it only has
to be known that an address is also theirs. Nothing here is stored or sent, all of it is bounded,
and what DNS does not say again is forgotten. Timestamps are seconds of event time.
"""

from collections.abc import Callable
from math import inf
from typing import NamedTuple

from addons.flows.expiring_numbers import add_number, holds_number, valid_numbers
from addons.flows.generation_cache import GenerationCache
from addons.names.dns import DnsAnswer

MIN_LIFETIME = 300.0
"""Seconds for which an answer is valid at least. Content networks ask for some ten, but browsers
and apps keep an answer for minutes, and go on using an address that works."""
MAX_LIFETIME = 3600.0
"""Seconds for which an answer is valid at most, and a client is remembered without one."""
PLATFORM_LIFETIME = 4 * MAX_LIFETIME
"""Seconds for which an address is known to be a platform's, at least: an app that is put away in
the first lesson may come back with the addresses that it had."""
SETTLING_TIME = 600.0
"""Seconds of answers after which a client no longer uses any from before the sensor saw it. Of the
platforms' own answers 99 in 100 may be kept for at most 300."""
MIN_ANSWERS = 5
"""Answers to a client in that time, the last within `SETTLING_TIME` too: a client with fewer
probably asks another resolver."""

MAX_CLIENTS = 32_768
MAX_NAMES = 16_384
"""Names of platforms."""
MAX_ADDRESSES = 65_536
MAX_OUTER_NAMES = 1_024
MAX_NAMES_PER_CLIENT = 128
MAX_NAMES_PER_ADDRESS = 32

_AGING_INTERVAL = 60.0
_TRANSLATED = (bytes.fromhex("0064ff9b") + bytes(8), bytes(10) + b"\xff\xff")
"""Start of an IPv6 address that holds an IPv4 one: RFC 6052, section 2.1; RFC 4291, 2.5.5.2."""


class _PlatformName(NamedTuple):
    hostname: str
    platform: str
    cname: str
    until: float


class _DnsClient:
    """What is known of one client's answers."""

    __slots__ = ("answers", "first", "last", "names", "resolver_hidden_until")

    def __init__(self, timestamp: float) -> None:
        self.first = self.last = timestamp
        self.answers = 0
        self.resolver_hidden_until = -inf
        """Until when it is taken to ask a resolver that the sensor cannot see."""
        self.names = b""
        """Numbers of the names that it was told addresses of."""

    def learn(self, number: int, until: float, timestamp: float) -> None:
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
    """Remembers DNS answers, and says what they mean for a flow.

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
        self._names = GenerationCache[int, _PlatformName](MAX_NAMES, MAX_LIFETIME)
        """Names of platforms by their number."""
        self._names_by_address = GenerationCache[bytes, bytes](MAX_ADDRESSES, MAX_LIFETIME)
        """Numbers of the names that an address was given for."""
        self._platform_addresses = GenerationCache[bytes, bool](MAX_ADDRESSES, PLATFORM_LIFETIME)
        self._outer_names = GenerationCache[str, bool](MAX_OUTER_NAMES, PLATFORM_LIFETIME)
        caches = (
            self._clients,
            self._names,
            self._names_by_address,
            self._platform_addresses,
            self._outer_names,
        )
        self._age_functions = [cache.age for cache in caches]
        self._aged_at = -inf

    def learn_answer(self, client: bytes, answer: DnsAnswer, timestamp: float) -> None:
        """Remember an answer.

        Args:
            client: the packed address that it went to: a device's, or a resolver's.
            answer: what it says.
            timestamp: seconds.
        """
        self._forget_old(timestamp)
        for outer_name in answer.outer_names:
            # The owner of any domain can name any outer name: a platform's own hides nothing.
            if self._platform_of(outer_name) is None:
                self._outer_names.put(outer_name, True)
        if not answer.addresses:
            return
        number = hash(answer.question)
        until = timestamp + _bounded_ttl(max(ttl for _, ttl in answer.addresses))
        is_of_platform = self._remember_name(number, answer, until)
        address_sizes = set()
        for given, ttl in answer.addresses:
            address = _untranslated_address(given)
            address_sizes.add(len(address))
            numbers = self._names_by_address.get(address) or b""
            valid_until = timestamp + _bounded_ttl(ttl)
            numbers = add_number(numbers, number, valid_until, MAX_NAMES_PER_ADDRESS)
            self._names_by_address.put(address, numbers)
            if is_of_platform:
                self._platform_addresses.put(address, True)
        dns_client = self._client_for(client, timestamp)
        for size in address_sizes:
            dns_client.learn(number ^ size, until, timestamp)

    def mark_resolver_hidden(self, client: bytes, timestamp: float) -> None:
        """Remember that a client uses a relay, or a resolver whose answers cannot be read."""
        self._client_for(client, timestamp).resolver_hidden_until = timestamp + MAX_LIFETIME

    def find_hostname(self, client: bytes, server: bytes, timestamp: float) -> str:
        """Return the platform's hostname that an address was given for; "" where it is not clear.

        What the client itself was told comes before what others were told. An address that was
        given for names of different platforms, or for a name of none, is not clear.
        """
        server = _untranslated_address(server)
        given = valid_numbers(self._names_by_address.get(server) or b"", timestamp)
        dns_client = self._clients.get(client)
        told = dns_client.names if dns_client else b""
        own = [number for number in given if holds_number(told, number ^ len(server), timestamp)]
        names = [self._names.get(number) for number in own or given]
        platforms = {name.platform if name else None for name in names}
        return names[0].hostname if len(platforms) == 1 and names[0] else ""

    def find_cname(self, hostname: str, timestamp: float) -> str:
        """Return the CNAME target that the catalogue knows a hostname by; "" without one."""
        name = self._names.get(hash(_normalised_hostname(hostname)))
        return name.cname if name and timestamp <= name.until else ""

    def is_spoofed(self, client: bytes, hostname: str, server: bytes, timestamp: float) -> bool:
        """Return whether a platform's name is false: DNS never gave this address for a platform.

        This needs a client whose answer would have been seen: it was told an address of this very
        name, or several answers over a time, and it uses no resolver that hides them.
        """
        if self._platform_of(hostname) is None:
            return False
        server = _untranslated_address(server)
        dns_client = self._clients.get(client)
        if dns_client is None or self._platform_addresses.get(server):
            return False
        number = hash(_normalised_hostname(hostname)) ^ len(server)
        return dns_client.would_show_answer(number, timestamp)

    def is_ech_outer_name(self, hostname: str) -> bool:
        """Return whether a ClientHello with this name may hide another (ECH)."""
        return self._outer_names.get(_normalised_hostname(hostname)) is not None

    def _forget_old(self, timestamp: float) -> None:
        if timestamp >= self._aged_at + _AGING_INTERVAL:
            self._aged_at = timestamp
            for age in self._age_functions:
                age(timestamp)

    def _remember_name(self, number: int, answer: DnsAnswer, until: float) -> bool:
        """Remember a name that is a platform's, or points to one; return whether it is."""
        cname = next(filter(self._platform_of_cname, answer.targets), "")
        platform = self._platform_of(answer.question) or (cname and self._platform_of_cname(cname))
        if platform:
            self._names.put(number, _PlatformName(answer.question, platform, cname, until))
        else:
            self._names.drop(number)
        return bool(platform)

    def _client_for(self, client: bytes, timestamp: float) -> _DnsClient:
        dns_client = self._clients.get(client)
        # After a long silence the address may belong to another device.
        if dns_client is None or timestamp - dns_client.last > MAX_LIFETIME:
            dns_client = _DnsClient(timestamp)
        self._clients.put(client, dns_client)
        return dns_client


def _bounded_ttl(ttl: int) -> float:
    return min(max(float(ttl), MIN_LIFETIME), MAX_LIFETIME)


def _normalised_hostname(hostname: str) -> str:
    return hostname.lower().removesuffix(".")


def _untranslated_address(address: bytes) -> bytes:
    """Return the IPv4 address in an IPv6 one that is its translation (NAT64), else the address."""
    return address[12:] if address[:12] in _TRANSLATED else address
