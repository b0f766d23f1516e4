"""What an attack found: a figure, beside the gate that it has to stay within."""

from typing import NamedTuple


class AttackOutcome(NamedTuple):
    """One row of `make privacy`."""

    attack: str
    figure: str
    gate: str
    is_held: bool
