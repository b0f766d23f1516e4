"""Receives RADIUS accounting from senders that share a secret with us.

A packet is trusted when its authenticator was made with the secret of whoever sent it, and so was
its Message-Authenticator, which it has to have unless the sender is allowed to leave it out.
Nothing in it is read before that, and nothing that was heard before is used again. It is answered,
so that it is not sent again; a copy that FreeRADIUS makes expects no answer and ignores it.
"""

import socket
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, BindingSource
from monitor.places.feeds.feed_spec import FeedContext, FeedSpec
from monitor.places.feeds.radius.message import AccountingMessage, parse_accounting
from monitor.places.feeds.radius.packet import (
    HEADER_SIZE,
    MAX_PACKET_SIZE,
    is_signed,
    parse_packet,
)
from monitor.places.feeds.radius.packet_budget import (
    MAX_READ_BURST,
    MAX_READ_RATE,
    MAX_SENDER_BURST,
    MAX_SENDER_RATE,
    TokenBucket,
)
from monitor.places.feeds.radius.replay_guard import ReplayGuard
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from pyrad.packet import AcctPacket

BUFFER = 4 * 1024 * 1024
"""Bytes of the kernel's buffer: some thousands of packets wait in it for the next round."""
BATCH_SIZE = 500
"""Packets in one round: the other feeds have their turn."""
MAX_HOSTS = 256
"""Addresses of which it is known whether they may send: an address is looked up once, then."""
_DROPPED_COUNT = 4
"""Bytes of the number in which Linux says how many packets it had no room for."""
_SO_RXQ_OVFL = 40
"""The option of a socket with which it does (asm-generic/socket.h)."""


class RadiusListenerFeed:
    """A feed of RADIUS accounting.

    Args:
        address: where to listen, host and port.
        senders: who may send; of several that fit the narrowest counts.
        sessions: translates messages into events.

    Raises:
        Refused: when the address is not free.
    """

    name = "radius"
    is_asked = False

    def __init__(
        self,
        address: tuple[str, int],
        senders: Sequence[RadiusSender],
        sessions: AccountingTranslator,
    ) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._senders = sorted(senders, key=lambda sender: -sender.network.prefixlen)
        self._sessions = sessions
        self._budgets = [TokenBucket(MAX_SENDER_RATE, MAX_SENDER_BURST) for _ in self._senders]
        self._reading = TokenBucket(MAX_READ_RATE, MAX_READ_BURST)
        self._hosts: dict[str, int | None] = {}
        self._guard = ReplayGuard(sessions.forget_after)
        self._dropped_by_kernel = 0
        self._socket = _bind(address)

    @property
    def port(self) -> int:
        """The port that is listened on."""
        port: int = self._socket.getsockname()[1]
        return port

    def fileno(self) -> int:
        """Return what `select` waits for."""
        return self._socket.fileno()

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what has arrived, a limited number of packets at a time."""
        for _ in range(BATCH_SIZE):
            if not self._reading.take(now):
                return
            try:
                content, said, _, sender = self._socket.recvmsg(
                    MAX_PACKET_SIZE, socket.CMSG_SPACE(_DROPPED_COUNT)
                )
            except BlockingIOError:
                return
            self._count_dropped(said)
            yield from self.receive_packet(content, sender, now)

    def receive_packet(
        self, content: bytes, sender: tuple[str, int], now: float
    ) -> Iterator[BindingEvent]:
        """Yield the events of one packet. Never raises, whatever is in it."""
        number = self._number_of(sender[0])
        if number is None or not is_signed(content, self._senders[number].secret):
            self.counts[FeedOutcome.NOT_TRUSTED] += 1
            return
        if not self._budgets[number].take(now):
            self.counts[FeedOutcome.OVER_BUDGET] += 1
            return
        packet = parse_packet(content, self._senders[number].secret)
        if packet is None:
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        if not packet.message_authenticator and self._senders[number].needs_authenticator:
            self.counts[FeedOutcome.WITHOUT_AUTHENTICATOR] += 1
            return
        if packet.message_authenticator and not packet.verify_message_authenticator():
            self.counts[FeedOutcome.NOT_TRUSTED] += 1
            return
        self.heard_at = now
        self._answer(packet, sender)
        header = content[:HEADER_SIZE]
        if self._guard.is_repeated(header, now):
            self.counts[FeedOutcome.REPEATED] += 1
            return
        message = self._parse(packet)
        if not self._guard.accept(header, message, now):
            self.counts[FeedOutcome.REPEATED] += 1
        elif message is not None:
            yield from self._sessions.events(message, now, self.counts)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _parse(self, packet: "AcctPacket") -> AccountingMessage | None:
        """Parse what a packet says; None, and counted, when that is nothing that is used."""
        try:
            message = parse_accounting({key: packet[key] for key in packet if isinstance(key, int)})
        except ValueError:
            self.counts[FeedOutcome.MALFORMED] += 1
            return None
        if message is None:
            self.counts[FeedOutcome.IGNORED] += 1
        return message

    def _number_of(self, host: str) -> int | None:
        """Return the number of the sender that an address is of; None: of none."""
        if host not in self._hosts:
            if len(self._hosts) >= MAX_HOSTS:
                self._hosts.clear()
            self._hosts[host] = self._find_sender(host)
        return self._hosts[host]

    def _find_sender(self, host: str) -> int | None:
        address = ip_address(host.partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        for number, sender in enumerate(self._senders):
            if address.version == sender.network.version and address in sender.network:
                return number
        return None

    def _count_dropped(self, said: Sequence[tuple[int, int, bytes]]) -> None:
        """Count what the kernel had no room for; it says how many since the socket was opened."""
        for level, kind, number in said:
            if (level, kind) == (socket.SOL_SOCKET, _SO_RXQ_OVFL):
                dropped = int.from_bytes(number[:_DROPPED_COUNT], sys.byteorder)
                self.counts[FeedOutcome.OVER_BUDGET] += (dropped - self._dropped_by_kernel) % 2**32
                self._dropped_by_kernel = dropped

    def _answer(self, packet: "AcctPacket", sender: tuple[str, int]) -> None:
        from pyrad.packet import PacketError

        with suppress(OSError, PacketError):
            self._socket.sendto(packet.CreateReply().ReplyPacket(), sender)


def _bind(address: tuple[str, int]) -> socket.socket:
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_DGRAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        with suppress(OSError):  # Linux alone says it
            listening.setsockopt(socket.SOL_SOCKET, _SO_RXQ_OVFL, 1)
        listening.setblocking(False)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        allowed = gettext("an address that is free ({why})", why=describe_os_error(error))
        raise Refused(
            [Problem(gettext("key {key}", key="radius.listen"), f"{host}:{port}", allowed)]
        ) from error
    return listening


def _open(listen: str, context: FeedContext) -> RadiusListenerFeed:
    host, _, port = listen.rpartition(":")
    return RadiusListenerFeed(
        (host.strip("[]"), int(port)), context.load_senders(), context.accounting
    )


FEED = FeedSpec(
    name=RadiusListenerFeed.name,
    source=BindingSource.RADIUS,
    section="radius",
    key="listen",
    open=_open,
    needs_senders=True,
)
