"""RADIUS accounting (RFC 2866): who is on the Wi-Fi where, without knowing who."""
