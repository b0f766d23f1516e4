"""Packets: the TCP segments and UDP datagrams in captured frames."""
