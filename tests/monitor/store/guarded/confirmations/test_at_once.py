"""What two do at the same moment on a real store, each with a connection of its own."""

from functools import partial

import pytest

from monitor.configuration import Configuration
from monitor.models import ConfirmedSettings
from monitor.store.guarded.confirmations import (
    NothingToConfirm,
    confirm_settings,
    find_confirmation,
    record_baseline,
    take_fingerprints,
)
from monitor.store.guarded.sections import LAYERS, PRIVACY
from schedules import store
from schedules.models import Action, AuditEntry
from tests.at_once import do_at_once
from tests.monitor.store.guarded.confirmations.conftest import NOW, Loads, begin

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

ROUNDS = 25
"""Enough that both come first at times, and two seconds on either store."""
PEOPLE = ("yildiz", "de-wit")
LAYER = '[[layer]]\nname = "havo"\npupils = {}\n'
LOSS = "[privacy]\nepsilon = {}\n"


def confirm(settings: Configuration, shown: str, by: str, now: float) -> bool:
    """Say whether it was she who confirmed."""
    try:
        confirm_settings(settings, shown, by=by, now=now)
    except NothingToConfirm:
        return False
    return True


def test_of_two_people_who_confirm_the_same_one_does_and_it_stays_hers(loads: Loads) -> None:
    begin(loads(LAYER.format(600), LOSS.format(1)))
    for number in range(ROUNDS):
        settings = loads(LAYER.format(601 + number), LOSS.format(0.9 - number / 50))
        shown, version = find_confirmation(settings).shown, store.current_version()
        entries = AuditEntry.objects.count()
        was_hers = do_at_once(
            [partial(confirm, settings, shown, by, NOW + number) for by in PEOPLE]
        )
        (first,) = (by for by, is_hers in zip(PEOPLE, was_hers, strict=True) if is_hers)
        confirmation = find_confirmation(settings)
        assert (confirmation.changed, confirmation.by) == ((), first)
        assert [
            (entry.action, entry.subject, entry.by)
            for entry in AuditEntry.objects.order_by("pk")[entries:]
        ] == [
            (Action.SETTINGS_CONFIRMED, PRIVACY, first),
            (Action.SETTINGS_CONFIRMED, LAYERS, first),
        ]
        assert store.current_version() == version + 1, "the sensors have one thing to read"


def test_of_sensors_that_begin_at_once_on_a_new_store_one_makes_the_baseline(loads: Loads) -> None:
    settings = [loads(LAYER.format(600 + number)) for number in range(4)]
    fingerprints = [take_fingerprints(configuration) for configuration in settings]
    begins = [
        partial(record_baseline, configuration, taken, NOW)
        for configuration, taken in zip(settings, fingerprints, strict=True)
        if taken is not None
    ]
    do_at_once(begins)
    kept = ConfirmedSettings.objects.get().fingerprints
    assert [taken is not None and kept == taken.by_name for taken in fingerprints].count(True) == 1
    assert [entry.action for entry in AuditEntry.objects.all()] == [Action.SETTINGS_RECORDED]
