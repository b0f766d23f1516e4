"""Why a timetable's server did not give what was asked, in a sentence that is always the same.

Nothing of the request or the answer stands in it: they hold the token, the password or names.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """What can be the matter with a server."""

    said: str
    remedy: str
    """What an administrator can do."""
    passes: bool
    """Whether it may be over when it is tried again."""


class ServerTrouble(Exception):
    """A server could not be asked. The last timetable stays in force."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.said)
