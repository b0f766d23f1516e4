"""Timetables from the systems that schools have: one module or package a format."""
