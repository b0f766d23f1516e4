"""Reads timetables from files, folders of exports and servers, and keeps the store up to date."""
