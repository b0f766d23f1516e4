"""Every page that people see, who sees it, and what must be there before it is worth a look."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitor import store
from monitor.configuration import Role
from tests.dashboards import people
from tests.dashboards.cast import figures

SHOWN = Path(__file__).parents[3] / "docs" / "screens"
"""Where the pictures of them are."""


def _nothing() -> None:
    """Have nothing in the store but the timetable."""


def _granted() -> None:
    granted = people.allow("mul-now", "youtube")
    store.acknowledge("gateway", granted.version, time.time())


def _granted_widely() -> None:
    _granted()
    people.allow_everywhere()


def _released() -> None:
    for number, figure in enumerate(figures()):
        store.record(str(number), figure.cell.day, [figure])


@dataclass(frozen=True)
class Seen:
    """A page, and who sees it."""

    name: str
    """Of its picture."""
    address: str
    role: Role | None = None
    """None: nobody is signed in."""
    prepare: Callable[[], None] = _nothing
    status: int = 200

    def __str__(self) -> str:
        return self.name


PAGES = (
    Seen("aanmelden", "/inloggen/"),
    Seen("transparantie", "/transparantie/", prepare=_released),
    Seen("toegankelijkheid", "/toegankelijkheid/"),
    Seen("les", "/les/", Role.TEACHER),
    Seen("les-toegestaan", "/les/", Role.TEACHER, _granted),
    Seen("toestemmingen", "/toestemmingen/", Role.LEADERSHIP, _granted_widely),
    Seen("beheer", "/beheer/", Role.IT),
    Seen("logboek", "/logboek/", Role.LEADERSHIP, _granted_widely),
    Seen("beveiliging", "/beveiliging/", Role.IT),
    Seen("bevestigen", "/bevestigen/", Role.IT),
    Seen("passkeys", "/beveiliging/passkeys/", Role.IT),
    Seen("niet-voor-u", "/toestemmingen/", Role.IT, status=403),
    Seen("niet-gevonden", "/les/stop/", Role.IT, status=404),
)
