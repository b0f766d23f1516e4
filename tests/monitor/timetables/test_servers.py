"""Servers that have a timetable are asked with what the configuration says of them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.configuration import TimetableSettings
from monitor.timetables import servers
from schedules.calendar import DateRange
from schedules.importers.importer import ImportContext
from schedules.importers.webuntis import IMPORTER
from schedules.outgoing.policy import OutgoingPolicy
from schedules.problem import Refused
from schedules.secret import write_secret
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson
from tests.schedules.importers.webuntis.stand_in import PASSWORD, SCHOOL, USER, standing_in


def webuntis(address: str, secret: Path) -> TimetableSettings:
    return TimetableSettings(
        name="webuntis",
        format="webuntis",
        address=address,
        school=SCHOOL,
        user=USER,
        secret=secret,
    )


def test_webuntis_is_asked(tmp_path: Path) -> None:
    write_secret(tmp_path / "password", PASSWORD)
    with standing_in() as server:
        source = webuntis(server.address, tmp_path / "password")
        context = ImportContext(days=DateRange(TUESDAY, TUESDAY), zone=AMSTERDAM)
        imported = servers.fetch_timetable(source, IMPORTER, context)
    assert imported.lessons == (lesson("webuntis-4"),)
    assert imported.problems == ()


def test_webuntis_needs_a_school_and_a_user() -> None:
    with pytest.raises(ValidationError, match="for webuntis also: secret, school, user"):
        TimetableSettings(name="w", format="webuntis", address="https://a.example")


def test_webuntis_has_no_koppelcode(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="format = 'zermelo'"):
        servers.link_portal(
            webuntis("https://a.example", tmp_path / "password"), "123", OutgoingPolicy()
        )
