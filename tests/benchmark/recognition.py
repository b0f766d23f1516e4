"""How well names and platforms are read, on captures that nobody of this project made.

    python -m tests.benchmark.recognition [--without-tshark] [--without-ndpi]

Three readings are held against the truth that comes with the captures: `lesrust recognise` with
every tunnel switched on, Debian's tshark and Debian's ndpiReader, all in this run.
"""

import argparse
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from addons.names.http_host import is_ip_address
from tests.benchmark import readers, scores, truth
from tests.benchmark.readers import Flows, Read, Recognised, TsharkFields
from tests.benchmark.scores import Judge, Score, Share
from tests.benchmark.truth import SOURCES, Expected

NAMES_AIM = "≥ 99.5 %"
PLATFORMS_AIM = "≥ 99 %"

WHY_NOT = {
    ("ndpi__fuzz-2006-09-29-28586.pcap", "%s"): "garbage, and no hostname",
    ("ndpi__rdp2.pcap", "win-8qso0d3okbi.hardening.com"): "inside Remote Desktop over UDP",
}
"""Why a name is not read."""
WHY_UNANSWERED = {
    "arkime__cloudshark-dtls1.pcap": "the name is the root's",
    "ndpi__badpackets.pcap": "answers that are cut, or of which only the first fragment is there",
    "ndpi__dns-invalid-chars.pcap": "no hostname: it has characters that none may have",
    "ndpi__dns-tunnel-iodine.pcap": "a tunnel through DNS: records of type NULL, data for names",
}
"""Why answers of DNS are not read."""
WHY_ALONE = {
    (
        "arkime__https-connect.pcap",
        "ts01-b.cloudsink.net",
    ): "asked of a proxy; the others do not look at CONNECT's target",
    (
        "ndpi__tls_missing_ch_frag.pcap",
        "r1---sn-5f5nxgvh5o-hjul.googlevideo.com",
    ): "stands in the first piece of a ClientHello whose next piece is missing",
}
"""Why a name is read that nobody else reads."""


class Readings(NamedTuple):
    """What everyone makes of the captures; without a reader, nothing by nobody."""

    expected: list[Expected]
    ours: Recognised
    tshark: Mapping[str, TsharkFields]
    ndpi: Mapping[str, Flows]


def readings(*, tshark: bool = True, ndpi: bool = True) -> Readings:
    """Read every capture with everything that is installed."""
    files = truth.captures()
    return Readings(
        list(truth.connections()),
        readers.lesrust(files),
        _by_tshark(files) if tshark and shutil.which("tshark") else {},
        _by_ndpi(files) if ndpi and shutil.which("ndpiReader") else {},
    )


def _by_tshark(files: Sequence[Path]) -> dict[str, TsharkFields]:
    return {file.name: readers.tshark(file) for file in track(files, "tshark …", transient=True)}


def _by_ndpi(files: Sequence[Path]) -> dict[str, Flows]:
    with TemporaryDirectory() as folder:
        return {
            file.name: readers.ndpi(file, Path(folder))
            for file in track(files, "ndpiReader …", transient=True)
        }


def judged_by_ndpi(flows: Mapping[str, Flows]) -> Judge:
    """Judge as nDPI does, by what it says of the connection."""

    def judge(each: Expected) -> Read | None:
        said = flows.get(each.capture)
        platforms = said.platforms.get(each.flow) if said else None
        if not platforms:
            return None
        platform = each.platform if each.platform in platforms else min(platforms)
        return Read(each.hostname, "ndpi", platform, None)

    return judge


def names_of(flows: Mapping[str, Flows]) -> dict[str, set[str]]:
    """Give the names that nDPI read, by capture."""
    return {capture: said.names for capture, said in flows.items()}


def names_shown(shown: Mapping[str, TsharkFields]) -> dict[str, set[str]]:
    """Give the names that tshark read, by capture."""
    return {capture: set(said.names) for capture, said in shown.items()}


def rows(read: Readings) -> Iterator[Sequence[object]]:
    """Give the figures: what, figure, beside, aim."""
    ours = scores.names(read.ours)
    tshark, ndpi = names_shown(read.tshark), names_of(read.ndpi)

    def beside(share: Mapping[str, Share], other: Mapping[str, Share], key: str) -> str:
        return f"{other[key].percent}" if share and other else ""

    every = scores.read_of(read.expected, ours, lambda _: "all")
    by_tshark = scores.read_of(read.expected, tshark, lambda _: "all") if tshark else {}
    by_ndpi = scores.read_of(read.expected, ndpi, lambda _: "all") if ndpi else {}
    others = ", ".join(
        f"{name} {share['all'].percent}"
        for name, share in (("tshark", by_tshark), ("ndpiReader", by_ndpi))
        if share
    )
    yield "names", f"{every['all'].percent} ({every['all']})", others, NAMES_AIM
    for group in (_source, _around):
        shares = scores.read_of(read.expected, ours, group)
        for_ndpi = scores.read_of(read.expected, ndpi, group) if ndpi else {}
        for key in sorted(shares):
            what = beside(shares, for_ndpi, key)
            yield (
                f"names, {key}",
                f"{shares[key].percent} ({shares[key]})",
                f"ndpiReader {what}" if what else "",
                "",
            )
    connections = scores.counted(read.expected, read.ours)
    yield "connections that have a name", f"{connections.percent} ({connections})", "", ""
    yield from _of_tshark(read)
    inferred = scores.by_address(read.ours, truth.by_address())
    yield "nameless ClientHellos named by DNS", f"{inferred.percent} ({inferred})", "", ""


