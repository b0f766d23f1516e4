"""From what a provider and the school say of somebody to what she may do. Nothing is kept here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.configuration import MemberSettings, ProviderSettings, Role


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do, and which lessons are hers."""

    roles: frozenset[Role] = frozenset()
    """None: no access."""
    code: str = ""
    """A teacher's code in the timetable."""


NO_RIGHTS = Rights()


def rights_from_claims(
    claims: Mapping[str, object], provider: ProviderSettings, members: Iterable[MemberSettings]
) -> Rights:
    """Return what somebody may do who signed in with a provider.

    Roles from the claim and from the allow-list add up. What marks a pupil wins over all of it:
    a pupil's account never gets a role. The allow-list goes by e-mail address, and only by one
    that the provider does not call unverified.

    Args:
        claims: what the provider says of her.
        provider: how the school reads its claims.
        members: the school's allow-list.
    """
    roles_claimed = _folded_values(claims.get(provider.role_claim))
    email = _email(claims)
    if roles_claimed & _folded(provider.pupils) or _is_pupils(email, provider):
        return NO_RIGHTS
    roles = {role for role in Role if roles_claimed & _folded(provider.claim_values(role))}
    code = next(iter(_values(claims.get(provider.code_claim))), "") if provider.code_claim else ""
    for member in members:
        if email and member.email.casefold() == email:
            roles |= set(member.roles)
            code = member.code or code
    return Rights(frozenset(roles), code.strip()) if roles else NO_RIGHTS


def _folded_values(claim: object) -> frozenset[str]:
    return _folded(_values(claim))


def _values(claim: object) -> list[str]:
    """Read a claim that is one value or a list of them; anything else says nothing."""
    values = claim if isinstance(claim, list) else [claim]
    return [value for value in values if isinstance(value, str) and value]


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def _email(claims: Mapping[str, object]) -> str:
    # A provider that says nothing of it (Entra) has it from the school's own administration.
    if str(claims.get("email_verified")).casefold() == "false":
        return ""
    email = claims.get("email") or claims.get("preferred_username")
    return email.strip().casefold() if isinstance(email, str) else ""


def _is_pupils(email: str, provider: ProviderSettings) -> bool:
    return email.rpartition("@")[2] in _folded(provider.pupil_domains) if email else False
