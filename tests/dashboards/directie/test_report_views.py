"""Asking for a report on the page: made once, elsewhere, one at a time, and gone after a day."""

from datetime import timedelta

import pytest
from django.test import Client

from dashboards.models import ReportJob, ReportState
from dashboards.report import jobs, process
from dashboards.report.request import ReportLength, ReportRequest
from dashboards.school import clock
from monitor import store
from monitor.release.tables import TableName
from tests.dashboards.cast import FRIDAY, WEEK, figure

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nobody_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave what is asked for where it is: `test_process` has a real maker."""
    monkeypatch.setattr(process, "start_making", lambda job: None)


def ask(directie: Client, length: str = "week", day: str = "2026-11-18") -> ReportJob:
    answer = directie.post("/cijfers/rapport/", {"length": length, "day": day})
    assert answer.status_code == 302
    return ReportJob.objects.get(pk=int(answer["Location"].strip("/").rpartition("/")[2]))


def at(job: ReportJob, part: str = "") -> str:
    return f"/cijfers/rapport/{job.pk}/{part}"


def test_the_same_report_asked_twice_is_made_once(directie: Client) -> None:
    assert ask(directie).pk == ask(directie, day="2026-11-20").pk
    assert ask(directie, "month").pk != ask(directie).pk


def test_of_later_figures_another_report_is_made(directie: Client) -> None:
    first = ask(directie)
    store.record_release("later", FRIDAY, [figure(TableName.LESSON_HOURS, FRIDAY, 99, period="9")])
    assert ask(directie).pk != first.pk


def test_in_another_language_it_is_another_report(directie: Client) -> None:
    first = ask(directie)
    directie.cookies["taal"] = "en"
    assert ask(directie).language == "en"
    assert ask(directie).pk != first.pk


def test_how_far_it_is_can_be_seen_without_a_script(directie: Client) -> None:
    job = ask(directie)
    jobs.record_progress(job.pk, 40)
    page = directie.get(at(job)).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'value="40"' in page
    assert 'hx-trigger="every 1s"' in directie.get(at(job, "voortgang/")).content.decode()
    assert directie.get(at(job, "bestand/")).status_code == 404


def test_what_is_done_is_taken_along(directie: Client) -> None:
    job = ask(directie)
    jobs.record_result(job.pk, b"%PDF-1.7")
    page = directie.get(at(job)).content.decode()
    assert at(job, "bestand/") in page
    assert "http-equiv" not in page
    assert "hx-trigger" not in page
    answer = directie.get(at(job, "bestand/"))
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="lesrust-week-2026-11-16.pdf"'


def test_what_failed_says_so_and_can_be_asked_again(directie: Client) -> None:
    job = ask(directie)
    jobs.record_failure(job.pk)
    assert "kon niet worden gemaakt" in directie.get(at(job)).content.decode()
    assert ask(directie).pk != job.pk


def test_a_maker_that_says_nothing_any_more_has_failed(
    directie: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask(directie)
    jobs.record_progress(job.pk, 20)
    later = clock.now() + jobs.PROGRESS_TIMEOUT.total_seconds() + 1
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "kon niet worden gemaakt" in directie.get(at(job)).content.decode()


def test_after_a_day_it_is_gone(directie: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    job = ask(directie)
    jobs.record_result(job.pk, b"%PDF-1.7")
    later = clock.now() + timedelta(days=1, seconds=1).total_seconds()
    monkeypatch.setattr(clock, "now", lambda: later)
    assert directie.get(at(job, "bestand/")).status_code == 404
    assert not ReportJob.objects.exists()


def test_nonsense_is_the_newest_week(directie: Client) -> None:
    job = ask(directie, "eeuwigheid", "gisteren")
    assert (job.length, job.day) == (ReportLength.WEEK, WEEK)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1999-12-31", "2026-11-15", "2026-11-30", "9999-12-31"]
)
def test_a_day_without_figures_is_the_newest_week_so_that_reports_are_bounded(
    day: str, directie: Client
) -> None:
    assert ask(directie, day=day).pk == ask(directie).pk


def test_a_hundred_that_are_asked_for_do_not_wait_all(directie: Client) -> None:
    for number in range(1, jobs.MAX_UNFINISHED):
        monday = WEEK - timedelta(weeks=number)
        store.record_release(
            f"earlier {number}", monday, [figure(TableName.WEEK, monday, 900 + number)]
        )
    for number in range(jobs.MAX_UNFINISHED):
        ask(directie, day=str(WEEK - timedelta(weeks=number)))
    answer = directie.post("/cijfers/rapport/", {"length": "month", "day": str(WEEK)}, follow=True)
    assert "Er worden eerst andere rapporten gemaakt." in answer.content.decode()
    assert ReportJob.objects.count() == jobs.MAX_UNFINISHED
    jobs.record_result(ReportJob.objects.first().pk, b"a report")  # type: ignore[union-attr]
    ask(directie, "month", str(WEEK))
    assert ReportJob.objects.count() == jobs.MAX_UNFINISHED + 1


def test_a_report_that_was_never_asked_for_is_not_there(directie: Client) -> None:
    for part in ("", "voortgang/", "bestand/"):
        assert directie.get(f"/cijfers/rapport/999/{part}").status_code == 404


def test_it_keeps_not_who_asked() -> None:
    fields = {field.name for field in ReportJob._meta.get_fields()}
    assert fields == {
        "id",
        "length",
        "day",
        "form",
        "language",
        "figures",
        "state",
        "percent",
        "asked_at",
        "touched_at",
        "result",
    }
    assert ReportRequest(ReportLength.TERM, WEEK).filename == "lesrust-term-2026-11-16.pdf"
    assert set(jobs.UNFINISHED) == {ReportState.WAITING, ReportState.RUNNING}
