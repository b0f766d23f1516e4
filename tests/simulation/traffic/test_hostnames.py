"""The simulation says what its hostnames are for, and the catalogue agrees."""

import pytest

from monitor import catalogue
from monitor.catalogue import HostnameRole, Match
from simulation.traffic import hostnames
from simulation.traffic.hostnames import PLATFORMS, PlatformHosts

CATALOGUE = catalogue.load_catalogue()


def roles(names: tuple[str, ...]) -> set[HostnameRole | None]:
    found = map(CATALOGUE.recognise, names)
    return {match.role if match else None for match in found}


@pytest.mark.parametrize("hosts", PLATFORMS, ids=lambda hosts: hosts.platform)
def test_what_is_used_is_the_app_and_its_media(hosts: PlatformHosts) -> None:
    for name in hosts.app:
        assert CATALOGUE.recognise(name) == Match(hosts.platform, HostnameRole.APP)
    for name in hosts.media:
        assert CATALOGUE.recognise(name) == Match(hosts.platform, HostnameRole.MEDIA)


def test_every_platform_that_is_on_is_used() -> None:
    on = {platform.name for platform in CATALOGUE.platforms if platform.is_on}
    assert {hosts.platform for hosts in PLATFORMS} == on


@pytest.mark.parametrize("hosts", PLATFORMS, ids=lambda hosts: hosts.platform)
def test_what_is_beside_it_is_the_platforms_and_no_use(hosts: PlatformHosts) -> None:
    for name in hosts.background:
        match = CATALOGUE.recognise(name)
        assert match is not None
        assert match.platform == hosts.platform
        assert match.role is HostnameRole.BACKGROUND or match.shared_with
    for name in hosts.embed:
        assert CATALOGUE.recognise(name) == Match(hosts.platform, HostnameRole.EMBED)


@pytest.mark.parametrize("name", hostnames.SHARED)
def test_what_is_shared_is_known_to_be(name: str) -> None:
    match = CATALOGUE.recognise(name)
    assert match is not None
    assert match.shared_with
    assert match.candidates == (match.platform, *match.shared_with)


def test_the_rest_is_no_use() -> None:
    assert roles(hostnames.BACKGROUND) == {HostnameRole.BACKGROUND}
    assert roles(hostnames.EMBEDS) == {HostnameRole.EMBED}
    assert roles(hostnames.SIGNING_IN) == {HostnameRole.AUTH}
    assert roles(hostnames.LOOKALIKES + hostnames.UNRELATED) == {None}
