"""Which report somebody asks for, and how it is rendered."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import override

from dashboards.figures.period import PeriodKind, ReportingPeriod, term_containing
from dashboards.overview.export import overview_csv
from dashboards.overview.filters import FigureFilters
from dashboards.overview.loading import load_overview, weeks_with_figures
from dashboards.report.document import Progress, render_pdf
from dashboards.school.profile import SchoolProfile


class ReportLength(StrEnum):
    """How long a report is, as it is asked for at a terminal."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"


class ReportFormat(StrEnum):
    """What a report is written as; its value is the file's ending."""

    PDF = "pdf"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A report: of which time, as what, in which language."""

    length: ReportLength
    day: date
    """Any day of it."""
    format: ReportFormat = ReportFormat.PDF
    language: str = "nl"

    @property
    def filename(self) -> str:
        """What the file is called."""
        return f"lesrust-{self.length}-{self.day}.{self.format}"

    def normalise(self) -> "ReportRequest":
        """Name it by its first day, so that the same report has one name; the store is asked."""
        return replace(self, day=self.period().first_day)

    def period(self) -> ReportingPeriod:
        """Return the weeks that it is of; the store is asked."""
        match self.length:
            case ReportLength.WEEK:
                return ReportingPeriod.containing(PeriodKind.WEEK, self.day)
            case ReportLength.MONTH:
                return ReportingPeriod.containing(PeriodKind.MONTH, self.day)
            case _:
                return term_containing(weeks_with_figures(), self.day)

    def render(self, school: SchoolProfile, progress: Progress = lambda _: None) -> bytes:
        """Write it from the figures in the store.

        Args:
            school: what figures are compared with.
            progress: called with the percentage that is done.

        Raises:
            django.db.DatabaseError: when the store does not answer.
        """
        with override(self.language):
            overview = load_overview(FigureFilters(self.period()), school)
            if self.format is ReportFormat.CSV:
                progress(100)
                return overview_csv(overview).encode()
            return render_pdf(overview, progress)
