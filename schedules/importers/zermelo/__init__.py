"""Timetables from Zermelo: its portal, and what its answers mean."""
