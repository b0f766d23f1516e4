"""Puts the condition of Lesrust in words, for a terminal and a page alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, isfinite
from zoneinfo import ZoneInfo

from monitor.diagnostics.condition import Condition, PartCondition, PartState
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.finding_texts import FINDING_TEXTS
from monitor.diagnostics.part_texts import (
    CONSEQUENCES,
    FEED_NAMES,
    OUTCOMES,
    PART_TITLES,
    READING_LABELS,
    STATE_LABELS,
)
from monitor.diagnostics.reading import PartReading, ReadingKind, ReadingUnit
from monitor.evidence import Evidence, HidingMethod
from schedules.language import Message, gettext, writing

MAX_NAMED = 14
JUST_NOW = 10.0
"""Seconds."""
_HOLDING_UP = frozenset(
    {FindingKind.ON_TRIAL, FindingKind.UNCONFIRMED, FindingKind.UNCONFIRMED_SECRET}
)
"""Findings that keep every figure back until somebody has acted."""
DETAILS: Mapping[str, Message] = dict(
    [
        *OUTCOMES.items(),
        *((evidence, evidence.spec.long_title) for evidence in Evidence),
        *((method, method.spec.title) for method in HidingMethod),
    ]
)


@dataclass(frozen=True, slots=True)
class FormattedFinding:
    """A finding in words."""

    found: str
    remedy: str
    """A sentence: what to do, or that nothing has to be done."""
    is_note: bool


@dataclass(frozen=True, slots=True)
class FormattedReading:
    """A reading in words."""

    label: str
    value: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormattedPart:
    """A part in words."""

    name: str
    """The same in every language."""
    title: str
    state: PartState
    state_label: str
    last_seen: str
    """Empty when the part is not used."""
    consequence: str
    """Empty when the part is well."""
    findings: tuple[FormattedFinding, ...]
    readings: tuple[FormattedReading, ...]


@dataclass(frozen=True, slots=True)
class FormattedCondition:
    """The condition in words."""

    headline: str
    is_well: bool
    first: FormattedFinding | None
    consequence: str
    """The consequence of the first problem; empty when everything works."""
    parts: tuple[FormattedPart, ...]


def format_finding(finding: Finding, max_names: int = MAX_NAMED) -> FormattedFinding:
    """Put a finding in words, with the first of its names."""
    text = FINDING_TEXTS[finding.kind]
    found = text.found.format(about=format_names(finding.about, max_names), count=finding.count)
    remedy = str(text.remedy)
    if not text.needs_nothing:
        remedy = gettext("What to do: {remedy}", remedy=remedy)
    return FormattedFinding(found, remedy, finding.is_note)


def format_names(names: Sequence[str], max_names: int = MAX_NAMED) -> str:
    """List the first of some names, and say how many more there are."""
    said = ", ".join(names[:max_names])
    if len(names) > max_names:
        more = gettext("and {count} more", count=writing.number(len(names) - max_names))
        said = f"{said}, {more}"
    return said


class ConditionFormatter:
    """Formats a condition in the active language, with the school's time zone.

    Args:
        zone: the school's.
        now: seconds since 1970-01-01 UTC.
    """

    def __init__(self, zone: ZoneInfo, now: float) -> None:
        self._now = now
        self._formats: Mapping[ReadingUnit, Callable[[float], str]] = {
            ReadingUnit.AGO: _ago,
            ReadingUnit.SECONDS: writing.duration,
            ReadingUnit.MILLISECONDS: lambda value: f"{writing.number(max(1, round(value)))} ms",
            ReadingUnit.BYTES: writing.size,
            # An incomplete share is never shown as 100 %.
            ReadingUnit.PERCENT: lambda value: f"{writing.number(floor(value))} %",
            ReadingUnit.COUNT: writing.number,
            ReadingUnit.YES_OR_NO: lambda value: gettext("yes") if value else gettext("no"),
            ReadingUnit.TIMESTAMP: lambda value: writing.numeric_day_and_time(value, zone),
        }

    def format(self, condition: Condition) -> FormattedCondition:
        """Put the condition in words."""
        first = condition.first
        return FormattedCondition(
            headline=_headline(condition),
            is_well=first is None,
            first=format_finding(first) if first else None,
            consequence=str(CONSEQUENCES[first.part]) if first else "",
            parts=tuple(map(self._part, condition.parts)),
        )

    def format_reading(self, reading: PartReading) -> FormattedReading:
        """Put a reading in words."""
        detail = DETAILS.get(reading.detail, reading.detail)
        if reading.kind is ReadingKind.SEEN_BY and reading.detail == Evidence.HIDDEN:
            label = gettext("Connections without a recognisable name")
        else:
            is_of_feed = reading.kind in {ReadingKind.FEED_HEARD, ReadingKind.FEED_MESSAGES}
            about = FEED_NAMES.get(reading.about, reading.about) if is_of_feed else reading.about
            label = READING_LABELS[reading.kind].format(about=about, detail=detail)
        return FormattedReading(label, self._value(reading), reading.missing)

    def _part(self, part: PartCondition) -> FormattedPart:
        when = gettext("never") if part.seen_at is None else _ago(self._now - part.seen_at)
        last_seen = gettext("Last seen: {when}", when=when)
        return FormattedPart(
            name=part.part.value,
            title=str(PART_TITLES[part.part]),
            state=part.state,
            state_label=str(STATE_LABELS[part.state]),
            last_seen="" if part.state is PartState.UNUSED else last_seen,
            consequence="" if part.is_well else str(CONSEQUENCES[part.part]),
            findings=tuple(map(format_finding, part.findings)),
            readings=tuple(self._reading(reading, part.findings) for reading in part.readings),
        )

    def _reading(self, reading: PartReading, findings: Sequence[Finding]) -> FormattedReading:
        told = self.format_reading(reading)
        is_held_up = not _HOLDING_UP.isdisjoint(finding.kind for finding in findings)
        if reading.kind is ReadingKind.FIRST_FIGURE and is_held_up:
            label = gettext("Next whole figure if this were settled now, at the earliest")
            return replace(told, label=label)
        return told

    def _value(self, reading: PartReading) -> str:
        value = reading.value
        if reading.kind is ReadingKind.FIRST_FIGURE and value is None:
            return gettext("none in the lessons of the next two weeks")
        if value is None or not isfinite(value):
            return gettext("never")
        return self._formats[reading.unit](value)


def _headline(condition: Condition) -> str:
    if condition.first is not None:
        return gettext("Not everything works")
    kinds = {finding.kind for finding in condition.findings}
    if FindingKind.ON_TRIAL in kinds:
        return gettext("Everything works, on trial: nothing is counted")
    if FindingKind.PAUSED in kinds:
        return gettext("Everything works; measuring is interrupted")
    return gettext("Everything works")


def _ago(age: float) -> str:
    if age < JUST_NOW:
        return gettext("just now")
    return gettext("{how_long} ago", how_long=writing.duration(age))
