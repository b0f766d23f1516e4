"""The sizes below which nothing is released.

Floors are held against the roster and the timetable, never against traffic.
"""

MIN_LAYER_PUPILS = 100
"""Pupils on the roster; smaller layers are merged."""
MIN_SCHOOL_PUPILS = 200
"""Pupils on the roster; a smaller school has no figures."""
MIN_DAILY_SCHOOL_PUPILS = 500
"""Pupils on the roster; a smaller school publishes by the week only."""
MIN_ROOMS = 20
"""Rooms on the timetable in a lesson hour; an hour with fewer has no figure."""
MIN_GRANTERS = 10
"""Different people who granted an exemption in a week: with fewer, its use has no figure."""
