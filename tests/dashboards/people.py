"""Who the tests of the web application sign in as, and the school day that they are at.

Friday 2026-11-27, 9:40: MUL teaches h3b in room 014 until 10:20, and h3a later; PIE teaches
elsewhere at the same time.
"""

import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from dashboards.models import Account
from monitor.configuration import Role
from schedules import exemption_rules, store
from schedules.exemption import Exemption, ExemptionScope
from schedules.lesson import Lesson, LessonStatus

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY = date(2026, 11, 27)
PASSWORD = "correct horse battery"
HASHED = make_password(PASSWORD)
NAMES = {
    Role.TEACHER: "s.mulder",
    Role.LEADERSHIP: "j.devries",
    Role.DIRECTIE: "m.yildiz",
    Role.IT: "t.bakker",
}
"""Of invented people, where a name is read."""


def at(hour: int, minute: int, day: date = FRIDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


NOW = at(9, 40).timestamp()


def lesson(name: str, hour: int, minute: int, **changes: object) -> Lesson:
    day = FRIDAY + timedelta(days=7 if name.endswith("+7") else 0)
    start = at(hour, minute, day)
    fields: dict[str, object] = {
        "instance": name,
        "start": start,
        "end": start + timedelta(minutes=50),
        "period": "2",
        "rooms": ("014",),
        "groups": ("h3b",),
        "teachers": ("MUL",),
    }
    return Lesson(**{**fields, **changes})  # type: ignore[arg-type]


LESSONS = (
    lesson("mul-now", 9, 30),
    lesson("mul-later", 10, 40, period="3", rooms=("1.14",), groups=("h3a",)),
    lesson("mul-gone", 13, 0, period="5", groups=("h3c",), status=LessonStatus.CANCELLED),
    lesson("mul-now+7", 9, 30),
    lesson("pie-now", 9, 30, rooms=("015",), groups=("h3a",), teachers=("PIE",)),
)
TEACHES = {planned_lesson.instance: planned_lesson for planned_lesson in LESSONS}


def account(*roles: Role, name: str = "", code: str = "") -> Account:
    """Make an account; a teacher is MUL."""
    given = Account(
        username=name or "-".join(sorted(roles)) or "nobody",
        roles=sorted(roles),
        code=code or ("MUL" if Role.TEACHER in roles else ""),
    )
    given.password = HASHED
    given.save()
    return given


def sign_in(client: Client, account: Account, *, confirmed: bool = False) -> None:
    """Sign in as she would with her password, a moment ago.

    Args:
        client: hers.
        account: hers.
        confirmed: whether she has shown once more who she is.
    """
    client.force_login(account)
    session = client.session
    record_of = {"method": "password", "at": time.time(), "username": account.username}
    record_of |= {"reauthenticated": True} if confirmed else {}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record_of]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(account.pk)
    session.save()


def secure(account: Account) -> None:
    """Give her an app as a second factor, and codes in reserve."""
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)


def teach() -> None:
    """Import the lessons."""
    store.import_timetable(LESSONS, source="test", by=NAMES[Role.IT], now=NOW, zone=AMSTERDAM)


def allow(name: str, *platforms: str, now: float = NOW) -> Exemption:
    """Let a lesson's own teacher allow platforms in it."""
    each = TEACHES[name]
    return store.add_exemption(
        exemption_rules.grant_for_lesson(
            each, teacher=each.teachers[0], platforms=frozenset(platforms), now=now
        )
    )


def allow_everywhere(now: float = NOW) -> Exemption:
    """Let the leadership allow YouTube in the whole school until 11."""
    return store.add_exemption(
        exemption_rules.grant_by_leadership(
            ExemptionScope.SCHOOL,
            "",
            by=NAMES[Role.LEADERSHIP],
            platforms=frozenset({"youtube"}),
            start=now,
            end=at(11, 0).timestamp(),
            now=now,
            reason="open dag",
        )
    )
