"""Which rooms the school has said where they are: by prefixes, or by what clients attach to."""

from monitor.attachment import Attachments, parse
from monitor.configuration import Configuration
from schedules.problem import Problem, Refused
from schedules.spreadsheet import MOST_BYTES


def placed_rooms(settings: Configuration) -> frozenset[str]:
    """Give every room that something leads to.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    return attachments(settings).rooms | {place.room for place in settings.places}


def attachments(settings: Configuration) -> Attachments:
    """Read the mapping file; without one nothing is attached anywhere.

    Raises:
        Refused: with every problem of it.
    """
    path = settings.attachments.file
    if path is None:
        return Attachments()
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", "a readable file")]) from error
    mapping, problems = parse(content, name=str(path))
    if problems:
        raise Refused(problems)
    return mapping
