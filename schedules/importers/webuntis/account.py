"""Who asks a WebUntis server, as one logs in on its page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WebUntisAccount:
    """A user of a school's WebUntis. It holds a password, and shows nothing."""

    school: str
    """As in the address of the page after `?school=`, with or without its `+` and `%`."""
    user: str
    password: str
