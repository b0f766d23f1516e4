"""Timetables from WebUntis: its server, and what its answers mean."""
