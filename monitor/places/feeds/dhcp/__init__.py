"""DHCP: through which switch port or access point an address was handed out (option 82)."""
