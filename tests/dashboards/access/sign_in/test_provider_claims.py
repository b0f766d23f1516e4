"""What a sign-in with the provider changes of an account that is there already."""

import pytest
from django.conf import settings

from dashboards.access.sign_in import provider_claims
from dashboards.access.sign_in.rights import NO_RIGHTS, Rights
from dashboards.models import Account
from monitor.configuration import ProviderSettings, Role
from schedules.models import Action, AuditEntry
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def changes() -> int:
    return AuditEntry.objects.filter(action=Action.ACCOUNT_CHANGED).count()


def test_the_roles_of_now_take_the_place_of_those_of_before() -> None:
    account = people.account(Role.IT, Role.TEACHER)
    provider_claims.grant_roles(account, Rights(frozenset({Role.DIRECTIE})))
    kept = Account.objects.get()
    assert kept.role_set == {Role.DIRECTIE}
    assert kept.code == "MUL"
    assert changes() == 1


def test_whoever_has_no_role_any_more_loses_every_one_of_them() -> None:
    provider_claims.revoke_roles(people.account(Role.IT))
    assert Account.objects.get().role_set == frozenset()
    assert changes() == 1


def test_what_stays_the_same_is_not_audited() -> None:
    account = people.account(Role.TEACHER)
    provider_claims.grant_roles(account, Rights(frozenset({Role.TEACHER}), "MUL"))
    assert changes() == 0


def test_whoever_is_new_and_has_no_role_is_not_stored() -> None:
    provider_claims.revoke_roles(Account(username="stranger"))
    assert not Account.objects.exists()


def test_more_than_a_password_is_what_the_provider_calls_so() -> None:
    assert provider_claims.parse_admission(
        "school", {"id_token": {"amr": ["pwd", "mfa"]}}
    ).has_second_factor
    assert not provider_claims.parse_admission(
        "school", {"id_token": {"amr": ["pwd"]}}
    ).has_second_factor
    assert not provider_claims.parse_admission(
        "school", {"userinfo": {"amr": "mfa"}}
    ).has_second_factor


def test_answers_about_two_people_are_about_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenID Connect Core 1.0, 5.3.2: the subject of the one has to be that of the other."""
    provider = ProviderSettings.model_validate(
        {
            "name": "school",
            "title": "School",
            "issuer": "https://login.example",
            "client": "lesrust",
            "secret": "secret",
            "it": ["ict"],
        }
    )
    configured = settings.LESRUST.model_copy(update={"providers": (provider,)})
    monkeypatch.setattr(settings, "LESRUST", configured)
    said = {"userinfo": {"sub": "a", "roles": "ict"}, "id_token": {"sub": "a"}}
    assert provider_claims.parse_admission("school", said).rights.roles == {Role.IT}
    said["id_token"]["sub"] = "b"
    assert provider_claims.parse_admission("school", said).rights == NO_RIGHTS
    del said["id_token"]["sub"]
    assert provider_claims.parse_admission("school", said).rights == NO_RIGHTS
