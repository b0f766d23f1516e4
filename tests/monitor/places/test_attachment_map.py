"""The school's mapping of access points, VLANs and ports to rooms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.place import PersonRole, Place
from monitor.places.attachment_map import (
    Attachment,
    AttachmentKind,
    AttachmentMap,
    normalise_name,
    parse_attachment_map,
)

HEADER = "kind,name,room,layer,role\n"
ACCESS_POINT, VLAN = AttachmentKind.ACCESS_POINT, AttachmentKind.VLAN


def read(*lines: str) -> tuple[AttachmentMap, list[str]]:
    mapping, problems = parse_attachment_map(
        (HEADER + "\n".join(lines)).encode(), name="aansluitingen.csv"
    )
    return mapping, [str(problem) for problem in problems]


def test_a_line_says_which_room_it_is_and_who_is_there() -> None:
    mapping, problems = read("vlan,204,B204,3 havo,", "VLAN,300,B204,,staff")
    assert problems == []
    assert mapping.place_of(VLAN, "204") == Place("B204", "3 havo")
    assert mapping.place_of(VLAN, "300") == Place("B204", role=PersonRole.STAFF)
    assert mapping.place_of(VLAN, "301") is None
    assert (sorted(mapping.rooms), len(mapping)) == (["B204"], 2)
    assert mapping.has_staff


@pytest.mark.parametrize("name", ["204", "20*"])
def test_whether_anything_is_of_staff(name: str) -> None:
    assert not read(f"vlan,{name},B204,,")[0].has_staff
    assert read(f"vlan,{name},B204,,staff")[0].has_staff


@pytest.mark.parametrize(
    "written", ["70-3A-0E-11-22-33", "70:3a:0e:11:22:33", "703a.0e11.2233", "703A0E112233"]
)
def test_a_mac_address_is_the_same_however_it_is_written(written: str) -> None:
    mapping, _ = read(f"access_point,{written},B204,,")
    assert mapping.place_of(ACCESS_POINT, "70-3a-0e-11-22-33") == Place("B204")


def test_the_radios_of_an_access_point_differ_at_the_end() -> None:
    mapping, _ = read(
        "access_point,70:3a:0e:11:22:*,B204,,", "access_point,70:3a:0e:11:22:4*,B205,,"
    )
    assert mapping.place_of(ACCESS_POINT, "70-3A-0E-11-22-33") == Place("B204")
    assert mapping.place_of(ACCESS_POINT, "70-3A-0E-11-22-44") == Place("B205")


@pytest.mark.parametrize(
    ("start", "name", "another"),
    [("2.08*", "2.08-a", "20-8a"), ("a-1*", "A-12", "a1-2"), ("b2-*", "b2-01", "b20-1")],
)
def test_names_may_begin_alike_and_look_like_hexadecimal(
    start: str, name: str, another: str
) -> None:
    mapping, _ = read(f"access_point,{start},B204,,")
    assert mapping.place_of(ACCESS_POINT, name) == Place("B204")
    assert mapping.place_of(ACCESS_POINT, another) is None


def test_the_longest_begin_of_a_name_counts() -> None:
    lines = ("access_point,b2*,B200,,", "access_point,b2-*,B201,,", "access_point,b2-0*,B202,,")
    mapping, problems = read(*lines)
    assert problems == []
    found = [mapping.place_of(ACCESS_POINT, name) for name in ("b2x", "b2-1", "b2-01")]
    assert found == [Place("B200"), Place("B201"), Place("B202")]


def test_a_name_that_looks_like_hexadecimal_is_a_name() -> None:
    assert normalise_name("AP-B204") == "ap-b204"
    assert normalise_name("be-ef") == "be-ef"


def test_a_room_is_of_pupils_where_one_of_its_attachments_is() -> None:
    mapping, _ = read(
        "vlan,204,B204,3 havo,",
        "vlan,205,B204,3 vwo,",
        "vlan,206,B204,,staff",
        "access_point,ap-*,B205,,staff",
    )
    assert mapping.rooms == {"B204", "B205"}
    assert mapping.pupils_rooms == {"B204": {"3 havo", "3 vwo"}}


def test_kinds_are_not_confused_and_nothing_is_nowhere() -> None:
    mapping = AttachmentMap([Attachment(VLAN, "204", Place("B204"))])
    assert mapping.place_of(ACCESS_POINT, "204") is None
    assert mapping.place_of(VLAN, " ") is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("lokaal,204,B204,,", "line 2: found 'lokaal'; allowed: as kind: access_point, vlan"),
        ("vlan,,B204,,", "allowed: a name"),
        ("vlan,204,,,", "allowed: a room"),
        ("vlan,204,B204,,docent", "found 'docent'; allowed: as role: pupil, staff"),
        ("vlan,204,B204\nvlan", "cells"),
    ],
)
def test_a_line_that_is_wrong_is_a_problem_with_its_number(line: str, told: str) -> None:
    _, problems = read(line)
    assert told in problems[0]


def test_a_name_that_is_there_twice_is_a_problem() -> None:
    _, (problem,) = read("vlan,204,B204,,", "vlan,204,B205,,")
    assert problem.startswith("aansluitingen.csv, line 3, column name: found '204'")


@given(st.binary())
def test_whatever_the_bytes_every_room_that_is_found_has_a_name(content: bytes) -> None:
    for text in (content, HEADER.encode() + content):
        mapping, _ = parse_attachment_map(text, name="x")
        assert all(room and room.isprintable() for room in mapping.rooms)
