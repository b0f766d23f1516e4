"""Reports that somebody asked for, as they stand in the store.

The same report, of the same figures, is made once. A maker that reports no progress any more has
failed, and a report is deleted after a day.
"""

from datetime import UTC, datetime, timedelta
from threading import Lock

from dashboards.models import ReportJob, ReportState
from dashboards.report.request import ReportFormat, ReportLength, ReportRequest
from dashboards.school import clock
from monitor import store

RETENTION = timedelta(days=1)
PROGRESS_TIMEOUT = timedelta(minutes=2)
"""After so long without progress a maker is taken for dead."""
QUEUE_TIMEOUT = timedelta(minutes=20)
"""After so long a report that nobody began will not be made."""
MAX_UNFINISHED = 6
"""One that is made, and those that wait for it: a minute's work, at about ten seconds each."""
UNFINISHED = (ReportState.WAITING, ReportState.RUNNING)

_adding = Lock()


class TooManyReports(Exception):
    """As many reports wait as may."""


def add_job(request: ReportRequest) -> ReportJob:
    """Ask for a report; of one that was asked for already, return that job.

    Raises:
        TooManyReports: when another may not wait.
    """
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
        if ReportJob.objects.filter(state__in=UNFINISHED).count() >= MAX_UNFINISHED:
            raise TooManyReports
        return ReportJob.objects.create(
            length=request.length,
            day=request.day,
            form=request.format,
            language=request.language,
            figures=store.figures_version(),
            asked_at=_now(),
            touched_at=_now(),
        )


def find_job(number: int) -> ReportJob | None:
    """Find a report by its number, without its file; one that is older than a day is gone."""
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


def _now() -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC)
