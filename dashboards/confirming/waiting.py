"""What waits for a confirmation, as a page of figures says it."""

from django.conf import settings

from monitor.diagnostics.texts.guarded import GUARDED_TITLES
from monitor.store.guarded.confirmations import Confirmation, find_confirmation
from schedules.language import gettext, writing


def find_own_confirmation() -> Confirmation:
    """Find what of the settings of these pages was confirmed.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    return find_confirmation(settings.LESRUST)


def name_waiting(confirmation: Confirmation) -> str:
    """List what waits for a confirmation; empty when nothing does."""
    titles = [str(GUARDED_TITLES[name]) for name in confirmation.changed if name in GUARDED_TITLES]
    return writing.listing(titles) or (gettext("the settings") if confirmation.changed else "")
