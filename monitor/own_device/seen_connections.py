"""Counts the connections of a device that looks at itself: exactly, and for nobody else."""

from collections import Counter

from monitor.evidence import Evidence, HidingMethod


class SeenConnections:
    """What was seen of one device's connections since it opened the page."""

    def __init__(self) -> None:
        self.evidence: Counter[Evidence] = Counter()
        self.hidden: Counter[HidingMethod] = Counter()

    def count_connection(self, evidence: Evidence, *, place_is_known: bool) -> None:
        """Count a connection by how its name was learned."""
        self.evidence[evidence] += 1

    def count_hidden_connection(self, method: HidingMethod) -> None:
        """Count a connection that hides where it goes, or leads to a server that hides others."""
        self.hidden[method] += 1

    def count_unnamed(self) -> None:
        """Do nothing: a device without a name sees that at each of its lines."""
