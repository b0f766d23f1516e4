"""Making images or sound and sending them off: a photo, a film, a voice message.

The captures have two: a file sent over WhatsApp (179 kB up, 5 kB down) and the first 97 kB of a
film to YouTube, in 3.5 seconds. A photo is drawn around 0.9 MB (0.3–5), a film around 12 MB
(3–80), a voice message is 4 kB for each of 3–60 seconds, half of them below 50 kB. It goes up at
0.15–3 MB a second, with little coming down.
"""

from enum import StrEnum
from random import Random

from simulation.chance import about, happens
from simulation.hostnames import PlatformHosts
from simulation.talk import Talk


class Sent(StrEnum):
    """What somebody sends."""

    NOTHING = ""
    PHOTO = "photo"
    FILM = "film"
    VOICE = "voice"


OFTEN = {"snapchat": 0.3, "instagram": 0.08, "tiktok": 0.03, "youtube": 0.01}
"""How often somebody who uses a platform sends something; the others 2 %."""
_KINDS = (Sent.PHOTO, Sent.FILM, Sent.VOICE)
_SHARES = (0.74, 0.2, 0.06)


def to_send(platform: str, random: Random) -> Sent:
    """Say what somebody sends while using a platform."""
    if not happens(random, OFTEN.get(platform, 0.02)):
        return Sent.NOTHING
    return random.choices(_KINDS, _SHARES)[0] if platform in OFTEN else Sent.PHOTO


def send(talk: Talk, hosts: PlatformHosts, what: Sent, at: float, random: Random) -> float:
    """Send it, and give the moment at which it is sent."""
    size = {
        Sent.PHOTO: lambda: about(random, 9e5, 0.7, 3e5, 5e6),
        Sent.FILM: lambda: about(random, 12e6, 0.8, 3e6, 80e6),
        Sent.VOICE: lambda: 4_000 * about(random, 12, 0.8, 3, 60),
    }[what]()
    rate = about(random, 6e5, 0.7, 1.5e5, 3e6)
    hostname = random.choice((hosts.app[0], hosts.media[0]))
    while size > 0:
        part = min(size, rate * 2)
        talk.say(hostname, at, part, 400)
        size -= part
        at += 2
    talk.say(hosts.app[0], at + 0.5, 1_800, random.uniform(400, 2_000))
    return at
