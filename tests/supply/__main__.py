"""`make bom` writes what Lesrust is made of; `make advisories` asks what is known against it."""

import sys

from tests.supply.advisories import check_lock
from tests.supply.bill import format_bill, format_licences
from tests.supply.distributions import ROOT, find_used

DIST = ROOT / "dist"


def write_bill() -> int:
    """Write the bill of materials and the report of licences, and say where."""
    DIST.mkdir(exist_ok=True)
    parts = find_used()
    for name, text in (
        ("lesrust.cdx.json", format_bill(parts)),
        ("licences.md", format_licences(parts)),
    ):
        (DIST / name).write_text(text, "utf-8")
        print(f"dist/{name}: {len(parts)} distributions")  # noqa: T201 (it is what it is for)
    return 0


def print_advisories() -> int:
    """Say what is known against the lock; ends with 69 when nobody could be asked."""
    verdict, text = check_lock()
    print(text)  # noqa: T201 (it is what it is for)
    return verdict


if __name__ == "__main__":
    sys.exit({"bom": write_bill, "advisories": print_advisories}[sys.argv[1]]())
