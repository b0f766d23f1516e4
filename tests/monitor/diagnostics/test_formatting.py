"""The condition in words, in both languages."""

from collections.abc import Iterator

import pytest

from monitor.configuration import ApprovalSettings
from monitor.diagnostics.condition import PartState, diagnose
from monitor.diagnostics.finding import Finding, FindingKind, SystemPart
from monitor.diagnostics.finding_texts import FINDING_TEXTS
from monitor.diagnostics.formatting import DETAILS, ConditionFormatter, format_finding
from monitor.diagnostics.part_texts import (
    CONSEQUENCES,
    PART_TITLES,
    READING_LABELS,
    STATE_LABELS,
)
from monitor.diagnostics.reading import PartReading, ReadingKind, ReadingUnit
from monitor.evidence import Evidence, HidingMethod
from monitor.health import FeedOutcome
from schedules.language import Language, override
from schedules.pause import Pause
from tests.cast import AMSTERDAM
from tests.monitor.diagnostics.cast import NOW, SETTINGS, WELL, observed

FORMATTER = ConditionFormatter(AMSTERDAM, NOW)


@pytest.fixture
def in_dutch() -> Iterator[None]:
    with override(Language.DUTCH):
        yield


def test_everything_has_its_words() -> None:
    assert set(PART_TITLES) == set(CONSEQUENCES) == set(SystemPart)
    assert set(READING_LABELS) == set(ReadingKind)
    assert set(STATE_LABELS) == set(PartState)
    assert set(DETAILS) == {*FeedOutcome, *Evidence, *HidingMethod}
    assert set(FINDING_TEXTS) == set(FindingKind)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", FindingKind)
def test_every_finding_has_a_remedy(kind: FindingKind, language: Language) -> None:
    with override(language):
        said = format_finding(Finding(kind, ("x",), 1))
    assert said.found
    assert said.remedy.startswith(
        ("What to do: ", "You need do nothing", "Wat te doen: ", "U hoeft niets te doen")
    )
    assert said.remedy.endswith(".")


@pytest.mark.usefixtures("in_dutch")
def test_one_line_says_that_all_is_well() -> None:
    told = FORMATTER.format(diagnose(SETTINGS, WELL))
    assert (told.headline, told.is_well, told.first) == ("Alles werkt", True, None)
    assert {part.state_label for part in told.parts} == {"in orde", "niet in gebruik"}
    assert all(part.consequence == "" for part in told.parts)


def test_or_the_first_thing_that_is_not_with_what_follows_and_what_to_do() -> None:
    told = FORMATTER.format(diagnose(SETTINGS, observed(sensors=())))
    assert told.headline == "Not everything works"
    assert told.first is not None
    assert told.first.found == "No sensor has ever spoken."
    assert told.first.remedy.startswith("What to do: Start `lesrust gateway`")
    assert told.consequence.startswith("Nothing or too little is measured")
    sensors = next(part for part in told.parts if part.name == "sensors")
    assert (sensors.state_label, sensors.last_seen) == ("care", "Last seen: never")


@pytest.mark.parametrize(
    ("value", "unit", "dutch", "english"),
    [
        (3, ReadingUnit.AGO, "zojuist", "just now"),
        (45, ReadingUnit.AGO, "45 seconden geleden", "45 seconds ago"),
        (3600, ReadingUnit.AGO, "60 minuten geleden", "60 minutes ago"),
        (7200, ReadingUnit.AGO, "2 uur geleden", "2 hours ago"),
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
    assert FORMATTER.format_reading(reading).value == english
    with override(Language.DUTCH):
        assert FORMATTER.format_reading(reading).value == dutch


@pytest.mark.usefixtures("in_dutch")
def test_of_many_names_some_are_named() -> None:
    finding = Finding(FindingKind.ROOMS_WITHOUT_PLACE, tuple(f"r{n:02}" for n in range(20)), 20)
    assert "r13, en nog 6)" in format_finding(finding).found


def test_an_outcome_is_told_in_words() -> None:
    reading = PartReading(ReadingKind.FEED_MESSAGES, 3, ReadingUnit.COUNT, "radius", "without_room")
    assert FORMATTER.format_reading(reading).label == "radius: attached to no known room, dropped"


@pytest.mark.usefixtures("in_dutch")
def test_a_pause_is_told_with_its_end() -> None:
    paused = observed(pauses=(Pause(start=NOW - 60, end=NOW + 1200, by="ict"),))
    told = FORMATTER.format(diagnose(SETTINGS, paused))
    figures = next(part for part in told.parts if part.name == "releases")
    assert told.is_well
    assert told.headline == "Alles werkt; het meten is onderbroken"
    assert figures.readings[1].value == "23-11-2026 10:00"


@pytest.mark.usefixtures("in_dutch")
def test_on_trial_the_headline_says_so_and_the_first_figure_is_named() -> None:
    settings = SETTINGS.model_copy(update={"approval": ApprovalSettings()})
    told = FORMATTER.format(diagnose(settings, observed(first_figure=NOW + 86_400)))
    figures = next(part for part in told.parts if part.name == "releases")
    assert (told.headline, told.is_well) == ("Alles werkt, op proef: er wordt niets geteld", True)
    assert figures.findings[0].found.endswith("Er mist: [approval] dpia, [approval] council.")
    first = figures.readings[0]
    assert first.label == "Volgend compleet cijfer als dit nu geregeld wordt, op zijn vroegst"
    assert first.value == "24-11-2026 09:40"


@pytest.mark.usefixtures("in_dutch")
def test_where_no_lesson_leads_to_a_figure_that_is_said() -> None:
    told = FORMATTER.format(diagnose(SETTINGS, observed(first_figure=None)))
    figures = next(part for part in told.parts if part.name == "releases")
    first = figures.readings[0]
    assert first.label == "Volgend compleet cijfer, op zijn vroegst"
    assert first.value == "geen in de lessen van de komende twee weken"


def test_a_connection_without_a_name_is_known_by_nothing() -> None:
    reading = PartReading(ReadingKind.SEEN_BY, 3, ReadingUnit.COUNT, detail=Evidence.HIDDEN)
    assert FORMATTER.format_reading(reading).label == "Connections without a recognisable name"
