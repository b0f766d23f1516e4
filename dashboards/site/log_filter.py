"""What libraries would write to a log goes nowhere: a request can hold a name."""

import logging
from collections.abc import Iterable


def silence_loggers(libraries: Iterable[str]) -> None:
    """Let some libraries log nothing; what others log is left as it is."""
    for library in libraries:
        logger = logging.getLogger(library)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
