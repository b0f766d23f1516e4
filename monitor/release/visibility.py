"""How much of what devices do in lessons can be recognised: silence is not to be read as absence.

Each device has one vote a day, split over its connections by how each was recognised or hidden.
The votes of a week are a released table; what is said of them is worked out from released figures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from monitor.evidence import ConnectionKind, Evidence, HidingMethod
from monitor.release.figures import NORMAL_95, Figure
from monitor.release.tables import V1

RECOGNISED = tuple(
    evidence for evidence in Evidence if evidence.is_connection and evidence is not Evidence.HIDDEN
)
KINDS: Mapping[str, ConnectionKind] = {kind.value: kind for kind in (*RECOGNISED, *HidingMethod)}
"""The cells of the table, by their labels: each connection is of one of them."""
MIN_DEVICE_DAYS = 500
"""Of fewer, by the figures themselves, nothing is said: it would be noise."""
MAX_HALF_WIDTH = 10
"""Points: nothing is said of a share that is known less well."""


def split_vote(seen: Mapping[str, int], points: int) -> Counter[str]:
    """Split one device's vote over its connections, so that the parts add up to it.

    Args:
        seen: its connections of the day, by kind.
        points: what its vote is worth.
    """
    total = sum(seen.values())
    if not total:
        return Counter()
    vote = Counter({kind: count * points // total for kind, count in seen.items()})
    by_remainder = sorted(seen, key=lambda kind: (-(seen[kind] * points % total), kind))
    vote.update(by_remainder[: points - vote.total()])
    return vote


@dataclass(frozen=True, slots=True)
class ShareEstimate:
    """A share in whole percents, with the interval that holds it in 95 % of cases."""

    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Visibility:
    """What could be recognised of what devices do in lessons, in some weeks."""

    recognised: ShareEstimate
    """By any kind of evidence."""
    shares: Mapping[str, ShareEstimate]
    """By kind of connection."""


def estimate_visibility(figures: Iterable[Figure]) -> Visibility | None:
    """Estimate the shares from released figures; None when they do not say enough.

    Args:
        figures: of the table of visibility, of one week or several.
    """
    drawn, variance = dict[str, float](), dict[str, float]()
    for figure in figures:
        if figure.drawn is not None:
            kind, noise = figure.cell.evidence, figure.noise_scale / V1.points
            drawn[kind] = drawn.get(kind, 0) + figure.drawn / V1.points
            variance[kind] = variance.get(kind, 0) + 2 * noise**2
    total = sum(drawn.values())
    if total < MIN_DEVICE_DAYS:
        return None

    def share_of(*kinds: str) -> ShareEstimate:
        share = sum(drawn.get(kind, 0) for kind in kinds) / total
        error = sum(
            variance[kind] * ((1 - share) if kind in kinds else share) ** 2 for kind in drawn
        )
        half_width = NORMAL_95 * sqrt(error) / total
        return ShareEstimate(*map(_percent, (share, share - half_width, share + half_width)))

    recognised = share_of(*RECOGNISED)
    if recognised.high - recognised.low > 2 * MAX_HALF_WIDTH:
        return None
    return Visibility(recognised, {kind: share_of(kind) for kind in KINDS if kind in drawn})


def _percent(share: float) -> int:
    return round(100 * min(1.0, max(0.0, share)))
