"""What may be asked of `lesrust exempt grant`, and what is asked wrongly."""

import pytest

from monitor.commands.exempt.command import exempt
from schedules import store
from schedules.exemption import Exemption
from tests.monitor.commands.school import CommandRunner
from tests.schedules.cast import YILDIZ, at

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("ten_to_nine", "commands_in_dutch")]
TEACHER = ("--teacher", "vda")
ROOM = ("--room", "B204")
ALL = ("--all-platforms",)
SCHOOL = ("--leadership", YILDIZ, "--school", "--until", "12:00", "--reason", "open dag")


def granted(school: CommandRunner, *words: str) -> Exemption:
    result = school.run(exempt, "grant", *words)
    assert result.exit_code == 0, result.output
    return store.list_exemptions()[0].exemption


def test_of_a_double_booking_she_is_in_her_own_lesson(school: CommandRunner) -> None:
    made = granted(school, "--teacher", "vda", "--room", "B205", "--platform", "x")
    assert made.target == "choir"


def test_a_layer_below_the_floor_can_be_allowed_something_of_its_own(school: CommandRunner) -> None:
    where = ("--leadership", YILDIZ, "--layer", "vwo 3", "--until", "12:00", "--reason", "excursie")
    made = granted(school, *where, "--all-platforms")
    assert made.target == "vwo 3"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((*ROOM, *ALL), "Geef --teacher of --leadership"),
        ((*TEACHER, *SCHOOL, *ALL), "Geef --teacher of --leadership"),
        ((*TEACHER, *ROOM), "Geef --platform"),
        ((*TEACHER, *ROOM, *ALL, "--platform", "x"), "Geef --platform"),
        ((*TEACHER, *ALL), "Een docent geeft --lesson, of --room"),
        ((*TEACHER, *ROOM, *ALL, "--lesson", "dutch"), "Een docent geeft --lesson, of --room"),
        ((*TEACHER, *ROOM, *ALL, "--until", "10:00"), "voor de schoolleiding"),
        ((*TEACHER, "--school", *ALL), "voor de schoolleiding"),
        ((*SCHOOL, *ALL, *ROOM), "De schoolleiding geeft één van"),
        ((*SCHOOL, *ALL, "--from-now"), "zijn voor docenten"),
        (("--leadership", YILDIZ, "--school", *ALL), "De schoolleiding geeft --until"),
        ((*TEACHER, *ROOM, "--platform", "yutube"), "'yutube' is niet bekend. Bedoelt u youtube?"),
        ((*TEACHER, "--room", "B24", *ALL), "'B24' is niet bekend. Bedoelt u B204?"),
        ((*TEACHER, "--room", "hal", *ALL), "'hal' is niet bekend."),
        ((*TEACHER, "--lesson", "latin", *ALL), "De les 'latin' staat niet in het rooster."),
        ((*SCHOOL[:2], "--layer", "vwo4", *SCHOOL[3:], *ALL), "Bedoelt u vwo 4?"),
        ((*SCHOOL[:2], "--room", "B2O4", *SCHOOL[3:], *ALL), "Bedoelt u B204?"),
        ((*SCHOOL, *ALL, "--from", "straks"), "'straks' is geen tijdstip"),
    ],
)
def test_a_request_that_is_wrong_says_what_it_should_be(
    school: CommandRunner, words: tuple[str, ...], text: str
) -> None:
    result = school.run(exempt, "grant", *words)
    assert result.exit_code == 2
    assert text in result.stderr
    assert store.list_exemptions() == ()


def test_a_room_without_a_lesson_now_says_so(
    school: CommandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.commands.exempt.command.now", lambda: at("12:00"))
    result = school.run(exempt, "grant", *TEACHER, *ROOM, *ALL)
    assert result.exit_code == 2
    assert "In lokaal B204 is nu geen les." in result.stderr
