"""How figures are spoken of, in Dutch and in English."""

from dataclasses import dataclass
from datetime import date, timedelta

from schedules.language import Language


@dataclass(frozen=True)
class Wording:
    """One language's words."""

    figure: str
    interval: str
    true: str
    no_figure: str
    together: str
    nothing_yet: str
    no_week_yet: str
    week_without: str
    """Of a week whose figure is below 20, or is none."""
    week_sentence: str
    liked_sentence: str
    and_then: str
    incomplete: str
    legend: str
    legend_true: str
    week_of: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    thousands: str

    def day(self, day: date) -> str:
        """Write a day: `maandag 23 november 2026`."""
        return f"{self.weekdays[day.weekday()]} {day.day} {self.months[day.month - 1]} {day.year}"

    def week(self, monday: date) -> str:
        """Write a week by its school days: `16 t/m 20 november 2026`."""
        friday = monday + timedelta(days=4)
        month = "" if friday.month == monday.month else f" {self.months[monday.month - 1]}"
        last = f"{friday.day} {self.months[friday.month - 1]} {friday.year}"
        return self.week_of.format(first=f"{monday.day}{month}", last=last)

    def number(self, number: int) -> str:
        """Write a whole number."""
        return f"{number:,}".replace(",", self.thousands)

    def span(self, low: int, high: int) -> str:
        """Write an interval."""
        return f"{self.number(low)}\N{EN DASH}{self.number(high)}"


DUTCH = Wording(
    figure="cijfer",
    interval="95%-interval",
    true="waar",
    no_figure="geen cijfer",
    together="samen",
    nothing_yet="Er is nog geen cijfer vrijgegeven.",
    no_week_yet="Er is nog geen hele week vrijgegeven.",
    week_without="De hele week van {week}: {figure}.",
    week_sentence=(
        "In de week van {week} waren er per lesuur gemiddeld ongeveer {mean} apparaten actief op "
        "sociale media, op {pupils} leerlingen; in de hele week {total} keer "
        "(95%-interval {interval})."
    ),
    liked_sentence="Het meest gebruikt: {most}.",
    and_then=", daarna {next}",
    incomplete="{what}: {missing} van de {parts} delen zonder cijfer, en dus niet meegeteld.",
    legend=(
        "Elk cijfer is vrijgegeven met toevallige ruis en afgerond op 5: de lijn is het interval "
        "waarin het ware aantal in 95 van de 100 gevallen ligt, de stip het cijfer."
    ),
    legend_true=" De ruit (en wat tussen haakjes staat) is waar: dat kent alleen een simulatie.",
    week_of="{first} t/m {last}",
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    thousands=".",
)
ENGLISH = Wording(
    figure="figure",
    interval="95% interval",
    true="true",
    no_figure="no figure",
    together="together",
    nothing_yet="No figure has been released yet.",
    no_week_yet="No whole week has been released yet.",
    week_without="The whole week of {week}: {figure}.",
    week_sentence=(
        "In the week of {week}, about {mean} devices on average were active on social media in a "
        "lesson hour, of {pupils} pupils; {total} times in the whole week "
        "(95% interval {interval})."
    ),
    liked_sentence="Used most: {most}.",
    and_then=", then {next}",
    incomplete="{what}: {missing} of the {parts} parts have no figure, and are left out.",
    legend=(
        "Each figure was released with random noise and rounded to 5: the line is the interval "
        "that holds the true number in 95 of 100 cases, the dot is the figure."
    ),
    legend_true=" The diamond (and what is in brackets) is true: only a simulation knows it.",
    week_of="{first} to {last}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    thousands=",",
)
WORDINGS = {Language.DUTCH: DUTCH, Language.ENGLISH: ENGLISH}
