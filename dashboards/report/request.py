"""Which report somebody wants, and how it is made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import override

from dashboards.figures.period import Kind, Period, term
from dashboards.overview import export, loading
from dashboards.overview.filters import Filters
from dashboards.overview.overview import Overview
from dashboards.report import document
from dashboards.report.document import Progress
from dashboards.school.profile import SchoolProfile


class Length(StrEnum):
    """How long a report is, as it is asked for at a terminal."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"


class Form(StrEnum):
    """What a report is written as; its value is the file's ending."""

    PDF = "pdf"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report: of which time, as what, in which language."""

    length: Length
    day: date
    """Any day of it."""
    form: Form = Form.PDF
    language: str = "nl"

    @property
    def filename(self) -> str:
        """What the file is called."""
        return f"lesrust-{self.length}-{self.day}.{self.form}"

    def named(self) -> "Wanted":
        """Name it by its first day, so that the same report has one name; the store is asked."""
        return Wanted(self.length, self.period().begins, self.form, self.language)

    def period(self) -> Period:
        """Give the weeks that it is of; the store is asked."""
        match self.length:
            case Length.WEEK:
                return Period.of(Kind.WEEK, self.day)
            case Length.MONTH:
                return Period.of(Kind.MONTH, self.day)
            case _:
                return term(loading.weeks(), self.day)

    def make(self, school: SchoolProfile, progress: Progress = lambda _: None) -> bytes:
        """Make it from the figures in the store.

        Args:
            school: what figures are held against.
            progress: told of how far it is.

        Raises:
            django.db.DatabaseError: when the store does not answer.
        """
        with override(self.language):
            found = self.overview(school)
            if self.form is Form.CSV:
                progress(100)
                return export.as_csv(found).encode()
            return document.pdf(found, progress)

    def overview(self, school: SchoolProfile) -> Overview:
        """Work out what it says, in the language that is active."""
        return loading.read(Filters(self.period()), school)
