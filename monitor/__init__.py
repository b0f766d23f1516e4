"""The core: from a sighting to a released, anonymous figure."""
