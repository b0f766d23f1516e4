"""Sessions that are over are gone; those that last stay."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from dashboards.access.sessions import delete_expired_sessions

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def session(name: str, hours: int) -> None:
    ends = timezone.now() + timedelta(hours=hours)
    Session.objects.create(session_key=name, session_data="", expire_date=ends)


def test_only_what_is_over_is_deleted() -> None:
    session("over", -1)
    session("lasts", 1)
    assert delete_expired_sessions() == 1
    assert [row.pk for row in Session.objects.all()] == ["lasts"]
