"""How much of what passes can be told at all: silence is not to be read as absence."""

from dataclasses import dataclass

from monitor.evidence import Evidence
from monitor.release.visibility import Visibility


@dataclass(frozen=True, slots=True)
class EvidenceShare:
    """How often a name was learned by one kind of evidence."""

    evidence: Evidence
    percent: int


@dataclass(frozen=True, slots=True)
class PublicVisibility:
    """What everyone reads of the visibility."""

    named: int
    """Percent of connections of which the service could be told."""
    hidden: int
    """Percent of the others."""
    shares: tuple[EvidenceShare, ...]


def public_visibility(visibility: Visibility | None) -> PublicVisibility | None:
    """Return how much was seen; None when that is not known yet."""
    if visibility is None:
        return None
    percentages = visibility.shares
    shares = tuple(
        EvidenceShare(evidence, percentages[evidence])
        for evidence in Evidence
        if percentages.get(evidence)
    )
    return PublicVisibility(100 - visibility.hidden, visibility.hidden, shares)
