"""What is said of connections that are not steered, because rules of firewalls differ."""

from collections.abc import Mapping

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.texts.finding_text import FindingText
from monitor.steering.outcome import OutcomeKind
from schedules.language import Message
from schedules.language import gettext_lazy as _

STEERING_TEXTS: Mapping[FindingKind, FindingText] = {
    FindingKind.STEERING_REACHES: FindingText(
        _(
            "Nothing is steered: these rules forbid pupils something that they would reach through "
            "the gateway: {about}."
        ),
        _(
            "Repeat them in the chain pupils, in steering.nft, and run `systemctl reload "
            "lesrust-gateway`. `nft -a list ruleset` shows the numbers. Where pupils differ from "
            "each other, steer only those for whom the rules are the same."
        ),
    ),
    FindingKind.STEERING_STOPS: FindingText(
        _(
            "Nothing is steered: these rules would stop something of the gateway that pupils may "
            "reach: {about}."
        ),
        _(
            "Take them out, or forbid it in forward too, and run `systemctl reload "
            "lesrust-gateway`. `nft -a list ruleset` shows the numbers."
        ),
    ),
    FindingKind.STEERING_INCOMPARABLE: FindingText(
        _("Nothing is steered: these rules cannot be compared: {about}."),
        _(
            "See whether each does the same with the gateway's own connections, on output. If so, "
            "write the code behind it at `reviewed` under [steering], and run `systemctl reload "
            "lesrust-gateway`; a rule that changes has another code."
        ),
    ),
    FindingKind.STEERING_REVIEWED: FindingText(
        _("Rules that cannot be compared, and that were looked at: {about}."),
        _("You need do nothing as long as they do the same with the gateway's connections."),
        needs_nothing=True,
    ),
    FindingKind.STEERING_FAILED: FindingText(
        _("Nothing is steered, or what is steered did not change: {about}."),
        _("Mend what it says; `lesrust steer --dry-run`, as root, looks again."),
    ),
}
STEERING_FAILURES: Mapping[OutcomeKind, Message] = {
    OutcomeKind.TOO_MANY: _("the rules tell more connections apart than can be compared"),
    OutcomeKind.NO_USER: _(
        "steering.nft does not say who the gateway runs as: it needs the line `define gateway_user "
        '= "lesrust-gateway"`, before the include'
    ),
    OutcomeKind.NOT_LISTENING: _("nothing answers at the gateway's port"),
}
"""Why nothing can be steered; of one that has failed nftables says why."""
