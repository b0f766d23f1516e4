"""What may be kept, shown, logged and set stands in `declared.toml`, and there is nothing else.

Who adds a field, a label, a line of log or a setting says there that it may exist, and is asked by
that whether it can name somebody, or tell of one device.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from prometheus_client import CollectorRegistry
from pydantic import BaseModel

from monitor.configuration import Configuration
from monitor.health import Health
from monitor.release.tables import TABLES
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import BOUNDS, RELEASED_AT, Gauges

ROOT = Path(__file__).parents[2]
PACKAGES = ("addons", "dashboards", "monitor", "schedules", "simulation")
LOG_METHODS = frozenset(
    {"debug", "info", "warning", "error", "exception", "critical", "fatal", "log"}
)


@cache
def declared() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "declared.toml").read_text())


def test_fields_of_models() -> None:
    from django.apps import apps

    found = {
        model._meta.label_lower: sorted(
            field.name for field in model._meta.get_fields() if field.concrete
        )
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
    }
    assert found == {model: sorted(fields) for model, fields in declared()["fields"].items()}


def test_models_of_libraries() -> None:
    """Accounts and sessions of who signs in, and nothing else that a library keeps."""
    from django.apps import apps

    found = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.split(".")[0] not in PACKAGES
    }
    assert found == set(declared()["libraries"]["models"])


def test_labels_of_metrics() -> None:
    registry = CollectorRegistry()
    health = Health()
    registry.register(HealthCollector(health, lambda: 0.0))
    gauges = Gauges(periods=["1"], layers=["3 havo"], platforms=["x"])
    found: dict[str, set[str]] = {}
    for metric in (*registry.collect(), *gauges.registry.collect()):
        found.setdefault(metric.name, set()).update(
            label for sample in metric.samples for label in sample.labels
        )
    allowed = {name: set(labels) for name, labels in declared()["metrics"].items()}
    assert {name for name in found if name not in allowed} == set()
    for name, labels in found.items():
        assert labels <= allowed[name], name
    released = {table.metric.name: {"bound", *table.dimensions} for table in TABLES.values()}
    assert {name: allowed[name] for name in released} == released
    assert allowed[RELEASED_AT] == {"table"}
    of_figure = ("value", "low", "high")
    assert (*of_figure, "estimate", "estimate_low", "estimate_high") == BOUNDS


def test_settings() -> None:
    found = {section: sorted(keys) for section, keys in sections(Configuration)}
    assert found == {name: sorted(keys) for name, keys in declared()["settings"].items()}


def sections(settings: type[BaseModel]) -> Iterator[tuple[str, list[str]]]:
    """Yield each section of the configuration with its keys."""
    for name, field in settings.model_fields.items():
        (section,) = [
            kind
            for kind in (field.annotation, *get_args(field.annotation))
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        yield (
            field.alias or name,
            [inner.alias or key for key, inner in section.model_fields.items()],
        )


@pytest.mark.parametrize("package", PACKAGES)
def test_lines_of_log(package: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}: {ast.unparse(call)}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for call in logging_calls(path)
    }
    assert found <= set(declared()["log"]["calls"])


def logging_calls(path: Path) -> Iterator[ast.Call]:
    """Yield the calls in a module that write to a log."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = ast.unparse(node.func.value).lower()
            if node.func.attr in LOG_METHODS and ("log" in on.split(".")[-1]):
                yield node


def test_a_call_that_writes_to_a_log_would_be_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("logger.info('to %s', address)\nlogging.getLogger(name).setLevel(1)\n")
    assert [ast.unparse(call) for call in logging_calls(module)] == [
        "logger.info('to %s', address)"
    ]
