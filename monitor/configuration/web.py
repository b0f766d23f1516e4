"""The web application: where it listens, who may sign in, and whom people can turn to."""

from enum import StrEnum
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from monitor.configuration.values import LocalPath, Section, SocketAddress, Text, socket_address

LONGEST_NAME = 40
_IN_A_NAME = frozenset(f"{ascii_lowercase}{digits}-")


class Role(StrEnum):
    """What somebody of the school may do; one person can have several."""

    TEACHER = "teacher"
    LEADERSHIP = "leadership"
    DIRECTIE = "directie"
    IT = "it"


def _web_address(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    host = rest.removesuffix("/")
    if scheme not in {"http", "https"} or not separator or not host or "/" in host:
        raise PydanticCustomError("web_address", "an address such as 'https://lesrust.school.nl'")
    return f"{scheme}://{host}"


def _in_an_address(value: str) -> str:
    if not 0 < len(value) <= LONGEST_NAME or not _IN_A_NAME.issuperset(value):
        allowed = "{longest} small letters, digits and hyphens at most"
        raise PydanticCustomError("name", allowed, {"longest": LONGEST_NAME})
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Roles = Annotated[tuple[Role, ...], Field(strict=False)]
RoleName = Annotated[Role, Field(strict=False)]


class Web(Section):
    """Where the web application is."""

    listen: SocketAddress = "127.0.0.1:9467"
    address: WebAddress | None = None
    """As people type it; None: only this machine."""
    secret: LocalPath = Path("web.secret")
    """Signs what a browser keeps and encrypts second factors; made when it is not there."""
    second_factor: tuple[RoleName, ...] = Field(default=(), strict=False)
    """Who must have a second factor besides a password."""
    audit_years: Annotated[int, Field(ge=1, le=20)] = 3
    """How long is kept who granted and changed what, and the lessons that it was for."""

    @property
    def listens_on(self) -> tuple[str, int]:
        """Host and port."""
        return socket_address(self.listen)


class Provider(Section):
    """An OpenID provider that people of the school sign in with."""

    name: Annotated[str, AfterValidator(_in_an_address)]
    """Stands in the address that is registered with the provider."""
    title: Text
    """As on the button."""
    issuer: Text
    client: Text
    secret: LocalPath
    role_claim: Text = "roles"
    """The claim that says what somebody is: a value, or a list of values."""
    teacher: tuple[Text, ...] = Field(default=(), strict=False)
    """The claim's values that make somebody a teacher."""
    leadership: tuple[Text, ...] = Field(default=(), strict=False)
    directie: tuple[Text, ...] = Field(default=(), strict=False)
    it: tuple[Text, ...] = Field(default=(), strict=False)
    code_claim: str = ""
    """The claim that holds a teacher's code in the timetable."""
    pupils: tuple[Text, ...] = Field(default=("student", "leerling", "pupil"), strict=False)
    """The claim's values that mean a pupil: such an account never gets a role."""
    pupil_domains: tuple[Text, ...] = Field(default=(), strict=False)
    """Domains of pupils' e-mail addresses."""

    def values(self, role: Role) -> frozenset[str]:
        """Give the claim's values that give a role."""
        return frozenset(getattr(self, role.value))


class Member(Section):
    """Somebody on the allow-list: what a provider does not say of her."""

    email: Text
    roles: tuple[RoleName, ...] = Field(min_length=1, strict=False)
    code: str = ""
    """A teacher's code in the timetable."""


class Contact(Section):
    """Whom pupils, parents and staff can turn to."""

    name: str = ""
    email: str = ""
    privacy_officer: str = ""
    """The functionaris gegevensbescherming: name and e-mail address."""
    objection: str = ""
    """How to object."""
    accessibility: str = ""
    """The address of the school's own accessibility statement; empty: there is none yet."""
