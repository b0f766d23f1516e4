"""Settings of how much the figures may lose of what counts once."""

from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import Section
from monitor.release.promise import MIN_EPSILON
from monitor.release.tables import EPSILON_A_DAY
from schedules.language import gettext


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
