"""The options that commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

CONFIGURATION_PATHS = (Path("lesrust.toml"), Path("/etc/lesrust/lesrust.toml"))

type Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _find_configuration() -> Path | None:
    return next((path for path in CONFIGURATION_PATHS if path.is_file()), None)


config_option: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="LESRUST_CONFIG",
    default=lambda: _find_configuration() or CONFIGURATION_PATHS[0],
    show_default="./lesrust.toml, else /etc/lesrust/lesrust.toml",
    help="The configuration file.",
)
"""For a command that cannot do without a configuration."""

optional_config_option: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    envvar="LESRUST_CONFIG",
    default=_find_configuration,
    show_default="./lesrust.toml, else /etc/lesrust/lesrust.toml, else none",
    help="The configuration file.",
)
"""For a command that works without one too; the value is then None."""
