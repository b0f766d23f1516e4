"""What DNS has told the clients: which name an address was given for, and where names point.

It is asked of a connection that shows no name, of a name that only points to a platform, and of a
platform's name that may be a pretence. It never guesses: an address that was given for two things
says nothing.

Names of no platform are kept as numbers that mean nothing outside this process, because all that
has to be known of them is that an address is theirs too. Nothing here is stored or told to anyone,
all of it is bounded, and what is not heard again is forgotten. Moments are seconds of event time.
"""

from collections.abc import Callable, Hashable
from math import inf
from struct import Struct
from typing import NamedTuple

from addons.names.dns import DnsAnswer

MIN_LIFETIME = 300.0
"""Seconds for which an answer counts at least. Content networks ask that it be kept for some ten,
and browsers and apps keep it for minutes, and go on using an address that works."""
MAX_LIFETIME = 3600.0
"""Seconds for which an answer counts at most, and for which a client is remembered without one."""
PLATFORM_LIFETIME = 4 * MAX_LIFETIME
"""Seconds for which an address is known to be a platform's, at least: an app that was put away in
the first lesson may come back with the addresses that it had."""
SETTLING_TIME = 600.0
"""Seconds of answers after which a client no longer uses any that came before the sensor saw it.
Of the platforms' own answers 99 in 100 may be kept for at most 300."""
MIN_ANSWERS = 5
"""Answers to a client by then, the last of them within `SETTLED` as well: a client with fewer
probably asks elsewhere."""

MAX_CLIENTS = 32_768
MAX_NAMES = 16_384
"""Names of platforms."""
MAX_ADDRESSES = 65_536
MAX_OUTER_NAMES = 1_024
MAX_NAMES_PER_CLIENT = 128
MAX_NAMES_PER_ADDRESS = 32

_MINUTE = 60.0
_TRANSLATED = (bytes.fromhex("0064ff9b") + bytes(8), bytes(10) + b"\xff\xff")
"""How an IPv6 address begins that holds an IPv4 one: RFC 6052, section 2.1; RFC 4291, 2.5.5.2."""
_ENTRY = Struct("=qd")
_NUMBER = Struct("=q")


class _PlatformName(NamedTuple):
    hostname: str
    platform: str
    alias: str
    until: float


class _Latest[K: Hashable, V]:
    """A bounded memory of two generations: what is not put again for a while is gone.

    Each holds half of what may be held, and for `seconds`. So nothing has to be looked for to be
    forgotten, and what is forgotten is what was put longest ago.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._half = most // 2
        self._seconds = seconds
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._turned = -inf

    def get(self, key: K) -> V | None:
        value = self._new.get(key)
        return value if value is not None else self._old.get(key)

    def put(self, key: K, value: V) -> None:
        if len(self._new) >= self._half:
            self._turn()
        self._new[key] = value

    def age(self, moment: float) -> None:
        if moment >= self._turned + self._seconds:
            if moment >= self._turned + 2 * self._seconds:
                self._new = {}
            self._turn()
            self._turned = moment

    def _turn(self) -> None:
        self._old, self._new = self._new, {}

    def drop(self, key: K) -> None:
        self._new.pop(key, None)
        self._old.pop(key, None)


class _Client:
    """What is known of one client's answers."""

    __slots__ = ("answers", "first", "last", "names", "resolver_hidden_until")

    def __init__(self, timestamp: float) -> None:
        self.first = self.last = timestamp
        self.answers = 0
        self.resolver_hidden_until = -inf
        """Until when it is taken to ask elsewhere."""
        self.names = b""

    def learn(self, name: int, until: float, timestamp: float) -> None:
        self.answers += 1
        self.last = max(self.last, timestamp)
        self.names = _added(self.names, name, until, MAX_NAMES_PER_CLIENT)

    def would_show_answer(self, name: int, timestamp: float) -> bool:
        """Whether an answer for this name would have been seen."""
        if timestamp < self.resolver_hidden_until:
            return False
        settled = self.answers >= MIN_ANSWERS and timestamp - self.first >= SETTLING_TIME
        return (settled and timestamp - self.last <= SETTLING_TIME) or _holds(
            self.names, name, timestamp
        )


