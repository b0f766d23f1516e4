"""Which address belongs to which session, by all that the feeds have said until now.

`docs/plaatsen.md` explains each rule to an administrator:

- A static prefix comes before RADIUS (`PrefixMap`), and RADIUS before DHCP.
- A binding holds from the time that its source gives until it is ended, replaced, or not heard of
  for as long as its feed allows.
- A session is over when another of the same source claims its IPv4 address, or an IPv6 address, or
  is of the same device: its Stop was lost, or is on its way. A session that roams is therefore soon
  one session again, and the address that it leaves is nobody's. Where its MAC address is, and who
  is on it, stays known when another device claims the address.
- A /64 that several live sessions have is nobody's own. It gives a place only when they are all at
  that place, and each address in it is a device for itself.
- A late update does not replace one of a later time, nor a later end: packets overtake each other.
- All addresses of a session are one device, whose name does not change: that of the session that
  had one of its addresses just before, or else its IPv4 address, or a /64 of its own, or an IPv6
  address. So a device with both, or with IPv6 privacy addresses in a /64 of its own, is counted
  once, also when it authenticates again or when its IPv4 address is heard of later.
"""

from typing import NamedTuple

from monitor.place import IPV6_BYTES
from monitor.places.address_bindings import AddressBindings, SessionKey
from monitor.places.bindings import (
    MAX_SESSIONS,
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
from monitor.places.session_joining import is_of_another_device, join_addresses, join_names

END_REMEMBERED = 600.0
"""Seconds for which the end of a session is known: no feed sends what is older than five minutes,
and its clock may be as much ahead."""
_NAMING_ORDER = (len(b"IPv4"), PREFIX_BYTES, IPV6_BYTES)
"""Lengths of addresses, in the order in which they name a device."""


class _Session(NamedTuple):
    update: SessionUpdate
    """The latest, with all addresses of the session."""
    device: Address
    """The address that names its device; empty: nothing has named it yet."""


class BindingTable:
    """The sessions that the feeds have reported, and the bindings that follow from them."""

    def __init__(self) -> None:
        self._sessions: dict[SessionKey, _Session] = {}
        self._bindings = AddressBindings()
        self._hardware = AddressBindings()
        """Where devices are, and who authenticated on them, whatever their addresses."""
        self._members: dict[tuple[BindingSource, Address], PrefixMembers] = {}
        self._ended: dict[SessionKey, float] = {}
        self._snapshot: Bindings | None = Bindings()
        self.refused_sessions = 0
        """Sessions that there was no room for."""

    def record(self, event: BindingEvent) -> None:
        """Record an event of a feed; the cost does not grow with what is known."""
        self._snapshot = None
        match event:
            case SessionUpdate():
                self._record_update(event)
            case SessionEnd(source, session, timestamp):
                key = (source, session)
                self._remember_end(key, timestamp)
                known = self._sessions.get(key)
                if known is not None and timestamp >= known.update.timestamp:
                    self._end(key, timestamp)
            case SenderRestart(source, sender, timestamp):
                lost = [
                    key
                    for key, session in self._sessions.items()
                    if key[0] is source
                    and session.update.sender == sender
                    and timestamp >= session.update.timestamp
                ]
                for key in lost:
                    self._end(key, timestamp)

    def expire(self, timestamp: float, *, kept: float = 0.0) -> None:
        """Forget what ended longer than `kept` seconds before a time.

        A session that is silent has its prefixes until the first call after its end.
        """
        oldest = timestamp - kept
        self._ended = {
            key: end for key, end in self._ended.items() if end > oldest - END_REMEMBERED
        }
        for key, session in list(self._sessions.items()):
            if session.update.until <= timestamp:
                for prefix in filter(_is_prefix, session.update.addresses):
                    self._leave_prefix(prefix, key, timestamp)
            if session.update.until <= oldest:
                del self._sessions[key]
                self._snapshot = None
        if self._bindings.expire(oldest) | self._hardware.expire(oldest):
            self._snapshot = None

    def snapshot(self) -> Bindings:
        """Return what is known now; the same object as before when nothing has changed."""
        if self._snapshot is None:
            self._snapshot = Bindings(self._bindings.copy(), self._hardware.copy())
        return self._snapshot

    def __len__(self) -> int:
        return len(self._sessions)

    def _record_update(self, update: SessionUpdate) -> None:
        key = (update.source, update.session)
        before = self._sessions.get(key)
        if self._is_late(update, before):
            return
        if before is not None and is_of_another_device(before.update, update):
            self._end(key, update.timestamp)
            before = None
        if before is None and len(self._sessions) >= MAX_SESSIONS:
            self.refused_sessions += 1
            return
        known = () if before is None else before.update.addresses
        update = update._replace(
            addresses=join_addresses(known, update.addresses),
            names=update.names if before is None else join_names(before.update, update),
        )
        for address in set(known) - set(update.addresses):
            self._release(address, key, update.timestamp)
        device = before.device if before is not None and before.device else b""
        if not device:
            device = self._choose_name(update, was_known=bool(known))
        if before is None and update.source is BindingSource.RADIUS:
            self._end_other(self._hardware.latest(update.names.hardware, update.source), update)
        self._sessions[key] = _Session(update, device)
        self._bind_hardware(before, update, device)
        for address in update.addresses:
            if not _is_prefix(address):
                self._claim(address, update, device)
        # After those: a session that roamed no longer shares its prefix with the one that it was.
        for prefix in filter(_is_prefix, update.addresses):
            self._join_prefix(prefix, update)

    def _is_late(self, update: SessionUpdate, before: _Session | None) -> bool:
        """Say whether something later is known of the session, or of who has its addresses."""
        ended = self._ended.get((update.source, update.session), update.timestamp)
        last = update.timestamp if before is None else before.update.timestamp
        if update.timestamp < max(ended, last):
            return True
        for address in update.addresses:
            latest = None if _is_prefix(address) else self._bindings.latest(address, update.source)
            if latest and latest.session != update.session and latest.since > update.timestamp:
                return True
        return False

    def _choose_name(self, update: SessionUpdate, *, was_known: bool) -> Address:
        """Choose the address that names a session; empty when it has only what others have too.

        A prefix that it shared when it was first known does not name it when the others have gone:
        until then each of its addresses was a device, and the prefix may have named another.
        """
        own = sorted(
            (
                address
                for address in update.addresses
                if not _is_prefix(address) or not (was_known or self._is_shared(address, update))
            ),
            key=lambda address: _NAMING_ORDER.index(len(address)),
        )
        # Who has a prefix after another is another device when it has an address of its own.
        for address in [address for address in own if not _is_prefix(address)] or own:
            before = self._bindings.latest(address, update.source)
            if before is not None and before.device:
                return before.device
        return own[0] if own else b""

    def _is_shared(self, prefix: Address, update: SessionUpdate) -> bool:
        members = self._members.get((update.source, prefix))
        return members is not None and members.has_other_than(update.session)

    def _claim(self, address: Address, update: SessionUpdate, device: Address) -> None:
        """Bind an address that belongs to one session; any other that had it is over."""
        latest = self._bindings.latest(address, update.source)
        if latest and latest.since > update.timestamp:
            return
        self._end_other(latest, update, of_device=False)
        self._bindings.bind(address, _make_binding(update, device))

    def _end_other(
        self, latest: Binding | None, update: SessionUpdate, *, of_device: bool = True
    ) -> None:
        """End another session that had until now what this one has.

        Args:
            latest: what was had until now.
            update: of the session that has it.
            of_device: whether that is the device itself; of another device, whatever it takes,
                hangs neither where this one is nor who authenticated on it.
        """
        if (
            latest is not None
            and latest.session != update.session
            and latest.since <= update.timestamp < latest.until
        ):
            other = (update.source, latest.session)
            self._remember_end(other, update.timestamp)
            known = self._sessions.get(other)
            self._end(other, update.timestamp, of_device=of_device)
            if known is not None and known.update.names.hardware and not of_device:
                left = known.update._replace(addresses=())
                self._sessions[other] = _Session(left, b"")

    def _bind_hardware(
        self, before: _Session | None, update: SessionUpdate, device: Address
    ) -> None:
        """Bind a device to where its session is, and to who authenticated on it."""
        hardware, key = update.names.hardware, (update.source, update.session)
        if before is not None and before.update.names.hardware not in {b"", hardware}:
            self._hardware.unbind(before.update.names.hardware, key, update.timestamp)
        if hardware and (update.place is not None or update.source is BindingSource.RADIUS):
            latest = self._hardware.latest(hardware, update.source)
            if latest is None or latest.since <= update.timestamp:
                self._hardware.bind(hardware, _make_binding(update, device))
        elif hardware:
            self._hardware.unbind(hardware, key, update.timestamp)

    def _join_prefix(self, prefix: Address, update: SessionUpdate) -> None:
        members = self._members.setdefault((update.source, prefix), PrefixMembers())
        members.add(update.session, update.place)
        self._bind_prefix(prefix, update.source, update.timestamp, update.until)

    def _leave_prefix(self, prefix: Address, key: SessionKey, timestamp: float) -> None:
        source, session = key
        members = self._members.get((source, prefix))
        if members is None or not members.remove(session):
            return
        if members:
            self._bind_prefix(prefix, source, timestamp, timestamp)
        else:
            del self._members[source, prefix]
            self._bindings.unbind(prefix, key, timestamp)

    def _bind_prefix(
        self, prefix: Address, source: BindingSource, timestamp: float, until: float
    ) -> None:
        """Bind a prefix to its only session, or to the place that all its sessions are at."""
        latest = self._bindings.latest(prefix, source)
        if latest is not None:
            timestamp = max(timestamp, latest.since)
            until = max(until, latest.until)
        members = self._members[source, prefix]
        session = members.only_session
        if session is None:
            binding = Binding(source, b"", timestamp, until, members.common_place, b"")
        else:
            update, device = self._sessions[source, session]
            binding = _make_binding(update, device)._replace(since=timestamp)
        self._bindings.bind(prefix, binding)

    def _remember_end(self, key: SessionKey, timestamp: float) -> None:
        """Remember a Stop, which may overtake its Start; leases come in the order of their file."""
        if key[0] is not BindingSource.RADIUS:
            return
        if key not in self._ended and len(self._ended) >= MAX_SESSIONS:
            del self._ended[next(iter(self._ended))]
        self._ended[key] = max(timestamp, self._ended.get(key, timestamp))

    def _end(self, key: SessionKey, timestamp: float, *, of_device: bool = True) -> None:
        session = self._sessions.pop(key, None)
        if session is None:
            return
        for address in session.update.addresses:
            self._release(address, key, timestamp)
        if of_device:
            self._hardware.unbind(session.update.names.hardware, key, timestamp)

    def _release(self, address: Address, key: SessionKey, timestamp: float) -> None:
        if _is_prefix(address):
            self._leave_prefix(address, key, timestamp)
        else:
            self._bindings.unbind(address, key, timestamp)


def _is_prefix(address: Address) -> bool:
    return len(address) == PREFIX_BYTES


def _make_binding(update: SessionUpdate, device: Address) -> Binding:
    source, session, _, place, timestamp, until, _, names = update
    return Binding(source, session, timestamp, until, place, device, names)
