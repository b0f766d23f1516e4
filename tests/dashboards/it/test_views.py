"""The page of IT, the interruption of the measuring, and the diagnostics file."""

import json
import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from monitor.configuration import Configuration, HealthSettings, Role
from monitor.health import Health
from monitor.store import record_sensor
from schedules import store
from schedules.models import Action, AuditEntry
from schedules.pause import Pause
from tests.cast import at
from tests.dashboards.it.conftest import NOW

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("well")]


def page(client: Client, **more: str) -> str:
    answer = client.get(reverse("it"), headers=more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_line_says_that_everything_works(it: Client) -> None:
    shown = page(it)
    assert "Alles werkt" in shown
    assert "Sensor gateway-1 meldde zich" in shown
    assert "Lokalen van deze week met een plaats" in shown


def test_it_speaks_english_when_asked(it: Client) -> None:
    assert "Everything works" in page(it, accept_language="en")


def test_or_the_first_thing_that_does_not_with_what_follows_and_what_to_do(
    it: Client, health: tuple[Health, str]
) -> None:
    health[0].count_addon_error()
    health[0].publish()
    shown = page(it)
    assert "Niet alles werkt" in shown
    assert "Fouten in de sensor in het afgelopen uur: minstens 1." in shown
    assert "Er wordt niets of te weinig gemeten" in shown
    assert "Wat te doen: Meld het bij de makers" in shown


def test_a_sensor_that_does_not_answer_is_a_finding_and_no_failing_page(
    it: Client, settings: Settings, well: Configuration
) -> None:
    away = {"health": HealthSettings(listen="127.0.0.1:1")}
    settings.LESRUST = well.model_copy(update=away)
    started = time.monotonic()
    assert "antwoordt geen sensor" in page(it)
    assert time.monotonic() - started < 5


def test_what_is_missing_is_named(it: Client, settings: Settings, well: Configuration) -> None:
    settings.LESRUST = well.model_copy(
        update={"places": [place for place in well.places if place.room != "101"]}
    )
    shown = page(it)
    assert "Lokalen uit het rooster waarvan niet bekend is waar ze zijn: 1 (101)." in shown
    assert "Ontbreekt: 1" in shown


def test_no_released_figure_stands_on_the_page(it: Client) -> None:
    """IT sees that Lesrust works, and not what it found."""
    assert "geen cijfers" in page(it)
    assert "instagram" not in page(it).casefold()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.LEADERSHIP, Role.DIRECTIE])
@pytest.mark.parametrize("address", ["it", "diagnostics", "pause", "resume"])
def test_it_is_for_it_alone(
    signed_in: Callable[[Role], Client],
    role: Role,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dashboards.access.navigation.ENTRIES", ())
    client = signed_in(role)
    ask = client.post if address in {"pause", "resume"} else client.get
    assert ask(reverse(address), {"until": "12:00"}).status_code == 403
    assert store.list_pauses(NOW) == ()


def test_an_interruption_is_kept_audited_and_shown(it: Client) -> None:
    answer = it.post(reverse("pause"), {"until": "2026-11-23T12:00", "reason": "open dag"})
    assert answer.status_code == 302
    (kept,) = store.list_pauses(NOW)
    assert (kept.start, kept.end, kept.by, kept.reason) == (NOW, at(12), "it@school", "open dag")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.by) == (Action.MEASURING_PAUSED, "it@school")
    shown = page(it)
    assert "Van ma 23 nov, 09:40 tot ma 23 nov, 12:00, door it@school." in shown
    assert "Lesuren die hierin vallen krijgen geen cijfer" in shown
    assert 'id="until"' not in shown


def test_asked_twice_it_is_interrupted_once(it: Client) -> None:
    for until in ("12:00", "12:00", "11:00"):
        it.post(reverse("pause"), {"until": until})
    assert [kept.end for kept in store.list_pauses(NOW)] == [at(12)]


def test_what_was_typed_stays_when_it_cannot_be(it: Client) -> None:
    answer = it.post(reverse("pause"), {"until": "2026-11-23T08:00", "reason": "open dag"})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Het einde moet na nu liggen" in shown
    assert 'value="2026-11-23T08:00"' in shown
    assert 'value="open dag"' in shown
    assert store.list_pauses(NOW) == ()


def test_it_goes_on_sooner_when_asked(it: Client) -> None:
    store.add_pause(Pause(start=NOW - 600, end=at(12), by="ict"))
    assert "Het meten gaat verder." in it.post(reverse("resume"), follow=True).content.decode()
    assert store.list_pauses(NOW) == ()
    assert AuditEntry.objects.latest("pk").action == Action.MEASURING_RESUMED
    assert "Hervat nu" not in page(it)


def test_the_diagnostics_file_is_downloaded_and_names_nothing(it: Client) -> None:
    record_sensor("gateway-1", store.current_version(), NOW - 3)
    answer = it.get(reverse("diagnostics"))
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="lesrust-2026-11-23-0940.json"'
    )
    content = json.loads(answer.content)
    assert [finding["kind"] for finding in content["findings"]] == ["no_group_sizes"]
    assert content["coverage"]["groups_with_layer"] == {"of": 24, "missing": 0}
    for name in (b"gateway-1", b"h3a", b"MUL", b"Voorbeeld", b"it@school", b"zermelo"):
        assert name not in answer.content
