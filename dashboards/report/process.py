"""Has reports made beside the web application, one at a time, each in a process of its own.

Why it does not use Django's tasks is decision 0019.
"""

import subprocess
import sys
from contextlib import suppress
from threading import Lock, Thread

from django.db import DatabaseError, connections

from dashboards.models import ReportJob, ReportState
from dashboards.report.jobs import find_job, record_failure, record_progress

TIME_LIMIT = 100.0
"""Seconds that one report may take."""
THREAD_NAME = "lesrust-report"

_making = Lock()


def start_making(job: ReportJob) -> None:
    """Have a report made, in a process that a thread of this one waits for."""
    if job.state == ReportState.WAITING:
        Thread(target=_make, args=(job.pk,), name=THREAD_NAME, daemon=True).start()


def _make(number: int) -> None:
    """Wait for the maker of one report; the next report waits for this.

    A store that is away leaves the job as it is: later it is found to have failed.
    """
    try:
        with _making, suppress(DatabaseError):
            job = find_job(number)
            if job is None or job.state != ReportState.WAITING:
                return
            record_progress(number, 0)
            if not _run_maker(number):
                record_failure(number)
    finally:
        connections.close_all()


def _run_maker(number: int) -> bool:
    """Run the maker of a report, and return whether it did its work within the time limit."""
    command = [sys.executable, "-m", "dashboards.report.maker", str(number)]
    try:
        maker = subprocess.run(  # noqa: S603 (our own program)
            command,
            check=False,
            timeout=TIME_LIMIT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return maker.returncode == 0
