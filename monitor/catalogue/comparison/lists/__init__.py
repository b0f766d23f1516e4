"""Lists of hostnames that others make: one parser for each format."""
