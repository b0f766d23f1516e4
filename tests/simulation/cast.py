"""The simulated school of the tests: small, and the same every time."""

from datetime import date

from simulation.school import School
from simulation.school_days import Simulated

MONDAY = date(2026, 11, 23)
SMALL = Simulated(School(500), seed=7)
"""Just large enough for figures by the hour; most of its layers are merged."""
USUAL = Simulated(School(1_200), seed=7)
