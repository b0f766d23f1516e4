"""Asking for a report on the page, seeing how far it is, and taking it along."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.models import ReportJob, ReportState
from dashboards.overview.loading import newest_week, weeks_with_figures
from dashboards.report import jobs, process
from dashboards.report.request import ReportFormat, ReportLength, ReportRequest
from monitor.configuration import Role
from schedules.calendar import monday

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
    try:
        job = jobs.add_job(ReportRequest(length, day, ReportFormat.PDF, get_language() or "nl"))
    except jobs.TooManyReports:
        messages.warning(
            request, _("Other reports are being made first. Ask again in a few minutes.")
        )
        return redirect("figures")
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
def report_file(_request: SignedInRequest, number: int) -> HttpResponse:
    """Send a report that is made."""
    job = _job_or_404(number)
    if job.state != ReportState.DONE:
        raise Http404
    made = jobs.request_of(job)
    headers = {"Content-Disposition": f'attachment; filename="{made.filename}"'}
    content_type = CONTENT_TYPES[made.format]
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
    """Return a day of which there can be figures: that of the text, or one of the newest week."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return newest_week()
    weeks = weeks_with_figures()
    return day if weeks and weeks[-1] <= monday(day) <= weeks[0] else newest_week()
