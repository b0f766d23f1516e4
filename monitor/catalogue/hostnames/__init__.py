"""Hostnames: how one is spelled, which of them a pattern means, and the fast way to look one up."""
