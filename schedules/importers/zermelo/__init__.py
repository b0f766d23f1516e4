"""Timetables from a Zermelo portal, over its Portal API (v3)."""

from schedules.importers.importer import (
    ImportContext,
    ImportResult,
    ServerAccess,
    ServerImporter,
)


def _fetch(access: ServerAccess, context: ImportContext) -> ImportResult:
    from schedules.importers.zermelo.appointments import parse_appointments
    from schedules.importers.zermelo.portal import ZermeloPortal

    portal = ZermeloPortal(access.address, access.secret)
    appointments = portal.fetch_appointments(context.days, context.zone)
    return parse_appointments(appointments, name=access.name, days=context.days, zone=context.zone)


def _link(address: str, code: str) -> str:
    from schedules.importers.zermelo.portal import request_token

    return request_token(address, code)


IMPORTER = ServerImporter(name="zermelo", title="Zermelo", fetch=_fetch, link=_link)
