"""Vega's programs come from this machine, and are found as any static file is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

from dashboards.charts import bundle


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "cache"))
    monkeypatch.setattr(bundle, "_write_bundle", lambda path: path.write_text("window.vegaEmbed"))
    bundle.bundle_folder.cache_clear()
    finders.searched_locations.clear()
    yield tmp_path / "cache"
    bundle.bundle_folder.cache_clear()


def test_it_is_found_and_collected(cache: Path) -> None:
    found = finders.find(bundle.NAME)
    assert found is not None
    assert Path(found).is_relative_to(cache)
    assert [name for name, _ in bundle.VegaBundleFinder().list(None)] == [bundle.NAME]
    assert finders.find("lesrust.css")
    assert staticfiles_storage.url(bundle.NAME).endswith(bundle.NAME)


def test_it_is_made_once(cache: Path) -> None:
    first = bundle.bundle_folder() / bundle.NAME
    first.write_text("kept")
    bundle.bundle_folder.cache_clear()
    assert (bundle.bundle_folder() / bundle.NAME).read_text() == "kept"


def test_a_folder_that_cannot_be_written_is_no_hindrance(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CACHE_DIRECTORY", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    bundle.bundle_folder.cache_clear()
    assert (bundle.bundle_folder() / bundle.NAME).read_text() == "window.vegaEmbed"


def test_it_is_vegas_own() -> None:
    bundle.bundle_folder.cache_clear()
    text = (bundle.bundle_folder() / bundle.NAME).read_text("utf-8")
    assert "vegaEmbed" in text
    assert len(text) < 1_000_000
