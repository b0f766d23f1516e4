"""The configuration as digests of its parts, so that the audit can name the parts that changed."""

from collections.abc import Callable, Mapping

from schedules.store.audit import record_audit_entry


def record_configuration(
    digests: Mapping[str, str], *, keyed_by: str, by: Callable[[str], str], now: float
) -> tuple[str, ...]:
    """Record the parts of the configuration that changed in the audit, and keep the new digests.

    The very first configuration is kept and not audited. With another key, only a change of the
    secret is recorded, because it cannot be known what else has changed.

    Args:
        digests: the digest of every part, by its name.
        keyed_by: identifies the key of the digests.
        by: returns who is answerable for a part, by its name.
        now: seconds since 1970-01-01 UTC.

    Returns:
        The names of the parts that changed.
    """
    from django.db import transaction

    from schedules.models import Action, ConfigurationSection

    with transaction.atomic():
        sections = ConfigurationSection.objects
        known = {
            section.name: section.digest
            for section in sections.select_for_update().filter(keyed_by=keyed_by).order_by("name")
        }
        if known:
            names = sorted(known.keys() | digests.keys())
            changed = [name for name in names if known.get(name) != digests.get(name)]
        else:
            changed = ["web.secret"] if sections.exists() else []
        sections.filter(keyed_by=keyed_by, name__in=changed).delete()
        sections.bulk_create(
            (
                ConfigurationSection(keyed_by=keyed_by, name=name, digest=digest)
                for name, digest in digests.items()
                if known.get(name) != digest
            ),
            ignore_conflicts=True,
        )
        for name in changed:
            record_audit_entry(Action.CONFIGURATION_CHANGED, by=by(name), subject=name, now=now)
    return tuple(changed)
