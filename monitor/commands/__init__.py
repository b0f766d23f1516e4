"""The commands that run nothing but the core and its store."""
