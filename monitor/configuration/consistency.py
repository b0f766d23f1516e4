"""Finds sections of one configuration that contradict each other."""

from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from monitor.configuration.configuration import Configuration
from schedules.problem import Problem


def find_contradictions(configuration: Configuration, path: Path) -> Iterator[Problem]:
    """Find names and prefixes that are given twice, and places in a layer that is not there."""
    layers = [layer.name for layer in configuration.layers]
    yield from _find_duplicates(layers, f"{path}, key layer", "each layer's name once")
    providers = [provider.name for provider in configuration.providers]
    yield from _find_duplicates(providers, f"{path}, key provider", "each provider's name once")
    emails = [member.email.casefold() for member in configuration.members]
    yield from _find_duplicates(emails, f"{path}, key member", "each e-mail address once")
    timetables = [timetable.name for timetable in configuration.timetables]
    yield from _find_duplicates(timetables, f"{path}, key timetable", "each timetable's name once")
    yield from _find_misplaced(configuration, layers, path)


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
            allowed = "the name of a [[layer]]: " + (", ".join(layers) or "none is given")
            yield Problem(f"{path}, key place[{number}].layer", place.layer, allowed)
        for prefix in place.prefixes:
            if prefix in numbers:
                allowed = f"each prefix once; place[{numbers[prefix]}] has it too"
                yield Problem(f"{path}, key place[{number}].prefixes", str(prefix), allowed)
            numbers.setdefault(prefix, number)
