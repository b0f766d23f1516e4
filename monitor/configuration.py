"""The one configuration file, `lesrust.toml`, read into typed settings.

A wrong file is refused as a whole: every problem names the key, what was found and what is
allowed, so that an administrator can mend it without reading this.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from monitor.place import PersonRole
from schedules.problem import Problem, Refused

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes. A school with a prefix for every room stays far below it."""
LARGEST_PORT = 65535
LONGEST_QUOTE = 100

Text = Annotated[str, Field(min_length=1, max_length=200)]
Prefix = IPv4Network | IPv6Network


def _socket_address(value: str) -> tuple[str, int]:
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or int(port) > LARGEST_PORT:
        raise PydanticCustomError("address", "an address and a port such as '127.0.0.1:9464'")
    return host.strip("[]"), int(port)


def _checked_address(value: str) -> str:
    _socket_address(value)
    return value


SocketAddress = Annotated[str, AfterValidator(_checked_address)]


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError(
            "zone", "the name of a time zone such as 'Europe/Amsterdam'"
        ) from error
    return value


def _prefix(value: object) -> Prefix:
    text = value if isinstance(value, str) and "/" in value else ""
    try:
        return ip_network(text)
    except ValueError:
        raise PydanticCustomError(
            "prefix", "a prefix without host bits, such as '10.1.14.0/24' or '2001:db8:14::/64'"
        ) from None


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class School(_Section):
    """Who this is about."""

    name: Text
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Amsterdam"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the school's bells ring in."""
        return ZoneInfo(self.time_zone)


class Layer(_Section):
    """A year layer: its pupils on the roster, and the groups whose lessons are its lessons."""

    name: Text
    pupils: Annotated[int, Field(ge=0, le=10_000)]
    groups: tuple[Text, ...] = Field(default=(), strict=False)
    """Patterns such as `h3*`, as a shell matches names."""


class PlaceEntry(_Section):
    """Where the clients of some prefixes are."""

    prefixes: tuple[Annotated[Prefix, BeforeValidator(_prefix)], ...] = Field(
        min_length=1, strict=False
    )
    room: Text
    layer: str = ""
    """Empty: the layer is that of the lesson's groups."""
    role: PersonRole = Field(default=PersonRole.PUPIL, strict=False)


class Staff(_Section):
    """Staff are counted only with the consent that the law asks for."""

    consent: str = ""
    """Where the consent of the medezeggenschapsraad's staff section is written down."""


class Catalogue(_Section):
    """Changes to the catalogue that comes with Lesrust."""

    overlay: Path | None = Field(default=None, strict=False)
    switched_on: tuple[Text, ...] = Field(default=(), strict=False)
    switched_off: tuple[Text, ...] = Field(default=(), strict=False)


class Gateway(_Section):
    """Where the mitmproxy addon listens."""

    listen: tuple[Text, ...] = Field(default=("transparent@8080",), min_length=1, strict=False)


class Watch(_Section):
    """What the passive sensor listens to."""

    interfaces: tuple[Text, ...] = Field(default=(), strict=False)
    promiscuous: bool = True
    """Whether to hear what is not meant for this machine, as on a mirror port."""
    tunnels: tuple[Literal["vxlan", "geneve", "gtp", "6in4", "4in6", "ipip", "gre"], ...] = Field(
        default=(), strict=False
    )
    """Ways in which packets are carried in packets, to look into."""
    gateway: Path | None = Field(default=None, strict=False)
    """The socket on which the gateway of this machine takes what the sensor sees; None: the sensor
    has a core of its own."""


class Endpoint(_Section):
    """An HTTP endpoint that others read."""

    listen: SocketAddress

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return _socket_address(self.listen)


class Metrics(Endpoint):
    """Where Prometheus reads the released figures."""

    listen: SocketAddress = "127.0.0.1:9464"


class Health(Endpoint):
    """Where the administrator's own monitoring reads how Lesrust itself is."""

    listen: SocketAddress = "127.0.0.1:9465"


class Store(_Section):
    """Where what must last is kept."""

    database: Text = "lesrust.sqlite3"
    """A path for SQLite, or `postgresql://…`."""


