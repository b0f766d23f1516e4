"""Why a timetable's server could not be used, in sentences that are always the same.

They contain nothing of the request or the answer, which hold the token, the password or names.
"""

from dataclasses import dataclass

from schedules.language import Message


@dataclass(frozen=True, slots=True)
class FailureCause:
    """Why a server could not be used, and what an administrator can do."""

    description: Message
    remedy: Message
    is_temporary: bool
    """Whether it may be over at the next attempt."""


class ServerFailure(Exception):
    """A server did not give its timetable. The last timetable stays in force."""

    def __init__(self, cause: FailureCause) -> None:
        self.cause = cause
        super().__init__(str(cause.description))
