"""Types of single values in `lesrust.toml`, with what each of them allows."""

from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from schedules.bells import Period
from schedules.language import gettext
from schedules.local_time import parse_time
from schedules.problem import InvalidValue

MAX_PORT = 65535
FOLDER = "folder"
"""Key in the validation context: the folder of the file that is loaded."""


class Section(BaseModel):
    """A part of the file. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Text = Annotated[str, Field(min_length=1, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""A text that may be empty, and is so when nothing but spaces is written."""


def parse_socket_address(value: str) -> tuple[str, int]:
    """Split an address and a port.

    Raises:
        PydanticCustomError: when it is not both.
    """
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > MAX_PORT:
        raise PydanticCustomError(
            "address", gettext("an address and a port such as '127.0.0.1:9464'")
        )
    return host.strip("[]"), int(port)


def _check_socket_address(value: str) -> str:
    parse_socket_address(value)
    return value


SocketAddress = Annotated[str, AfterValidator(_check_socket_address)]


def _check_time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError(
            "zone", gettext("the name of a time zone such as 'Europe/Amsterdam'")
        ) from error
    return value


TimeZone = Annotated[str, AfterValidator(_check_time_zone)]


def _parse_prefix(value: object) -> IPv4Network | IPv6Network:
    text = value if isinstance(value, str) and "/" in value else ""
    try:
        return ip_network(text)
    except ValueError:
        raise PydanticCustomError(
            "prefix",
            gettext("a prefix without host bits, such as '10.1.14.0/24' or '2001:db8:14::/64'"),
        ) from None


Prefix = Annotated[IPv4Network | IPv6Network, BeforeValidator(_parse_prefix)]


def _resolve_path(value: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get(FOLDER, Path())
    return folder / value


LocalPath = Annotated[Path, Field(strict=False), AfterValidator(_resolve_path)]
"""A path; a relative one starts at the folder of the file that names it."""


def _parse_lesson_hour(value: object) -> Period:
    text = value if isinstance(value, str) else ""
    label, _, times = text.strip().rpartition(" ")
    start, _, end = times.partition("-")
    try:
        period = Period(label.strip(), parse_time(start), parse_time(end))
    except InvalidValue:
        period = None
    if period is None or not period.label or period.start >= period.end:
        raise PydanticCustomError(
            "period", gettext("a label and its times such as '1 08:30-09:20'")
        )
    return period


LessonHour = Annotated[Period, BeforeValidator(_parse_lesson_hour)]
Day = Annotated[date, Field(strict=True)]
Weekday = Annotated[int, Field(ge=1, le=7)]
