"""A school whose sensor is well, and who asks for its pages."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from dashboards.models import Account
from monitor import store
from monitor.configuration import Configuration, HealthSettings, Role
from monitor.health import Health
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from schedules import store as schedule_store
from schedules.store import source_states
from tests.cast import AMSTERDAM, at, lessons
from tests.monitor.diagnostics.cast import SETTINGS

NOW = at(9, 40)


@pytest.fixture(autouse=True)
def twenty_to_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is twenty to ten on Monday."""
    monkeypatch.setattr("dashboards.school.clock.now", lambda: NOW)
    monkeypatch.setattr("dashboards.school.clock.machine_now", lambda: NOW)


@pytest.fixture
def health() -> Iterator[tuple[Health, str]]:
    """Give the health that a sensor tells, and where it does."""
    told = Health()
    told.snapshot_read_at = told.watermark = time.time()
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, HealthCollector(told, time.time)) as port:
        yield told, f"127.0.0.1:{port}"


@pytest.fixture
def configuration(settings: Settings, health: tuple[Health, str]) -> Configuration:
    """Put a configuration in force whose sensor answers."""
    changes = {"health": HealthSettings(listen=health[1])}
    settings.LESRUST = SETTINGS.model_copy(update=changes)
    return settings.LESRUST  # type: ignore[no-any-return]


@pytest.fixture
def well(configuration: Configuration, db: None) -> Configuration:
    """Fill the store as that of a school where everything works."""
    schedule_store.import_timetable(
        list(lessons()), source="zermelo", by="t", now=at(7), zone=AMSTERDAM
    )
    source_states.record_source_read("zermelo", NOW - 60)
    store.record_sensor("gateway-1", schedule_store.current_version(), NOW - 3)
    return configuration


@pytest.fixture
def signed_in(db: None) -> Callable[[Role], Client]:
    """Give what signs somebody in who has a role."""

    def sign_in(role: Role) -> Client:
        account = Account.objects.create(username=f"{role}@school", roles=[role], password="!")
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def it(signed_in: Callable[[Role], Client]) -> Client:
    """Give a browser of somebody of IT."""
    return signed_in(Role.IT)
