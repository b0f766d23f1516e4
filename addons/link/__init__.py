"""How sightings get from a sensor to the core that counts them: in a process, or between two."""
