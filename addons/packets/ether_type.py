"""EtherTypes (IEEE 802 numbers): they say what follows a header, whatever the link is."""

IPV4 = 0x0800
IPV6 = 0x86DD
ETHERNET = 0x6558
"""Transparent Ethernet bridging: a whole frame inside a tunnel."""
PPP = 0x880B
MPLS = (0x8847, 0x8848)
PPPOE_SESSION = 0x8864
VLAN = (0x8100, 0x88A8, 0x9100, 0x9200)
"""802.1Q, 802.1ad, and the numbers that older switches use for stacked tags."""

ANY_IP = 0x10000
"""No IEEE number: IPv4 or IPv6, by its own first four bits."""
LLC = 0x10001
"""No IEEE number: an 802.2 header, in which SNAP may carry an EtherType."""
NOTHING = 0
"""No IEEE number: something that carries no IP."""
MIN_VALUE = 0x0600
"""Below this, the field in an Ethernet header is a length (IEEE 802.3)."""
