"""When each source of the timetable was last read as a whole, for the health endpoint."""

from collections.abc import Sequence

from monitor.configuration import TimetableSettings
from monitor.health import SourceFreshness
from schedules.store.source_states import SourceState


def last_source_reads(
    configured: Sequence[TimetableSettings], states: Sequence[SourceState]
) -> tuple[SourceFreshness, ...]:
    """Return the freshness of every configured source, and of no other.

    Args:
        configured: the `[[timetable]]` entries.
        states: the stored states of sources, also of former ones.
    """
    read_at = {state.name: state.read_at for state in states}
    return tuple(
        SourceFreshness(source.name, source.is_on_server, read_at.get(source.name) or 0.0)
        for source in configured
    )
