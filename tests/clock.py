"""A clock that a test sets by hand."""


class ManualClock:
    """Gives the time that it was set to.

    Args:
        now: seconds since 1970-01-01 UTC.
    """

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now
