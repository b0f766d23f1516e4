"""Reports that are made beside the web application: asked for here, made in a process of their own.

One report is made at a time. The same report, of the same figures, is made once. A maker that says
nothing any more has failed, and a report is deleted after a day.
"""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread

from django.db import DatabaseError, connections

from dashboards.models import ReportJob, ReportState
from dashboards.report.request import Form, Length, Wanted
from dashboards.school import clock
from monitor import store

KEPT = timedelta(days=1)
SILENT = timedelta(minutes=2)
"""After so long without a word a maker is taken for dead."""
LONGEST = 100.0
"""Seconds that one report may take."""
MOST_WAITED = timedelta(minutes=20)
"""After so long a report that nobody began will not be made."""
UNFINISHED = (ReportState.WAITING, ReportState.RUNNING)

_makes = Lock()
_starting = Lock()


def ask(wanted: Wanted) -> ReportJob:
    """Ask for a report; asked for already, it is that one."""
    forget_old()
    named = wanted.named()
    with _starting:
        known = ReportJob.objects.filter(
            length=named.length,
            day=named.day,
            form=named.form,
            language=named.language,
            figures=store.newest(),
        ).exclude(state=ReportState.FAILED)
        found = known.order_by("pk").last()
        if found is not None:
            return found
        return ReportJob.objects.create(
            length=named.length,
            day=named.day,
            form=named.form,
            language=named.language,
            figures=store.newest(),
            asked_at=_now(),
            touched_at=_now(),
        )


def start(job: ReportJob) -> None:
    """Have a report made, in a process that this one waits for in a thread."""
    if job.state == ReportState.WAITING:
        Thread(target=_made, args=(job.pk,), name="lesrust-report", daemon=True).start()


def find(number: int) -> ReportJob | None:
    """Find a report by its number; one that is older than a day is gone."""
    forget_old()
    return ReportJob.objects.defer("result").filter(pk=number).first()


def result(job: ReportJob) -> bytes:
    """Give a report that is done."""
    return bytes(ReportJob.objects.values_list("result", flat=True).get(pk=job.pk) or b"")


def wanted(job: ReportJob) -> Wanted:
    """Say what a job is of."""
    return Wanted(Length(job.length), job.day, Form(job.form), job.language)


def forget_old() -> None:
    """Delete reports of more than a day ago, and give up those whose maker is dead."""
    now = _now()
    ReportJob.objects.filter(asked_at__lt=now - KEPT).delete()
    for state, longest in ((ReportState.RUNNING, SILENT), (ReportState.WAITING, MOST_WAITED)):
        silent = ReportJob.objects.filter(state=state, touched_at__lt=now - longest)
        silent.update(state=ReportState.FAILED)


def say(number: int, percent: int) -> None:
    """Write down how far a report is."""
    ReportJob.objects.filter(pk=number).update(
        state=ReportState.RUNNING, percent=percent, touched_at=_now()
    )


def finish(number: int, made: bytes) -> None:
    """Write down a report that is made."""
    ReportJob.objects.filter(pk=number).update(
        state=ReportState.DONE, percent=100, touched_at=_now(), result=made
    )


def fail(number: int) -> None:
    """Write down that a report could not be made."""
    ReportJob.objects.filter(pk=number, state__in=UNFINISHED).update(state=ReportState.FAILED)


def _made(number: int) -> None:
    """Wait for the maker of one report; the next one waits for this.

    A store that is away leaves the job as it is: later it is found to have failed.
    """
    try:
        with _makes, suppress(DatabaseError, ReportJob.DoesNotExist):
            job = ReportJob.objects.defer("result").get(pk=number)
            if job.state != ReportState.WAITING:
                return
            say(number, 0)
            if not _makes_it(number):
                fail(number)
    finally:
        connections.close_all()


def _makes_it(number: int) -> bool:
    command = [sys.executable, "-m", "dashboards.report.maker", str(number)]
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command,
            check=False,
            timeout=LONGEST,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _now() -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC)
