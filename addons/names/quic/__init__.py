"""The server name in a QUIC client's first datagrams: `handshake` is the entrance."""
