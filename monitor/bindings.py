"""Which address is where at a moment, as the school's RADIUS and DHCP servers tell it.

A feed tells what it has heard as `Heard`, `Ended` and `Restarted`; the register holds it, and gives
an immutable snapshot to hold sightings against. Nothing of it outlives the process.

The rules, each of which `docs/plaatsen.md` explains to an administrator:

- A static prefix comes before RADIUS (`Places`), and RADIUS before DHCP.
- A binding holds from the moment that its source gives until it is ended, replaced, or not heard
  of for as long as its feed allows.
- An address that another session of the same source claims is that session's from then on: the
  Stop of the one before was lost.
- What is told late does not replace what was told of a later moment, nor what was told of a later
  end: packets overtake each other.
- All addresses of a session are one device: its IPv4 address, or else its IPv6 prefix, names it.
  So a device with both, or with IPv6 privacy addresses in a /64 of its own, is counted once.
"""

from collections.abc import Mapping
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import NamedTuple

from monitor.place import IPV6_BYTES, MAPPED, Place

MOST_SESSIONS = 50_000
MOST_ADDRESSES = 16
"""Of one session. Clients rarely have more than a handful; a list without end is an attack."""
MOST_KEPT = 4
"""Bindings of one address, the latest: a sighting may be a little older than what was heard."""
ENDED_KEPT = 600.0
"""Seconds for which the end of a session is known: no feed tells what is older than five minutes,
and its clock may be as much ahead."""
PREFIX_BYTES = 8
"""A /64, in which every address is one session's (RFC 3162, 2.3)."""

type Address = bytes
"""4 bytes, 16 bytes, or the first 8 bytes of a /64."""


class Source(IntEnum):
    """Who said it; the lower comes first."""

    RADIUS = 1
    DHCP = 2


class Heard(NamedTuple):
    """A session, or a lease, has these addresses and is at this place."""

    source: Source
    session: bytes
    """What names it in its source; a feed gives a keyed digest, and no name that could be read."""
    addresses: tuple[Address, ...]
    """Empty: those that were heard of before."""
    place: Place | None
    """None: not known; what was known of these addresses ends."""
    moment: float
    until: float
    sender: bytes = b""
    """Who keeps the session, such as a controller; named by `Restarted`."""


class Ended(NamedTuple):
    """A session is over."""

    source: Source
    session: bytes
    moment: float


class Restarted(NamedTuple):
    """A sender has lost its sessions, or has none yet."""

    source: Source
    sender: bytes
    moment: float


type Event = Heard | Ended | Restarted


class Binding(NamedTuple):
    """A device is at a place, from a moment up to, not including, another."""

    source: Source
    session: bytes
    since: float
    until: float
    place: Place
    device: Address
    """The address that stands for all of the session's."""


class Bindings:
    """An immutable snapshot of which address is bound to which place."""

    def __init__(self, by_address: Mapping[Address, tuple[Binding, ...]] | None = None) -> None:
        self._by_address = by_address or {}

    def of(self, client: bytes, moment: float) -> Binding | None:
        """Give the binding of a packed address (4 or 16 bytes) at a moment; None: not known."""
        if len(client) == IPV6_BYTES and client.startswith(MAPPED):
            client = client[12:]
        for binding in self._by_address.get(client, ()):
            if binding.since <= moment < binding.until:
                return binding
        return self.of(client[:PREFIX_BYTES], moment) if len(client) == IPV6_BYTES else None

    def __len__(self) -> int:
        return len(self._by_address)


class _Session(NamedTuple):
    heard: Heard
    device: Address


