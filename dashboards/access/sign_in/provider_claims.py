"""What a school's provider says of somebody, read once and then let go."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from dashboards.access.sign_in.rights import NOTHING, Rights, rights
from dashboards.models import Account
from schedules import store as schedule_store
from schedules.models import Action

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Admission:
    """What follows from the claims of one sign-in."""

    rights: Rights
    has_second_factor: bool
    """Whether the provider says that it asked for more than a password."""


def admission(provider: str, extra_data: Mapping[str, object]) -> Admission:
    """Read the claims of a sign-in, from the user's information and from the signed token."""
    claims: dict[str, object] = {}
    for part in (extra_data, extra_data.get("userinfo"), extra_data.get("id_token")):
        if isinstance(part, Mapping):
            claims.update(part)
    methods = claims.get("amr")
    configured = {each.name: each for each in settings.LESRUST.providers}.get(provider)
    return Admission(
        rights(claims, configured, settings.LESRUST.members) if configured else NOTHING,
        isinstance(methods, list) and "mfa" in methods,
    )


def name(common: Mapping[str, object]) -> str:
    """Give what the provider calls somebody."""
    found = common.get("username") or common.get("email") or ""
    return str(found)[:LONGEST_NAME]


def give(account: Account, given: Rights) -> None:
    """Give an account the roles that hold now; an account that is new is not stored yet.

    A code that an administrator gave stays where the provider says none.
    """
    account.roles = sorted(given.roles)
    account.code = given.code or account.code
    if account.pk:
        _store(account)


def take_away(account: Account) -> None:
    """Take every role from somebody who has none any more; whoever is new is not stored."""
    if account.pk and account.roles:
        account.roles = []
        _store(account)


def _store(account: Account) -> None:
    before = Account.objects.get(pk=account.pk)
    if (before.roles, before.code) != (account.roles, account.code):
        account.save(update_fields=["roles", "code"])
        schedule_store.record_audit_entry(
            Action.ACCOUNT_CHANGED,
            by="provider",
            subject=f"{account.username}: roles"[:100],
            now=time.time(),
        )
