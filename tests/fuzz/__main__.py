"""Fuzzes the parsers: python -m tests.fuzz TARGET… [--seconds N] [--minimise], or `all`.

What is found is put into the corpus where it goes a way that nothing went before; what fails goes
into `crashes/TARGET/`, and stays there once it is mended.
"""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz import corpus, dictionaries
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

SECONDS = 60
MAX_INPUT_SIZE = 4_096
"""Bytes of an input that the fuzzer makes; a capture or a handshake has a few thousand."""
HANGS = 20
"""Seconds that one input may take, whatever else the machine does."""
MEGABYTES = 1_024


def main() -> int:
    asked = _arguments()
    if not asked.minimise and find_spec("atheris") is None:
        sys.exit("atheris is not installed here: `make fuzz` does that")
    names = sorted(TARGETS) if "all" in asked.targets else asked.targets
    return sum(_target(name, 0 if asked.minimise else asked.seconds) for name in names)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="+", choices=[*sorted(TARGETS), "all"], metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long, for each target")
    parser.add_argument("--minimise", action="store_true", help="only choose anew what is kept")
    return parser.parse_args()


def _target(name: str, seconds: int) -> int:
    """Fuzz one target, and keep what it found; 1 where something failed."""
    TARGETS[name](b"")  # what is loaded once is no way that an input goes
    kept, made = corpus.read(corpus.CORPUS / name), list(SEEDS[name]())
    before = len(kept)
    failed = 0
    with TemporaryDirectory() as folder:
        found = Path(folder)
        if seconds:
            corpus.write(found, [*kept, *made])
            failed = _fuzz(name, found, seconds)
        made += corpus.read(found)
    if not seconds:
        kept, made = [], [*kept, *made]
    chosen = corpus.fewest(TARGETS[name], kept, made)
    corpus.write(corpus.CORPUS / name, chosen)
    size = sum(map(len, chosen))
    print(f"{name}: {before} inputs before, {len(chosen)} now, {size:,} bytes", flush=True)  # noqa: T201
    return failed


def _fuzz(name: str, found: Path, seconds: int) -> int:
    crashes = corpus.CRASHES / name
    crashes.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        words.write_text(dictionaries.written(name))
        options: dict[str, object] = {
            "max_total_time": seconds,
            "max_len": MAX_INPUT_SIZE,
            "timeout": HANGS,
            "rss_limit_mb": MEGABYTES,
            "artifact_prefix": f"{crashes}/",
            "print_final_stats": 1,
        }
        if words.read_text():  # libFuzzer refuses a file without any
            options["dict"] = words
        given = [f"-{option}={value}" for option, value in options.items()]
        command = [sys.executable, "-m", "tests.fuzz.fuzzer", name, *given, str(found)]
        failed = subprocess.run(command, check=False, cwd=corpus.HERE.parents[1]).returncode
    if not any(crashes.iterdir()):
        crashes.rmdir()
    return int(failed != 0)


if __name__ == "__main__":
    sys.exit(main())
