"""The neighbour table of this machine, where it is the clients' router."""
