"""What the leadership allows, and ends: for a room, a year layer or the whole school."""
