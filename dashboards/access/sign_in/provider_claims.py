"""What a school's provider says of somebody, read once and then let go."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from dashboards.access.sign_in.rights import NO_RIGHTS, Rights, rights_from_claims
from dashboards.models import Account
from schedules import store as schedule_store
from schedules.models import Action

MAX_NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Admission:
    """What follows from the claims of one sign-in."""

    rights: Rights
    has_second_factor: bool
    """Whether the provider says that it asked for more than a password."""


def parse_admission(provider: str, extra_data: Mapping[str, object]) -> Admission:
    """Parse the claims of a sign-in: those of the user's information and of the signed token.

    Both are of one person, or of nobody (OpenID Connect Core 1.0, 5.3.2).
    """
    claims: dict[str, object] = {}
    parts = (extra_data.get("userinfo"), extra_data.get("id_token"))
    if len({part.get("sub") for part in parts if isinstance(part, Mapping)}) > 1:
        return Admission(NO_RIGHTS, has_second_factor=False)
    for part in (extra_data, extra_data.get("userinfo"), extra_data.get("id_token")):
        if isinstance(part, Mapping):
            claims.update(part)
    methods = claims.get("amr")
    providers = {configured.name: configured for configured in settings.LESRUST.providers}
    rights = NO_RIGHTS
    if provider in providers:
        rights = rights_from_claims(claims, providers[provider], settings.LESRUST.members)
    return Admission(rights, isinstance(methods, list) and "mfa" in methods)


def account_name(common: Mapping[str, object]) -> str:
    """Return what the provider calls somebody."""
    name = common.get("username") or common.get("email") or ""
    return str(name)[:MAX_NAME_LENGTH]


def grant_roles(account: Account, rights: Rights) -> None:
    """Grant an account the roles that hold now; an account that is new is not stored yet.

    A code that an administrator gave stays where the provider says none.
    """
    account.roles = sorted(rights.roles)
    account.code = rights.code or account.code
    if account.pk:
        _save_changes(account)


def revoke_roles(account: Account) -> None:
    """Revoke every role of somebody who has none any more; whoever is new is not stored."""
    if account.pk and account.roles:
        account.roles = []
        _save_changes(account)


def _save_changes(account: Account) -> None:
    before = Account.objects.get(pk=account.pk)
    if (before.roles, before.code) != (account.roles, account.code):
        account.save(update_fields=["roles", "code"])
        schedule_store.record_audit_entry(
            Action.ACCOUNT_CHANGED,
            by="provider",
            subject=f"{account.username}: roles"[:100],
            now=time.time(),
        )
