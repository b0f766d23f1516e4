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
_TRUE = frozenset({"true", "1"})
_ADDRESS_CLAIMS = ("email", "preferred_username", "upn", "unique_name", "verified_primary_email")


def rights_from_claims(
    claims: Mapping[str, object], provider: ProviderSettings, members: Iterable[MemberSettings]
) -> Rights:
    """Return what somebody may do who signed in with a provider.

    Roles from the claim and from the allow-list add up. What marks a pupil wins over all of it:
    a pupil's account never gets a role. The allow-list goes by the provider's own identifier of
    somebody, or by an e-mail address that the provider calls verified: any other address, and a
    name that its owner may choose, says nothing of who she is.

    Args:
        claims: what the provider says of her.
        provider: how the school reads its claims.
        members: the school's allow-list.
    """
    roles_claimed = _folded_values(claims.get(provider.role_claim))
    if roles_claimed & _folded(provider.pupils) or _is_pupils(claims, provider):
        return NO_RIGHTS
    email, subjects = _verified_email(claims), _subjects(claims)
    roles = {role for role in Role if roles_claimed & _folded(provider.claim_values(role))}
    code = next(iter(_values(claims.get(provider.code_claim))), "") if provider.code_claim else ""
    for member in members:
        is_hers = member.subject in subjects or (email and member.email.casefold() == email)
        if is_hers:
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


def _subjects(claims: Mapping[str, object]) -> frozenset[str]:
    """Return the identifiers that a provider never gives to another: Entra's `oid` is one."""
    return frozenset(value for key in ("sub", "oid") for value in _values(claims.get(key)))


def _verified_email(claims: Mapping[str, object]) -> str:
    """Return the address of which the provider says that it is hers; empty where it does not.

    `email_verified` is OpenID Connect's (Core 1.0, 5.1). `xms_edov` is Entra's optional claim: the
    owner of the address' domain was verified.
    """
    is_verified = any(
        str(claims.get(key)).casefold() in _TRUE for key in ("email_verified", "xms_edov")
    )
    email = claims.get("email")
    return email.strip().casefold() if is_verified and isinstance(email, str) else ""


def _is_pupils(claims: Mapping[str, object], provider: ProviderSettings) -> bool:
    """Say whether any claim that can hold an address holds a pupil's, verified or not."""
    domains = _folded(provider.pupil_domains)
    addresses = (value for key in _ADDRESS_CLAIMS for value in _values(claims.get(key)))
    return any(address.strip().casefold().rpartition("@")[2] in domains for address in addresses)
