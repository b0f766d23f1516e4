"""What a rule asks of the first packet of a connection, and whether it holds."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import NamedTuple

from monitor.steering.value_set import ValueSet


class NewConnection(NamedTuple):
    """The first packet of a connection; nothing here is of a real client."""

    version: int
    """Of the Internet Protocol: 4 or 6."""
    source: int | None
    """An address, as a number; None: one of the router's own."""
    destination: int
    port: int
    comes_in: str
    """The interface; empty: it was made on the router."""
    leaves_by: str
    """The interface; empty: that is not decided yet."""
    user: int | None
    """Who made it on the router; None: it was not made there."""


ADDRESS_BITS = {4: 32, 6: 128}
MAX_PORT = 65_535


class NumberField(Enum):
    """What a rule compares with numbers."""

    SOURCE = "saddr"
    DESTINATION = "daddr"
    PORT = "dport"
    USER = "skuid"


class InterfaceField(Enum):
    """What a rule compares with names of interfaces."""

    COMES_IN = "iif"
    LEAVES_BY = "oif"


class RuleCondition(ABC):
    """Something that a rule asks of a connection."""

    @abstractmethod
    def holds(self, connection: NewConnection) -> bool | None:
        """Return whether it holds; None: it cannot be told."""

    @property
    def parts(self) -> "Iterator[RuleCondition]":
        """The conditions that it is made of, or itself."""
        yield self


@dataclass(frozen=True, slots=True)
class Constant(RuleCondition):
    """Holds for all new connections alike."""

    value: bool | None

    def holds(self, connection: NewConnection) -> bool | None:
        """Return the same for each."""
        return self.value


@dataclass(frozen=True, slots=True)
class NumberCondition(RuleCondition):
    """Compares an address, a port or a user."""

    field: NumberField
    version: int | None
    """Of the Internet Protocol, where it is about an address; None: of both."""
    values: ValueSet
    is_negated: bool = False

    def holds(self, connection: NewConnection) -> bool | None:
        """Return whether the number is among the values; not so where there is no number."""
        if self.version not in {None, connection.version}:
            return False
        match self.field:
            case NumberField.SOURCE:
                if connection.source is None:
                    return None
                number = connection.source
            case NumberField.DESTINATION:
                number = connection.destination
            case NumberField.PORT:
                number = connection.port
            case NumberField.USER:
                if connection.user is None:
                    return False
                number = connection.user
        return (number in self.values) is not self.is_negated


@dataclass(frozen=True, slots=True)
class InterfaceCondition(RuleCondition):
    """Compares the name of an interface, or how it begins."""

    field: InterfaceField
    names: frozenset[str]
    """Those that end in * stand for all that begin so."""
    is_negated: bool = False

    def holds(self, connection: NewConnection) -> bool | None:
        """Return whether the interface is among the names."""
        comes_in = self.field is InterfaceField.COMES_IN
        name = connection.comes_in if comes_in else connection.leaves_by
        is_named = any(
            fnmatchcase(name, pattern.replace("[", "[[]"))
            if pattern.endswith("*")
            # Exactly this interface.
            else name == pattern
            for pattern in self.names
        )
        return is_named is not self.is_negated


@dataclass(frozen=True, slots=True)
class AllOf(RuleCondition):
    """Holds where every part holds."""

    conditions: Sequence[RuleCondition]

    def holds(self, connection: NewConnection) -> bool | None:
        """Return whether all hold; not so where any does not, whatever the others are."""
        is_known = True
        for condition in self.conditions:
            held = condition.holds(connection)
            if held is False:
                return False
            is_known = is_known and held is not None
        return True if is_known else None

    @property
    def parts(self) -> Iterator[RuleCondition]:
        """The parts of all."""
        for condition in self.conditions:
            yield from condition.parts


@dataclass(frozen=True, slots=True)
class AnyOf(RuleCondition):
    """Holds where any part holds, or none where it is negated."""

    conditions: Sequence[RuleCondition]
    is_negated: bool = False

    def holds(self, connection: NewConnection) -> bool | None:
        """Return whether any holds."""
        held = {condition.holds(connection) for condition in self.conditions}
        any_holds = True if True in held else None if None in held else False
        return any_holds if any_holds is None else any_holds is not self.is_negated

    @property
    def parts(self) -> Iterator[RuleCondition]:
        """The parts of all."""
        for condition in self.conditions:
            yield from condition.parts
