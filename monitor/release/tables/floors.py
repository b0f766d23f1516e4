"""The sizes below which nothing is released, and the times at which the rest is.

Floors are held against the roster and the timetable, never against traffic.
"""

from datetime import time

MIN_LAYER_PUPILS = 100
"""Pupils on the roster; smaller layers are merged."""
MIN_SCHOOL_PUPILS = 200
"""Pupils on the roster; a smaller school has no figures."""
MIN_DAILY_SCHOOL_PUPILS = 500
"""Pupils on the roster; a smaller school publishes by the week only."""
MIN_ROOMS = 20
"""Rooms on the timetable in a lesson hour; an hour with fewer has no figure."""

RELEASE_DELAY = 600.0
"""Seconds from the bell to a release: late bytes arrive, and a teacher can still allow."""
DAY_CLOSES = time(17, 0)
WEEK_CLOSES = time(7, 0)
"""On the Monday after."""
