"""What the configuration was when it was last looked at, so that the audit can say what changed."""

from collections.abc import Callable, Mapping

from schedules.store.audit import note


def note_configuration(
    digests: Mapping[str, str], *, keyed_by: str, by: Callable[[str], str], now: float
) -> tuple[str, ...]:
    """Write the audit of what is another configuration than the last one, and remember this one.

    The first that is ever looked at is only remembered. A key that is new beside others is told as
    a change of the secret, because what else changed with it cannot be known.

    Args:
        digests: of every part, by its name.
        keyed_by: tells the key of the digests from others.
        by: gives who is answerable for a part, by its name.
        now: seconds since 1970-01-01 UTC.

    Returns:
        The names of the parts that changed.
    """
    from django.db import transaction

    from schedules.models import Action, ConfigurationSection

    with transaction.atomic():
        everything = ConfigurationSection.objects
        known = {
            row.name: row.digest
            for row in everything.select_for_update().filter(keyed_by=keyed_by).order_by("name")
        }
        if known:
            names = sorted(known.keys() | digests.keys())
            changed = [name for name in names if known.get(name) != digests.get(name)]
        else:
            changed = ["web.secret"] if everything.exists() else []
        everything.filter(keyed_by=keyed_by, name__in=changed).delete()
        everything.bulk_create(
            (
                ConfigurationSection(keyed_by=keyed_by, name=name, digest=digest)
                for name, digest in digests.items()
                if known.get(name) != digest
            ),
            ignore_conflicts=True,
        )
        for name in changed:
            note(Action.CONFIGURATION_CHANGED, by=by(name), subject=name, now=now)
    return tuple(changed)
