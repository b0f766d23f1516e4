"""The commands that run a sensor or read a capture: gateway, watch, replay and recognise."""
