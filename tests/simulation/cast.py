"""The simulated school of the tests: small, and the same every time."""

from datetime import date

from simulation.school.school import SimulatedSchool
from simulation.simulation import Simulation

MONDAY = date(2026, 11, 23)
SMALL = Simulation(SimulatedSchool(500), seed=7)
"""Just large enough for figures by the hour; most of its layers are merged."""
USUAL = Simulation(SimulatedSchool(1_200), seed=7)
