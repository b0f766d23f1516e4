"""What IT sees: whether everything works, and what to do where it does not."""
