"""What the feeds have told until now, and the rules by which an address is somebody's.

Each is explained to an administrator in `docs/plaatsen.md`:

- A static prefix comes before RADIUS (`Places`), and RADIUS before DHCP.
- A binding holds from the moment that its source gives until it is ended, replaced, or not heard
  of for as long as its feed allows.
- A session is over when another of the same source claims its IPv4 address, or an IPv6 address:
  its Stop was lost, or is on its way. So one that roams is soon one session again.
- A /64 that several live sessions have is nobody's own. It gives a place only when they are all at
  that place, and each address in it is a device for itself.
- What is told late does not replace what was told of a later moment, nor what was told of a later
  end: packets overtake each other.
- All addresses of a session are one device, whose name does not change: that of the session that
  had one of its addresses just before, or else its IPv4 address, or a /64 of its own, or an IPv6
  address. So a device with both, or with IPv6 privacy addresses in a /64 of its own, is counted
  once, and also when it authenticates again or when its IPv4 address is told later.
"""

from typing import NamedTuple

from monitor.place import IPV6_BYTES
from monitor.places.bindings import (
    MOST_SESSIONS,
    PREFIX_BYTES,
    Address,
    Binding,
    BindingEvent,
    Bindings,
    BindingSource,
    SenderRestart,
    SessionEnd,
    SessionUpdate,
)
from monitor.places.prefix_members import PrefixMembers

MOST_ADDRESSES = 16
"""Of one session. Clients rarely have more than a handful; a list without end is an attack."""
MOST_BINDINGS = 4
"""Bindings of one address, the latest: a sighting may be a little older than what was heard."""
END_REMEMBERED = 600.0
"""Seconds for which the end of a session is known: no feed tells what is older than five minutes,
and its clock may be as much ahead."""
_NAMING = (len(b"IPv4"), PREFIX_BYTES, IPV6_BYTES)
"""Lengths of addresses, in the order in which they name a device."""

type _Key = tuple[BindingSource, bytes]


class _Session(NamedTuple):
    heard: SessionUpdate
    device: Address
    """Empty: nothing has named it yet."""


