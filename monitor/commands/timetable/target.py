"""What a timetable command is about: a file, a folder, or a source of the configuration."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from monitor.configuration import Configuration, TimetableSettings, load_configuration
from monitor.timetables.export import STANDARD_INPUT, read_export
from monitor.timetables.reading import TimetableReader
from schedules.calendar import school_year
from schedules.importers.formats import recognise_file
from schedules.importers.importer import FileImporter, ImportResult
from schedules.importers.shared.failure import ServerFailure
from schedules.problem import Problem, Refused


@dataclass(frozen=True, slots=True)
class Target:
    """A file or folder, or else a configured source."""

    source: str
    """What its lessons are a version of."""
    export: tuple[dict[str, bytes], FileImporter] | None = None
    """Files, and the importer of their format."""
    entry: TimetableSettings | None = None

    def read(self, settings: Configuration) -> ImportResult:
        """Read it over the school year, and show that it takes a while.

        Raises:
            Refused: when it cannot be read.
        """
        today = datetime.now(settings.school.zone).date()
        reader = TimetableReader(settings, school_year(today))
        with Console(stderr=True).status("Reading the timetable"):
            try:
                if self.export is not None:
                    return reader.of_files(*self.export)
                return reader.of_source(self.configured())
            except ServerFailure as failure:
                where = f"the timetable {self.source}"
                raise Refused(
                    [Problem(where, failure.cause.description, failure.cause.remedy)]
                ) from None

    def configured(self) -> TimetableSettings:
        """Give the source of the configuration.

        Raises:
            Refused: when it is a file.
        """
        if self.entry is None:
            raise Refused([Problem("the target", self.source, "the name of a [[timetable]]")])
        return self.entry


def choose(target: str | None, settings: Configuration) -> Target:
    """Find what a command is about.

    Raises:
        Refused: when it is neither a file nor a source, or nothing was said and there is no one
            source.
    """
    by_name = {source.name: source for source in settings.timetables}
    allowed = "a file, a folder, or the name of a [[timetable]]: " + (
        ", ".join(by_name) or "none is given"
    )
    if target is None:
        if len(by_name) != 1:
            raise Refused([Problem("the target", "nothing", allowed)])
        target = next(iter(by_name))
    if entry := by_name.get(target):
        return Target(entry.name, entry=entry)
    path = Path(target)
    if path != STANDARD_INPUT and not path.exists():
        raise Refused([Problem("the target", target, allowed)])
    files = read_export(path)
    importer = recognise_file(*next(iter(files.items())))
    return Target(importer.name, export=(files, importer))


def named(sources: tuple[str, ...], config: Path) -> Configuration:
    """Read the configuration, with only these of its sources; with all of them when none is named.

    Raises:
        Refused: when there is no source, or none of such a name.
    """
    settings = load_configuration(config)
    known = {source.name for source in settings.timetables}
    allowed = "a [[timetable]]: " + (", ".join(sorted(known)) or "none is given")
    wrong = [name for name in sources if name not in known]
    if wrong or not known:
        raise Refused([Problem("the sources", ", ".join(wrong) or "nothing", allowed)])
    chosen = [each for each in settings.timetables if not sources or each.name in sources]
    return settings.model_copy(update={"timetables": tuple(chosen)})
