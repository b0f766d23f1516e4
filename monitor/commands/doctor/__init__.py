"""`lesrust doctor`: report the health of every part."""