def _of_tshark(read: Readings) -> Iterator[Sequence[object]]:
    """Hold ours against what tshark reads now, and not against the truth."""
    if not read.tshark:
        return
    for what, theirs, ours in (
        ("names that tshark reads now", names_shown(read.tshark), scores.names(read.ours)),
        (
            "names that DNS answers, as tshark reads now",
            {capture: set(said.answered) for capture, said in read.tshark.items()},
            scores.answered(read.ours),
        ),
    ):
        pairs = {(capture, name) for capture, names in theirs.items() for name in _names(names)}
        found = sum(name in ours.get(capture, ()) for capture, name in pairs)
        share = Share(found, len(pairs))
        yield what, f"{share.percent} ({share})", "", NAMES_AIM


def _names(names: set[str]) -> set[str]:
    return {name for name in names if not is_ip_address(name)}


def _source(each: Expected) -> str:
    return SOURCES[each.source]


def _around(each: Expected) -> str:
    return f"in {each.around}"


def unread(read: Readings) -> Iterator[Sequence[object]]:
    """Give what is not read: capture, frame, name, who reads it, why."""
    ours = scores.names(read.ours)
    readers_of: dict[tuple[str, str], list[str]] = {}
    frames: dict[tuple[str, str], int] = {}
    for connection in scores.missed(read.expected, ours):
        readers_of[connection.capture, connection.hostname] = ["the truth"]
        frames[connection.capture, connection.hostname] = connection.frame
    for who, theirs in (("tshark", names_shown(read.tshark)), ("nDPI", names_of(read.ndpi))):
        for capture, names in theirs.items():
            for name in sorted(_names(names) - ours.get(capture, set())):
                readers_of.setdefault((capture, name), []).append(who)
    for capture, shown in read.tshark.items():
        frames |= {(capture, name): frame for name, frame in shown.names.items()}
    for (capture, name), reader_names in sorted(readers_of.items()):
        frame = frames.get((capture, name), "")
        yield capture, frame, name, ", ".join(reader_names), why(capture, name)


def why(capture: str, name: str) -> str:
    """Say why a name is not read, where that is known."""
    return WHY_NOT.get((capture, name), "not known")


def unanswered(read: Readings) -> Iterator[Sequence[object]]:
    """Give where names of DNS's answers are not read: capture, names, the first frame, why."""
    ours = scores.answered(read.ours)
    for capture, shown in read.tshark.items():
        missing = set(shown.answered) - ours.get(capture, set())
        if missing:
            first = min(shown.answered[name] for name in missing)
            yield capture, len(missing), first, WHY_UNANSWERED.get(capture, "not known")


def alone(read: Readings) -> Iterator[Sequence[object]]:
    """Give the names that we alone read: capture, name, why."""
    known = truth.every_name()
    for names in (names_shown(read.tshark), names_of(read.ndpi)):
        known |= {(capture, name) for capture, hostnames in names.items() for name in hostnames}
    for capture, name in scores.invented(read.ours, known):
        yield capture, name, WHY_ALONE.get((capture, name), "not known")


def platform_rows(read: Readings) -> Iterator[Sequence[object]]:
    """Give each platform's figures beside nDPI's, and then each role's."""
    ours = scores.by_name(read.ours)
    beside = scores.platforms(read.expected, judged_by_ndpi(read.ndpi)) if read.ndpi else {}
    for name, score in scores.platforms(read.expected, ours).items():
        yield name, *_cells(score), *_cells(beside.get(name))[:2]
    for name, score in scores.roles(read.expected, ours).items():
        yield f"role {name}", *_cells(score)[:2]


def _cells(score: Score | None) -> tuple[str, str, str]:
    if score is None:
        return "", "", ""
    right = f"{score.roles}" if score.roles.of else ""
    return (
        f"{score.precision.percent} ({score.precision})",
        f"{score.recall.percent} ({score.recall})",
        right,
    )


def print_tables(read: Readings) -> None:
    """Print all of it."""
    console = Console()
    _print(console, "Names in real captures", ("what", "figure", "beside", "aim"), rows(read))
    console.print(f"Addresses in the place of a name, left out: {truth.addresses()}\n")
    columns: Sequence[str] = ("capture", "frame", "name", "read by", "why not")
    _print(console, "Names that are not read", columns, unread(read))
    columns = ("capture", "names", "first frame", "why not")
    _print(console, "Names in DNS's answers that are not read", columns, unanswered(read))
    _print(console, "Names that we alone read", ("capture", "name", "why"), alone(read))
    columns = ("platform", "precision", "recall", "in its role", "nDPI precision", "nDPI recall")
    title = f"Connections that have a name, by platform (aim: recall {PLATFORMS_AIM})"
    _print(console, title, columns, platform_rows(read))
    lookalikes = sum(connection.lookalike for connection in read.expected)
    judges = [("lesrust", scores.by_name(read.ours))]
    judges += [("ndpiReader", judged_by_ndpi(read.ndpi))] if read.ndpi else []
    for name, judge in judges:
        taken = scores.lookalikes(read.expected, judge)
        console.print(f"Lookalikes that {name} takes for a platform: {len(taken)} of {lookalikes}")
        for lookalike in taken:
            console.print(f"  {lookalike.capture}, frame {lookalike.frame}: {lookalike.hostname}")


def _print(
    console: Console, title: str, columns: Sequence[str], lines: Iterator[Sequence[object]]
) -> None:
    table = Table(*columns, title=title)
    for line in lines:
        table.add_row(*map(str, line))
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the tables; without the captures, say so."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--without-tshark", action="store_true")
    options.add_argument("--without-ndpi", action="store_true")
    chosen = options.parse_args(arguments)
    if not truth.captures():
        Console().print(f"Recognition was not measured: {truth.ABSENT}.")
        return
    print_tables(readings(tshark=not chosen.without_tshark, ndpi=not chosen.without_ndpi))


if __name__ == "__main__":
    main()