class BindingTable:
    """What the feeds have told until now."""

    def __init__(self) -> None:
        self._sessions: dict[_Key, _Session] = {}
        self._by_address: dict[Address, tuple[Binding, ...]] = {}
        self._sharers: dict[tuple[BindingSource, Address], PrefixMembers] = {}
        self._ended: dict[_Key, float] = {}
        self._snapshot: Bindings | None = Bindings()
        self.refused_sessions = 0
        """Sessions that there was no room for."""

    def record(self, event: BindingEvent) -> None:
        """Take in what a feed tells; the cost does not grow with what is known."""
        self._snapshot = None
        match event:
            case SessionUpdate():
                self._hear(event)
            case SessionEnd(source, session, moment):
                key = (source, session)
                self._remember_end(key, moment)
                known = self._sessions.get(key)
                if known is not None and moment >= known.heard.timestamp:
                    self._end(key, moment)
            case SenderRestart(source, sender, moment):
                gone = [
                    key
                    for key, session in self._sessions.items()
                    if key[0] is source
                    and session.heard.sender == sender
                    and moment >= session.heard.timestamp
                ]
                for key in gone:
                    self._end(key, moment)

    def expire(self, timestamp: float, *, kept: float = 0.0) -> None:
        """Forget what ended longer than `kept` seconds before a moment.

        A session that is not heard of shares a prefix until the first time after its end.
        """
        oldest = timestamp - kept
        self._ended = {
            key: end for key, end in self._ended.items() if end > oldest - END_REMEMBERED
        }
        for key, session in list(self._sessions.items()):
            if session.heard.until <= timestamp:
                for prefix in filter(_is_prefix, session.heard.addresses):
                    self._leave(prefix, key, timestamp)
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

    def _hear(self, heard: SessionUpdate) -> None:
        key = (heard.source, heard.session)
        before = self._sessions.get(key)
        if self._is_late(heard, before):
            return
        if before is None and len(self._sessions) >= MOST_SESSIONS:
            self.refused_sessions += 1
            return
        known = () if before is None else before.heard.addresses
        heard = heard._replace(addresses=_joined(known, heard.addresses))
        for address in set(known) - set(heard.addresses):
            self._give_up(address, key, heard.timestamp)
        device = before.device if before is not None and before.device else b""
        if not device:
            device = self._named(heard, was_known=bool(known))
        self._sessions[key] = _Session(heard, device)
        for address in heard.addresses:
            if not _is_prefix(address):
                self._claim(address, heard, device)
        # After those: a session that roamed no longer shares it with the one that it was.
        for prefix in filter(_is_prefix, heard.addresses):
            self._share(prefix, heard)

    def _is_late(self, heard: SessionUpdate, before: _Session | None) -> bool:
        """Say whether something later is known of it, or of who has its addresses."""
        ended = self._ended.get((heard.source, heard.session), heard.timestamp)
        if heard.timestamp < max(
            ended, heard.timestamp if before is None else before.heard.timestamp
        ):
            return True
        for address in heard.addresses:
            latest = None if _is_prefix(address) else self._latest(address, heard.source)
            if latest and latest.session != heard.session and latest.since > heard.timestamp:
                return True
        return False

    def _named(self, heard: SessionUpdate, *, was_known: bool) -> Address:
        """Choose what stands for a session; empty when it has only what others have too.

        A prefix that it shared when it was first known does not name it when the others have gone:
        until then each of its addresses was a device, and the prefix may have named another.
        """
        own = sorted(
            (
                each
                for each in heard.addresses
                if not _is_prefix(each) or not (was_known or self._is_shared(each, heard))
            ),
            key=lambda address: _NAMING.index(len(address)),
        )
        # Who has a prefix after another is not the same when it has an address of its own.
        for address in [each for each in own if not _is_prefix(each)] or own:
            before = self._latest(address, heard.source)
            if before is not None and before.device:
                return before.device
        return own[0] if own else b""

    def _is_shared(self, address: Address, heard: SessionUpdate) -> bool:
        sharers = self._sharers.get((heard.source, address))
        return sharers is not None and sharers.has_other_than(heard.session)

    def _claim(self, address: Address, heard: SessionUpdate, device: Address) -> None:
        """Bind an address that is one session's; whichever had it is over."""
        latest = self._latest(address, heard.source)
        if latest and latest.since > heard.timestamp:
            return
        if latest and latest.session != heard.session and latest.until > heard.timestamp:
            other = (heard.source, latest.session)
            self._remember_end(other, heard.timestamp)
            self._end(other, heard.timestamp)
        source, session, _, place, moment, until, _ = heard
        self._bind(address, Binding(source, session, moment, until, place, device))

    def _share(self, prefix: Address, heard: SessionUpdate) -> None:
        sharers = self._sharers.setdefault((heard.source, prefix), PrefixMembers())
        sharers.add(heard.session, heard.place)
        self._settle(prefix, heard.source, heard.timestamp, heard.until)

    def _leave(self, prefix: Address, key: _Key, moment: float) -> None:
        source, session = key
        sharers = self._sharers.get((source, prefix))
        if sharers is None or not sharers.remove(session):
            return
        if sharers:
            self._settle(prefix, source, moment, moment)
        else:
            del self._sharers[source, prefix]
            self._unbind(prefix, key, moment)

    def _settle(self, prefix: Address, source: BindingSource, moment: float, until: float) -> None:
        """Bind a prefix to the one that has it, or to the place that all are at who have it."""
        latest = self._latest(prefix, source)
        if latest is not None:
            moment = max(moment, latest.since)
            until = max(until, latest.until)
        sharers = self._sharers[source, prefix]
        sole = sharers.only_session
        if sole is None:
            binding = Binding(source, b"", moment, until, sharers.common_place, b"")
        else:
            heard, device = self._sessions[source, sole]
            binding = Binding(source, sole, moment, heard.until, heard.place, device)
        self._bind(prefix, binding)

    def _bind(self, address: Address, binding: Binding) -> None:
        """Let a binding come after what its source said of an address before."""
        own, others = self._of(address, binding.source)
        if own and _goes_on(own[0], binding):
            own[0] = own[0]._replace(until=binding.until)
        else:
            own = [each._replace(until=min(each.until, binding.since)) for each in own]
            own.insert(0, binding)
        self._keep(address, [*own[:MOST_BINDINGS], *others])

    def _remember_end(self, key: _Key, moment: float) -> None:
        """Remember a Stop, which may overtake its Start; leases come in the order of their file."""
        if key[0] is not BindingSource.RADIUS:
            return
        if key not in self._ended and len(self._ended) >= MOST_SESSIONS:
            del self._ended[next(iter(self._ended))]
        self._ended[key] = max(moment, self._ended.get(key, moment))

    def _end(self, key: _Key, moment: float) -> None:
        session = self._sessions.pop(key, None)
        if session is not None:
            for address in session.heard.addresses:
                self._give_up(address, key, moment)

    def _give_up(self, address: Address, key: _Key, moment: float) -> None:
        if _is_prefix(address):
            self._leave(address, key, moment)
        else:
            self._unbind(address, key, moment)

    def _unbind(self, address: Address, key: _Key, moment: float) -> None:
        left = [
            each._replace(until=min(each.until, moment))
            if (each.source, each.session) == key
            else each
            for each in self._by_address.get(address, ())
        ]
        self._keep(address, left)

    def _latest(self, address: Address, source: BindingSource) -> Binding | None:
        for each in self._by_address.get(address, ()):
            if each.source is source:
                return each
        return None

    def _of(self, address: Address, source: BindingSource) -> tuple[list[Binding], list[Binding]]:
        own: list[Binding] = []
        others: list[Binding] = []
        for each in self._by_address.get(address, ()):
            (own if each.source is source else others).append(each)
        return own, others

    def _keep(self, address: Address, bindings: list[Binding]) -> None:
        kept = sorted(
            (each for each in bindings if each.since < each.until),
            key=lambda each: (each.source, -each.since),
        )
        if kept:
            self._by_address[address] = tuple(kept)
        else:
            self._by_address.pop(address, None)


def _is_prefix(address: Address) -> bool:
    return len(address) == PREFIX_BYTES


def _goes_on(before: Binding, binding: Binding) -> bool:
    known = (before.session, before.place, before.device)
    return known == (binding.session, binding.place, binding.device) and (
        binding.since <= before.until
    )


def _joined(known: tuple[Address, ...], said: tuple[Address, ...]) -> tuple[Address, ...]:
    """Join a session's addresses: it has one IPv4 address, and of IPv6 as many as were heard of."""
    if any(len(address) == len(b"IPv4") for address in said):
        known = tuple(address for address in known if len(address) != len(b"IPv4"))
    return tuple(dict.fromkeys((*said, *known)))[:MOST_ADDRESSES]
