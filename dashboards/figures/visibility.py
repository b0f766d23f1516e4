"""The visibility in words: what each kind of connection is called, and its share."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor.evidence import Evidence, HidingMethod
from monitor.release.visibility import KINDS, ShareEstimate, Visibility
from schedules.language import gettext


class KindShare(NamedTuple):
    """The share of one kind of connection, as people read it."""

    title: str
    percent: str
    interval: str


def kind_shares(visibility: Visibility | None) -> Iterator[KindShare]:
    """Write the share of each kind of connection that there was any of to be seen."""
    for kind, share in visibility.shares.items() if visibility else ():
        if share.percent:
            yield KindShare(_title(KINDS[kind]), format_percent(share), format_interval(share))


def format_percent(share: ShareEstimate) -> str:
    """Write a share: `88 %`."""
    return f"{share.percent} %"


def format_interval(share: ShareEstimate) -> str:
    """Write the interval of a share: `85–91 %`."""
    return f"{share.low}\N{EN DASH}{share.high} %"


def _title(kind: Evidence | HidingMethod) -> str:
    if isinstance(kind, HidingMethod):
        return gettext("hidden: {how}", how=kind.spec.title)
    return str(kind.spec.long_title)
