"""Receives RADIUS accounting from senders that share a secret with us.

A packet is trusted when its authenticator was made with the secret of whoever sent it (RFC 2866,
3), and its Message-Authenticator too where it has one (RFC 3579, 3.2). Nothing in it is read before
that. It is answered, so that it is not sent again; a copy that FreeRADIUS makes expects no answer
and ignores it.
"""

import socket
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import md5
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, BindingSource
from monitor.places.feeds.feed_spec import FeedContext, FeedSpec
from monitor.places.feeds.radius.message import parse_accounting
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import MAX_MESSAGE_AGE, AccountingTranslator
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from pyrad.dictionary import Dictionary
    from pyrad.packet import AcctPacket

HEADER_SIZE = 20
"""Bytes: code, identifier, length, authenticator."""
_ACCOUNTING_REQUEST = b"\x04"
MAX_PACKET_SIZE = 4_096
"""Bytes (RFC 2866, 3)."""
BUFFER = 4 * 1024 * 1024
"""Bytes of the kernel's buffer: some thousands of packets wait in it for the next round."""
BATCH_SIZE = 5_000
"""Packets in one round: the other feeds have their turn."""
REMEMBERED = 10_000
"""Packets that are recognised when they are repeated."""
REPEATED_WITHIN = 2 * MAX_MESSAGE_AGE
"""Seconds for which they are: as long as the time in a packet may differ, from first to last."""


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
        self._seen: OrderedDict[bytes, float] = OrderedDict()
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
            try:
                content, sender = self._socket.recvfrom(MAX_PACKET_SIZE)
            except BlockingIOError:
                return
            yield from self.receive_packet(content, sender, now)

    def receive_packet(
        self, content: bytes, sender: tuple[str, int], now: float
    ) -> Iterator[BindingEvent]:
        """Yield the events of one packet. Never raises, whatever is in it."""
        secret = self._secret_of(sender[0])
        if secret is None or not _is_signed(content, secret):
            self.counts[FeedOutcome.NOT_TRUSTED] += 1
            return
        packet = _parse_packet(content, secret)
        if packet is None:
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        if packet.message_authenticator and not packet.verify_message_authenticator():
            self.counts[FeedOutcome.NOT_TRUSTED] += 1
            return
        self.heard_at = now
        is_new = self._is_new(content, now)
        self._answer(packet, sender)
        if is_new:
            yield from self._translate(packet, now)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def _translate(self, packet: "AcctPacket", now: float) -> Iterator[BindingEvent]:
        try:
            message = parse_accounting({key: packet[key] for key in packet if isinstance(key, int)})
        except ValueError:
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        if message is None:
            self.counts[FeedOutcome.IGNORED] += 1
            return
        yield from self._sessions.events(message, now, self.counts)

    def _secret_of(self, host: str) -> bytes | None:
        address = ip_address(host.partition("%")[0])
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        for sender in self._senders:
            if address.version == sender.network.version and address in sender.network:
                return sender.secret
        return None

    def _is_new(self, content: bytes, now: float) -> bool:
        """Say whether a packet is no repetition; a repetition is answered all the same."""
        authenticator = content[:20]
        received = self._seen.get(authenticator)
        if received is not None and now - received < REPEATED_WITHIN:
            self.counts[FeedOutcome.REPEATED] += 1
            return False
        self._seen[authenticator] = now
        self._seen.move_to_end(authenticator)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def _answer(self, packet: "AcctPacket", sender: tuple[str, int]) -> None:
        from pyrad.packet import PacketError

        with suppress(OSError, PacketError):
            self._socket.sendto(packet.CreateReply().ReplyPacket(), sender)


def _is_signed(content: bytes, secret: bytes) -> bool:
    """Say whether an Accounting-Request's authenticator was made with the secret.

    It is the MD5 of code, identifier, length, sixteen zeros, attributes and the secret (RFC 2866,
    3); what follows after the length is padding.
    """
    length = int.from_bytes(content[2:4])
    if content[:1] != _ACCOUNTING_REQUEST or not HEADER_SIZE <= length <= len(content):
        return False
    signed = content[:4] + bytes(16) + content[HEADER_SIZE:length] + secret
    made = md5(signed, usedforsecurity=False).digest()
    return compare_digest(made, content[4:HEADER_SIZE])


def _parse_packet(content: bytes, secret: bytes) -> "AcctPacket | None":
    """Parse a packet; None when its attributes are not as the protocol has them."""
    from pyrad.packet import AcctPacket, PacketError  # only where RADIUS is used

    try:
        return AcctPacket(packet=content, secret=secret, dict=_no_attributes())
    except (PacketError, ValueError, LookupError, TypeError):
        return None


@cache
def _no_attributes() -> "Dictionary":
    from pyrad.dictionary import Dictionary

    return Dictionary()


def _bind(address: tuple[str, int]) -> socket.socket:
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_DGRAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
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
