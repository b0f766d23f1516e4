"""Simulated connections as frames in a capture file."""
