"""Captured frames, from files and from interfaces."""
