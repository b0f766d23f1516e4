"""A report made for real, in a process of its own, and what becomes of one that cannot be."""

import os
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from dashboards.models import ReportJob, ReportState
from dashboards.report import jobs, process
from dashboards.report.request import ReportLength, ReportRequest
from monitor import store
from schedules.secret import create_secret_if_missing
from tests.dashboards.cast import CONFIGURATION, WEEK, figures

pytestmark = pytest.mark.store
MAX_DURATION = 240.0
"""Seconds in which a report is surely made on a busy machine."""


@pytest.fixture
def school(living_store: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from django.conf import settings
    from django.db import connection

    database = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        user, host = connection.settings_dict["USER"], connection.settings_dict["HOST"]
        database = f"postgresql://{user}@{quote(host, safe='')}/{database}"
    (tmp_path / "lesrust.toml").write_text(CONFIGURATION)
    create_secret_if_missing(tmp_path / "web.secret")
    monkeypatch.setenv("LESRUST_CONFIG_OF_WEB", str(tmp_path / "lesrust.toml"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dashboards.settings")
    monkeypatch.setattr(settings, "LOGGING_CONFIG", None)
    store.connect(database)
    monkeypatch.setenv(store.DATABASE_VARIABLE, database)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path.cwd())]))
    for number, figure in enumerate(figures()):
        store.record_release(str(number), figure.cell.day, [figure])
    return tmp_path


def ended(job: ReportJob) -> ReportJob:
    deadline = time.monotonic() + MAX_DURATION
    while (found := jobs.find_job(job.pk)) and found.state in jobs.UNFINISHED:
        assert time.monotonic() < deadline, "it was not made"
        time.sleep(0.05)
    for thread in threading.enumerate():
        if thread.name == process.THREAD_NAME:
            thread.join(MAX_DURATION)  # it closes its own connection to the store
    assert found is not None
    return found


def test_it_is_made_in_a_process_of_its_own(school: Path) -> None:
    job = jobs.add_job(ReportRequest(ReportLength.WEEK, WEEK))
    process.start_making(job)
    done = ended(job)
    assert (done.state, done.percent) == (ReportState.DONE, 100)
    assert jobs.load_result(done).startswith(b"%PDF-")


def test_one_that_cannot_be_made_says_so(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LESRUST_CONFIG_OF_WEB", str(school / "absent.toml"))
    job = jobs.add_job(ReportRequest(ReportLength.MONTH, WEEK))
    process.start_making(job)
    assert ended(job).state == ReportState.FAILED


def test_one_that_takes_too_long_is_stopped_and_has_failed(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT", 0.01)
    job = jobs.add_job(ReportRequest(ReportLength.WEEK, WEEK))
    process.start_making(job)
    assert ended(job).state == ReportState.FAILED
