"""Where a passive sensor reports: to a core in its own process, or to the gateway beside it."""

from pathlib import Path
from typing import Protocol

from addons.flows.sink import SightingSink
from addons.link.sender import SightingSender
from monitor import catalogue
from monitor.catalogue import Catalogue
from monitor.configuration import Configuration
from monitor.runtime import service


class SinkHandle(Protocol):
    """A sink, and the catalogue that is in force behind it."""

    sink: SightingSink

    def catalogue(self) -> Catalogue:
        """Return the catalogue in force."""

    def reload(self, configuration: Configuration) -> None:
        """Put another configuration in force.

        Raises:
            Refused: when it names what does not exist; the old one stays in force.
        """

    def close(self) -> None:
        """End."""


class LocalSinkHandle:
    """A core in this process.

    Raises:
        Refused: when the store cannot be used, or an address is not free.
    """

    def __init__(self, configuration: Configuration) -> None:
        self._service = service.Service(configuration, by_frames=True)
        self._service.open()
        self.sink: SightingSink = self._service
        self.reload = self._service.reload
        self.close = self._service.close

    def catalogue(self) -> Catalogue:
        """Return the catalogue in force."""
        return self._service.snapshot.catalogue


class RemoteSinkHandle:
    """The core of the gateway on this machine.

    Args:
        configuration: the school's.
        path: of the gateway's socket.

    Raises:
        Refused: when the catalogue's overlay or a platform's name is wrong.
    """

    def __init__(self, configuration: Configuration, path: Path) -> None:
        self.reload(configuration)
        sender = SightingSender(path)
        self.sink: SightingSink = sender
        self.close = sender.close

    def catalogue(self) -> Catalogue:
        """Return the catalogue in force."""
        return self._catalogue

    def reload(self, configuration: Configuration) -> None:
        """Put another configuration in force.

        Raises:
            Refused: when it names what does not exist; the old one stays in force.
        """
        changes = configuration.catalogue
        self._catalogue = catalogue.load_catalogue(
            switched_on=changes.switched_on,
            switched_off=changes.switched_off,
            overlay=changes.overlay,
        )
