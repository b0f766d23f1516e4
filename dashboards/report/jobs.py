"""Reports that are made beside the web application, each in a process of its own.

One report is made at a time. The same report, of the same figures, is made once. A maker that
reports no progress any more has failed, and a report is deleted after a day.
"""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread

from django.db import DatabaseError, connections

from dashboards.models import ReportJob, ReportState
from dashboards.report.request import ReportFormat, ReportLength, ReportRequest
from dashboards.school import clock
from monitor import store

RETENTION = timedelta(days=1)
PROGRESS_TIMEOUT = timedelta(minutes=2)
"""After so long without progress a maker is taken for dead."""
TIME_LIMIT = 100.0
"""Seconds that one report may take."""
QUEUE_TIMEOUT = timedelta(minutes=20)
"""After so long a report that nobody began will not be made."""
UNFINISHED = (ReportState.WAITING, ReportState.RUNNING)

_making = Lock()
_adding = Lock()


def add_job(request: ReportRequest) -> ReportJob:
    """Ask for a report; of one that was asked for already, return that job."""
    delete_expired()
    request = request.normalise()
    with _adding:
        jobs = ReportJob.objects.filter(
            length=request.length,
            day=request.day,
            form=request.format,
            language=request.language,
            figures=store.figures_version(),
        ).exclude(state=ReportState.FAILED)
        job = jobs.order_by("pk").last()
        if job is not None:
            return job
        return ReportJob.objects.create(
            length=request.length,
            day=request.day,
            form=request.format,
            language=request.language,
            figures=store.figures_version(),
            asked_at=_now(),
            touched_at=_now(),
        )


def start_job(job: ReportJob) -> None:
    """Have a report made, in a process that a thread of this one waits for."""
    if job.state == ReportState.WAITING:
        Thread(target=_run, args=(job.pk,), name="lesrust-report", daemon=True).start()


def find_job(number: int) -> ReportJob | None:
    """Find a report by its number; one that is older than a day is gone."""
    delete_expired()
    return ReportJob.objects.defer("result").filter(pk=number).first()


def load_result(job: ReportJob) -> bytes:
    """Return the file of a report that is done."""
    return bytes(ReportJob.objects.values_list("result", flat=True).get(pk=job.pk) or b"")


def request_of(job: ReportJob) -> ReportRequest:
    """Return what a job was asked for."""
    return ReportRequest(ReportLength(job.length), job.day, ReportFormat(job.form), job.language)


def delete_expired() -> None:
    """Delete reports of more than a day ago, and fail those whose maker is dead."""
    now = _now()
    ReportJob.objects.filter(asked_at__lt=now - RETENTION).delete()
    for state, timeout in (
        (ReportState.RUNNING, PROGRESS_TIMEOUT),
        (ReportState.WAITING, QUEUE_TIMEOUT),
    ):
        silent = ReportJob.objects.filter(state=state, touched_at__lt=now - timeout)
        silent.update(state=ReportState.FAILED)


def record_progress(number: int, percent: int) -> None:
    """Store how far a report is."""
    ReportJob.objects.filter(pk=number).update(
        state=ReportState.RUNNING, percent=percent, touched_at=_now()
    )


def record_result(number: int, result: bytes) -> None:
    """Store the file of a report."""
    ReportJob.objects.filter(pk=number).update(
        state=ReportState.DONE, percent=100, touched_at=_now(), result=result
    )


def record_failure(number: int) -> None:
    """Store that a report could not be made."""
    ReportJob.objects.filter(pk=number, state__in=UNFINISHED).update(state=ReportState.FAILED)


def _run(number: int) -> None:
    """Wait for the maker of one report; the next one waits for this.

    A store that is away leaves the job as it is: later it is found to have failed.
    """
    try:
        with _making, suppress(DatabaseError, ReportJob.DoesNotExist):
            job = ReportJob.objects.defer("result").get(pk=number)
            if job.state != ReportState.WAITING:
                return
            record_progress(number, 0)
            if not _make_in_process(number):
                record_failure(number)
    finally:
        connections.close_all()


def _make_in_process(number: int) -> bool:
    command = [sys.executable, "-m", "dashboards.report.maker", str(number)]
    try:
        ended = subprocess.run(  # noqa: S603 (our own program)
            command,
            check=False,
            timeout=TIME_LIMIT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def _now() -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC)
