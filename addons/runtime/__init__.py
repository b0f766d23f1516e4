"""The processes of the sensors: how they start, run and end."""
