"""Lessons, timetables and exemptions: when a room has a lesson, and what is exempted in it."""
