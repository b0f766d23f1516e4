"""What each kind of evidence, and each way to hide, is called.

A new one is named here, and every page and command that shows it follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.sighting import Evidence, HidingMethod
from schedules.language import Message
from schedules.language import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class EvidenceTitle:
    """How a name was learned."""

    short: Message
    """In a line about one connection."""
    long: Message
    """Among figures, for whoever knows a little of networks."""
    plain: Message
    """A sentence, for everyone."""


EVIDENCE_TITLES: Mapping[Evidence, EvidenceTitle] = {
    Evidence.SNI: EvidenceTitle(
        _("TLS"),
        _("the name at the start of a TLS connection"),
        _("The name stands at the beginning of a secure connection"),
    ),
    Evidence.QUIC: EvidenceTitle(
        _("QUIC"),
        _("the name at the start of a QUIC connection"),
        _("The same, in a newer kind of connection"),
    ),
    Evidence.HTTP: EvidenceTitle(
        _("HTTP"),
        _("the name in unencrypted HTTP"),
        _("The name stands in a connection that is not secure"),
    ),
    Evidence.DNS: EvidenceTitle(
        _("DNS"),
        _("an answer of DNS"),
        _("The network was asked where the service is"),
    ),
    Evidence.ADDRESS: EvidenceTitle(
        _("address"),
        _("an address that DNS named"),
        _("Only the service's address was seen, and it was known whose that is"),
    ),
    Evidence.HIDDEN: EvidenceTitle(
        _("hidden"),
        _("without a recognisable name"),
        _("There was no name to be seen"),
    ),
}
HIDING_TITLES: Mapping[HidingMethod, Message] = {
    HidingMethod.NAMELESS: _("without a name"),
    HidingMethod.ENCRYPTED_HELLO: _("encrypted name (ECH)"),
    HidingMethod.SPOOFED: _("a name that is not the address's"),
    HidingMethod.RESOLVER: _("encrypted DNS"),
    HidingMethod.VPN: _("VPN"),
    HidingMethod.RELAY: _("private relay"),
}
