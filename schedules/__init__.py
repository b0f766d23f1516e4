"""Lessons, timetables and exemptions: when a room is in a lesson, and what is allowed in it."""