class Configuration(_Section):
    """All of `lesrust.toml`."""

    school: School
    layers: tuple[Layer, ...] = Field(default=(), alias="layer", strict=False)
    places: tuple[PlaceEntry, ...] = Field(default=(), alias="place", strict=False)
    staff: Staff = Staff()
    catalogue: Catalogue = Catalogue()
    gateway: Gateway = Gateway()
    watch: Watch = Watch()
    metrics: Metrics = Metrics()
    health: Health = Health()
    store: Store = Store()

    @property
    def database(self) -> str:
        """The store's address: a path for SQLite, or `postgresql://…`."""
        return self.store.database


def read(path: Path) -> Configuration:
    """Read a configuration file; paths in it are relative to the file's own folder.

    Raises:
        Refused: with every problem found, when the file cannot be used.
    """
    configuration = _validated(_parsed(path), path)
    problems = tuple(_contradictions(configuration, path))
    if problems:
        raise Refused(problems)
    return _anchored(configuration, path.absolute().parent)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused([Problem(str(path), "a larger file", f"{LARGEST_FILE} bytes at most")])
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", "a readable file")]) from error
    except UnicodeDecodeError as error:
        where = f"{path}, byte {error.start}"
        raise Refused([Problem(where, "bytes that are not UTF-8", "UTF-8 text")]) from error
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise Refused([Problem(str(path), str(error), "TOML, see https://toml.io")]) from error


def _validated(data: dict[str, Any], path: Path) -> Configuration:
    try:
        return Configuration.model_validate(data)
    except ValidationError as error:
        raise Refused(_problems(error.errors(), path)) from None


def _problems(details: list[ErrorDetails], path: Path) -> Iterator[Problem]:
    for detail in details:
        within = any(
            other is not detail and other["loc"][: len(detail["loc"])] == detail["loc"]
            for other in details
        )
        if not within:  # the problem of a part says more than that of the whole
            yield _problem(detail, path)


def _problem(detail: ErrorDetails, path: Path) -> Problem:
    key = ""
    for part in detail["loc"]:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    key = key if key.isprintable() else ascii(key)
    where = f"{path}, key {key[:LONGEST_QUOTE]}"
    if detail["type"] == "missing":
        return Problem(where, "nothing", "this key is required")
    if detail["type"] == "extra_forbidden":
        return Problem(where, "an unknown key", "a key that the documentation lists")
    allowed = detail["msg"].removeprefix("Input should be ")
    return Problem(where, _quoted(detail["input"]), allowed)


def _quoted(found: object) -> str:
    try:
        return str(found)[:LONGEST_QUOTE]
    except ValueError:  # Python writes no number of thousands of digits
        return "a number of too many digits"


def _contradictions(configuration: Configuration, path: Path) -> Iterator[Problem]:
    names = [layer.name for layer in configuration.layers]
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(f"{path}, key layer", name, "each layer's name once")
    prefixes: dict[Prefix, int] = {}
    for number, place in enumerate(configuration.places, start=1):
        if place.layer and place.layer not in names:
            allowed = "the name of a [[layer]]: " + (", ".join(names) or "none is given")
            yield Problem(f"{path}, key place[{number}].layer", place.layer, allowed)
        for prefix in place.prefixes:
            if prefix in prefixes:
                allowed = f"each prefix once; place[{prefixes[prefix]}] has it too"
                yield Problem(f"{path}, key place[{number}].prefixes", str(prefix), allowed)
            prefixes.setdefault(prefix, number)


def _anchored(configuration: Configuration, folder: Path) -> Configuration:
    changes: dict[str, BaseModel] = {}
    database = configuration.store.database
    if "://" not in database:
        changes["store"] = Store(database=str(folder / database))
    if configuration.catalogue.overlay is not None:
        overlay = folder / configuration.catalogue.overlay
        changes["catalogue"] = configuration.catalogue.model_copy(update={"overlay": overlay})
    if configuration.watch.gateway is not None:
        gateway = folder / configuration.watch.gateway
        changes["watch"] = configuration.watch.model_copy(update={"gateway": gateway})
    return configuration.model_copy(update=changes)
