"""How a reader of one value says that it cannot be read, before anyone knows where it stood."""


class Unreadable(ValueError):
    """A value that does not mean anything here: what was found, and what is allowed."""

    def __init__(self, found: str, allowed: str) -> None:
        self.found = found
        self.allowed = allowed
        super().__init__(f"found {found!r}; allowed: {allowed}")
