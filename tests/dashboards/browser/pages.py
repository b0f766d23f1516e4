"""Every page that people see, who sees it, and what must be there before it is worth a look."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from dashboards.report import jobs
from dashboards.report.request import ReportLength, ReportRequest
from monitor import store
from monitor.configuration import Configuration, Role
from monitor.store.guarded.confirmations import (
    confirm_settings,
    find_confirmation,
    record_baseline,
    take_fingerprints,
)
from tests.benchmark.years import released
from tests.dashboards import people

LAST_MONDAY = date(2026, 11, 23)
WEDNESDAY = date(2026, 11, 25)
WEEK = timedelta(days=7).total_seconds()
SHOWN = Path(__file__).parents[3] / "docs" / "screens"
"""Where the pictures of them are."""


def _nothing() -> None:
    """Have nothing in the store but the timetable."""


def _granted() -> None:
    granted = people.allow("mul-now", "youtube")
    store.record_sensor("gateway", granted.version, time.time())


def _granted_widely() -> None:
    _granted()
    people.allow_everywhere()


def _released() -> None:
    """Have what was released this autumn, of a school that is invented."""
    for key, day, figures in released(LAST_MONDAY, years=1):
        store.record_release(key, day, figures)


def _reported() -> str:
    _released()
    job = jobs.add_job(ReportRequest(ReportLength.WEEK, LAST_MONDAY))
    jobs.record_result(job.pk, b"made by a test: how a report is made has tests of its own")
    return f"/cijfers/rapport/{job.pk}/"


def _begun() -> None:
    """Have a sensor have begun a week ago, when there was a year layer less."""
    now: Configuration = settings.LESRUST
    fingerprints = take_fingerprints(now.model_copy(update={"layers": now.layers[:-1]}))
    assert fingerprints is not None
    record_baseline(now, fingerprints, people.NOW - WEEK)


def _confirmed() -> None:
    """Have somebody of the leadership have confirmed it on Wednesday."""
    _begun()
    now: Configuration = settings.LESRUST
    shown = find_confirmation(now).shown
    at = people.at(15, 12, WEDNESDAY).timestamp()
    confirm_settings(now, shown, by=people.NAMES[Role.LEADERSHIP], now=at)


@dataclass(frozen=True)
class PageView:
    """A page, and who sees it."""

    name: str
    """Of its picture."""
    address: str
    role: Role | None = None
    """None: nobody is signed in."""
    prepare: Callable[[], str | None] = _nothing
    """Gives the address, where that depends on what is there."""
    status: int = 200
    is_secured: bool = False
    """Whether she has a second factor."""

    def __str__(self) -> str:
        return self.name


PAGES = (
    PageView("aanmelden", "/inloggen/"),
    PageView("transparantie", "/transparantie/", prepare=_released),
    PageView("toegankelijkheid", "/toegankelijkheid/"),
    PageView("les", "/les/", Role.TEACHER),
    PageView("les-toegestaan", "/les/", Role.TEACHER, _granted),
    PageView("cijfers", "/cijfers/", Role.DIRECTIE, _released),
    PageView("cijfers-schooljaar", "/cijfers/?periode=schooljaar", Role.DIRECTIE, _released),
    PageView("rapport", "", Role.DIRECTIE, _reported),
    PageView("geen-cijfers", "/cijfers/", Role.DIRECTIE),
    PageView("toestemmingen", "/toestemmingen/", Role.LEADERSHIP, _granted_widely),
    PageView("instellingen", "/instellingen/", Role.DIRECTIE, _confirmed),
    PageView("instellingen-bevestigen", "/instellingen/", Role.DIRECTIE, _begun),
    PageView("beheer", "/beheer/", Role.IT),
    PageView("logboek", "/logboek/", Role.LEADERSHIP, _granted_widely),
    PageView("beveiliging", "/beveiliging/", Role.IT),
    PageView("app", "/beveiliging/app/", Role.IT),
    PageView("app-weg", "/beveiliging/app/weg/", Role.IT, is_secured=True),
    PageView("reservecodes", "/beveiliging/reservecodes/", Role.IT, is_secured=True),
    PageView("reservecodes-nieuw", "/beveiliging/reservecodes/nieuw/", Role.IT, is_secured=True),
    PageView("passkey-nieuw", "/beveiliging/passkeys/nieuw/", Role.IT),
    PageView("wachtwoord", "/beveiliging/wachtwoord/", Role.IT),
    PageView("bevestigen", "/bevestigen/", Role.IT),
    PageView("passkeys", "/beveiliging/passkeys/", Role.IT),
    PageView("afmelden", "/uitloggen/", Role.IT),
    PageView("inactief", "/inactief/"),
    PageView("aanmelden-afgebroken", "/oidc/afgebroken/"),
    PageView("aanmelden-mislukt", "/oidc/mislukt/", status=401),
    PageView("niet-voor-u", "/toestemmingen/", Role.IT, status=403),
    PageView("niet-gevonden", "/les/stop/", Role.IT, status=404),
)
