"""What came of the last time that the rules were compared, for `lesrust check` and `doctor`."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

FOLDER = Path("/run/lesrust-steering")
"""Of root alone to write, and of all to read."""
FILE = "outcome.json"


class OutcomeKind(StrEnum):
    """Whether connections are steered, and why not."""

    STEERED = "steered"
    NOTHING = "nothing"
    """The file steers none."""
    DIFFERS = "differs"
    INCOMPARABLE = "incomparable"
    TOO_MANY = "too_many"
    NO_USER = "no_user"
    FAILED = "failed"
    NOT_LISTENING = "not_listening"


@dataclass(frozen=True, slots=True)
class SteeringOutcome:
    """Whether connections are steered, and about which rules that is."""

    kind: OutcomeKind
    reached: tuple[str, ...] = ()
    """Rules that forbid what would be reached."""
    stopped: tuple[str, ...] = ()
    """Rules that stop what is allowed."""
    incomparable: tuple[str, ...] = ()
    """Rules that cannot be compared and that nobody has reviewed, with their fingerprints."""
    accepted: tuple[str, ...] = ()
    """Rules that cannot be compared and that somebody has."""
    why: str = ""

    @property
    def is_steered(self) -> bool:
        """Whether connections are steered."""
        return self.kind is OutcomeKind.STEERED

    @property
    def is_as_asked(self) -> bool:
        """Whether what the file asks for is so."""
        return self.kind in {OutcomeKind.STEERED, OutcomeKind.NOTHING}

    def write(self, folder: Path) -> None:
        """Write it, as a whole or not at all."""
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        unfinished = folder / f".{FILE}"
        unfinished.write_text(json.dumps(asdict(self)))
        unfinished.chmod(0o644)
        unfinished.replace(folder / FILE)

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """Load the last one; None: there is none that can be read."""
        try:
            said = json.loads((folder / FILE).read_text())
            texts = {key: tuple(said[key]) for key in ("reached", "stopped", "incomparable")}
            return cls(
                OutcomeKind(said["kind"]),
                **texts,
                accepted=tuple(said["accepted"]),
                why=said["why"],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None


def sort_rules(rules: Iterable[str]) -> tuple[str, ...]:
    """Sort rules by where they are, each once."""
    return tuple(sorted(set(rules)))
