"""Which settings a second person confirms, and when one of them counts as changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.store.guarded.sections import (
    ATTACHMENTS,
    DHCP,
    GROUP_SIZES,
    GUARDED,
    IDENTITY,
    LAYERS,
    PLACES,
    PRIVACY,
    RADIUS,
    TIME_ZONE,
    guarded_settings,
)

UNGUARDED = {
    "timetable": "imports are in the audit; a room counts only where it is a guarded place",
    "calendar": "which days are school days",
    "bells": "as the timetable",
    "sender": "its prefixes are guarded with radius, and a secret says nothing of places",
    "staff": "a consent that everyone reads",
    "approval": "what everyone reads",
    "catalogue": "which platforms are counted",
    "outgoing": "what Lesrust itself may ask",
    "gateway": "how traffic comes",
    "watch": "how traffic comes",
    "steering": "how traffic comes",
    "metrics": "where it listens",
    "health": "where it listens",
    "device": "where it listens",
    "store": "where it is kept, and how long",
    "web": "where it listens",
    "provider": "who signs in",
    "member": "who signs in",
    "contact": "words",
}
"""Why a section needs no second person."""
SCHOOL = """[school]
name = "Het Voorbeeld"
[[layer]]
name = "havo"
pupils = 300
[[layer]]
name = "vwo"
pupils = 200
[[place]]
prefixes = ["10.0.101.0/24"]
room = "101"
[[place]]
prefixes = ["10.0.102.0/24"]
room = "102"
[attachments]
file = "rooms.csv"
"""
ROOMS = "kind,name,room\nvlan,204,B204\nvlan,205,B205\n"

type Loads = Callable[..., Configuration]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    def load(text: str = SCHOOL, rooms: str = ROOMS) -> Configuration:
        (tmp_path / "rooms.csv").write_text(rooms)
        path = tmp_path / "lesrust.toml"
        path.write_text(text)
        return load_configuration(path)

    return load


def test_of_every_section_it_is_decided_whether_it_is_guarded() -> None:
    """A new one is looked at: can a promise or a floor rest on it?"""
    sections = {field.alias or name for name, field in Configuration.model_fields.items()}
    guarded = {name.strip("[]").partition(".")[0] for name in GUARDED}
    assert sections == guarded | UNGUARDED.keys()
    assert not guarded & UNGUARDED.keys()


def changed(loads: Loads, text: str, rooms: str = ROOMS) -> list[str]:
    before, now = guarded_settings(loads()), guarded_settings(loads(text, rooms))
    return [name for name in GUARDED if before[name] != now[name]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{SCHOOL}[privacy]\nepsilon = 0.5\n", [PRIVACY]),
        (f'{SCHOOL}[identity]\nunit = "address"\nrooms = 1\n', [IDENTITY]),
        (SCHOOL.replace("300", "301"), [LAYERS]),
        (SCHOOL.replace('"havo"', '"mavo"'), [LAYERS]),
        (f'{SCHOOL}[[layer]]\nname = "lwoo"\npupils = 0\n', [LAYERS]),
        (SCHOOL.replace('room = "101"', 'room = "101"\nlayer = "vwo"'), [PLACES]),
        (SCHOOL.replace("10.0.102.0/24", "10.0.102.7/32"), [PLACES]),
        (SCHOOL.replace("\n[[layer]]", '\ntime_zone = "Asia/Tokyo"\n[[layer]]', 1), [TIME_ZONE]),
        (f'{SCHOOL}[radius]\ndetail = "detail"\n', [RADIUS]),
        (f'{SCHOOL}[dhcp]\nkea_leases = "leases.csv"\n', [DHCP]),
        (SCHOOL.replace('name = "Het Voorbeeld"', 'name = "Het Vervolg"'), []),
        (f'{SCHOOL}[staff]\nconsent = "MR 12 mei"\n', []),
    ],
    ids=[
        "privacy",
        "identity",
        "pupils",
        "name of a layer",
        "one more layer",
        "layer of a place",
        "prefix",
        "time zone",
        "radius",
        "dhcp",
        "school",
        "staff",
    ],
)
def test_a_change_is_found_where_it_is(loads: Loads, text: str, names: list[str]) -> None:
    assert changed(loads, text) == names


def test_who_says_where_devices_are_counts_and_who_of_them_is_staff(loads: Loads) -> None:
    """Pupils whom RADIUS calls staff, or of whom nobody tells, are not measured."""
    (folder := loads().path.parent / "secret").write_text("a secret")  # type: ignore[union-attr]
    folder.chmod(0o600)
    sender = '[[sender]]\nprefix = "10.0.0.0/24"\nsecret = "secret"\n'
    told = f'{SCHOOL}{sender}[radius]\nlisten = "127.0.0.1:1813"\n'
    before = guarded_settings(loads(told))[RADIUS]
    for other in (
        f'{told}staff_classes = ["h3a"]\n',
        f"{told}own_prefixes = true\n",
        told.replace("10.0.0.0/24", "10.0.0.7/32"),
    ):
        assert guarded_settings(loads(other))[RADIUS] != before
    assert guarded_settings(loads(told.replace("1813", "1814")))[RADIUS] == before


def test_what_means_the_same_is_no_change(loads: Loads) -> None:
    before, first, second = SCHOOL.split("[[place]]\n")
    places, rest = second.split("[attachments]")
    turned = f"{before}[[place]]\n{places}[[place]]\n{first}[attachments]{rest}"
    assert changed(loads, f"# A remark.\n{turned}\n[privacy]\nepsilon = 1\n") == []
    assert changed(loads, SCHOOL, "kind,name,room\r\n\r\nvlan,205,B205\nvlan,204,B204\n") == []


def test_small_layers_are_merged_with_their_neighbours_so_their_order_counts(loads: Loads) -> None:
    turned = SCHOOL.replace('"havo"\npupils = 300', "1").replace('"vwo"\npupils = 200', "2")
    turned = turned.replace("= 1\n", '= "vwo"\npupils = 200\n').replace(
        "= 2\n", '= "havo"\npupils = 300\n'
    )
    assert changed(loads, turned) == [LAYERS]


@pytest.mark.parametrize(
    "rooms", [ROOMS.replace("B205", "B204"), ROOMS.replace("vlan,205,B205\n", "")]
)
def test_another_mapping_is_a_change_and_so_is_none(loads: Loads, rooms: str) -> None:
    assert changed(loads, SCHOOL, rooms) == [ATTACHMENTS]
    without = SCHOOL.replace('file = "rooms.csv"\n', "")
    assert changed(loads, without) == [ATTACHMENTS]


@pytest.mark.parametrize("folder", [False, True])
def test_another_size_of_a_group_is_a_change(loads: Loads, tmp_path: Path, folder: bool) -> None:
    path = tmp_path / "sizes"
    if folder:
        path.mkdir()
    file = path / "enrollments.csv" if folder else path
    file.write_text("groep;aantal\nh3a;28\n")
    with_sizes = f'{SCHOOL}[groups]\nsizes = "sizes"\n'
    assert changed(loads, with_sizes) == [GROUP_SIZES]
    before = guarded_settings(loads(with_sizes))
    file.write_text("groep;aantal\nh3a;29\n")
    assert guarded_settings(loads(with_sizes))[GROUP_SIZES] != before[GROUP_SIZES]


def test_a_mapping_that_is_gone_is_a_change(loads: Loads, tmp_path: Path) -> None:
    settings = loads()
    before = guarded_settings(settings)[ATTACHMENTS]
    (tmp_path / "rooms.csv").unlink()
    assert guarded_settings(settings)[ATTACHMENTS] != before
