"""Asks the servers that have a timetable."""

from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.configuration import TimetableSettings
from schedules.calendar import DateRange
from schedules.importers.formats import Format
from schedules.importers.result import ImportResult
from schedules.importers.server_trouble import ServerTrouble
from schedules.importers.webuntis import server as webuntis_server
from schedules.importers.webuntis import timetable as webuntis
from schedules.importers.zermelo import portal as zermelo_portal
from schedules.importers.zermelo import timetable as zermelo
from schedules.problem import Problem, Refused
from schedules.secret import read_secret, write_secret


def fetch_timetable(source: TimetableSettings, days: DateRange, zone: ZoneInfo) -> ImportResult:
    """Ask a server for its lessons on some days.

    Raises:
        Refused: when its secret cannot be read.
        ServerTrouble: when it does not give them.
    """
    match source.format:
        case Format.WEBUNTIS:
            return _webuntis(source, days, zone)
        case _:
            return _zermelo(source, days, zone)


def _zermelo(source: TimetableSettings, days: DateRange, zone: ZoneInfo) -> ImportResult:
    address, secret = source.server
    portal = zermelo_portal.Portal(address, read_secret(secret))
    rows = portal.appointments(days, zone)
    return zermelo.parse(rows, name=source.name, days=days, zone=zone)


def _webuntis(source: TimetableSettings, days: DateRange, zone: ZoneInfo) -> ImportResult:
    address, secret = source.server
    school, user = source.account
    account = webuntis_server.Account(school=school, user=user)
    server = webuntis_server.Server(address, account, read_secret(secret))
    return webuntis.parse(server.answers(days), name=source.name, zone=zone)


def link_portal(source: TimetableSettings, code: str) -> Path:
    """Trade a koppelcode for a token, write it where the source says, and give that path.

    Raises:
        Refused: when the source is not a portal, the code is not accepted, or the file cannot be
            written.
    """
    if source.format is not Format.ZERMELO:
        allowed = f"a [[timetable]] with format = '{Format.ZERMELO}'"
        raise Refused([Problem(f"the timetable {source.name}", source.format, allowed)])
    address, secret = source.server
    try:
        write_secret(secret, zermelo_portal.link(address, code))
    except ServerTrouble as error:
        where = f"the timetable {source.name}"
        raise Refused([Problem(where, error.trouble.said, error.trouble.remedy)]) from None
    return secret
