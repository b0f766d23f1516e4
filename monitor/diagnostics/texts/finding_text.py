"""What is said of one finding: the form of each text."""

from dataclasses import dataclass

from schedules.language import Message


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in words, and its remedy."""

    found: Message
    remedy: Message
    needs_nothing: bool = False
    """Whether the remedy says that nothing has to be done."""
