"""Runs one attack, where a process of its own finds it."""

from collections.abc import Callable, Iterator

from monitor.attacks.outcome import AttackOutcome

type Attack = Callable[[], Iterator[AttackOutcome]]


def run_attack(attack: Attack) -> list[AttackOutcome]:
    """Run an attack, in a process of its own; one that breaks proves nothing."""
    try:
        return [*attack()]
    except Exception as error:  # noqa: BLE001 (whatever it is, the others go on)
        return [AttackOutcome(str(attack), f"broke: {error!r}", "an answer", is_held=False)]
