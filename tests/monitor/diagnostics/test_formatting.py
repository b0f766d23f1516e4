"""The condition in words, in both languages."""

import pytest

from monitor.diagnostics.condition import PartState, diagnose
from monitor.diagnostics.finding import Finding, FindingKind, SystemPart
from monitor.diagnostics.formatting import ConditionFormatter
from monitor.diagnostics.part_wording import PART_WORDINGS
from monitor.diagnostics.reading import PartReading, ReadingKind, ReadingUnit
from monitor.places.feeds.feed import Outcome
from monitor.sighting import Evidence, HidingMethod
from schedules.pause import Pause
from tests.cast import AMSTERDAM
from tests.monitor.diagnostics.cast import NOW, SETTINGS, WELL, observed

DUTCH = ConditionFormatter("nl", AMSTERDAM, NOW)
ENGLISH = ConditionFormatter("en", AMSTERDAM, NOW)


@pytest.mark.parametrize("words", PART_WORDINGS.values(), ids=PART_WORDINGS)
def test_everything_has_its_words_in_both_languages(words: object) -> None:
    assert words in PART_WORDINGS.values()
    for language in PART_WORDINGS.values():
        assert set(language.titles) == set(language.consequences) == set(SystemPart)
        assert set(language.labels) == set(ReadingKind)
        assert set(language.states) == set(PartState)
        assert set(language.details) == {*Outcome, *Evidence, *HidingMethod}


def test_one_line_says_that_all_is_well() -> None:
    told = DUTCH.format(diagnose(SETTINGS, WELL))
    assert (told.headline, told.is_well, told.first) == ("Alles werkt", True, None)
    assert {part.state_label for part in told.parts} == {"in orde", "niet in gebruik"}
    assert all(part.consequence == "" for part in told.parts)


def test_or_the_first_thing_that_is_not_with_what_follows_and_what_to_do() -> None:
    told = ENGLISH.format(diagnose(SETTINGS, observed(sensors=())))
    assert told.headline == "Not everything works"
    assert told.first is not None
    assert told.first.found == "No sensor has ever spoken."
    assert told.first.remedy.startswith("Start `lesrust gateway`")
    assert told.consequence.startswith("Nothing or too little is measured")
    sensors = next(part for part in told.parts if part.name == "sensors")
    assert (sensors.state_label, sensors.last_seen) == ("care", "Last seen: never")


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (3, ReadingUnit.AGO, "zojuist", "just now"),
        (45, ReadingUnit.AGO, "45 s geleden", "45 s ago"),
        (3600, ReadingUnit.AGO, "60 min geleden", "60 min ago"),
        (7200, ReadingUnit.AGO, "2 uur geleden", "2 h ago"),
        (3 * 86_400, ReadingUnit.AGO, "3 dagen geleden", "3 days ago"),
        (None, ReadingUnit.AGO, "nooit", "never"),
        (float("inf"), ReadingUnit.AGO, "nooit", "never"),
        (0.4, ReadingUnit.MILLISECONDS, "1 ms", "1 ms"),
        (270_336, ReadingUnit.BYTES, "270,3 kB", "270.3 kB"),
        (80e9, ReadingUnit.BYTES, "80,0 GB", "80.0 GB"),
        (99.99, ReadingUnit.PERCENT, "99 %", "99 %"),
        (100, ReadingUnit.PERCENT, "100 %", "100 %"),
        (4210, ReadingUnit.COUNT, "4.210", "4,210"),
        (1, ReadingUnit.YES_OR_NO, "ja", "yes"),
        (0, ReadingUnit.YES_OR_NO, "nee", "no"),
        (NOW, ReadingUnit.TIMESTAMP, "23-11-2026 09:40", "2026-11-23 09:40"),
    ],
)
def test_a_value_is_written_as_people_do(
    value: float | None, unit: ReadingUnit, dutch: str, english: str
) -> None:
    reading = PartReading(ReadingKind.STORE_SIZE, value, unit)
    assert DUTCH.format_reading(reading).value == dutch
    assert ENGLISH.format_reading(reading).value == english


def test_of_many_names_some_are_named() -> None:
    finding = Finding(FindingKind.ROOMS_WITHOUT_PLACE, tuple(f"r{n:02}" for n in range(20)), 20)
    assert "r13, en nog 6)" in DUTCH.format_finding(finding).found


def test_an_outcome_is_told_in_words() -> None:
    reading = PartReading(ReadingKind.FEED_MESSAGES, 3, ReadingUnit.COUNT, "radius", "without_room")
    assert ENGLISH.format_reading(reading).label == "radius: attached to no known room, dropped"


def test_a_pause_is_told_with_its_end() -> None:
    paused = observed(pauses=(Pause(start=NOW - 60, end=NOW + 1200, by="ict"),))
    told = DUTCH.format(diagnose(SETTINGS, paused))
    figures = next(part for part in told.parts if part.name == "releases")
    assert told.is_well
    assert told.headline == "Alles werkt; het meten is onderbroken"
    assert figures.readings[0].value == "23-11-2026 10:00"
