"""Figures that the tests of what people see share: one week, and the Monday after it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from monitor.release.figures import CountEstimate, CountInterval, Figure
from monitor.release.tables import Cell, TableName

WEEK = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
SEEN = {"sni": 400_000, "quic": 180_000, "vpn": 20_000, "nameless": 0}
"""Hundredths of a device-day, by kind of connection: a share of 97 % that is recognised."""
CONFIGURATION = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[[layer]]
name = "vwo"
pupils = 700
[[layer]]
name = "brugklas"
pupils = 500
"""
SCHOOL = """[school]
name = "Het Voorbeeld"
[[layer]]
name = "onderbouw"
pupils = 700
[[layer]]
name = "bovenbouw"
pupils = 800
"""
"""Of which tests look at what its other settings make the texts say."""


def figure(
    table: TableName, day: date, drawn: int | None, *, missing: int = 0, parts: int = 1, **cell: str
) -> Figure:
    released_at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=16)
    if table is TableName.LESSON_HOURS:
        released_at += timedelta(minutes=int(cell["period"]))
    return Figure(Cell(table, day, **cell), drawn, released_at, parts=parts, missing=missing)


def figures() -> Iterator[Figure]:
    yield figure(TableName.LESSON_HOURS, FRIDAY, 300, period="1")
    late = figure(TableName.LESSON_HOURS, MONDAY, 121, period="10")
    yield replace(late, interval=CountInterval(72, None))
    yield figure(TableName.LESSON_HOURS, MONDAY, None, period="2")
    hour = figure(TableName.LESSON_HOURS, MONDAY, 96, period="1")
    yield replace(hour, estimate=CountEstimate(104, CountInterval(84, 124)))
    yield figure(TableName.PLATFORMS, FRIDAY, -30, platform="x")
    yield figure(TableName.PLATFORMS, FRIDAY, 187, platform="snapchat")
    yield figure(TableName.LAYERS, FRIDAY, 84, layer="brugklas")
    yield figure(TableName.LAYERS, FRIDAY, 51, layer="vwo")
    for layer, snapchat, x in (("brugklas", 402, 12), ("vwo", 333, 61)):
        week = figure(TableName.LAYER_PLATFORMS, WEEK, snapchat, layer=layer, platform="snapchat")
        estimate = CountEstimate(snapchat + 20, CountInterval(snapchat - 10, snapchat + 50))
        yield replace(week, estimate=estimate)
        yield figure(TableName.LAYER_PLATFORMS, WEEK, x, layer=layer, platform="x")
    yield figure(TableName.EXEMPT, WEEK, 1_244)
    yield figure(TableName.STAFF, WEEK, 231)
    yield figure(TableName.WEEK, WEEK, 4_871, parts=44, missing=1)
    yield figure(TableName.WEEK_PLATFORMS, WEEK, 102, parts=5, platform="x")
    yield figure(TableName.WEEK_PLATFORMS, WEEK, 1_019, parts=5, platform="snapchat")


def visibility_figures(week: date = WEEK) -> Iterator[Figure]:
    for kind, drawn in SEEN.items():
        yield figure(TableName.VISIBILITY, week, drawn, evidence=kind)


TRUTH = f"""table,day,period,layer,platform,evidence,beyond,true
R1,{MONDAY},1,,,,,88
R1,{MONDAY},2,,,,,90
R2,{FRIDAY},,,snapchat,,,190
R4,{WEEK},,vwo,x,,,48
W1,{WEEK},,,,,,4899
"""
