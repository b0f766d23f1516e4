"""Which guarded settings were confirmed last, by whom and when; never what they are.

A new store takes the first configuration that a sensor works with for confirmed. From then on a
change takes effect on figures only once somebody of the directie or the leadership confirms it, or
it is taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor.configuration import Configuration
from monitor.store.guarded.sections import GUARDED, guarded_settings
from monitor.store.settings_audit import name_owner
from monitor.store.settings_key import load_settings_key
from schedules import store
from schedules.problem import Refused
from schedules.store import versions

PURPOSE = b"lesrust confirmed settings"
SECRET = "web.secret"  # noqa: S105 (the name of the setting)
"""What is said to have changed where the secret cannot be read, or is another one."""
ONLY_ROW = 1


class SettingsChangedMeanwhile(Exception):
    """The settings are others than those that were shown to who confirms them."""


class NothingToConfirm(Exception):
    """Nothing waits any more: somebody else was first, or the same person pressed twice."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The fingerprints of guarded settings, under a key of the school's."""

    keyed_by: str
    by_name: Mapping[str, str]

    @property
    def together(self) -> str:
        """One text that differs where any of them does."""
        return ",".join(self.by_name[name][:16] for name in GUARDED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was confirmed last, held against the settings of now."""

    changed: tuple[str, ...] = ()
    """Names of what is not confirmed."""
    shown: str = ""
    """What who confirms gives back: that it is this that was read."""
    by: str = ""
    at: float | None = None
    """None: nothing was ever confirmed in this store."""
    epsilon: float | None = None
    """The privacy loss that was confirmed, which everyone may read."""


def take_fingerprints(settings: Configuration) -> Fingerprints | None:
    """Take the fingerprints of what a process works with; None where it came from no file.

    Raises:
        Refused: when the school's secret cannot be used.
    """
    if settings.path is None:
        return None
    key = load_settings_key(settings.web.secret, PURPOSE)
    parts = guarded_settings(settings)
    return Fingerprints(key.name, {name: key.fingerprint(name, parts[name]) for name in GUARDED})


def find_confirmation(settings: Configuration) -> Confirmation:
    """Find what was confirmed, and what of the settings of now was not.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    try:
        fingerprints = take_fingerprints(settings)
    except Refused:
        # Before the first start there is no secret yet, and nothing that it could hide.
        is_new = not settings.web.secret.exists() and not has_confirmed_settings()
        return Confirmation(() if is_new else (SECRET,))
    return Confirmation() if fingerprints is None else compare_with_confirmed(fingerprints)


def compare_with_confirmed(fingerprints: Fingerprints) -> Confirmation:
    """Hold fingerprints against those that were confirmed.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    from monitor.models import ConfirmedSettings

    row = ConfirmedSettings.objects.first()
    if row is None:
        return Confirmation(shown=fingerprints.together)
    names = [name for name in GUARDED if row.fingerprints.get(name) != fingerprints.by_name[name]]
    # Under another secret nothing can be compared: taking one confirms nothing.
    has_same_key = row.keyed_by == fingerprints.keyed_by
    return Confirmation(
        changed=tuple(names) if has_same_key else (SECRET,),
        shown=fingerprints.together,
        by=row.by,
        at=row.at.timestamp(),
        epsilon=row.epsilon,
    )


def has_confirmed_settings() -> bool:
    """Say whether anything was ever confirmed in this store.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    from monitor.models import ConfirmedSettings

    return ConfirmedSettings.objects.exists()


def record_baseline(settings: Configuration, fingerprints: Fingerprints, now: float) -> None:
    """Take the first configuration of a new store for confirmed.

    Raises:
        django.db.DatabaseError: when the store cannot be written.
    """
    from django.db import transaction

    from schedules.models import Action

    if has_confirmed_settings():
        return
    with transaction.atomic():
        versions.next_version()  # two processes that begin at once wait for each other here
        if has_confirmed_settings():
            return
        by = name_owner(settings.path) if settings.path else ""
        _keep(settings, fingerprints, by, now)
        store.record_audit_entry(Action.SETTINGS_RECORDED, by=by, subject="lesrust.toml", now=now)


def confirm_settings(settings: Configuration, shown: str, *, by: str, now: float) -> None:
    """Confirm the settings that somebody has read.

    Args:
        settings: those of now.
        shown: as `Confirmation.shown` was when she read them.
        by: who confirms.
        now: seconds since 1970-01-01 UTC.

    Raises:
        SettingsChangedMeanwhile: when they are others now.
        NothingToConfirm: when nothing waits any more.
        Refused: when the school's secret cannot be used.
        django.db.DatabaseError: when the store cannot be written.
    """
    from django.db import transaction

    from schedules.models import Action

    fingerprints = take_fingerprints(settings)
    if fingerprints is None or fingerprints.together != shown:
        raise SettingsChangedMeanwhile
    with transaction.atomic():
        # By which the sensors read it, as exemptions; whoever confirms meanwhile waits here.
        versions.next_version()
        changed = compare_with_confirmed(fingerprints).changed
        if not changed:
            raise NothingToConfirm  # what was confirmed stays of whoever was first
        _keep(settings, fingerprints, by, now)
        for name in changed:
            store.record_audit_entry(Action.SETTINGS_CONFIRMED, by=by, subject=name, now=now)


def _keep(settings: Configuration, fingerprints: Fingerprints, by: str, now: float) -> None:
    from monitor.models import ConfirmedSettings

    ConfirmedSettings.objects.update_or_create(
        pk=ONLY_ROW,
        defaults={
            "keyed_by": fingerprints.keyed_by,
            "fingerprints": dict(fingerprints.by_name),
            "epsilon": settings.privacy.epsilon,
            "by": by,
            "at": datetime.fromtimestamp(now, UTC),
        },
    )
