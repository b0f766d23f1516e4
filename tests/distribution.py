"""How a run's tests are spread over its processes: what takes longest begins first.

The tests of one module go to one process, so that what they share is made once. Declared here are
the exceptions; the durations at the end of a run say when others are due.
"""

import os

from xdist.scheduler import LoadScopeScheduling

WHOLE_MACHINE = ("tests/network/", "tests/simulation/commands/test_demo.py")
"""What goes by the clock, and so one after another; it leaves most of the machine to others."""
LONG_APART = ("tests/dashboards/browser/test_every_page.py",)
"""Long modules whose tests share nothing: each test goes where there is room."""
LONG = (
    "tests/dashboards/browser/test_openid.py",
    "tests/dashboards/commands/",
    "tests/dashboards/site/",
    "tests/addons/commands/",
    "tests/addons/test_classroom.py",
    "tests/addons/test_own_device.py",
    "tests/simulation/",
    "tests/monitor/runtime/",
)


def unit(test: str) -> str:
    """Name what goes to one process as a whole, and holds this test."""
    if test.startswith(WHOLE_MACHINE):
        return "the whole machine"
    return test if test.startswith(LONG_APART) else test.partition("::")[0]


def turn(test: str) -> int:
    """Say how early a test begins: those of a lower number begin first, else it is chance."""
    kinds = (WHOLE_MACHINE, LONG, LONG_APART)
    return next((turn for turn, kind in enumerate(kinds) if test.startswith(kind)), len(kinds))


def processes() -> int:
    """Say how many processes a run has: one more than processors, because many tests wait."""
    return (os.cpu_count() or 1) + 1


class Distribution(LoadScopeScheduling):  # type: ignore[misc]
    """Hands the units out in the order of the tests, as the processes have room."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
