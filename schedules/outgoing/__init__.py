"""Where connections may lead that are made for somebody, or to an address that somebody gave."""
