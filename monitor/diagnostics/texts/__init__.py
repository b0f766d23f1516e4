"""Words of the findings that belong together."""
