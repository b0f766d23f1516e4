"""What a lesson of any source may have at most: a larger value is a mistake, or an attack."""

from datetime import timedelta

MAX_VALUE_LENGTH = 100
"""Characters of an identifier, room, group or teacher."""
MAX_PERIOD_LENGTH = 40
"""Characters of a period's label."""
MAX_VALUES = 50
"""Rooms, groups or teachers of one lesson."""
MAX_LESSON_DURATION = timedelta(hours=12)
MAX_UNREADABLE_PERCENTAGE = 10
"""Of the lessons: with more that cannot be read, the others are not trusted either."""
