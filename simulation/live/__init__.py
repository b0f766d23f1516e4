"""The simulated school's lesson of now: real clients, a real gateway and real bytes."""
