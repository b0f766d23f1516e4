"""What holds for files that others made: captures, lists, settings, timetables."""

import math
import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from addons.captures.error import CaptureError
from addons.captures.files import libpcap
from addons.captures.files.capture_file import CaptureFile
from addons.packets.frame_parser import FrameParser
from monitor.catalogue.comparison.lists.entry import ListReading
from monitor.catalogue.comparison.lists.files import load_list
from monitor.catalogue.hostnames.spelling import normalise_hostname
from monitor.catalogue.overlay import apply_overlay, parse_overlay
from monitor.configuration import load_configuration
from monitor.configuration.values import MAX_PORT
from schedules.importers.csv import parse_csv
from schedules.importers.shared.limits import MAX_LESSON_DURATION
from schedules.problem import MAX_PROBLEMS, Problem, ProblemCollector, Refused
from tests.fuzz.packets import is_sound

MAX_FRAMES = 2_000
"""Frames that are looked at: a small file can unpack to many."""
ZONE = ZoneInfo("Europe/Amsterdam")
PLATFORMS = ("instagram", "weblogs", "youtube")
MAX_PROBLEM_LENGTH = 1_000


class File:
    """A file without a name, in memory."""

    def __init__(self, content: bytes) -> None:
        self._descriptor = os.memfd_create("fuzz")
        os.write(self._descriptor, content)
        self.path = Path(f"/proc/self/fd/{self._descriptor}")

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def capture(data: bytes) -> None:
    """A file is read, or one sentence says why not."""
    with File(data) as path:
        said = ""
        try:
            _read(path)
        except CaptureError as error:
            said = str(error)
        assert not said or said.startswith(f"{path} ")
        assert "\n" not in said


def _read(path: Path) -> None:
    with CaptureFile(path) as file:
        frames = FrameParser(file.link_type)
        for frame in islice(file, MAX_FRAMES):
            assert math.isfinite(frame.timestamp)
            assert len(frame.content) <= libpcap.MAX_FRAME_SIZE
            packet = frames.parse_frame(frame.content, frame.timestamp)
            if packet is not None:
                is_sound(packet, libpcap.MAX_FRAME_SIZE)
        assert 0 <= file.position() <= file.size


def hostname_list(data: bytes) -> None:
    reading = ListReading(ProblemCollector("list"))
    with File(data) as path, suppress(Refused):
        for entry in load_list(path, reading):
            assert normalise_hostname(entry.hostname) == entry.hostname
            assert "." in entry.hostname
            assert entry.hostname.isascii()
    assert len(reading.mistakes.problems) <= MAX_PROBLEMS + 1
    are_readable(reading.mistakes.problems)


def overlay_file(data: bytes) -> None:
    changes, problems = parse_overlay(data, name="overlay", platforms=PLATFORMS)
    assert len(changes) + len(problems) <= 3 * (1 + data.count(b"\n"))
    assert len({change.pattern for change in changes}) == len(changes)
    assert all(change.match is None or change.match.platform in PLATFORMS for change in changes)
    assert None not in apply_overlay(changes, {})
    are_readable(problems)


def settings(data: bytes) -> None:
    with File(data) as path:
        try:
            read = load_configuration(path)
        except Refused as refused:
            are_readable(refused.problems)
            return
    assert read.school.name
    assert read.school.zone.key == read.school.time_zone
    assert read.metrics.address[1] <= MAX_PORT


def timetable(data: bytes) -> None:
    result = parse_csv(data, name="timetable", zone=ZONE)
    lessons, problems = result.lessons, result.problems
    assert lessons or problems or result.left_out
    assert len({lesson.instance for lesson in lessons}) == len(lessons)
    for lesson in lessons:
        assert lesson.start < lesson.end <= lesson.start + MAX_LESSON_DURATION
        assert lesson.period
    # The rows that cannot be read are told too, below their share.
    assert len(problems) <= 2 * MAX_PROBLEMS + 3
    are_readable([*problems, *result.left_out, *result.unreadable])


def are_readable(problems: list[Problem] | tuple[Problem, ...]) -> None:
    """Each is a line that can be printed; there is one for what is refused."""
    for problem in problems:
        line = str(problem)
        assert line.encode()
        assert "\n" not in line
        assert len(line) <= MAX_PROBLEM_LENGTH
