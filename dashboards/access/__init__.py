"""Who somebody is, and what she may do."""
