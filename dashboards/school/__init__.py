"""The school as every page knows it: its clock, its platforms, its lessons and its size."""
