"""Settings of what the promise is of and how much it is: what counts once, and the loss of it."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import Section, Text
from monitor.identity import IdentityRules, Unit
from monitor.release.promise import MIN_EPSILON
from monitor.release.tables import EPSILON_A_DAY
from schedules.language import gettext

_OF_ADDRESSES = ("rooms", "families", "reused")
"""Keys that say how many addresses are one device."""


class IdentitySettings(Section):
    """What counts once, and where its name comes from."""

    unit: Annotated[Unit, Field(strict=False)] = Unit.DEVICE
    frames: Literal["own", "routed"] = "own"
    """Whether the frames that a passive sensor sees come from the clients, or from a router."""
    neighbours: Text | None = None
    """The interface of which this machine, as a router, knows the MAC addresses; `all` for each of
    them; None: none."""
    rooms: Annotated[int, Field(ge=1, le=20)] = 1
    """Rooms in which one device gets another address in a day, where the unit is an address."""
    families: Annotated[int, Field(ge=1, le=2)] = 1
    """Kinds of addresses that are counted, where the unit is an address: 2 with IPv6."""
    reused: bool = True
    """Whether an address passes to another device in a day, where the unit is an address."""

    @model_validator(mode="after")
    def _require_what_the_unit_has(self) -> Self:
        if self.unit is Unit.ADDRESS:
            if self.neighbours is not None:
                raise PydanticCustomError(
                    "identity", gettext("neighbours only with unit 'device' or 'person'")
                )
        elif not self.model_fields_set.isdisjoint(_OF_ADDRESSES):
            raise PydanticCustomError(
                "identity", gettext("rooms, families and reused only with unit 'address'")
            )
        return self

    @property
    def rules(self) -> IdentityRules:
        """What the core goes by."""
        is_address = self.unit is Unit.ADDRESS
        return IdentityRules(
            unit=self.unit,
            frames_are_own=self.frames == "own",
            addresses=self.rooms * self.families if is_address else 1,
            reused=self.reused and is_address,
            counts_ipv6=not is_address or self.families > 1,
        )


def _check_epsilon(value: float) -> float:
    if not MIN_EPSILON <= value <= EPSILON_A_DAY:  # nor is what is no number between them
        raise PydanticCustomError(
            "epsilon",
            gettext(
                "a number from 0.1 to 1: it can be lowered, which protects better, and never be "
                "more than 1"
            ),
        )
    return value


class PrivacySettings(Section):
    """What the school chose to promise: less can be lost than is declared, never more."""

    epsilon: Annotated[float, AfterValidator(_check_epsilon)] = EPSILON_A_DAY
    """Privacy loss of what counts once, over all figures of a day."""
