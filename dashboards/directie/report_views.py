"""Asking for a report on the page, seeing how far it is, and taking it along."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.models import ReportJob, ReportState
from dashboards.overview.loading import newest_week
from dashboards.report import jobs, process
from dashboards.report.request import ReportFormat, ReportLength, ReportRequest
from monitor.configuration import Role

CONTENT_TYPES = {
    ReportFormat.PDF: "application/pdf",
    ReportFormat.CSV: "text/csv; charset=utf-8",
}


@require_POST
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def report_ask(request: SignedInRequest) -> HttpResponse:
    """Ask for a report, and go to where it can be seen how far it is."""
    posted = request.POST
    length = next(
        (length for length in ReportLength if length == posted.get("length")), ReportLength.WEEK
    )
    day = _parse_day(posted.get("day", ""))
    job = jobs.add_job(ReportRequest(length, day, ReportFormat.PDF, get_language() or "nl"))
    process.start_making(job)
    return redirect("report", number=job.pk)


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def report(request: SignedInRequest, number: int) -> HttpResponse:
    """Show how far a report is."""
    return render(request, "report/state.html", _context(number))


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def report_progress(request: SignedInRequest, number: int) -> HttpResponse:
    """Send the piece of that page that says how far it is."""
    return render(request, "report/progress.html", _context(number))


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def report_file(_: SignedInRequest, number: int) -> HttpResponse:
    """Send a report that is made."""
    job = _job_or_404(number)
    if job.state != ReportState.DONE:
        raise Http404
    request = jobs.request_of(job)
    headers = {"Content-Disposition": f'attachment; filename="{request.filename}"'}
    content_type = CONTENT_TYPES[request.format]
    return HttpResponse(jobs.load_result(job), content_type=content_type, headers=headers)


def _context(number: int) -> dict[str, object]:
    job = _job_or_404(number)
    return {
        "job": job,
        "is_done": job.state == ReportState.DONE,
        "has_failed": job.state == ReportState.FAILED,
        "is_unfinished": job.state in jobs.UNFINISHED,
        "report": jobs.request_of(job),
    }


def _job_or_404(number: int) -> ReportJob:
    job = jobs.find_job(number)
    if job is None:
        raise Http404
    return job


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return newest_week()
