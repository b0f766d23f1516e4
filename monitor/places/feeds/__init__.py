"""What tells where an address is: RADIUS accounting and DHCP, from the servers a school has."""
