"""What the page says of what it shows: plain words, for a pupil of twelve as well."""

from collections.abc import Mapping
from typing import NamedTuple

from monitor.catalogue import HostnameRole
from monitor.locate import DropReason
from monitor.own_device.device_session import EndReason
from schedules.language import Message
from schedules.language import gettext_lazy as _


class Explained(NamedTuple):
    """A word or a heading, and what is said of it."""

    term: Message
    text: Message


COLUMNS: Mapping[str, Message] = {
    "when": _("Time"),
    "hostname": _("Server"),
    "platform": _("Platform"),
    "role": _("What for"),
    "evidence": _("Seen by"),
    "carried": _("Connection"),
    "outcome": _("What becomes of it"),
}
"""By the part of a line that they are above."""
ADDRESSES: Mapping[int, Message] = {
    4: _("You are looking from an IPv4 address."),
    16: _("You are looking from an IPv6 address."),
}
"""By the bytes of an address."""
DROP_REASONS: Mapping[DropReason, Message] = {
    DropReason.UNKNOWN_PLACE: _("place not known: not counted"),
    DropReason.HIDDEN: _("hidden: not counted"),
    DropReason.NO_PLATFORM: _("no platform: not counted"),
    DropReason.SIGNING_IN: _("signing in: never counted"),
    DropReason.STAFF: _("staff: not counted"),
    DropReason.NO_LESSON: _("no lesson: not counted"),
    DropReason.EXEMPT: _("allowed: only in one weekly figure of the school"),
    DropReason.ON_TRIAL: _("on trial: not counted yet"),
    DropReason.UNNAMED: _("your device cannot be told from others: not counted"),
}
ROLES: Mapping[HostnameRole, Message] = {
    HostnameRole.APP: _("the app or site itself"),
    HostnameRole.MEDIA: _("photos and films"),
    HostnameRole.EMBED: _("embedded in something else"),
    HostnameRole.BACKGROUND: _("in the background"),
    HostnameRole.AUTH: _("signing in"),
}
ENDINGS: Mapping[EndReason, Message] = {
    EndReason.PROXIED: _(
        "This request came through a proxy. Then it cannot be seen which device's it is, "
        "and you could see what somebody else does. Open the page without a proxy."
    ),
    EndReason.SHARED: _(
        "There are several devices behind this address, or two browsers look at a time. "
        "Then you could see what somebody else does, so nothing is shown here. When more "
        "comes from such an address than one device can open, it is in no figure either."
    ),
    EndReason.HERE: _(
        "This request came from the sensor's own machine, or through a proxy that runs "
        "there. Open the page on a device in the school's network."
    ),
    EndReason.FULL: _("Too many devices are looking at the moment. Try again in a few minutes."),
    EndReason.MOVED: _(
        "Your device has got another place in the network. This address may be somebody "
        "else's now. That is why looking has ended."
    ),
    EndReason.REPLACED: _("The page was opened again on this device. It goes on there."),
    EndReason.OVER: _("After a quarter of an hour, looking ends by itself."),
}
MEANINGS: tuple[Explained, ...] = (
    Explained(
        _("Server"),
        _("The name of the computer that your device connects to."),
    ),
    Explained(
        _("Platform"),
        _("The social medium that the name belongs to."),
    ),
    Explained(
        _("What for"),
        _(
            "The app or site itself, photos and films, something embedded in another site or "
            "app, something in the background (such as notifications), or signing in."
        ),
    ),
    Explained(
        _("Seen by"),
        _(
            "Where the name stood: at the start of a secure connection (TLS or QUIC), in one "
            "that is not secure (HTTP), or in an answer of DNS, the internet's phone book."
        ),
    ),
    Explained(
        _("Connection"),
        _("Whether it is new or goes on, and how much went since the line before."),
    ),
    Explained(
        _("What becomes of it"),
        _(
            "Outside lessons nothing is counted. In a lesson a device is counted only when it"
            " is active: when it really uses a platform for some time. What the teacher or "
            "the school's leadership allows is only in one weekly figure of the school."
        ),
    ),
)
"""What stands in the columns."""
LIMITS: tuple[Explained, ...] = (
    Explained(
        _("What is not seen"),
        _(
            "The sensor does not see what you read, watch, search, write or send, nor which "
            "page or film it is, nor who you are. Names that belong to no platform are not "
            "kept and not shown here, only counted."
        ),
    ),
    Explained(
        _("What is kept of it"),
        _(
            "Nothing. What you see here begins when you open the page, and is gone when you "
            "close it. You are not counted more for looking, and not less. What happened "
            "before you opened the page is not shown: so counting in the lesson may have "
            "begun earlier than this page shows."
        ),
    ),
    Explained(
        _("What the school sees"),
        _(
            "The school does not see this page. It sees only rounded numbers with noise, of "
            "the whole school or a whole year layer, and never anything of one device."
        ),
    ),
    Explained(
        _("More than one address"),
        _(
            "If your device has an IPv4 and an IPv6 address, you may see only one of them "
            "here. You see what goes over the other when you open the page over that one."
        ),
    ),
)
"""What is not seen, not kept and not shown."""
