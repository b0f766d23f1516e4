"""`lesrust exempt`: a teacher in her own lesson, the leadership for a place, and the audit."""

import json

import pytest

from monitor.commands.exempt.command import exempt
from schedules import store
from schedules.models import AuditEntry
from tests.monitor.commands.school import LESSONS, CommandRunner
from tests.schedules.cast import AMSTERDAM, YILDIZ, at

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("ten_to_nine", "commands_in_dutch")]
TEACHER = ("--teacher", "vda")
ROOM = ("--room", "B204")
ALL = ("--all-platforms",)
SCHOOL = ("--leadership", YILDIZ, "--school", "--until", "12:00", "--reason", "open dag")


def granted(school: CommandRunner, *words: str) -> store.ExemptionWithLesson:
    result = school.run(exempt, "grant", *words)
    assert result.exit_code == 0, result.output
    return store.list_exemptions()[0]


def test_a_teacher_allows_a_platform_in_the_lesson_that_she_is_in(school: CommandRunner) -> None:
    words = ("--teacher", "vda", "--room", "B204", "--platform", "YouTube")
    result = school.run(exempt, "grant", *words)
    (made,) = store.list_exemptions()
    assert result.stdout == (
        f"Toestemming {made.exemption.number}: youtube, les 1 (B204, h3a, 6-10-2026 08:30), "
        "van 6-10-2026 08:30 tot 6-10-2026 09:20.\n"
    )
    assert made.exemption.platforms == frozenset({"youtube"})
    assert made.exemption.is_from_start


def test_or_all_platforms_from_now_in_a_lesson_that_she_names(school: CommandRunner) -> None:
    words = ("--teacher", "bak", "--lesson", "maths", "--all-platforms", "--from-now")
    made = granted(school, *words, "--reason", "toets")
    assert made.exemption.platforms is None
    assert made.exemption.start == at("08:50")
    assert (made.exemption.target, made.exemption.reason) == ("maths", "toets")


def test_it_speaks_english_when_asked(school: CommandRunner) -> None:
    words = ("--teacher", "vda", "--room", "B204", "--all-platforms", "--lang", "en")
    assert "all platforms, lesson 1" in school.run(exempt, "grant", *words).stdout


@pytest.mark.parametrize(
    ("where", "scope", "target"),
    [
        (("--room", "B204"), "room", "B204"),
        (("--layer", "havo 3"), "layer", "havo 3"),
        (("--school",), "school", ""),
    ],
)
def test_the_leadership_allows_it_for_a_place_over_a_time(
    school: CommandRunner, where: tuple[str, ...], scope: str, target: str
) -> None:
    words = ("--leadership", YILDIZ, *where, "--platform", "x", "--platform", "youtube")
    times = ("--from", "9:00", "--until", "7-10-2026 12:00", "--reason", "open dag")
    made = granted(school, *words, *times)
    assert (made.exemption.scope, made.exemption.target) == (scope, target)
    assert made.exemption.platforms == frozenset({"x", "youtube"})
    assert made.exemption.start == at("09:00")
    assert made.exemption.end == at("12:00") + 24 * 3600


def test_the_leadership_s_exemption_begins_now_when_it_says_nothing_or_the_past(
    school: CommandRunner,
) -> None:
    assert granted(school, *SCHOOL, "--all-platforms").exemption.start == at("08:50")
    earlier = granted(school, *SCHOOL, "--all-platforms", "--from", "08:00")
    assert earlier.exemption.start == at("08:50")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--teacher", "bak", *ROOM, *ALL), "Alleen een docent van deze les mag dit."),
        ((*TEACHER, "--lesson", "gym", *ALL), "De les vervalt: er is niets toe te staan."),
        ((*SCHOOL[:-2], *ALL), "de schoolleiding geeft altijd een reden"),
        ((*SCHOOL, *ALL, "--until", "08:40"), "Het einde moet na het begin komen."),
        ((*SCHOOL, *ALL, "--until", "1-1-2028 12:00"), "hoogstens een schooljaar"),
    ],
)
def test_what_the_rules_forbid_says_why(
    school: CommandRunner, words: tuple[str, ...], text: str
) -> None:
    result = school.run(exempt, "grant", *words)
    assert result.exit_code == 1
    assert text in result.stderr
    assert store.list_exemptions() == ()


