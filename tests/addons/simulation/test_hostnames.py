"""The simulation says what its hostnames are for, and the catalogue agrees."""

import pytest

from addons.simulation import hostnames
from addons.simulation.hostnames import PLATFORMS, PlatformHosts
from monitor import catalogue
from monitor.catalogue import HostnameRole, Match

CATALOGUE = catalogue.load()


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
    on = {platform.name for platform in CATALOGUE.platforms if platform.on}
    assert {hosts.platform for hosts in PLATFORMS} == on


def test_the_rest_is_no_use() -> None:
    assert roles(hostnames.BACKGROUND) == {HostnameRole.BACKGROUND}
    assert roles(hostnames.EMBEDS) == {HostnameRole.EMBED}
    assert roles(hostnames.SIGNING_IN) == {HostnameRole.AUTH}
    assert roles(hostnames.LOOKALIKES + hostnames.OTHERS) == {None}
