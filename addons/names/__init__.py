"""What the first bytes of a connection say of where it goes: small parsers, fuzzed and bounded."""
