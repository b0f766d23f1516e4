"""Settings of the web application: where it listens, who may sign in, and whom to contact."""

from enum import StrEnum
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import (
    LocalPath,
    Section,
    SocketAddress,
    Text,
    parse_socket_address,
)
from schedules.language import gettext

MAX_NAME_LENGTH = 40
_NAME_CHARACTERS = frozenset(f"{ascii_lowercase}{digits}-")


class Role(StrEnum):
    """What a person of the school may do; one person can have several roles."""

    TEACHER = "teacher"
    LEADERSHIP = "leadership"
    DIRECTIE = "directie"
    IT = "it"


def _parse_web_address(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    host = rest.removesuffix("/")
    if scheme not in {"http", "https"} or not separator or not host or "/" in host:
        raise PydanticCustomError(
            "web_address", gettext("an address such as 'https://lesrust.school.nl'")
        )
    return f"{scheme}://{host}"


def _check_provider_name(value: str) -> str:
    if not 0 < len(value) <= MAX_NAME_LENGTH or not _NAME_CHARACTERS.issuperset(value):
        allowed = gettext("{longest} small letters, digits and hyphens at most")
        raise PydanticCustomError("name", allowed, {"longest": MAX_NAME_LENGTH})
    return value


def _check_issuer(value: str) -> str:
    """Refuse one that anybody on the way could speak for; on this machine there is no way."""
    parts = urlsplit(value)
    is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
        raise PydanticCustomError("issuer", gettext("an address that begins with https://"))
    return value


WebAddress = Annotated[str, AfterValidator(_parse_web_address)]
Roles = Annotated[tuple[Role, ...], Field(strict=False)]
RoleName = Annotated[Role, Field(strict=False)]


class WebSettings(Section):
    """Where the web application is."""

    listen: SocketAddress = "127.0.0.1:9467"
    address: WebAddress | None = None
    """As people type it; None: only this machine."""
    secret: LocalPath = Path("web.secret")
    """The file with the key that signs cookies and encrypts second factors; made when absent."""
    second_factor: tuple[RoleName, ...] = Field(default=(), strict=False)
    """Roles that need a second factor besides a password."""
    audit_years: Annotated[int, Field(ge=1, le=20)] = 3
    """How long the audit trail is kept, with the lessons that it is about."""

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port."""
        return parse_socket_address(self.listen)


class ProviderSettings(Section):
    """An OpenID provider with which people of the school sign in."""

    name: Annotated[str, AfterValidator(_check_provider_name)]
    """Part of the redirect address that is registered with the provider."""
    title: Text
    """The text of the button."""
    issuer: Annotated[Text, AfterValidator(_check_issuer)]
    client: Text
    secret: LocalPath
    role_claim: Text = "roles"
    """The claim that gives roles: a value, or a list of values."""
    teacher: tuple[Text, ...] = Field(default=(), strict=False)
    """The claim's values that make a person a teacher."""
    leadership: tuple[Text, ...] = Field(default=(), strict=False)
    directie: tuple[Text, ...] = Field(default=(), strict=False)
    it: tuple[Text, ...] = Field(default=(), strict=False)
    code_claim: str = ""
    """The claim that holds a teacher's code in the timetable."""
    pupils: tuple[Text, ...] = Field(default=("student", "leerling", "pupil"), strict=False)
    """The claim's values that mean a pupil: such an account never gets a role."""
    pupil_domains: tuple[Text, ...] = Field(default=(), strict=False)
    """Domains of pupils' e-mail addresses."""

    def claim_values(self, role: Role) -> frozenset[str]:
        """Return the claim's values that give a role."""
        return frozenset(getattr(self, role.value))


class MemberSettings(Section):
    """A person on the allow-list, with roles that no provider gives."""

    email: str = ""
    """Counts only where the provider says that it is verified."""
    subject: str = ""
    """How the provider identifies this person: `sub`, or Entra's object id."""
    roles: tuple[RoleName, ...] = Field(min_length=1, strict=False)
    code: str = ""
    """A teacher's code in the timetable."""

    @model_validator(mode="after")
    def _check_somebody_is_meant(self) -> Self:
        if not (self.email or self.subject):
            raise PydanticCustomError("member", gettext("an email address or a subject"))
        return self


class ContactSettings(Section):
    """Whom pupils, parents and staff can contact."""

    name: str = ""
    email: str = ""
    privacy_officer: str = ""
    """The functionaris gegevensbescherming: name and e-mail address."""
    objection: str = ""
    """How to object."""
    accessibility: str = ""
    """The address of the school's own accessibility statement; empty: there is none yet."""
