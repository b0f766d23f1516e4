"""Asks the servers that have a timetable, and links with them."""

from pathlib import Path

from monitor.configuration import TimetableSettings
from schedules.importers.formats import server_importers
from schedules.importers.importer import (
    ImportContext,
    ImportResult,
    ServerAccess,
    ServerImporter,
)
from schedules.importers.shared.failure import ServerFailure
from schedules.language import gettext
from schedules.outgoing.policy import OutgoingPolicy
from schedules.problem import Problem, Refused
from schedules.secret import load_secret, write_secret


def fetch_timetable(
    source: TimetableSettings, importer: ServerImporter, context: ImportContext
) -> ImportResult:
    """Ask a server for its lessons on the days of the context.

    Raises:
        Refused: when its secret cannot be read.
        ServerFailure: when it does not give them.
    """
    address, secret = source.server
    school, user = source.account
    access = ServerAccess(
        name=source.name, address=address, secret=load_secret(secret), school=school, user=user
    )
    return importer.fetch(access, context)


def link_portal(source: TimetableSettings, code: str, policy: OutgoingPolicy) -> Path:
    """Trade a koppelcode for a token, write it where the source says, and give that path.

    Args:
        source: the portal.
        code: as it shows it.
        policy: where it may be.

    Raises:
        Refused: when the source is not a portal, the code is not accepted, or the file cannot be
            written.
    """
    importer = source.importer
    link = importer.link if isinstance(importer, ServerImporter) else None
    if link is None:
        formats = " or ".join(f"'{known.name}'" for known in server_importers() if known.link)
        allowed = gettext("a [[timetable]] with format = {formats}", formats=formats)
        raise Refused(
            [Problem(gettext("the timetable {source}", source=source.name), source.format, allowed)]
        )
    address, secret = source.server
    try:
        write_secret(secret, link(address, code, policy))
    except ServerFailure as error:
        where = gettext("the timetable {source}", source=source.name)
        raise Refused(
            [Problem(where, str(error.cause.description), str(error.cause.remedy))]
        ) from None
    return secret
