"""What is said of findings about what can be promised, and about which tables that leaves."""

from collections.abc import Mapping

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.texts.finding_text import FindingText
from schedules.language import gettext_lazy as _
from schedules.language import ngettext_lazy

PROMISE_TEXTS: Mapping[FindingKind, FindingText] = {
    FindingKind.PROMISE_BY_ADDRESS: FindingText(
        ngettext_lazy(
            "An address counts once: \N{GREEK SMALL LETTER EPSILON} = {about} a day holds as long "
            "as a device has {count} address.",
            "An address counts once: \N{GREEK SMALL LETTER EPSILON} = {about} a day holds as long "
            "as a device has {count} addresses at most.",
        ),
        _(
            "You need do nothing when that is so. Where the network can tell devices, "
            'unit = "device" under [identity] promises it without a condition, with less noise.'
        ),
        needs_nothing=True,
    ),
    FindingKind.EPSILON: FindingText(
        _(
            "With [privacy] epsilon as it is, all figures of a day lose "
            "\N{GREEK SMALL LETTER EPSILON} = {about}: less than 1, with more noise."
        ),
        _("You need do nothing: so it was chosen. `lesrust privacy` shows what it does."),
        needs_nothing=True,
    ),
    FindingKind.TABLES_ONLY_IN_TOTAL: FindingText(
        _(
            "Tables without figures of their own, because these would be more noise than figure; "
            "the week's total has one: {about}."
        ),
        _(
            "You need do nothing if that is right; `lesrust privacy` shows which "
            "\N{GREEK SMALL LETTER EPSILON} leaves more."
        ),
        needs_nothing=True,
    ),
    FindingKind.TABLES_COUNT_ADDRESSES: FindingText(
        _("Tables without figures, because a device would count once an address: {about}."),
        _("Let the neighbour table or DHCP tell the devices, and say so under [identity]."),
    ),
    FindingKind.TABLES_TOO_NOISY: FindingText(
        _("Tables without figures, because there would be more noise than figure: {about}."),
        _(
            "`lesrust privacy` shows which [privacy] epsilon would leave more. Where an address "
            "counts once: let the neighbour table or DHCP tell the devices, and say so under "
            "[identity]."
        ),
    ),
    FindingKind.NO_IDENTITY: FindingText(
        _("Nothing tells which device a connection is of, so nothing has a figure."),
        _(
            "Let the neighbour table or DHCP tell it, and say so under [identity]; RADIUS alone "
            "cannot. See docs/plaatsen.md."
        ),
    ),
}