class Register:
    """What the feeds have told until now."""

    def __init__(self) -> None:
        self._sessions: dict[tuple[Source, bytes], _Session] = {}
        self._by_address: dict[Address, tuple[Binding, ...]] = {}
        self._ended: dict[tuple[Source, bytes], float] = {}
        self._snapshot: Bindings | None = Bindings()
        self.turned_away = 0
        """Sessions that there was no room for."""

    def take(self, event: Event) -> None:
        """Take in what a feed tells; the cost does not grow with what is known."""
        self._snapshot = None
        match event:
            case Heard():
                self._hear(event)
            case Ended(source, session, moment):
                self._remember_end((source, session), moment)
                self._end((source, session), moment)
            case Restarted(source, sender, moment):
                gone = [
                    key
                    for key, session in self._sessions.items()
                    if key[0] is source and session.heard.sender == sender
                ]
                for key in gone:
                    self._end(key, moment)

    def expire(self, moment: float, *, kept: float = 0.0) -> None:
        """Forget what ended longer than `kept` seconds before a moment."""
        oldest = moment - kept
        self._ended = {key: end for key, end in self._ended.items() if end > oldest - ENDED_KEPT}
        for key, session in list(self._sessions.items()):
            if session.heard.until <= oldest:
                del self._sessions[key]
                self._snapshot = None
        for address, bindings in list(self._by_address.items()):
            left = tuple(each for each in bindings if each.until > oldest)
            if len(left) < len(bindings):
                self._snapshot = None
                if left:
                    self._by_address[address] = left
                else:
                    del self._by_address[address]

    def snapshot(self) -> Bindings:
        """Give what is known now; the same object as before when nothing has changed."""
        if self._snapshot is None:
            self._snapshot = Bindings(dict(self._by_address))
        return self._snapshot

    def __len__(self) -> int:
        return len(self._sessions)

    def _hear(self, heard: Heard) -> None:
        key = (heard.source, heard.session)
        before = self._sessions.get(key)
        if heard.moment < self._ended.get(key, heard.moment):
            return
        if before is None and len(self._sessions) >= MOST_SESSIONS:
            self.turned_away += 1
            return
        if before is not None and heard.moment < before.heard.moment:
            return
        known = () if before is None else before.heard.addresses
        heard = heard._replace(addresses=_joined(known, heard.addresses))
        for address in set(known) - set(heard.addresses):
            self._unbind(address, key, heard.moment)
        device = _device(heard.addresses)
        self._sessions[key] = _Session(heard, device)
        for address in heard.addresses:
            self._bind(address, heard, device)

    def _bind(self, address: Address, heard: Heard, device: Address) -> None:
        others: list[Binding] = []
        own: list[Binding] = []
        for each in self._by_address.get(address, ()):
            (own if each.source is heard.source else others).append(each)
        if own and own[0].since > heard.moment:
            return
        if own and _goes_on(own[0], heard, device):
            own[0] = own[0]._replace(until=heard.until)
        else:
            own = [each._replace(until=min(each.until, heard.moment)) for each in own]
            if heard.place is not None:
                binding = Binding(
                    heard.source, heard.session, heard.moment, heard.until, heard.place, device
                )
                own.insert(0, binding)
        self._keep(address, [*own[:MOST_KEPT], *others])

    def _remember_end(self, key: tuple[Source, bytes], moment: float) -> None:
        """Remember a Stop, which may overtake its Start; leases come in the order of their file."""
        if key[0] is not Source.RADIUS:
            return
        if key not in self._ended and len(self._ended) >= MOST_SESSIONS:
            del self._ended[next(iter(self._ended))]
        self._ended[key] = max(moment, self._ended.get(key, moment))

    def _end(self, key: tuple[Source, bytes], moment: float) -> None:
        session = self._sessions.get(key)
        if session is None or moment < session.heard.moment:
            return
        del self._sessions[key]
        for address in session.heard.addresses:
            self._unbind(address, key, moment)

    def _unbind(self, address: Address, key: tuple[Source, bytes], moment: float) -> None:
        left = [
            each._replace(until=min(each.until, moment))
            if (each.source, each.session) == key
            else each
            for each in self._by_address.get(address, ())
        ]
        self._keep(address, left)

    def _keep(self, address: Address, bindings: list[Binding]) -> None:
        kept = sorted(
            (each for each in bindings if each.since < each.until),
            key=lambda each: (each.source, -each.since),
        )
        if kept:
            self._by_address[address] = tuple(kept)
        else:
            self._by_address.pop(address, None)


def packed(address: IPv4Address | IPv6Address | IPv6Network) -> Address:
    """Give an address, or an IPv6 prefix of /64, as bindings know it.

    A prefix of another length is not one device's.

    Raises:
        ValueError: for an unspecified address, one that every link has, or a prefix that is no /64.
    """
    if address.is_link_local:
        raise ValueError("no client's address")
    if isinstance(address, IPv6Network):
        if address.prefixlen != PREFIX_BYTES * 8:
            raise ValueError("a prefix other than /64")
        return address.network_address.packed[:PREFIX_BYTES]
    if address.is_unspecified or address.is_loopback or address.is_multicast:
        raise ValueError("no client's address")
    return address.packed


def _goes_on(binding: Binding, heard: Heard, device: Address) -> bool:
    known = (binding.session, binding.place, binding.device)
    return known == (heard.session, heard.place, device) and heard.moment <= binding.until


def _joined(known: tuple[Address, ...], said: tuple[Address, ...]) -> tuple[Address, ...]:
    """Join a session's addresses: it has one IPv4 address, and of IPv6 as many as were heard of."""
    if any(len(address) == len(b"IPv4") for address in said):
        known = tuple(address for address in known if len(address) != len(b"IPv4"))
    return tuple(dict.fromkeys((*said, *known)))[:MOST_ADDRESSES]


def _device(addresses: tuple[Address, ...]) -> Address:
    """Choose the address that names a device: IPv4, then a /64, then an IPv6 address."""
    lengths = (4, PREFIX_BYTES, IPV6_BYTES)
    return min(addresses, key=lambda address: lengths.index(len(address)), default=b"")
