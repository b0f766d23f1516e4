"""How what a device was seen doing becomes active or not, and on which platform."""
