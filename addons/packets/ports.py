"""Ports of TCP and UDP that a sensor knows services by (IANA, service names and port numbers)."""

DNS = 53
HTTP = 80
HTTPS = 443
"""Also QUIC's."""
DNS_OVER_TLS = 853
"""DNS over TLS, and over QUIC (RFC 7858, RFC 9250)."""
