"""Loads `lesrust.toml`: all of it, or every problem that it has."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.configuration.configuration import Configuration
from monitor.configuration.consistency import find_contradictions
from monitor.configuration.problems import describe_errors
from monitor.configuration.toml_errors import describe_toml_error
from monitor.configuration.values import FOLDER
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

MAX_CONFIGURATION_SIZE = 4 * 1024 * 1024
"""Bytes. A school with a prefix for every room stays far below it."""


def load_configuration(path: Path) -> Configuration:
    """Load a configuration file; paths in it are relative to the file's own folder.

    Raises:
        Refused: with every problem in it, when the file cannot be used.
    """
    configuration = _validate(_parse_toml(path), path)
    problems = tuple(find_contradictions(configuration, path))
    if problems:
        raise Refused(problems)
    return _anchor(configuration, path.absolute().parent).with_path(path.absolute())


def _parse_toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_CONFIGURATION_SIZE:
            allowed = gettext("{count} bytes at most", count=MAX_CONFIGURATION_SIZE)
            raise Refused([Problem(str(path), gettext("a larger file"), allowed)])
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused(
            [Problem(str(path), describe_os_error(error), gettext("a readable file"))]
        ) from error
    except UnicodeDecodeError as error:
        where = gettext("{path}, byte {start}", path=path, start=error.start)
        raise Refused(
            [Problem(where, gettext("bytes that are not UTF-8"), gettext("UTF-8 text"))]
        ) from error
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        raise Refused([describe_toml_error(error, path)]) from error


def _validate(data: dict[str, Any], path: Path) -> Configuration:
    try:
        return Configuration.model_validate(data, context={FOLDER: path.absolute().parent})
    except ValidationError as error:
        raise Refused(describe_errors(error.errors(), path, Configuration)) from None


def _anchor(configuration: Configuration, folder: Path) -> Configuration:
    """Make the default paths and the database relative to the file too."""
    web = configuration.web
    anchored: dict[str, object] = {"web": web.model_copy(update={"secret": folder / web.secret})}
    database = configuration.store.database
    if "://" not in database:
        anchored["store"] = configuration.store.model_copy(
            update={"database": str(folder / database)}
        )
    return configuration.model_copy(update=anchored)
