"""Lists of hostnames that others make, and an administrator has: one reader a format."""
