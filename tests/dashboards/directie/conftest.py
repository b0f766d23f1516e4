"""A school with figures, and somebody of its directie before the page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dashboards.directie import reading, views
from dashboards.figures import clock
from dashboards.models import Account
from monitor.configuration import Role, load_configuration

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def forget() -> None:
    reading.school.cache_clear()
    views.PAGES.forget()
    views.OVERVIEWS.forget()
    views.NEWEST.forget()


@pytest.fixture
def web(school: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the web application be that of the school, on the Tuesday after its week."""
    monkeypatch.setattr(settings, "LESRUST", load_configuration(school / "lesrust.toml"))
    monkeypatch.setattr(clock, "now", TUESDAY.timestamp)
    forget()
    yield school
    forget()


@pytest.fixture
def directie(client: Client, web: Path) -> Client:
    account = Account(username="directie", roles=[Role.DIRECTIE])
    account.save()
    client.force_login(account)
    return client
