"""The server name in the datagrams with which a QUIC client begins; `handshake` is the way in."""
