"""Asking for a report on the page, seeing how far it is, and taking it along."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedIn, allowed
from dashboards.models import ReportJob, ReportState
from dashboards.overview.loading import newest
from dashboards.report import jobs
from dashboards.report.request import Form, Length, Wanted
from monitor.configuration import Role

KINDS = {Form.PDF: "application/pdf", Form.CSV: "text/csv; charset=utf-8"}


@require_POST
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def ask(request: SignedIn) -> HttpResponse:
    """Ask for a report, and go to where it can be seen how far it is."""
    given = request.POST
    length = next((one for one in Length if one == given.get("length")), Length.WEEK)
    job = jobs.ask(Wanted(length, _day(given.get("day", "")), Form.PDF, get_language() or "nl"))
    jobs.start(job)
    return redirect("report", number=job.pk)


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def report(request: SignedIn, number: int) -> HttpResponse:
    """Show how far a report is."""
    return render(request, "report/state.html", _told(number))


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def progress(request: SignedIn, number: int) -> HttpResponse:
    """Give the piece of that page that says how far it is."""
    return render(request, "report/progress.html", _told(number))


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def file(_: SignedIn, number: int) -> HttpResponse:
    """Give a report that is made."""
    job = _found(number)
    if job.state != ReportState.DONE:
        raise Http404
    wanted = jobs.wanted(job)
    headers = {"Content-Disposition": f'attachment; filename="{wanted.filename}"'}
    return HttpResponse(jobs.result(job), content_type=KINDS[wanted.form], headers=headers)


def _told(number: int) -> dict[str, object]:
    job = _found(number)
    return {
        "job": job,
        "is_done": job.state == ReportState.DONE,
        "has_failed": job.state == ReportState.FAILED,
        "is_unfinished": job.state in jobs.UNFINISHED,
        "wanted": jobs.wanted(job),
    }


def _found(number: int) -> ReportJob:
    job = jobs.find(number)
    if job is None:
        raise Http404
    return job


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return newest()
