"""The attachments that no line of the school's mapping has, in memory.

An administrator has to know for which access point, VLAN or port a line is missing. They are names
of infrastructure, and are in no metric, log or file: only `lesrust check` asks for them. The sender
of a message decides what is in them, so each is cut and escaped. In which order and when they are
listed says nothing of who is at one of them now.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from math import inf
from re import compile as pattern
from threading import Lock

from monitor.health import PUBLISH_INTERVAL
from monitor.places.attachment_map import AttachmentKind

MAX_UNMAPPED = 50
MAX_NAME_LENGTH = 64
"""Characters of a name."""
_MAC = pattern("(?:[0-9A-Fa-f]{2}[-:. ]?){6}")
_PORT_OF_CISCO = pattern("0004[0-9a-f]{8}")
"""A circuit in numbers: a header, a VLAN, a module and a port. As long as a MAC address."""


class UnmappedAttachments:
    """Attachments without a room; one thread records them, another reads them.

    Args:
        clock: seconds since 1970-01-01 UTC.
        interval: seconds between two times at which new ones are listed, on the hour.
    """

    def __init__(
        self, clock: Callable[[], float] = time.time, interval: float = PUBLISH_INTERVAL
    ) -> None:
        self._clock = clock
        self._interval = interval
        self._latest: OrderedDict[str, None] = OrderedDict()
        self._listed: list[str] = []
        self._listed_in = -inf
        self._lock = Lock()

    def record(self, kind: AttachmentKind, name: str, other_name: str = "") -> None:
        """Record an attachment.

        A VLAN or a circuit that may be a MAC address is left out: some relays can be told to give
        the client's. That of an access point is its own.

        Args:
            kind: of the attachment.
            name: as the message has it.
            other_name: another name of it; empty for none.
        """
        names = dict.fromkeys(
            printable_name(text)
            for text in (name, other_name)
            if text and (kind is AttachmentKind.ACCESS_POINT or not _may_be_client_mac(text))
        )
        if names:
            first, *rest = names
            line = f"{kind} {first}" + "".join(f" ({other})" for other in rest)
            with self._lock:
                self._list_those_of_before()
                self._latest[line] = None
                self._latest.move_to_end(line)
                if len(self._latest) > MAX_UNMAPPED:
                    self._latest.popitem(last=False)

    @property
    def listed(self) -> list[str]:
        """Those that were known when the hour began, each as a line of text, by the alphabet."""
        with self._lock:
            self._list_those_of_before()
            return self._listed

    def _list_those_of_before(self) -> None:
        hour = self._clock() // self._interval
        if hour != self._listed_in:
            self._listed_in, self._listed = hour, sorted(self._latest)


def printable_name(name: str, max_length: int = MAX_NAME_LENGTH) -> str:
    """Return a name without anything that a terminal would obey or hide, and not too long."""
    begin = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in name[:max_length]
    )
    return begin if len(name) <= max_length else f"{begin}…"


def _may_be_client_mac(name: str) -> bool:
    return bool(_MAC.search(name)) and not _PORT_OF_CISCO.fullmatch(name)
