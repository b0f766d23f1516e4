"""The times at which tables are released."""

from datetime import time

RELEASE_DELAY = 600.0
"""Seconds from the bell to a release: late bytes arrive, and a teacher can still allow."""
DAY_CLOSES = time(17, 0)
WEEK_CLOSES = time(7, 0)
"""On the Monday after."""
