"""What an attack gained: a figure, beside the gate that it has to stay within."""

from typing import NamedTuple


class AttackOutcome(NamedTuple):
    """One attack, as people read it."""

    attack: str
    figure: str
    gate: str
    is_held: bool
