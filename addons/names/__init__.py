"""Names in the first bytes of a connection: small parsers, bounded and fuzzed."""
