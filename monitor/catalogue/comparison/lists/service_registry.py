"""Parses AdGuard's registry of services: a JSON object in which each service has its rules.

`{"blocked_services": [{"id": "facebook", "name": "Facebook", "rules": ["||facebook.com^"]}]}`.
Source: https://github.com/AdguardTeam/HostlistsRegistry, assets/services.json (2026).
"""

import json
from collections.abc import Iterator
from typing import Any

from monitor.catalogue.comparison.lists import filter_rules
from monitor.catalogue.comparison.lists.entry import MAX_LINE_LENGTH, ListEntry, ListReading
from schedules.language import gettext, gettext_lazy
from schedules.problem import InvalidValue

SERVICES = "blocked_services"
MAX_LENGTH = 10_000_000
"""Characters. The registry of 2026 has about a tenth; JSON is held in memory as a whole."""
_A_SERVICE = gettext_lazy("a service with an id and its rules")


def parse_service_registry(text: str, reading: ListReading) -> Iterator[ListEntry]:
    """Yield the hostnames of every service's rules.

    Raises:
        InvalidValue: when the text is no such JSON.
    """
    for number, service in enumerate(_services(text), start=1):
        where = gettext("service {number}", number=number)
        match service:
            case {"id": str(name), "rules": [*rules]}:
                yield from _rules(rules, name, f"{where} ({name[:40]!r})", reading)
            case _:
                reading.mistakes.add(where, str(service)[:80], str(_A_SERVICE))


def _services(text: str) -> list[Any]:
    if len(text) > MAX_LENGTH:
        raise InvalidValue(
            gettext("{count} characters of JSON", count=len(text)),
            gettext("{count} characters at most", count=MAX_LENGTH),
        )
    try:
        document = json.loads(text)
    except ValueError as wrong:
        at = f"line {wrong.lineno}: " if isinstance(wrong, json.JSONDecodeError) else ""
        raise InvalidValue(f"{at}{wrong}"[:80], "JSON") from None
    except RecursionError:
        raise InvalidValue(
            gettext("JSON in too many layers"), gettext("a list of services")
        ) from None
    services = document.get(SERVICES) if isinstance(document, dict) else None
    if not isinstance(services, list):
        raise InvalidValue(
            gettext("other JSON"), gettext('an object with a list "{key}"', key=SERVICES)
        )
    return services


def _rules(rules: list[Any], service: str, where: str, reading: ListReading) -> Iterator[ListEntry]:
    for number, rule in enumerate(rules, start=1):
        if isinstance(rule, str) and len(rule) <= MAX_LINE_LENGTH:
            yield from filter_rules.parse_rule(rule, service, f"{where}, rule {number}", reading)
        else:
            reading.mistakes.add(
                gettext("{where}, rule {number}", where=where, number=number),
                str(rule)[:80],
                gettext("a rule as text"),
            )
