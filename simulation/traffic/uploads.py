"""Uploads of images or sound: a photo, a film, a voice message.

The captures have two: a file sent over WhatsApp (179 kB up, 5 kB down) and the first 97 kB of a
film to YouTube, in 3.5 seconds. A photo has a median of 0.9 MB (0.3–5), a film of 12 MB (3–80), a
voice message has 4 kB for each of 3–60 seconds, half of them below 50 kB. The rate is 0.15–3 MB a
second, with little coming down.
"""

from enum import StrEnum
from random import Random

from simulation.randomness import draw_lognormal, happens
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import PlatformHosts


class UploadKind(StrEnum):
    """The kind of an upload."""

    NOTHING = ""
    PHOTO = "photo"
    FILM = "film"
    VOICE = "voice"


UPLOAD_SHARES = {"snapchat": 0.3, "instagram": 0.08, "tiktok": 0.03, "youtube": 0.01}
"""How often a person who uses a platform uploads something; 2 % for the others."""
_COMMON_KINDS = (UploadKind.PHOTO, UploadKind.FILM, UploadKind.VOICE)
_KIND_WEIGHTS = (0.74, 0.2, 0.06)


def choose_upload(platform: str, random: Random) -> UploadKind:
    """Choose what a person uploads while using a platform."""
    if not happens(random, UPLOAD_SHARES.get(platform, 0.02)):
        return UploadKind.NOTHING
    return (
        random.choices(_COMMON_KINDS, _KIND_WEIGHTS)[0]
        if platform in UPLOAD_SHARES
        else UploadKind.PHOTO
    )


def upload(
    conversation: Conversation,
    hosts: PlatformHosts,
    kind: UploadKind,
    timestamp: float,
    random: Random,
) -> float:
    """Upload it, and return the timestamp of its end."""
    size = {
        UploadKind.PHOTO: lambda: draw_lognormal(random, 9e5, 0.7, 3e5, 5e6),
        UploadKind.FILM: lambda: draw_lognormal(random, 12e6, 0.8, 3e6, 80e6),
        UploadKind.VOICE: lambda: 4_000 * draw_lognormal(random, 12, 0.8, 3, 60),
    }[kind]()
    rate = draw_lognormal(random, 6e5, 0.7, 1.5e5, 3e6)
    hostname = random.choice((hosts.app[0], hosts.media[0]))
    while size > 0:
        part = min(size, rate * 2)
        conversation.exchange(hostname, timestamp, part, 400)
        size -= part
        timestamp += 2
    conversation.exchange(hosts.app[0], timestamp + 0.5, 1_800, random.uniform(400, 2_000))
    return timestamp
