"""Flows: the connections that sensors follow, their names, and when each is reported."""
