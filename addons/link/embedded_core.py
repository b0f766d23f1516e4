"""The core of the addon in mitmdump, where no command opens one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from click.exceptions import Exit
from mitmproxy.exceptions import OptionsError

from monitor.configuration import Configuration, load_configuration
from monitor.runtime.refusals import exit_on_refusal
from monitor.runtime.service import Service
from schedules.language import gettext


@contextmanager
def _refuse_options() -> Iterator[None]:
    """Print refusals, and raise mitmproxy's own error for them."""
    try:
        with exit_on_refusal():
            yield
    except Exit:
        raise OptionsError(gettext("lesrust: refused, see the lines above")) from None


class EmbeddedCore:
    """Reads the configuration, and opens a core once."""

    def __init__(self) -> None:
        self._configuration: Configuration | None = None
        self._service: Service | None = None

    def configure(self, path: Path) -> Configuration:
        """Read the configuration, put it in force where the core is open, and return it.

        Raises:
            OptionsError: with every problem; what was in force stays in force.
        """
        with _refuse_options():
            self._configuration = load_configuration(path)
            if self._service:
                self._service.reload(self._configuration)
            return self._configuration

    def open(self) -> Service:
        """Open the core.

        Raises:
            OptionsError: when it cannot be opened; mitmdump then ends.
        """
        if self._configuration is None:
            raise OptionsError(
                gettext("lesrust: no configuration: --set lesrust_config=lesrust.toml")
            )
        service = Service(self._configuration)
        # The event loop's thread must not use the store.
        with _refuse_options(), ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(service.open).result()
        self._service = service
        return service

    def close(self) -> None:
        """Close the core, if it was opened."""
        service, self._service = self._service, None
        if service:
            service.close()
