"""What the leadership can look back on: who granted and changed what."""
