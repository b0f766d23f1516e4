"""What was sent in lessons is prepared to be one weekly figure; no installation releases it."""

from monitor.release.table_counts import TableCounts
from monitor.release.tables import DRAWN, PREPARED, R1, R6
from monitor.sighting import Sighting
from tests.cast import at, client, school_snapshot, sighting, use
from tests.monitor.core.living import NEXT_MONDAY, Day


def photo(moment: float, who: bytes | None = None) -> list[Sighting]:
    """Give the use of an app from which a photo goes."""
    return [*use(moment, who), sighting(moment + 90, who, up=900_000, down=1_000)]


def counted(*sightings: Sighting) -> dict[tuple[str, str, str], int | None]:
    day = Day()
    day.core._counts = TableCounts((*DRAWN, *PREPARED))
    return day.until(NEXT_MONDAY, *sightings).counts(R6)


def test_no_installation_counts_it() -> None:
    assert R6 not in school_snapshot().promise.tables
    day = Day().until(NEXT_MONDAY, *photo(at(8, 40)))
    assert day.counts(R1) == {("1", "", ""): 1}
    assert not any(R6 in closed.counts for closed in day.closed)


def test_it_counts_lesson_hours_in_which_a_device_sent_something() -> None:
    assert counted(*photo(at(8, 40)), *photo(at(9, 40))) == {("", "", ""): 2}
    assert counted(*photo(at(8, 40)), *photo(at(8, 50)), *photo(at(8, 40), client("102"))) == {
        ("", "", ""): 2
    }


def test_who_only_looks_is_not_in_it() -> None:
    assert counted(*use(at(8, 40))) == {}
