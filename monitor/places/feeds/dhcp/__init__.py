"""DHCP: which switch's port or access point an address was handed out through (option 82)."""