class DnsMemory:
    """Remembers answers, and says what they tell of a connection."""

    def __init__(
        self,
        platform_of: Callable[[str], str | None],
        platform_of_alias: Callable[[str], str | None],
    ) -> None:
        """Begin with nothing.

        Args:
            platform_of: the platform of a hostname; asked for every name, so it should be fast.
            platform_of_alias: the platform of a hostname whose CNAME names this one.
        """
        self._platform_of = platform_of
        self._platform_of_alias = platform_of_alias
        self._clients: _Latest[bytes, _Client] = _Latest(MAX_CLIENTS, MAX_LIFETIME)
        self._names: _Latest[int, _PlatformName] = _Latest(MAX_NAMES, MAX_LIFETIME)
        self._given: _Latest[bytes, bytes] = _Latest(MAX_ADDRESSES, MAX_LIFETIME)
        """By address, the numbers of the names that it was given for, each until when."""
        self._of_platforms: _Latest[bytes, bool] = _Latest(MAX_ADDRESSES, PLATFORM_LIFETIME)
        self._outer_names: _Latest[str, bool] = _Latest(MAX_OUTER_NAMES, PLATFORM_LIFETIME)
        parts = (self._clients, self._names, self._given, self._of_platforms, self._outer_names)
        self._age_functions = [part.age for part in parts]
        self._aged = -inf

    def learn_answer(self, client: bytes, answer: DnsAnswer, timestamp: float) -> None:
        """Take in an answer that went to a client (packed address), or to who asks for others."""
        self._forget_old(timestamp)
        for outer in answer.outer_names:
            # Whoever has a domain can name any outer name: a platform's own is never hidden by it.
            if self._platform_of(outer) is None:
                self._outer_names.put(outer, True)
        if not answer.addresses:
            return
        number = hash(answer.question)
        until = timestamp + _bounded_ttl(max(ttl for _, ttl in answer.addresses))
        of_platform = self._remember_name(number, answer, until)
        widths = set()
        for given, ttl in answer.addresses:
            address = _untranslated_address(given)
            widths.add(len(address))
            names = self._given.get(address) or b""
            names = _added(names, number, timestamp + _bounded_ttl(ttl), MAX_NAMES_PER_ADDRESS)
            self._given.put(address, names)
            if of_platform:
                self._of_platforms.put(address, True)
        asker = self._client_for(client, timestamp)
        for width in widths:
            asker.learn(number ^ width, until, timestamp)

    def mark_resolver_hidden(self, client: bytes, timestamp: float) -> None:
        """Take in that a client uses a resolver whose answers cannot be read, or a relay."""
        self._client_for(client, timestamp).resolver_hidden_until = timestamp + MAX_LIFETIME

    def find_hostname(self, client: bytes, server: bytes, timestamp: float) -> str:
        """Return the platform's hostname that an address was given for; "" where it is not clear.

        What the client itself was told goes before what others were told. An address that was
        given for names of different platforms, or for a name of none, is not one thing.
        """
        server = _untranslated_address(server)
        given = _valid(self._given.get(server) or b"", timestamp)
        asker = self._clients.get(client)
        asked = asker.names if asker else b""
        own = [number for number in given if _holds(asked, number ^ len(server), timestamp)]
        names = [self._names.get(number) for number in own or given]
        platforms = {name.platform if name else None for name in names}
        return names[0].hostname if len(platforms) == 1 and names[0] else ""

    def find_alias(self, hostname: str, timestamp: float) -> str:
        """Return the CNAME target that the catalogue knows a hostname by; "" without one."""
        name = self._names.get(hash(_normalised_hostname(hostname)))
        return name.alias if name and timestamp <= name.until else ""

    def is_spoofed(self, client: bytes, hostname: str, server: bytes, timestamp: float) -> bool:
        """Whether a platform's name is a pretence: DNS never gave this address for a platform.

        Only where an answer to this client would have been seen: it was told this very name's
        address, or has been told several over a time and uses no resolver that hides them.
        """
        if self._platform_of(hostname) is None:
            return False
        server = _untranslated_address(server)
        asker = self._clients.get(client)
        if asker is None or self._of_platforms.get(server):
            return False
        return asker.would_show_answer(
            hash(_normalised_hostname(hostname)) ^ len(server), timestamp
        )

    def is_ech_outer_name(self, hostname: str) -> bool:
        """Whether a ClientHello with this name may hide another (ECH)."""
        return self._outer_names.get(_normalised_hostname(hostname)) is not None

    def _forget_old(self, timestamp: float) -> None:
        if timestamp >= self._aged + _MINUTE:
            self._aged = timestamp
            for age in self._age_functions:
                age(timestamp)

    def _remember_name(self, number: int, answer: DnsAnswer, until: float) -> bool:
        """Keep a name that is a platform's, or points to one; tell whether it is."""
        alias = next(filter(self._platform_of_alias, answer.targets), "")
        platform = self._platform_of(answer.question) or (alias and self._platform_of_alias(alias))
        if platform:
            self._names.put(number, _PlatformName(answer.question, platform, alias, until))
        else:
            self._names.drop(number)
        return bool(platform)

    def _client_for(self, client: bytes, timestamp: float) -> _Client:
        asker = self._clients.get(client)
        if (
            asker is None or timestamp - asker.last > MAX_LIFETIME
        ):  # may be another one's address by now
            asker = _Client(timestamp)
        self._clients.put(client, asker)
        return asker


def _bounded_ttl(ttl: int) -> float:
    return min(max(float(ttl), MIN_LIFETIME), MAX_LIFETIME)


def _normalised_hostname(hostname: str) -> str:
    return hostname.lower().removesuffix(".")


def _untranslated_address(address: bytes) -> bytes:
    """Take the IPv4 address out of an IPv6 one that is its translation (NAT64)."""
    return address[12:] if address[:12] in _TRANSLATED else address


# Names with the moment until which they hold, the latest last, in sixteen bytes each: there are a
# hundred for each client, and an object for each would be ten times as much.


def _added(names: bytes, name: int, until: float, most: int) -> bytes:
    at = _place(names, name)
    if at >= 0:
        _, before = _ENTRY.unpack_from(names, at)
        until = max(until, before)
        names = names[:at] + names[at + _ENTRY.size :]
    return (names + _ENTRY.pack(name, until))[-most * _ENTRY.size :]


def _place(names: bytes, name: int) -> int:
    sought = _NUMBER.pack(name)
    at = names.find(sought)
    while at >= 0 and at % _ENTRY.size:
        at = names.find(sought, at + 1)
    return at


def _holds(names: bytes, name: int, moment: float) -> bool:
    at = _place(names, name)
    if at < 0:
        return False
    _, until = _ENTRY.unpack_from(names, at)
    return bool(moment <= until)


def _valid(names: bytes, moment: float) -> list[int]:
    """The names that still hold, the latest first."""
    return [name for name, until in _ENTRY.iter_unpack(names) if moment <= until][::-1]
