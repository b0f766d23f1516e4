"""Sets up Django for the web application: its configuration, its store, and its static files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dashboards.environment import CONFIGURATION_VARIABLE, STATIC_VARIABLE

if TYPE_CHECKING:
    from monitor.configuration import Configuration

STATIC_MANIFEST = "staticfiles.json"
UNUSED_STATIC_FILES = ("ext", "htmax-*", "htmx-2*", "htmx-4.js")
"""What comes with django_htmx and no page asks for: compressing it takes two seconds."""


def prepare(config: Path, static: Path | None = None) -> "Configuration":
    """Set up Django for the web application, and open the store.

    Args:
        config: the configuration file.
        static: where to collect and compress what browsers fetch, unless that was done before;
            None: it is not needed.

    Raises:
        Refused: when the configuration or the store cannot be used.
    """
    from monitor import store
    from monitor.configuration import load_configuration
    from schedules.secret import create_secret_if_missing

    configuration = load_configuration(config)
    create_secret_if_missing(configuration.web.secret)
    os.environ[CONFIGURATION_VARIABLE] = str(config.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dashboards.settings"
    if static is not None:
        os.environ[STATIC_VARIABLE] = str(static)
    store.connect(configuration.database)
    if static is not None and not (static / STATIC_MANIFEST).exists():
        from django.core.management import call_command

        call_command(
            "collectstatic", verbosity=0, interactive=False, ignore_patterns=[*UNUSED_STATIC_FILES]
        )
    return configuration


@contextmanager
def static_folder() -> Iterator[Path]:
    """Yield the folder of what browsers fetch: one that is ready, or an empty one of this process.

    A folder is ready when the environment names it and an earlier `prepare` has filled it.
    """
    ready = os.environ.get(STATIC_VARIABLE)
    if ready and Path(ready, STATIC_MANIFEST).is_file():
        yield Path(ready)
        return
    try:
        with TemporaryDirectory(prefix="lesrust-web-") as folder:
            yield Path(folder)
    finally:
        # Somebody else can make a folder of this name now, and a restart would trust it.
        os.environ.pop(STATIC_VARIABLE, None)
