"""Puts the condition of Lesrust in words, for a terminal and a page alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor, isfinite
from zoneinfo import ZoneInfo

from monitor.diagnostics.condition import Condition, PartCondition, PartState
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.part_wording import PART_WORDINGS
from monitor.diagnostics.reading import PartReading, ReadingUnit
from monitor.diagnostics.wording import LANGUAGES

MOST_NAMED = 14
MOMENT_AGO = 10.0
"""Seconds."""
THOUSAND = 1000
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
LONGEST = {MINUTE: 120, HOUR: 120, DAY: 48}
"""How many of the smaller unit are still written in it."""


@dataclass(frozen=True, slots=True)
class FormattedFinding:
    """A finding in words."""

    found: str
    remedy: str
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
    """Its own, in no language."""
    title: str
    state: PartState
    state_label: str
    last_seen: str
    """Empty where there is nothing to see."""
    consequence: str
    """Empty when the part is well."""
    findings: tuple[FormattedFinding, ...]
    readings: tuple[FormattedReading, ...]


@dataclass(frozen=True, slots=True)
class FormattedCondition:
    """All of it in words."""

    headline: str
    is_well: bool
    first: FormattedFinding | None
    consequence: str
    """Of the first; empty when everything works."""
    parts: tuple[FormattedPart, ...]


class ConditionFormatter:
    """Tells in one language, on the school's clock.

    Args:
        language: `nl` or `en`.
        zone: the school's.
        now: seconds since 1970-01-01 UTC.
    """

    def __init__(self, language: str, zone: ZoneInfo, now: float) -> None:
        self._findings = LANGUAGES[language]
        self._parts = PART_WORDINGS[language]
        self._now = now
        words = self._parts
        self._written: Mapping[ReadingUnit, Callable[[float], str]] = {
            ReadingUnit.AGO: self._ago,
            ReadingUnit.SECONDS: self._long,
            ReadingUnit.MILLISECONDS: lambda value: f"{self._number(max(1, round(value)))} ms",
            ReadingUnit.BYTES: self._bytes,
            # What is not whole is never told as 100 %.
            ReadingUnit.PERCENT: lambda value: f"{self._number(floor(value))} %",
            ReadingUnit.COUNT: lambda value: self._number(round(value)),
            ReadingUnit.YES_OR_NO: lambda value: words.yes if value else words.no,
            ReadingUnit.TIMESTAMP: lambda value: (
                f"{datetime.fromtimestamp(value, zone):{words.moment}}"
            ),
        }

    def format(self, condition: Condition) -> FormattedCondition:
        """Put all of it in words."""
        first = condition.first
        return FormattedCondition(
            headline=self._headline(condition),
            is_well=first is None,
            first=self.format_finding(first) if first else None,
            consequence=self._parts.consequences[first.part] if first else "",
            parts=tuple(map(self._part, condition.parts)),
        )

    def _headline(self, condition: Condition) -> str:
        if condition.first is not None:
            return self._parts.wrong
        is_paused = any(each.kind is FindingKind.PAUSED for each in condition.findings)
        return self._parts.paused if is_paused else self._parts.well

    def format_finding(self, finding: Finding) -> FormattedFinding:
        """Put a finding in words."""
        said = self._findings.findings[finding.kind]
        found = said.found.format(about=self._named(finding.about), count=finding.count)
        return FormattedFinding(found, said.remedy, finding.is_note)

    def format_reading(self, reading: PartReading) -> FormattedReading:
        """Put a reading in words."""
        detail = self._parts.details.get(reading.detail, reading.detail)
        label = self._parts.labels[reading.kind].format(about=reading.about, detail=detail)
        return FormattedReading(label, self._value(reading), reading.missing)

    def _part(self, part: PartCondition) -> FormattedPart:
        words = self._parts
        when = words.never if part.seen_at is None else self._ago(self._now - part.seen_at)
        return FormattedPart(
            name=part.part.value,
            title=words.titles[part.part],
            state=part.state,
            state_label=words.states[part.state],
            last_seen="" if part.state is PartState.UNUSED else words.last_seen.format(when=when),
            consequence="" if part.is_well else words.consequences[part.part],
            findings=tuple(map(self.format_finding, part.findings)),
            readings=tuple(map(self.format_reading, part.readings)),
        )

    def _named(self, names: Sequence[str]) -> str:
        said = ", ".join(names[:MOST_NAMED])
        if len(names) > MOST_NAMED:
            said += ", " + self._findings.more.format(count=len(names) - MOST_NAMED)
        return said

    def _value(self, reading: PartReading) -> str:
        value = reading.value
        if value is None or not isfinite(value):
            return self._parts.never
        return self._written[reading.unit](value)

    def _ago(self, age: float) -> str:
        if age < MOMENT_AGO:
            return self._parts.now
        return self._parts.ago.format(how_long=self._long(age))

    def _long(self, seconds: float) -> str:
        words = self._parts
        for size, text, smaller in (
            (MINUTE, words.seconds, 1.0),
            (HOUR, words.minutes, MINUTE),
            (DAY, words.hours, HOUR),
        ):
            if seconds / smaller < LONGEST[size]:
                return text.format(count=self._number(round(seconds / smaller)))
        return words.days.format(count=self._number(round(seconds / DAY)))

    def _bytes(self, size: float) -> str:
        unit = "kB"
        size /= THOUSAND
        for larger in ("MB", "GB", "TB"):
            if size < THOUSAND:
                break
            size, unit = size / THOUSAND, larger
        return f"{size:.1f}".replace(".", self._parts.decimal) + f" {unit}"

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", self._parts.thousands)
