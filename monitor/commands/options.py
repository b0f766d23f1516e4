"""The options that commands share."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from schedules.language import gettext

CONFIGURATION_PATHS = (Path("lesrust.toml"), Path("/etc/lesrust/lesrust.toml"))

type Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class DayType(click.ParamType[date]):
    """A day, as 2026-09-01 or as 1-9-2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse a day."""
        from schedules.local_time import parse_date
        from schedules.problem import InvalidValue

        if isinstance(value, date):
            return value
        try:
            return parse_date(value)
        except InvalidValue as error:
            self.fail(str(error), param, ctx)


DAY = DayType()


def _find_configuration() -> Path | None:
    # Of a folder that this user may not look into, as an administrator's home with `sudo -u`, it
    # says no, where Path raises.
    return next((path for path in CONFIGURATION_PATHS if os.path.isfile(path)), None)  # noqa: PTH113


def require_configuration(path: Path | None) -> Path:
    """Say where a configuration was looked for, when none was named and none is there."""
    if path is None:
        from schedules.language import writing

        raise click.BadParameter(
            gettext(
                "there is none at {paths}: make one, or say where it is",
                paths=writing.listing([*map(str, CONFIGURATION_PATHS)], either=True),
            ),
            param_hint="'--config'",
        )
    return path


def _require_option(context: click.Context, _: click.Parameter, path: Path | None) -> Path | None:
    return path if context.resilient_parsing else require_configuration(path)


config_option: Decorator = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="LESRUST_CONFIG",
    default=_find_configuration,
    callback=_require_option,
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
