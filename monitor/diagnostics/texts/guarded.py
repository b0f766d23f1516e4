"""What people call the settings that a second person confirms, and what is said of them."""

from collections.abc import Iterable, Mapping

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.texts.finding_text import FindingText
from monitor.store.guarded.sections import (
    ATTACHMENTS,
    DHCP,
    GROUP_SIZES,
    IDENTITY,
    LAYERS,
    PLACES,
    PRIVACY,
    RADIUS,
    TIME_ZONE,
)
from schedules.language import Message, writing
from schedules.language import gettext_lazy as _

GUARDED_TITLES: Mapping[str, Message] = {
    PRIVACY: _("the loss of protection (\N{GREEK SMALL LETTER EPSILON})"),
    IDENTITY: _("what counts once"),
    LAYERS: _("year layers"),
    PLACES: _("places"),
    ATTACHMENTS: _("the rooms of access points, VLANs and ports"),
    GROUP_SIZES: _("the sizes of groups"),
    RADIUS: _("what RADIUS says of places and staff"),
    DHCP: _("what DHCP says of places"),
    TIME_ZONE: _("the time zone"),
}
GUARDED_TEXTS: Mapping[FindingKind, FindingText] = {
    FindingKind.UNCONFIRMED: FindingText(
        _(
            "A change of {about} waits until directie or leadership confirms it; until then there "
            "are no figures."
        ),
        _(
            "Ask somebody of the directie or the leadership to confirm it in the web application, "
            "under Settings; or put the settings back as they were. See docs/beheerder.md."
        ),
    ),
    FindingKind.UNCONFIRMED_SECRET: FindingText(
        _(
            "The file under [web] secret cannot be used, or is another than when the settings were "
            "confirmed: so nobody can tell whether they are the same, and there are no figures."
        ),
        _(
            "Put the old file back; or make it readable for the user lesrust, and ask somebody of "
            "the directie or the leadership to confirm the settings in the web application. All "
            "machines need the same file."
        ),
    ),
    FindingKind.SENSOR_UNCONFIRMED: FindingText(
        _("The sensor works with other settings than were confirmed, and gives no figures."),
        _(
            "Run `systemctl reload lesrust-gateway` (or lesrust-watch), and restart it where what "
            "changed holds after a restart only."
        ),
    ),
}


def name_guarded(names: Iterable[str]) -> str:
    """List what people call some guarded settings."""
    return writing.listing([str(GUARDED_TITLES[name]) for name in names])
