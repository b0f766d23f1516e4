"""Checks of an observation and the configuration, each of which gives findings."""
