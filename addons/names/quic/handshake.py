"""Finds the server name in the first datagrams of a QUIC client.

A client may cut its ClientHello into pieces, shuffle them and spread them over datagrams, which may
be lost, sent again and come in any order; the server may make it start again under another
connection id. Whatever comes, the work is bounded by the bytes that came, and nothing is raised.
"""

from addons.names import client_hello
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus
from addons.names.quic import frames, google, google_hello, header
from addons.names.quic.frames import HandshakePiece
from addons.names.quic.header import PacketType, QuicPacket
from addons.names.quic.protection import InitialKeys
from addons.names.quic.versions import QuicVersion
from addons.names.stream_assembler import StreamAssembler

MAX_DATAGRAMS = 64
"""Datagrams that are read of one client: as many as the largest ClientHello takes."""


def may_begin_connection(datagram: bytes) -> bool:
    """Return whether this UDP payload may be a client's first of a QUIC connection.

    It reads fewer than thirty bytes and decrypts nothing. A server's first datagram passes too: the
    caller has to know whose it is.
    """
    return header.may_be_first_datagram(datagram) or google.is_google_packet(datagram)


class QuicHandshake:
    """The client's side of the handshake of one connection.

    Keeps at most `client_hello.MAX_SIZE` bytes of handshake, and about 20 kB at worst to keep track
    of them. After the first of two datagrams it takes about 5 kB, keys included.
    """

    __slots__ = ("_connection", "_datagrams", "_is_begun", "_keys", "_stream", "_version")

    def __init__(self) -> None:
        self._datagrams = 0
        self._is_begun = False
        self._stream = StreamAssembler()
        self._keys: InitialKeys | None = None
        self._version: QuicVersion | None = None
        self._connection = b""
        """The connection id that the keys are derived from."""

    def receive_datagram(self, datagram: bytes) -> ParseResult:
        """Return the name after the client's next UDP payload; call it while that is INCOMPLETE.

        NO_NAME also means a version that is unknown, a first Initial packet that cannot be
        decrypted, and a handshake that went on before its name was seen.
        """
        self._datagrams += 1
        if self._datagrams > MAX_DATAGRAMS:
            return NO_NAME
        packets = header.parse_packets(datagram)
        if packets:
            return self._parse_packets(datagram, packets)
        if google.is_google_packet(datagram):
            self._is_begun = True
            return self._add_pieces(google.collect_google_pieces(datagram), is_tls=False)
        return self._judge_other_datagram(datagram)

    def _judge_other_datagram(self, datagram: bytes) -> ParseResult:
        """Return what a datagram without readable packets means."""
        if self._is_begun:
            is_early = bool(datagram) and bool(datagram[0] & header.LONG_HEADER_BIT)
            return INCOMPLETE if is_early else NO_NAME
        return NO_NAME if header.may_be_first_datagram(datagram) else OTHER_PROTOCOL

    def _parse_packets(self, datagram: bytes, packets: list[QuicPacket]) -> ParseResult:
        result = INCOMPLETE
        kinds = {packet.type for packet in packets}
        for packet in packets:
            if packet.type == PacketType.INITIAL and result is INCOMPLETE:
                result = self._parse_initial(datagram, packet)
        is_over = PacketType.HANDSHAKE in kinds or (
            PacketType.INITIAL in kinds and not self._is_begun
        )
        return NO_NAME if is_over and result is INCOMPLETE else result

    def _parse_initial(self, datagram: bytes, packet: QuicPacket) -> ParseResult:
        payload = self._decrypt(datagram, packet)
        if payload is None:
            return INCOMPLETE
        self._is_begun = True
        kind = frames.GOOGLE if packet.version.is_framed_by_google else frames.IETF
        return self._add_pieces(frames.collect_pieces(payload, kind), is_tls=packet.version.is_tls)

    def _decrypt(self, datagram: bytes, packet: QuicPacket) -> bytes | None:
        """Decrypt with the current keys, else with those of either connection id."""
        if self._keys is not None and packet.version is self._version:
            payload = self._keys.decrypt(datagram, packet)
            if payload is not None:
                return payload
        for connection in (self._connection, packet.destination):
            payload = (
                self._decrypt_with_new_keys(datagram, packet, connection) if connection else None
            )
            if payload is not None:
                return payload
        return None

    def _decrypt_with_new_keys(
        self, datagram: bytes, packet: QuicPacket, connection: bytes
    ) -> bytes | None:
        """Decrypt with new keys, and keep them if they fit.

        Another connection id, after a Retry or for a new connection, means another handshake;
        another version alone does not (RFC 9368, section 2).
        """
        if packet.version is self._version and connection == self._connection:
            return None
        keys = InitialKeys(packet.version, connection)
        payload = keys.decrypt(datagram, packet)
        if payload is not None:
            if connection != self._connection:
                self._stream = StreamAssembler()
            self._keys, self._version, self._connection = keys, packet.version, connection
        return payload

    def _add_pieces(self, pieces: list[HandshakePiece], *, is_tls: bool) -> ParseResult:
        """Add pieces of the handshake, and look for the name if its start became longer."""
        if not is_tls:
            pieces = google_hello.align_to_hello(pieces)
        grown = [self._stream.add(*piece) for piece in pieces]
        if not any(grown):
            return INCOMPLETE
        parse = client_hello.parse_handshake_message if is_tls else google_hello.parse_google_hello
        result = parse(self._stream.contiguous)
        return NO_NAME if result.status is ParseStatus.OTHER_PROTOCOL else result
