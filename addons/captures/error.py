"""Errors of captures, in words that say what to do."""


class CaptureError(Exception):
    """A capture that cannot be opened, or read further: one sentence that names it."""
