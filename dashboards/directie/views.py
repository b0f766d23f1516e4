"""The directie's page, and the same figures as files."""

from collections.abc import Hashable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.confirming.waiting import find_own_confirmation, name_waiting
from dashboards.directie.figures_page import cached_content, cached_newest_week, cached_overview
from dashboards.overview.export import overview_csv, overview_json
from dashboards.overview.filters import FigureFilters
from dashboards.overview.loading import figures_version
from monitor.configuration import Role


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def figures(request: SignedInRequest) -> HttpResponse:
    """Show the figures of a period."""
    version = figures_version()
    content = cached_content(_filters(request, version), version)
    context = {"content": content, "waiting": name_waiting(find_own_confirmation())}
    return render(request, "directie/figures.html", context)


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def figures_csv(request: SignedInRequest) -> HttpResponse:
    """Send the figures of a period as CSV."""
    version = figures_version()
    filters = _filters(request, version)
    return _file(overview_csv(cached_overview(filters, version)), "text/csv", filters)


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def figures_json(request: SignedInRequest) -> HttpResponse:
    """Send the figures of a period as JSON, with what could be seen."""
    version = figures_version()
    filters = _filters(request, version)
    text = overview_json(cached_overview(filters, version))
    return _file(text, "application/json", filters)


def _filters(request: SignedInRequest, version: Hashable) -> FigureFilters:
    return FigureFilters.from_parameters(request.GET.dict(), cached_newest_week(version))


def _file(content: str, content_type: str, filters: FigureFilters) -> HttpResponse:
    ending = content_type.rpartition("/")[2]
    name = f"lesrust-{filters.period.kind}-{filters.period.start}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{content_type}; charset=utf-8", headers=headers)
