"""The web application audits what was set otherwise since it, or a sensor, last started."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CONFIGURATION = """
[school]
name = "Het Voorbeeld"
[web]
listen = "127.0.0.1:0"
"""
COMMAND = "from dashboards.commands.web import web; web()"


def started(path: Path, text: str, static: Path) -> None:
    """Start the web application with a configuration, and end it."""
    path.write_text(text)
    words = [sys.executable, "-c", COMMAND, "--config", str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LESRUST_DATABASE": ""}
    environment["LESRUST_STATIC"] = str(static)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("lesrust web: ")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=240) == 0


def audited(folder: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(folder / "lesrust.sqlite3") as store:
        found = store.execute("SELECT action, subject FROM schedules_auditentry").fetchall()
    store.close()
    return found


def test_what_changed_between_two_starts_is_audited_by_name(
    tmp_path: Path, static_files: Path
) -> None:
    path = tmp_path / "lesrust.toml"
    started(path, CONFIGURATION, static_files)
    assert audited(tmp_path) == []
    changed = f'{CONFIGURATION}\n[contact]\nname = "de afdeling ICT"\n'
    started(path, changed, static_files)
    assert audited(tmp_path) == [("configuration.changed", "[contact]")]
