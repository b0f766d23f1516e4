"""What is kept of connections that a passive sensor sees, from first bytes to end."""
