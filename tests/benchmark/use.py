"""How well use is told from noise, on the simulated school of every day (`EverydayBehaviour`).

`python -m tests.benchmark.use` measures seeds that nothing was tuned on; tuned was on the seeds
1 to 13, 201 to 213, 401 to 420 and 501 to 520. Each seed is one lesson hour of 1,200 pupils'
devices, and some of staff and guests. What a person did is the truth; what is judged is what
sensors tell: exact bytes of TCP, and of QUIC the estimate from some of the packets.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor import catalogue
from monitor.activity.device_use import UsedPlatform, judge_sightings
from monitor.sighting import Sighting
from simulation.randomness import seeded_random
from simulation.school.bells import BellSpan, bell_spans
from simulation.school.school import SimulatedSchool
from simulation.traffic.behaviour import SpanActivity
from simulation.traffic.connection import make_sightings
from simulation.traffic.everyday import EverydayBehaviour
from simulation.traffic.hostnames import HOSTS_BY_PLATFORM
from tests.benchmark import captured_use

SEEDS = tuple(range(101, 115))
"""Unseen: what was chosen by measuring was chosen on others."""
DEVICES = 1_200
LESSON: BellSpan = bell_spans(date(2026, 8, 31))[5]
"""The fourth lesson hour of a Monday."""
AIM = 0.95

type Judged = dict[bytes, dict[str, UsedPlatform]]
"""By the device's address, by platform."""


@dataclass
class ScoreTable:
    """Counts of device-lessons: by what was done, and by platform."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, about: Iterable[str], *, true: bool, told: bool) -> None:
        """Count one, under each of its headings."""
        if true or told:
            kind = self.right if true and told else self.missed if true else self.wrong
            kind.update(about)

    def precision(self, about: str) -> float:
        """Of what was told, the share that is true."""
        told = self.right[about] + self.wrong[about]
        return self.right[about] / told if told else 1.0

    def recall(self, about: str) -> float:
        """Of what is true, the share that was told."""
        true = self.right[about] + self.missed[about]
        return self.right[about] / true if true else 1.0


@dataclass
class UseScores:
    """All of it, over some seeds."""

    active: ScoreTable = field(default_factory=ScoreTable)
    sent: ScoreTable = field(default_factory=ScoreTable)
    idle: int = 0
    idle_active: int = 0
    """Device-lessons in which nobody did anything, and those of them that were called active."""


def measured(seeds: Iterable[int], devices: int = DEVICES, *, is_sampled: bool = True) -> UseScores:
    """Measure some seeds, with QUIC's bytes estimated or exact."""
    found = UseScores()
    for seed in seeds:
        doings = EverydayBehaviour(SimulatedSchool(devices), seed).simulate_span(LESSON)
        sampling = seeded_random(seed, "sampled", LESSON.start) if is_sampled else None
        seen = [
            sighting
            for contact in doings.connections
            for sighting in make_sightings(contact, sampling)
        ]
        _add(doings, judged(seen), found)
    return found


def judged(seen: Iterable[Sighting]) -> Judged:
    """Judge each device by itself."""
    known = catalogue.load_catalogue()
    by_device: dict[bytes, list[Sighting]] = {}
    for sighting in seen:
        by_device.setdefault(sighting.client, []).append(sighting)
    return {client: judge_sightings(of_it, known) for client, of_it in by_device.items()}


def _add(doings: SpanActivity, told: Judged, found: UseScores) -> None:
    acts = {(act.device.address, act.platform): act for act in doings.uses}
    noise: dict[bytes, list[tuple[str, str]]] = {}
    for decoy in doings.decoys:
        noise.setdefault(decoy.device.address, []).append((decoy.platform, decoy.kind))
    busy = {client for client, _ in acts} | noise.keys()
    for device in doings.present:
        of_it = told.get(device.address, {})
        if device.address not in busy:
            found.idle += 1
            found.idle_active += bool(of_it)
        for platform in HOSTS_BY_PLATFORM:
            act, was_told = acts.get((device.address, platform)), of_it.get(platform)
            alike = [what for name, what in noise.get(device.address, ()) if name == platform]
            did = act.pattern if act else alike[0] if alike else "nothing of it"
            about = ("all", platform, did)
            found.active.add(about, true=act is not None, told=was_told is not None)
            what = act.upload if act and act.upload else "nothing sent"
            is_told = was_told is not None and was_told.has_uploaded
            found.sent.add(("all", what), true=bool(act and act.upload), told=is_told)


def rows() -> Iterator[Sequence[object]]:
    """Measure all of it: what, figure, beside, aim."""
    found, exact = measured(SEEDS), measured(SEEDS, is_sampled=False)
    aim = f"≥ {AIM:.0%}"
    for what, sampled, other in (
        ("active", found.active, exact.active),
        ("sent", found.sent, exact.sent),
    ):
        for name, figure, beside in (
            ("precision", sampled.precision("all"), other.precision("all")),
            ("recall", sampled.recall("all"), other.recall("all")),
        ):
            yield f"{what}, {name}", f"{figure:.1%}", f"{beside:.1%} where QUIC is exact", aim
    idle = f"of {found.idle:,} in which nobody did anything"
    yield "idle device-lessons called active", found.idle_active, idle, "0"
    for platform in HOSTS_BY_PLATFORM:
        precision, recall = found.active.precision(platform), found.active.recall(platform)
        uses = found.active.right[platform] + found.active.missed[platform]
        yield f"active, {platform}", f"{precision:.1%}, {recall:.1%}", f"{uses} uses", aim
    yield from _captured()
    yield from _by_doing("active", found.active)
    yield from _by_doing("sent", found.sent)


def _captured() -> Iterator[Sequence[object]]:
    """Give what real captures came to in which nobody uses one of the protocol's platforms."""
    ours = {platform.name for platform in catalogue.load_catalogue().platforms if platform.is_on}
    captures = list(captured_use.judged())
    if captures:
        contacted = sum(bool(capture.contacted & ours) for capture in captures)
        called = sum(bool(capture.active & ours) for capture in captures)
        yield "real captures of other apps, active", called, f"of {contacted} that contact any", "0"


def _by_doing(what: str, telling: ScoreTable) -> Iterator[Sequence[object]]:
    headings = {"all", *HOSTS_BY_PLATFORM}
    for did in sorted((telling.right.keys() | telling.missed.keys()) - headings):
        true = telling.right[did] + telling.missed[did]
        yield f"{what}: {did}", f"{telling.recall(did):.1%} told", f"of {true}", ""
    for did in sorted(telling.wrong.keys() - headings):
        yield f"called {what}: {did}", telling.wrong[did], "wrongly", ""


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write("| " + " | ".join(map(str, row)) + " |\n")
