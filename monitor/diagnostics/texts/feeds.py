"""What is said of what RADIUS and DHCP tell, and of what is dropped of it."""

from collections.abc import Mapping

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.texts.finding_text import FindingText
from schedules.language import gettext_lazy as _

FEED_TEXTS: Mapping[FindingKind, FindingText] = {
    FindingKind.FEED_SILENT: FindingText(
        _("Nothing heard for an hour from: {about}."),
        _(
            "See whether the server still sends, and the firewall lets it. Outside school "
            "hours this is right."
        ),
    ),
    FindingKind.UNKNOWN_ATTACHMENTS: FindingText(
        _("Messages of {about} about an access point, VLAN or port without a room: {count}."),
        _(
            "Add it to the file under [attachments], and restart the sensor. Where `check` "
            "names none, have the sender say where a device is attached (docs/plaatsen.md)."
        ),
    ),
    FindingKind.UNMAPPED: FindingText(
        _("Without a room, heard of last: {about}."),
        _(
            "Give each a line with its room in the file under [attachments] (kind,name,room),"
            " and restart the sensor; what is in no room need not be there."
        ),
    ),
    FindingKind.CLOCKS_DIFFER: FindingText(
        _("Messages of {about} whose time differs by more than a minute: {count}."),
        _("Set both machines' clocks (NTP)."),
    ),
    FindingKind.LEASES_WITHOUT_NAME: FindingText(
        _("Most leases of these do not say which device has an IPv6 address: {about}."),
        _(
            "Have the relay add the MAC address (RFC 6939), or let the frames or the neighbour "
            "table tell the devices: a DUID names none (docs/plaatsen.md)."
        ),
    ),
    FindingKind.NO_LEASES: FindingText(
        _("What [dhcp] names is not there, or cannot be read: {about}."),
        _(
            "Look at the path in lesrust.toml, and let the user that runs Lesrust read it; "
            "without it, DHCP tells nothing of a device."
        ),
    ),
    FindingKind.NAMES_SOMEONE: FindingText(
        _("Messages of {about} with a name or a MAC address, which was dropped at once: {count}."),
        _("Take it out at the source, with deploy/freeradius."),
    ),
    FindingKind.WITHOUT_AUTHENTICATOR: FindingText(
        _("Messages without Message-Authenticator, which are dropped: {count}. Of: {about}."),
        _(
            "Have the sender add it (deploy/freeradius does). One that cannot: put it behind a "
            "tunnel and set message_authenticator = false at its [[sender]] (docs/plaatsen.md)."
        ),
    ),
    FindingKind.MAY_LACK_AUTHENTICATOR: FindingText(
        _("Senders that may leave out Message-Authenticator: {about}."),
        _("You need do nothing as long as nobody else can touch what they send."),
        needs_nothing=True,
    ),
    FindingKind.OVER_BUDGET: FindingText(
        _("Messages of {about} beyond what is read in that time, which are dropped: {count}."),
        _(
            "See who sends so many, and let the firewall take RADIUS from the [[sender]] alone. "
            "The connections went on."
        ),
    ),
    FindingKind.NOT_TRUSTED: FindingText(
        _("Messages of {about} from an unknown sender or with a wrong secret: {count}."),
        _("Compare the secret of the [[sender]] with the server's."),
    ),
}
