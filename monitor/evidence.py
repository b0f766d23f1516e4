"""How a name was learned, and why none was: each kind is declared here, and only here.

Counts, metrics, visibility, pages, reports, commands and the link between sensor and gateway
follow from a declaration. What cannot follow by itself (Grafana's panel and the documentation) is
held by a test that names the file to touch; `docs/developers/extend-evidence.md` goes through it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from schedules.language import Message
from schedules.language import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class EvidenceSpec:
    """One kind of evidence."""

    label: str
    """Names it in metrics, in stored visibility and in JSON. It never changes."""
    wire_code: int
    """Names it between sensor and gateway: 0 to 255. It never changes, and is not used again."""
    short_title: Message
    """What it is called in a line about one connection."""
    long_title: Message
    """What it is called among figures, for readers who know a little of networks."""
    plain_title: Message
    """What it is called for everyone: a sentence without a full stop."""
    is_connection: bool = True
    """Whether a sighting with it is of a connection; else only a name was seen."""


class Evidence(StrEnum):
    """How a name was learned."""

    spec: EvidenceSpec
    wire_code: int
    is_connection: bool

    def __new__(cls, spec: EvidenceSpec) -> Self:
        """Make a member whose value is the label."""
        member = str.__new__(cls, spec.label)
        member._value_ = spec.label
        member.spec = spec
        member.wire_code = spec.wire_code
        member.is_connection = spec.is_connection
        return member

    SNI = EvidenceSpec(
        label="sni",
        wire_code=0,
        short_title=_("TLS"),
        long_title=_("the name at the start of a TLS connection"),
        plain_title=_("The name stands at the beginning of a secure connection"),
    )
    QUIC = EvidenceSpec(
        label="quic",
        wire_code=1,
        short_title=_("QUIC"),
        long_title=_("the name at the start of a QUIC connection"),
        plain_title=_("The same, in a newer kind of connection"),
    )
    HTTP = EvidenceSpec(
        label="http",
        wire_code=2,
        short_title=_("HTTP"),
        long_title=_("the name in unencrypted HTTP"),
        plain_title=_("The name stands in a connection that is not secure"),
    )
    DNS = EvidenceSpec(
        label="dns",
        wire_code=3,
        short_title=_("DNS"),
        long_title=_("an answer of DNS"),
        plain_title=_("The network was asked where the service is"),
        is_connection=False,
    )
    ADDRESS = EvidenceSpec(
        label="address",
        wire_code=4,
        short_title=_("address"),
        long_title=_("an address that DNS named"),
        plain_title=_("Only the service's address was seen, and it was known whose that is"),
    )
    """An address that a DNS answer named."""
    HIDDEN = EvidenceSpec(
        label="hidden",
        wire_code=5,
        short_title=_("hidden"),
        long_title=_("without a recognisable name"),
        plain_title=_("There was no name to be seen"),
    )
    """No name that can be relied on; `HidingMethod` says why."""


@dataclass(frozen=True, slots=True)
class HidingSpec:
    """One way to hide where a connection goes."""

    label: str
    """Names it in metrics, in stored visibility and in JSON. It never changes."""
    wire_code: int
    """Names it between sensor and gateway: 1 to 255. It never changes, and is not used again."""
    title: Message
    """What it is called among figures, for readers who know a little of networks."""
    plain_title: Message
    """What it is called for everyone: a sentence without a full stop."""


class HidingMethod(StrEnum):
    """Why a connection does not show where it goes, or leads to what hides others."""

    spec: HidingSpec
    wire_code: int

    def __new__(cls, spec: HidingSpec) -> Self:
        """Make a member whose value is the label."""
        member = str.__new__(cls, spec.label)
        member._value_ = spec.label
        member.spec = spec
        member.wire_code = spec.wire_code
        return member

    NAMELESS = HidingSpec("nameless", 1, _("without a name"), _("There was no name to be seen"))
    """No name where one could stand."""
    ENCRYPTED_HELLO = HidingSpec(
        "encrypted_hello", 2, _("encrypted name (ECH)"), _("The name was encrypted")
    )
    """An encrypted ClientHello (ECH): the name that it shows is not where it goes."""
    SPOOFED = HidingSpec(
        "spoofed",
        3,
        _("a name that is not the address's"),
        _("The name was not that of the address"),
    )
    """A name that DNS never gave for the address."""
    RESOLVER = HidingSpec(
        "resolver", 4, _("encrypted DNS"), _("It was asked in secret where a service is")
    )
    """DNS over HTTPS, TLS or QUIC."""
    VPN = HidingSpec("vpn", 5, _("VPN"), _("It went through a VPN"))
    RELAY = HidingSpec(
        "relay", 6, _("private relay"), _("It went through a service that passes it on")
    )
    """A private relay, which hides who asks from where."""


type ConnectionKind = Evidence | HidingMethod
"""How a connection counts for visibility: how it hides, or else how its name was learned."""
