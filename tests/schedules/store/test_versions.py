"""The version of what is stored, which readers watch."""

import pytest

from schedules import store
from schedules.models import AuditEntry
from tests.schedules.cast import VAN_DALEN, YILDIZ, at
from tests.schedules.store.cast import DUTCH, audited, grant_dutch, import_lessons

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_every_change_raises_the_version_and_is_audited() -> None:
    seen = [store.current_version()]
    import_lessons(DUTCH)
    seen.append(store.current_version())
    number = grant_dutch().number
    seen.append(store.current_version())
    store.revoke_exemption(number, by=YILDIZ, is_leadership=True, now=at("09:00"))
    seen.append(store.current_version())
    assert seen == sorted(set(seen))
    assert audited() == [
        ("timetable.imported", "beheer"),
        ("exemption.granted", VAN_DALEN),
        ("exemption.revoked", YILDIZ),
    ]
    granted = AuditEntry.objects.get(action="exemption.granted")
    assert granted.subject == f"exemption {number}"
    assert granted.at.timestamp() == at("08:50")
