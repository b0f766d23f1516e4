"""`lesrust timetable`: import the timetable, keep it up to date, and show it."""
