"""Reading `lesrust.toml`: typed settings, or every mistake in one go."""

import re
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.configuration import MAX_CONFIGURATION_SIZE, Configuration, load_configuration
from monitor.identity import IdentityRules, Unit
from monitor.place import PersonRole
from schedules.language import Language, override
from schedules.problem import Refused

SCHOOL = """
[school]
name = "Het Voorbeeld"

[[layer]]
name = "3 havo"
pupils = 240
groups = ["h3*"]

[[place]]
prefixes = ["10.1.14.0/24", "2001:db8:14::/64"]
room = "1.14"
layer = "3 havo"

[[place]]
prefixes = ["10.1.200.0/24"]
room = "staff"
role = "staff"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "lesrust.toml"
    path.write_text(text, "utf-8")
    return path


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(Refused) as refused:
        load_configuration(written(folder, text))
    return str(refused.value).replace(f"{folder}/", "")


def test_how_long_figures_are_kept_goes_with_a_database_beside_the_file(tmp_path: Path) -> None:
    configuration = load_configuration(written(tmp_path, f"{SCHOOL}[store]\nweeks_kept = 13\n"))
    assert configuration.store.weeks_kept == 13
    assert configuration.database == str(tmp_path / "lesrust.sqlite3")


def test_a_school(tmp_path: Path) -> None:
    configuration = load_configuration(written(tmp_path, SCHOOL))
    assert configuration.school.name == "Het Voorbeeld"
    assert configuration.school.zone.key == "Europe/Amsterdam"
    room, staff = configuration.places
    assert room.prefixes == (IPv4Network("10.1.14.0/24"), IPv6Network("2001:db8:14::/64"))
    assert (room.room, room.layer, room.role) == ("1.14", "3 havo", PersonRole.PUPIL)
    assert staff.role is PersonRole.STAFF
    assert configuration.layers[0].groups == ("h3*",)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "pupils = 240",
            "pupil = 240",
            "key layer[1].pupil: found 'an unknown key'; allowed: pupils",
        ),
        ("[[layer]]", "[[layers]]", "key layers: found 'an unknown key'; allowed: layer"),
        ('role = "staff"', "rol = 1", "key place[2].rol: found 'an unknown key'; allowed: role"),
        ("pupils = 240", "= 240", "line 7, column 1: found 'a line that is neither [section] nor"),
        ("[[layer]]", "[[layer]", "line 5, column 8: found 'a section without its closing bracket"),
        ('"3 havo"\npupils', '"3 havo\npupils', "line 6, column 15: found 'a text without its"),
        (
            "pupils = 240",
            "pupils = 1\npupils = 2",
            "line 8, column 11: found 'a key or section that",
        ),
        ("pupils = 240", "pupils = many", "line 7, column 10: found 'a value that is no text in"),
        ("pupils = 240", "pupils = 240 or so", "line 7, column 14: found 'more after the value'"),
        ('"h3*"', '"h3\\*"', "found 'a backslash in a text; between single quotes"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_place_and_what_was_meant(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert said in mistakes(tmp_path, SCHOOL.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("pupils = 240", "pupils = -1", "0 of meer"),
        ("pupils = 240", "pupils = 99999", "hooguit 10000"),
        ('role = "staff"', 'role = "boss"', "'pupil' of 'staff'"),
        ('prefixes = ["10.1.200.0/24"]', "prefixes = []", "een lijst die niet leeg is"),
        ('room = "staff"', f'room = "{"x" * 201}"', "hooguit 200 tekens"),
    ],
)
def test_what_is_allowed_is_said_in_dutch(
    tmp_path: Path, before: str, after: str, allowed: str
) -> None:
    with override(Language.DUTCH):
        assert mistakes(tmp_path, SCHOOL.replace(before, after)).endswith(f"toegestaan: {allowed}")


def test_what_is_left_out_has_a_safe_default(tmp_path: Path) -> None:
    configuration = load_configuration(written(tmp_path, SCHOOL))
    assert configuration.metrics.address == ("127.0.0.1", 9464)
    assert configuration.health.address == ("127.0.0.1", 9465)
    assert configuration.staff.consent == ""
    assert configuration.gateway.listen == ("transparent@8080",)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    text = SCHOOL + '[store]\ndatabase = "data/school.sqlite3"\n[catalogue]\noverlay = "more.txt"'
    configuration = load_configuration(written(tmp_path, text))
    assert configuration.database == str(tmp_path / "data/school.sqlite3")
    assert configuration.catalogue.overlay == tmp_path / "more.txt"


def test_a_database_server_is_left_as_it_is(tmp_path: Path) -> None:
    text = SCHOOL + '[store]\ndatabase = "postgresql:///lesrust"'
    assert load_configuration(written(tmp_path, text)).database == "postgresql:///lesrust"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('name = "Het Voorbeeld"', "key school.name: found 'nothing'; allowed: this key"),
        ("pupils = 240", "key layer[1].pupils: found 'nothing'; allowed: this key is required"),
        ('"10.1.14.0/24"', "key place[1].prefixes[1]: found '10.1.14.7/24'; allowed: a prefix"),
        ('role = "staff"', "key place[2].role: found 'teacher'; allowed: 'pupil' or 'staff'"),
        ('layer = "3 havo"', "key place[1].layer: found '4 havo'; allowed: the name of a [[layer"),
        ('"10.1.200.0/24"', "key place[2].prefixes: found '10.1.14.0/24'; allowed: each prefix"),
        (
            "[[layer]]",
            "key leerlaag: found 'an unknown key'; allowed: approval, attachments, bells,",
        ),
    ],
)
def test_each_mistake_tells_where_what_and_what_is_allowed(
    tmp_path: Path, change: str, told: str
) -> None:
    wrong = {
        'name = "Het Voorbeeld"': "",
        "pupils = 240": "",
        '"10.1.14.0/24"': '"10.1.14.7/24"',
        'role = "staff"': 'role = "teacher"',
        'layer = "3 havo"': 'layer = "4 havo"',
        '"10.1.200.0/24"': '"10.1.14.0/24"',
        "[[layer]]": "[[leerlaag]]",
    }
    assert told in mistakes(tmp_path, SCHOOL.replace(change, wrong[change]))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = SCHOOL.replace("240", '"many"').replace("[school]", '[school]\ntime_zone = "Mars"')
    assert len(mistakes(tmp_path, text).splitlines()) == 2


def test_a_file_that_is_no_toml_tells_the_line(tmp_path: Path) -> None:
    assert "line 3" in mistakes(tmp_path, "[school]\nname = 'a'\nno key\n")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        load_configuration(tmp_path / "absent.toml")
    with pytest.raises(Refused, match="it is a folder"):
        load_configuration(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"[school]\nname = 'caf\xe9'")
    with pytest.raises(Refused, match="byte 20"):
        load_configuration(tmp_path / "latin.toml")


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bytes at most"):
        load_configuration(written(tmp_path, "#" * (MAX_CONFIGURATION_SIZE + 1)))


@given(
    text=st.text(max_size=200)
    | st.just(SCHOOL).flatmap(lambda s: st.permutations(s.split()).map("\n".join))
)
def test_whatever_stands_in_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "lesrust.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    with suppress(Refused):
        assert isinstance(load_configuration(path), Configuration)


def test_the_page_on_which_a_device_sees_itself_is_off_until_it_is_asked(tmp_path: Path) -> None:
    assert load_configuration(written(tmp_path, SCHOOL)).device.address is None
    listening = SCHOOL + '[device]\nlisten = "0.0.0.0:9466"\nshared = ["10.1.14.7/32"]\n'
    device = load_configuration(written(tmp_path, listening)).device
    assert device.address == ("0.0.0.0", 9466)
    assert device.shared == (IPv4Network("10.1.14.7/32"),)


def test_a_key_without_a_certificate_is_a_mistake(tmp_path: Path) -> None:
    text = SCHOOL + '[device]\nlisten = "0.0.0.0:9466"\nkey = "device.key"\n'
    assert "key device: " in mistakes(tmp_path, text)
    assert "a key only with a certificate" in mistakes(tmp_path, text)


def keys() -> Iterator[tuple[str, str]]:
    """Every key of every section, behind the section's header."""
    for name, field in Configuration.model_fields.items():
        inside = get_args(field.annotation)
        section: Any = inside[0] if inside else field.annotation
        title = field.alias or name
        for key, value in section.model_fields.items():
            yield (f"[[{title}]]" if inside else f"[{title}]"), value.alias or key


