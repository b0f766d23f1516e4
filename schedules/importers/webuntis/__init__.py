"""Timetables from a WebUntis server, over its JSON-RPC."""

from schedules.importers.importer import (
    ImportContext,
    ImportResult,
    ServerAccess,
    ServerImporter,
)


def _fetch(access: ServerAccess, context: ImportContext) -> ImportResult:
    from schedules.importers.webuntis.account import WebUntisAccount
    from schedules.importers.webuntis.periods import parse_answers
    from schedules.importers.webuntis.server import WebUntisServer

    account = WebUntisAccount(school=access.school, user=access.user, password=access.secret)
    answers = WebUntisServer(access.address, account, policy=context.policy).fetch_answers(
        context.days
    )
    return parse_answers(answers, name=access.name, zone=context.zone)


IMPORTER = ServerImporter(
    name="webuntis",
    title="WebUntis",
    fetch=_fetch,
    required_settings=("address", "secret", "school", "user"),
)
