"""Interruptions of the measuring in the store."""

from dataclasses import replace

import pytest

from schedules import store
from schedules.models import Action, AuditEntry, PauseRow
from tests.schedules.cast import at
from tests.schedules.store.cast import order

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_an_interruption_is_kept_audited_and_seen_by_its_version() -> None:
    before = store.current_version()
    made = order()
    assert store.current_version() == before + 1
    assert store.list_pauses(at("08:00")) == (made,)
    assert made.number == PauseRow.objects.get().pk
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == (Action.MEASURING_PAUSED, "ict")
    assert entry.subject == f"pause {made.number}"
    assert "open dag" not in str(vars(entry))


def test_interruptions_are_listed_from_a_moment_on_in_the_order_in_which_they_began() -> None:
    late, early = order("10:00", "11:00"), order("08:00", "09:00")
    assert store.list_pauses(at("08:30")) == (early, late)
    assert store.list_pauses(at("09:00")) == (late,)
    assert store.list_pauses(at("11:00")) == ()


def test_measuring_goes_on_before_the_end_and_what_was_interrupted_stays_known() -> None:
    order("08:00", "08:30")
    made = order()
    before = store.current_version()
    assert store.end_pauses(by="yil", now=at("10:00"))
    assert store.current_version() == before + 1
    assert store.list_pauses(at("10:00")) == ()
    assert store.list_pauses(at("09:30")) == (replace(made, end=at("10:00")),)
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.by) == (Action.MEASURING_RESUMED, "yil")
    assert PauseRow.objects.count() == 2


def test_all_that_last_end_together() -> None:
    order("09:00", "12:00")
    order("09:10", "13:00")
    store.end_pauses(by="yil", now=at("10:00"))
    assert {pause.end for pause in store.list_pauses(at("09:00"))} == {at("10:00")}


def test_where_nothing_is_interrupted_nothing_is_resumed_or_audited() -> None:
    order("08:00", "08:30")
    assert not store.end_pauses(by="yil", now=at("10:00"))
    assert AuditEntry.objects.count() == 1


def test_what_has_ended_is_deleted_and_what_lasts_stays() -> None:
    order("09:00", "10:00")
    lasting = order("09:00", "12:00")
    assert store.count_pauses_before(at("09:59")) == 0
    assert store.delete_pauses_before(at("09:59")) == 0
    assert store.count_pauses_before(at("10:00")) == 1
    assert store.delete_pauses_before(at("10:00")) == 1
    assert store.list_pauses(at("08:00")) == (lasting,)
