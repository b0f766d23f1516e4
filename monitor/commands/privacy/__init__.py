"""`lesrust privacy`: what an installation would release, and what that says of one device."""
