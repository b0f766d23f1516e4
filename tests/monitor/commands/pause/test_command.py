"""`lesrust pause`: interrupt the measuring, see whether it is, and go on."""

import pytest

from monitor.commands.pause.command import pause
from schedules import store
from schedules.models import Action, AuditEntry
from tests.monitor.commands.school import CommandRunner
from tests.schedules.cast import at

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("ten_to_nine", "commands_in_dutch")]


@pytest.fixture
def ten_to_nine(school: CommandRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.commands.pause.command.now", lambda: at("08:50"))


def test_it_interrupts_until_a_time_and_says_what_follows(school: CommandRunner) -> None:
    words = ("--until", "12:00", "--reason", "open dag", "--by", "ict")
    assert school.run(pause, *words).stdout == (
        "Het meten is onderbroken van 6-10-2026 08:50 tot 6-10-2026 12:00, door ict. "
        "Reden: open dag.\nLesuren die hierin vallen krijgen geen cijfer.\n"
    )
    (kept,) = store.list_pauses(at("08:50"))
    assert (kept.start, kept.end) == (at("08:50"), at("12:00"))
    assert AuditEntry.objects.get().action == Action.MEASURING_PAUSED


def test_who_does_so_is_this_user_where_nobody_is_named(school: CommandRunner) -> None:
    school.run(pause, "--until", "2026-10-07 12:00")
    (kept,) = store.list_pauses(at("08:50"))
    assert kept.by.endswith("(command line)")
    assert kept.end == at("12:00") + 86_400


def test_without_options_it_says_whether_it_is_interrupted_and_changes_nothing(
    school: CommandRunner,
) -> None:
    assert school.run(pause).stdout == "Het meten is niet onderbroken.\n"
    school.run(pause, "--until", "12:00", "--by", "ict")
    shown = school.run(pause, "--lang", "en").stdout
    assert shown.startswith("Measuring is interrupted from 2026-10-06 08:50 until")
    assert AuditEntry.objects.count() == 1


def test_it_goes_on_when_asked(school: CommandRunner) -> None:
    school.run(pause, "--until", "12:00")
    assert school.run(pause, "--resume", "--by", "ict").stdout == "Het meten gaat verder.\n"
    assert store.list_pauses(at("08:50")) == ()
    assert school.run(pause, "--resume").stdout == "Het meten is niet onderbroken.\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--resume", "--until", "12:00"), "goes with neither"),
        (("--reason", "open dag"), "Give --until"),
        (("--until", "straks"), "'straks' is no time"),
        (("--until", "08:50"), "The end must come after now"),
        (("--until", "2026-10-21 12:00"), "two weeks at most"),
        (("--until", "12:00", "--reason", "x" * 201), "200 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    school: CommandRunner, words: tuple[str, ...], text: str
) -> None:
    result = school.run(pause, *words, "--lang", "en")
    assert result.exit_code == 2
    assert text in result.stderr
    assert AuditEntry.objects.count() == 0
