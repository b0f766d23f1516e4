"""Takes timetables in: from a file, a folder of exports or a server, into the store."""
