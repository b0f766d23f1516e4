"""The simulated school itself: its groups and devices, its bells, lessons and exemptions."""
