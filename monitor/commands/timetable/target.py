"""Finds what a timetable command is about: a file, a folder, or a source of the configuration."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from monitor.configuration import Configuration, TimetableSettings, load_configuration
from monitor.timetables.export import STANDARD_INPUT, load_export
from monitor.timetables.reading import TimetableReader
from schedules.calendar import school_year
from schedules.importers.formats import recognise_file
from schedules.importers.importer import FileImporter, ImportResult
from schedules.importers.shared.failure import ServerFailure
from schedules.language import gettext as _
from schedules.problem import Problem, Refused


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """A file or folder, or else a configured source."""

    source: str
    """The source whose lessons it replaces."""
    export: tuple[dict[str, bytes], FileImporter] | None = None
    """Files, and the importer of their format."""
    settings: TimetableSettings | None = None

    def load_timetable(self, configuration: Configuration) -> ImportResult:
        """Read it over the school year, with a spinner on the terminal.

        Raises:
            Refused: when it cannot be read.
        """
        today = datetime.now(configuration.school.zone).date()
        reader = TimetableReader(configuration, school_year(today))
        with Console(stderr=True).status(_("Reading the timetable")):
            try:
                if self.export is not None:
                    return reader.of_files(*self.export)
                return reader.of_source(self.require_settings())
            except ServerFailure as failure:
                where = _("the timetable {source}", source=self.source)
                raise Refused(
                    [Problem(where, str(failure.cause.description), str(failure.cause.remedy))]
                ) from None

    def require_settings(self) -> TimetableSettings:
        """Return the settings of the source.

        Raises:
            Refused: when it is a file or folder.
        """
        if self.settings is None:
            raise Refused([Problem(_("the target"), self.source, _("the name of a [[timetable]]"))])
        return self.settings


def choose_target(target: str | None, settings: Configuration) -> ImportTarget:
    """Find what a command is about.

    Raises:
        Refused: when it is neither a file nor a source, or when there is no target and not exactly
            one source.
    """
    by_name = {source.name: source for source in settings.timetables}
    allowed = _(
        "a file, a folder, or the name of a [[timetable]]: {names}",
        names=", ".join(by_name) or _("none is given"),
    )
    if target is None:
        if len(by_name) != 1:
            raise Refused([Problem(_("the target"), _("nothing"), allowed)])
        target = next(iter(by_name))
    if source := by_name.get(target):
        return ImportTarget(source.name, settings=source)
    path = Path(target)
    # Also where this user may not look, which Path.exists would raise.
    if path != STANDARD_INPUT and not os.path.exists(path):  # noqa: PTH110
        raise Refused([Problem(_("the target"), target, allowed)])
    files = load_export(path)
    importer = recognise_file(*next(iter(files.items())))
    return ImportTarget(importer.name, export=(files, importer))


def select_sources(sources: tuple[str, ...], config: Path) -> Configuration:
    """Load the configuration with only these of its sources; with all when none is named.

    Raises:
        Refused: when there is no source, or none with such a name.
    """
    settings = load_configuration(config)
    known = {source.name for source in settings.timetables}
    allowed = _("a [[timetable]]: {names}", names=", ".join(sorted(known)) or _("none is given"))
    wrong = [name for name in sources if name not in known]
    if wrong or not known:
        raise Refused([Problem(_("the sources"), ", ".join(wrong) or _("nothing"), allowed)])
    chosen = [source for source in settings.timetables if not sources or source.name in sources]
    return settings.model_copy(update={"timetables": tuple(chosen)})
