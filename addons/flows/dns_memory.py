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

from addons.names.dns import Answer

SHORTEST = 300.0
"""Seconds for which an answer counts at least. Content networks ask that it be kept for some ten,
and browsers and apps keep it for minutes, and go on using an address that works."""
LONGEST = 3600.0
"""Seconds for which an answer counts at most, and for which a client is remembered without one."""
LONGEST_OF_A_PLATFORM = 4 * LONGEST
"""Seconds for which an address is known to be a platform's, at least: an app that was put away in
the first lesson may come back with the addresses that it had."""
SETTLED = 600.0
"""Seconds of answers after which a client no longer uses any that came before the sensor saw it.
Of the platforms' own answers 99 in 100 may be kept for at most 300."""
SEVERAL = 5
"""Answers to a client by then, the last of them within `SETTLED` as well: a client with fewer
probably asks elsewhere."""

MOST_CLIENTS = 32_768
MOST_NAMES = 16_384
"""Names of platforms."""
MOST_ADDRESSES = 65_536
MOST_OUTER_NAMES = 1_024
NAMES_OF_A_CLIENT = 128
NAMES_OF_AN_ADDRESS = 32

_MINUTE = 60.0
_TRANSLATED = (bytes.fromhex("0064ff9b") + bytes(8), bytes(10) + b"\xff\xff")
"""How an IPv6 address begins that holds an IPv4 one: RFC 6052, section 2.1; RFC 4291, 2.5.5.2."""
_ENTRY = Struct("=qd")
_NUMBER = Struct("=q")


class _Name(NamedTuple):
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

    __slots__ = ("answers", "elsewhere", "first", "last", "names")

    def __init__(self, moment: float) -> None:
        self.first = self.last = moment
        self.answers = 0
        self.elsewhere = -inf
        """Until when it is taken to ask elsewhere."""
        self.names = b""

    def learn(self, name: int, until: float, moment: float) -> None:
        self.answers += 1
        self.last = max(self.last, moment)
        self.names = _added(self.names, name, until, NAMES_OF_A_CLIENT)

    def shows(self, name: int, moment: float) -> bool:
        """Whether an answer for this name would have been seen."""
        if moment < self.elsewhere:
            return False
        settled = self.answers >= SEVERAL and moment - self.first >= SETTLED
        return (settled and moment - self.last <= SETTLED) or _holds(self.names, name, moment)


class Lookups:
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
        self._clients: _Latest[bytes, _Client] = _Latest(MOST_CLIENTS, LONGEST)
        self._names: _Latest[int, _Name] = _Latest(MOST_NAMES, LONGEST)
        self._given: _Latest[bytes, bytes] = _Latest(MOST_ADDRESSES, LONGEST)
        """By address, the numbers of the names that it was given for, each until when."""
        self._of_platforms: _Latest[bytes, bool] = _Latest(MOST_ADDRESSES, LONGEST_OF_A_PLATFORM)
        self._outer_names: _Latest[str, bool] = _Latest(MOST_OUTER_NAMES, LONGEST_OF_A_PLATFORM)
        parts = (self._clients, self._names, self._given, self._of_platforms, self._outer_names)
        self._ages = [part.age for part in parts]
        self._aged = -inf

    def learn(self, client: bytes, answer: Answer, moment: float) -> None:
        """Take in an answer that went to a client (packed address), or to who asks for others."""
        self._age(moment)
        for outer in answer.outer_names:
            # Whoever has a domain can name any outer name: a platform's own is never hidden by it.
            if self._platform_of(outer) is None:
                self._outer_names.put(outer, True)
        if not answer.addresses:
            return
        number = hash(answer.asked)
        until = moment + _kept(max(ttl for _, ttl in answer.addresses))
        of_platform = self._know(number, answer, until)
        widths = set()
        for given, ttl in answer.addresses:
            address = _plain(given)
            widths.add(len(address))
            names = self._given.get(address) or b""
            names = _added(names, number, moment + _kept(ttl), NAMES_OF_AN_ADDRESS)
            self._given.put(address, names)
            if of_platform:
                self._of_platforms.put(address, True)
        asker = self._asker(client, moment)
        for width in widths:
            asker.learn(number ^ width, until, moment)

    def asks_elsewhere(self, client: bytes, moment: float) -> None:
        """Take in that a client uses a resolver whose answers cannot be read, or a relay."""
        self._asker(client, moment).elsewhere = moment + LONGEST

    def name_of(self, client: bytes, server: bytes, moment: float) -> str:
        """Return the platform's hostname that an address was given for; "" where it is not clear.

        What the client itself was told goes before what others were told. An address that was
        given for names of different platforms, or for a name of none, is not one thing.
        """
        server = _plain(server)
        given = _valid(self._given.get(server) or b"", moment)
        asker = self._clients.get(client)
        asked = asker.names if asker else b""
        own = [number for number in given if _holds(asked, number ^ len(server), moment)]
        names = [self._names.get(number) for number in own or given]
        platforms = {name.platform if name else None for name in names}
        return names[0].hostname if len(platforms) == 1 and names[0] else ""

    def alias_of(self, hostname: str, moment: float) -> str:
        """Return the CNAME target that the catalogue knows a hostname by; "" without one."""
        name = self._names.get(hash(_folded(hostname)))
        return name.alias if name and moment <= name.until else ""

    def contradicts(self, client: bytes, hostname: str, server: bytes, moment: float) -> bool:
        """Whether a platform's name is a pretence: DNS never gave this address for a platform.

        Only where an answer to this client would have been seen: it was told this very name's
        address, or has been told several over a time and uses no resolver that hides them.
        """
        if self._platform_of(hostname) is None:
            return False
        server = _plain(server)
        asker = self._clients.get(client)
        if asker is None or self._of_platforms.get(server):
            return False
        return asker.shows(hash(_folded(hostname)) ^ len(server), moment)

    def is_outer(self, hostname: str) -> bool:
        """Whether a ClientHello with this name may hide another (ECH)."""
        return self._outer_names.get(_folded(hostname)) is not None

    def _age(self, moment: float) -> None:
        if moment >= self._aged + _MINUTE:
            self._aged = moment
            for age in self._ages:
                age(moment)

    def _know(self, number: int, answer: Answer, until: float) -> bool:
        """Keep a name that is a platform's, or points to one; tell whether it is."""
        alias = next(filter(self._platform_of_alias, answer.chain), "")
        platform = self._platform_of(answer.asked) or (alias and self._platform_of_alias(alias))
        if platform:
            self._names.put(number, _Name(answer.asked, platform, alias, until))
        else:
            self._names.drop(number)
        return bool(platform)

    def _asker(self, client: bytes, moment: float) -> _Client:
        asker = self._clients.get(client)
        if asker is None or moment - asker.last > LONGEST:  # may be another one's address by now
            asker = _Client(moment)
        self._clients.put(client, asker)
        return asker


def _kept(ttl: int) -> float:
    return min(max(float(ttl), SHORTEST), LONGEST)


def _folded(hostname: str) -> str:
    return hostname.lower().removesuffix(".")


def _plain(address: bytes) -> bytes:
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
