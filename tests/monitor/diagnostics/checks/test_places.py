"""The settings that places and names come from."""

from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from monitor.diagnostics.checks.places import (
    check_identity,
    check_place_sources,
    check_staff,
)
from monitor.diagnostics.finding import FindingKind

PLACE = '[[place]]\nprefixes = ["10.1.14.0/24"]\nroom = "1.14"\n'
STAFF = '[[place]]\nprefixes = ["10.2.14.0/24"]\nroom = "1.14"\nrole = "staff"\n'


def found(folder: Path, settings: str, *, identity_alone: bool = True) -> list[FindingKind]:
    path = folder / "lesrust.toml"
    path.write_text(f'[school]\nname = "Het Voorbeeld"\n{settings}')
    check = check_identity if identity_alone else check_place_sources
    return [finding.kind for finding in check(load_configuration(path))]


@pytest.mark.parametrize(
    "settings",
    [
        "",
        '[gateway]\n[identity]\nneighbours = "all"\n',
        '[watch]\ngateway = "watch.sock"\n[dhcp]\nkea_socket = "kea.sock"\n',
    ],
)
def test_something_tells_the_devices(tmp_path: Path, settings: str) -> None:
    assert found(tmp_path, settings) == []


@pytest.mark.parametrize(
    ("settings", "finds"),
    [
        ("reused = false\n", [FindingKind.PROMISE_BY_ADDRESS]),
        (
            "rooms = 3\n",
            [FindingKind.PROMISE_BY_ADDRESS, FindingKind.TABLES_COUNT_ADDRESSES],
        ),
        (
            "rooms = 20\n",
            [
                FindingKind.PROMISE_BY_ADDRESS,
                FindingKind.TABLES_COUNT_ADDRESSES,
                FindingKind.TABLES_TOO_NOISY,
            ],
        ),
    ],
)
def test_where_addresses_count_it_is_said_what_that_promises(
    tmp_path: Path, settings: str, finds: list[FindingKind]
) -> None:
    layers = '[[layer]]\nname = "vwo"\npupils = 700\n'
    identity = f'[gateway]\n[identity]\nunit = "address"\n{settings}'
    assert found(tmp_path, f"{identity}{layers}") == finds


@pytest.mark.parametrize(
    ("epsilon", "finds"),
    [
        ("1", []),
        ("0.5", [FindingKind.EPSILON]),
        (
            "0.2",
            [
                FindingKind.EPSILON,
                FindingKind.TABLES_TOO_NOISY,
                FindingKind.TABLES_ONLY_IN_TOTAL,
            ],
        ),
    ],
)
def test_a_lower_loss_is_said_and_what_it_leaves(
    tmp_path: Path, epsilon: str, finds: list[FindingKind]
) -> None:
    layers = "".join(f'[[layer]]\nname = "{name}"\npupils = 600\n' for name in ("havo", "vwo"))
    assert found(tmp_path, f"[privacy]\nepsilon = {epsilon}\n{layers}") == finds


@pytest.mark.parametrize(
    "settings",
    ["[gateway]\n", '[watch]\ngateway = "watch.sock"\n', '[identity]\nframes = "routed"\n'],
)
def test_nothing_tells_the_devices(tmp_path: Path, settings: str) -> None:
    assert found(tmp_path, settings) == [FindingKind.NO_IDENTITY]


@pytest.mark.parametrize(
    ("settings", "finds"),
    [
        ('[dhcp]\nkea_socket = "kea.sock"\n', [FindingKind.FEED_WITHOUT_MAPPING]),
        (f'{PLACE}{STAFF}[dhcp]\nkea_socket = "kea.sock"\n', []),
        ('[identity]\nneighbours = "all"\n', []),
    ],
)
def test_a_feed_that_only_says_whose_an_address_is_needs_no_mapping(
    tmp_path: Path, settings: str, finds: list[FindingKind]
) -> None:
    assert found(tmp_path, settings, identity_alone=False) == finds


@pytest.mark.parametrize("key", ["kea_leases", "kea_leases6", "dnsmasq_leases", "windows_logs"])
def test_what_a_dhcp_server_should_have_written_is_named_where_it_is_not_there(
    tmp_path: Path, key: str
) -> None:
    settings = f'{PLACE}{STAFF}[dhcp]\n{key} = "leases"\n'
    assert found(tmp_path, settings, identity_alone=False) == [FindingKind.NO_LEASES]
    (tmp_path / "leases").touch()
    assert found(tmp_path, settings, identity_alone=False) == []


RADIUS = '[radius]\nlisten = "127.0.0.1:1813"\n'


@pytest.mark.parametrize(
    ("settings", "finds"),
    [
        (PLACE, [FindingKind.STAFF_UNKNOWN]),
        (f"{PLACE}{RADIUS}", [FindingKind.STAFF_UNKNOWN]),
        (f"{PLACE}{STAFF}", []),
        (f'{PLACE}{RADIUS}staff_classes = ["personeel"]\n', []),
        # Of a feed that is off nothing is known.
        (f'{PLACE}[radius]\nstaff_classes = ["personeel"]\n', [FindingKind.STAFF_UNKNOWN]),
        (f'{PLACE}{RADIUS}[attachments]\nfile = "punten.csv"\n', []),
        # Where nobody is counted, neither are staff.
        ("", []),
    ],
)
def test_it_is_said_where_nothing_tells_staff_from_pupils(
    tmp_path: Path, settings: str, finds: list[FindingKind]
) -> None:
    (tmp_path / "punten.csv").write_text("kind,name,room,layer,role\nvlan,300,1.14,,staff\n")
    path = tmp_path / "lesrust.toml"
    path.write_text(f'[school]\nname = "Het Voorbeeld"\n{settings}')
    kinds = [finding.kind for finding in check_staff(load_configuration(path))]
    assert kinds == finds


def test_a_mapping_that_cannot_be_read_has_a_finding_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "lesrust.toml"
    path.write_text(f'[school]\nname = "x"\n{PLACE}{RADIUS}[attachments]\nfile = "weg.csv"\n')
    assert list(check_staff(load_configuration(path))) == []