WRONG = (
    "7",
    "1.5",
    "true",
    '""',
    '"?!"',
    "[7]",
    '["?!"]',
    "{a = 1}",
    "[{a = 1}]",
    "-1",
    "9" * 4_000,
)


@pytest.mark.parametrize(("header", "key"), [*keys()])
def test_no_mistake_is_told_in_words_of_python(tmp_path: Path, header: str, key: str) -> None:
    told = ""
    for wrong in WRONG:
        try:
            load_configuration(written(tmp_path, f"{header}\n{key} = {wrong}\n"))
        except Refused as refused:
            told += str(refused)
    assert key in told
    assert not re.search("valid|should|[Ii]nput|<class|pattern|tuple|dict|None", told)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("[layer]", "[[layer]] between two brackets"),
        ("[[school]]", "[school] between single brackets"),
    ],
)
def test_brackets_too_many_or_too_few_are_told(tmp_path: Path, header: str, told: str) -> None:
    assert told in mistakes(tmp_path, f'{header}\nname = "een"\n')


class TestIdentity:
    def test_a_device_is_the_unit_unless_a_school_says_otherwise(self, tmp_path: Path) -> None:
        rules = load_configuration(written(tmp_path, SCHOOL)).identity.rules
        assert rules == IdentityRules(Unit.DEVICE)

    def test_an_address_says_how_many_of_them_are_one_device(self, tmp_path: Path) -> None:
        text = f'{SCHOOL}[identity]\nunit = "address"\nrooms = 6\nfamilies = 2\nreused = false\n'
        rules = load_configuration(written(tmp_path, text)).identity.rules
        assert rules == IdentityRules(Unit.ADDRESS, addresses=12, reused=False, counts_ipv6=True)

    def test_of_addresses_the_least_is_assumed(self, tmp_path: Path) -> None:
        """They pass to other devices, and IPv6 is not counted, until a school says otherwise."""
        text = f'{SCHOOL}[identity]\nunit = "address"\n'
        rules = load_configuration(written(tmp_path, text)).identity.rules
        assert rules == IdentityRules(Unit.ADDRESS, addresses=1, reused=True, counts_ipv6=False)

    @pytest.mark.parametrize(
        ("settings", "allowed"),
        [
            ("rooms = 6", "rooms, families and reused only with unit 'address'"),
            ('unit = "address"\nneighbours = "all"', "neighbours only with unit 'device'"),
            ('unit = "person"', "'person'; allowed: a person only with [radius]"),
            ('unit = "phone"', "'person', 'device' or 'address'"),
            ('unit = "address"\nrooms = 21', "20"),
        ],
    )
    def test_what_contradicts_itself_is_refused(
        self, tmp_path: Path, settings: str, allowed: str
    ) -> None:
        assert allowed in mistakes(tmp_path, f"{SCHOOL}[identity]\n{settings}\n")

    @pytest.mark.parametrize(
        ("settings", "by_frames", "by_gateway"),
        [
            ("", True, False),
            ('[identity]\nframes = "routed"', False, False),
            ('[identity]\nframes = "routed"\nneighbours = "all"', True, True),
            ('[identity]\nunit = "address"', True, True),
            ('[dhcp]\nkea_leases = "leases.csv"', True, True),
            ('[radius]\ndetail = "detail"', True, False),
            ('[radius]\ndetail = "detail"\n[identity]\nunit = "device"', True, False),
            ('[radius]\ndetail = "detail"\n[identity]\nunit = "person"', True, False),
            (
                '[radius]\ndetail = "detail"\n[identity]\nunit = "person"\nneighbours = "all"',
                True,
                True,
            ),
        ],
    )
    def test_something_has_to_tell_the_names(
        self, tmp_path: Path, settings: str, by_frames: bool, by_gateway: bool
    ) -> None:
        configuration = load_configuration(written(tmp_path, f"{SCHOOL}{settings}\n"))
        assert configuration.tells_names(by_frames=True) is by_frames
        assert configuration.tells_names(by_frames=False) is by_gateway
