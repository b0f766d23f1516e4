"""What the simulated devices do, and the connections that come of it."""