def test_the_list_shows_what_holds_now_or_later(school: CommandRunner) -> None:
    granted(school, *TEACHER, *ROOM, "--platform", "youtube")
    granted(school, *SCHOOL, *ALL, "--from", "11:00")
    lines = school.run(exempt, "list").stdout.splitlines()
    assert "de hele school" in lines[1]
    assert "open dag" in lines[1]
    assert "komt nog" in lines[1]
    assert "les 1 (B204, h3a, 6-10-2026 08:30)" in lines[2]
    assert "geldt nu" in lines[2]


def test_the_list_says_so_when_it_is_empty(school: CommandRunner) -> None:
    assert "Er geldt nu geen toestemming" in school.run(exempt, "list").stdout


def test_what_is_revoked_is_listed_only_when_asked_for(school: CommandRunner) -> None:
    number = str(granted(school, *TEACHER, *ROOM, *ALL).exemption.number)
    assert school.run(exempt, "revoke", number, *TEACHER).exit_code == 0
    assert "ingetrokken" not in school.run(exempt, "list").stdout
    assert "ingetrokken" in school.run(exempt, "list", "--all").stdout


def test_the_list_is_data_for_programs(school: CommandRunner) -> None:
    number = granted(school, *TEACHER, *ROOM, "--platform", "youtube").exemption.number
    assert json.loads(school.run(exempt, "list", "--json").stdout) == [
        {
            "number": number,
            "scope": "lesson",
            "target": "dutch",
            "platforms": ["youtube"],
            "from": "2026-10-06T08:30:00+02:00",
            "until": "2026-10-06T09:20:00+02:00",
            "granted_by": "vda",
            "granted_at": "2026-10-06T08:50:00+02:00",
            "reason": "",
            "revoked_by": None,
            "revoked_at": None,
            "state": "in force",
        }
    ]


def test_a_lesson_that_has_gone_is_still_listed(school: CommandRunner) -> None:
    granted(school, *TEACHER, *ROOM, *ALL)
    store.import_timetable(LESSONS[1:], source="csv", by="", now=at("08:55"), zone=AMSTERDAM)
    shown = school.run(exempt, "list", "--all", "--lang", "en").stdout
    assert "lesson dutch, which is not in the timetable" in shown
    assert "cancelled or not in the timetable" in shown


def test_revoking_ends_it_and_is_audited(school: CommandRunner) -> None:
    number = str(granted(school, *TEACHER, *ROOM, *ALL).exemption.number)
    result = school.run(exempt, "revoke", number, "--leadership", YILDIZ)
    assert result.stdout.startswith(f"Toestemming {number} is ingetrokken.")
    assert store.list_exemptions()[0].exemption.revoked_at == at("08:50")
    entry = AuditEntry.objects.last()
    assert entry is not None
    assert (entry.action, entry.by) == ("exemption.revoked", YILDIZ)


def test_a_teacher_does_not_revoke_what_is_not_hers(school: CommandRunner) -> None:
    number = str(granted(school, *TEACHER, *ROOM, *ALL).exemption.number)
    result = school.run(exempt, "revoke", number, "--teacher", "bak")
    assert result.exit_code == 1
    assert "Alleen een docent van deze les" in result.stderr


def test_revoking_needs_who_does_it_and_a_number_that_exists(school: CommandRunner) -> None:
    assert school.run(exempt, "revoke", "1").exit_code == 2
    result = school.run(exempt, "revoke", "987654", *TEACHER)
    assert result.exit_code == 2
    assert "987654" in result.stderr
