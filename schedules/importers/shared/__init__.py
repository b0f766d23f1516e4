"""What several importers use: text files, servers, names for lessons, and limits."""
