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


NOTHING = Rights()


def rights(
    claims: Mapping[str, object], provider: ProviderSettings, members: Iterable[MemberSettings]
) -> Rights:
    """Say what somebody may do who signed in with a provider.

    Roles from the claim and from the allow-list add up. What marks a pupil wins over all of it:
    a pupil's account never gets a role. The allow-list goes by e-mail address, and only by one
    that the provider does not call unverified.

    Args:
        claims: what the provider says of her.
        provider: how the school reads its claims.
        members: the school's allow-list.
    """
    said = _values(claims.get(provider.role_claim))
    email = _email(claims)
    if said & _folded(provider.pupils) or _is_pupils(email, provider):
        return NOTHING
    roles = {role for role in Role if said & _folded(provider.claim_values(role))}
    code = next(iter(_listed(claims.get(provider.code_claim))), "") if provider.code_claim else ""
    for member in members:
        if email and member.email.casefold() == email:
            roles |= set(member.roles)
            code = member.code or code
    return Rights(frozenset(roles), code.strip()) if roles else NOTHING


def _values(claim: object) -> frozenset[str]:
    return _folded(_listed(claim))


def _listed(claim: object) -> list[str]:
    """Read a claim that is one value or a list of them; anything else says nothing."""
    found = claim if isinstance(claim, list) else [claim]
    return [value for value in found if isinstance(value, str) and value]


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
