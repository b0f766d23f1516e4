"""Timetables from a Zermelo portal, over its Portal API (v3)."""

from schedules.importers.importer import (
    ImportContext,
    ImportResult,
    ServerAccess,
    ServerImporter,
)
from schedules.outgoing.policy import OutgoingPolicy


def _fetch(access: ServerAccess, context: ImportContext) -> ImportResult:
    from schedules.importers.zermelo.appointments import parse_appointments
    from schedules.importers.zermelo.portal import ZermeloPortal

    portal = ZermeloPortal(access.address, access.secret, policy=context.policy)
    appointments = portal.fetch_appointments(context.days, context.zone)
    return parse_appointments(appointments, name=access.name, days=context.days, zone=context.zone)


def _link(address: str, code: str, policy: OutgoingPolicy) -> str:
    from schedules.importers.zermelo.portal import request_token

    return request_token(address, code, policy)


IMPORTER = ServerImporter(name="zermelo", title="Zermelo", fetch=_fetch, link=_link)
