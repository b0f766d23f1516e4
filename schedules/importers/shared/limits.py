"""What a lesson of any source may have at most: a larger value is a mistake, or an attack."""

from datetime import timedelta

LONGEST_VALUE = 100
"""Characters of an identifier, room, group or teacher."""
LONGEST_PERIOD = 40
"""Characters of a period's label."""
MOST_VALUES = 50
"""Rooms, groups or teachers of one lesson."""
LONGEST_LESSON = timedelta(hours=12)
