"""Finds sections of one configuration that contradict each other."""

from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from monitor.configuration.configuration import Configuration
from monitor.identity import Unit
from schedules.language import gettext
from schedules.problem import Problem


def find_contradictions(configuration: Configuration, path: Path) -> Iterator[Problem]:
    """Find names and prefixes that are given twice, and places in a layer that is not there."""
    layers = [layer.name for layer in configuration.layers]
    emails = [member.email.casefold() for member in configuration.members]
    for key, names, allowed in (
        ("layer", layers, gettext("each layer's name once")),
        (
            "provider",
            [provider.name for provider in configuration.providers],
            gettext("each provider's name once"),
        ),
        ("member", emails, gettext("each e-mail address once")),
        (
            "timetable",
            [timetable.name for timetable in configuration.timetables],
            gettext("each timetable's name once"),
        ),
    ):
        where = gettext("{path}, key {key}", path=path, key=key)
        yield from _find_duplicates(names, where, allowed)
    yield from _find_misplaced(configuration, layers, path)
    if configuration.identity.unit is Unit.PERSON and not configuration.radius.is_on:
        yield Problem(
            gettext("{path}, key {key}", path=path, key="identity.unit"),
            Unit.PERSON.value,
            gettext("a person only with [radius], which tells who is on which device"),
        )


def _find_duplicates(names: list[str], where: str, allowed: str) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(where, name, allowed)


def _find_misplaced(
    configuration: Configuration, layers: list[str], path: Path
) -> Iterator[Problem]:
    numbers: dict[IPv4Network | IPv6Network, int] = {}
    for number, place in enumerate(configuration.places, start=1):
        if place.layer and place.layer not in layers:
            allowed = gettext(
                "the name of a [[layer]]: {names}",
                names=", ".join(layers) or gettext("none is given"),
            )
            yield Problem(
                gettext("{path}, key place[{number}].layer", path=path, number=number),
                place.layer,
                allowed,
            )
        for prefix in place.prefixes:
            if prefix in numbers:
                allowed = gettext(
                    "each prefix once; place[{value}] has it too", value=numbers[prefix]
                )
                yield Problem(
                    gettext("{path}, key place[{number}].prefixes", path=path, number=number),
                    str(prefix),
                    allowed,
                )
            numbers.setdefault(prefix, number)
