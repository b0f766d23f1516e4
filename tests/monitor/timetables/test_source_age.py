"""When each source of the timetable was last read."""

from pathlib import Path

from monitor.configuration import TimetableSettings
from monitor.health import SourceFreshness
from monitor.timetables.source_age import last_source_reads
from schedules.store.source_states import SourceState

SERVER = TimetableSettings(
    name="zermelo",
    format="zermelo",
    address="https://example.zportal.nl",
    secret=Path("/etc/lesrust/token"),
)
FILE = TimetableSettings(name="untis", format="untis", path=Path("/srv/untis"))


def test_every_configured_source_is_told_with_what_it_is() -> None:
    states = [SourceState("zermelo", 2_000.0, 1_000.0, "away"), SourceState("old", 1.0, 1.0, "")]
    assert last_source_reads([SERVER, FILE], states) == (
        SourceFreshness("zermelo", is_server=True, read_at=1_000.0),
        SourceFreshness("untis", is_server=False, read_at=0.0),
    )


def test_a_source_that_never_could_be_read_was_never_read() -> None:
    (source,) = last_source_reads([SERVER], [SourceState("zermelo", 2_000.0, None, "wrong token")])
    assert source.read_at == 0.0
