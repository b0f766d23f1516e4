"""When each source of the timetable was last read whole, as the health endpoint tells it."""

from collections.abc import Sequence

from monitor.configuration import TimetableSettings
from monitor.health import SourceFreshness
from schedules.store.source_states import SourceState


def last_source_reads(
    configured: Sequence[TimetableSettings], states: Sequence[SourceState]
) -> tuple[SourceFreshness, ...]:
    """Give every configured source; one that is configured no longer does not grow old.

    Args:
        configured: the `[[timetable]]` entries.
        states: what the store knows of sources that were ever looked at.
    """
    read_at = {state.name: state.read_at for state in states}
    return tuple(
        SourceFreshness(each.name, each.is_on_server, read_at.get(each.name) or 0.0)
        for each in configured
    )
