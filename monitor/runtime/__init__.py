"""The core as a running service: made from the configuration, served, measured and released."""
