"""Checks that the school has settled what it has to before anything is counted."""

from collections.abc import Iterator

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind


def check_approval(settings: Configuration) -> Iterator[Finding]:
    """Find what is missing for the end of the trial."""
    missing = settings.approval.missing
    if missing:
        about = tuple(f"[approval] {key}" for key in missing)
        yield Finding(FindingKind.ON_TRIAL, about, len(about))
