"""The diagnostics file: the condition of Lesrust, for whoever helps, without anything personal.

Its content is listed here, by key: a setting, a counter or a finding that this module does not name
is not in the file. Names, addresses, rooms, groups, paths and secrets are left out; of what has
names there are numbers.
"""

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from monitor.configuration import Configuration
from monitor.diagnostics.condition import Condition
from monitor.diagnostics.coverage import CoverageShare
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.sensor_metrics import LabelValues, SensorMetrics
from monitor.evidence import Evidence, HidingMethod
from monitor.health import FeedOutcome
from monitor.places.feeds.registry import feed_specs
from monitor.runtime.health_metrics import FAULT_COUNTERS, HOURLY_GAUGES

FORMAT = 1
PACKAGES = (
    "lesrust",
    "cryptography",
    "django",
    "django-allauth",
    "mitmproxy",
    "opendp",
    "pandas",
    "prometheus-client",
    "psycopg",
    "pydantic",
    "scapy",
    "waitress",
    "weasyprint",
)
MODES = ("regular", "transparent", "socks5")
LOCAL = ("127.", "[::1]", "localhost")

type Content = Mapping[str, object]


def make_bundle(
    settings: Configuration,
    observation: Observation,
    condition: Condition,
    migrations: Iterable[str],
) -> str:
    """Build the diagnostics file, as JSON text.

    Args:
        settings: the configuration.
        observation: the answers of store and sensor.
        condition: the condition that follows from them.
        migrations: the names of the migrations that the store has.
    """
    content = {
        "format": FORMAT,
        "made_at": datetime.fromtimestamp(observation.now, UTC).isoformat(timespec="seconds"),
        "system": _system(),
        "configuration": _configuration(settings),
        "findings": [
            {
                "kind": finding.kind,
                "part": finding.part,
                "count": finding.count,
                "note": finding.is_note,
            }
            for finding in condition.findings
        ],
        "coverage": {
            "lessons_with_room": _share(condition.coverage.lessons),
            "rooms_with_place": _share(condition.coverage.rooms),
            "groups_with_layer": _share(condition.coverage.groups),
        },
        "sensors": [
            {
                "spoke_seconds_ago": round(observation.now - sensor.seen_at),
                "is_running": sensor.is_running(observation.now),
                "holds_newest": sensor.version >= observation.version,
            }
            for sensor in observation.sensors
        ],
        "timetable_sources": [
            {
                "read_seconds_ago": None
                if source.read_at is None
                else round(observation.now - source.read_at),
                "has_trouble": bool(source.failure),
            }
            for source in observation.sources
        ],
        "pauses": len(observation.pauses),
        "unconfirmed": len(observation.confirmation.changed),
        "store": _store(observation, migrations),
        "health": None if observation.metrics is None else _health(observation.metrics),
    }
    return json.dumps(content, indent=2) + "\n"


def _system() -> Content:
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "release": _strip_builder(platform.release()),
        "machine": platform.machine(),
        "packages": {name: installed for name in PACKAGES if (installed := _version(name))},
    }


def _strip_builder(release: str) -> str:
    """Keep a kernel's numbers: the builder may have added a name."""
    return release.partition("-")[0]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _configuration(settings: Configuration) -> Content:
    radius, web = settings.radius, settings.web
    lengths = Counter(
        f"IPv{prefix.version}/{prefix.prefixlen}"
        for place in settings.places
        for prefix in place.prefixes
    )
    return {
        "school": {"time_zone": settings.school.time_zone},
        "layer": {
            "number": len(settings.layers),
            "pupils": [layer.pupils for layer in settings.layers],
        },
        "privacy": {"epsilon": settings.privacy.epsilon},
        "place": {"number": len(settings.places), "prefixes": dict(sorted(lengths.items()))},
        "attachments": {"has_file": settings.attachments.file is not None},
        "timetable": [
            {"format": source.format, "minutes": source.minutes} for source in settings.timetables
        ],
        "calendar": {
            "region": settings.calendar.region,
            "free": len(settings.calendar.free),
            "open": len(settings.calendar.open),
            "shortened": len(settings.calendar.shortened),
        },
        "bells": {"number": len(settings.bells)},
        "radius": {
            "listens": radius.listen is not None,
            "has_detail": radius.detail is not None,
            "forget_after_hours": radius.forget_after_hours,
            "staff_classes": len(radius.staff_classes),
            "own_prefixes": radius.own_prefixes,
        },
        "sender": {"number": len(settings.senders)},
        "dhcp": {
            spec.key: getattr(settings.dhcp, spec.key) is not None
            for spec in feed_specs()
            if spec.section == "dhcp"
        },
        "staff": {"has_consent": bool(settings.staff.consent)},
        "catalogue": {
            "has_overlay": settings.catalogue.overlay is not None,
            "switched_on": len(settings.catalogue.switched_on),
            "switched_off": len(settings.catalogue.switched_off),
        },
        "gateway": {
            "modes": [mode for mode in map(_mode, settings.gateway.listen) if mode in MODES]
        },
        "watch": {
            "interfaces": len(settings.watch.interfaces),
            "promiscuous": settings.watch.promiscuous,
            "tunnels": list(settings.watch.tunnels),
            "beside_gateway": settings.watch.gateway is not None,
        },
        "metrics": {"is_local": settings.metrics.listen.startswith(LOCAL)},
        "health": {"is_local": settings.health.listen.startswith(LOCAL)},
        "web": {
            "is_local": web.listen.startswith(LOCAL),
            "is_behind_tls": bool(web.address and web.address.startswith("https:")),
            "second_factor": list(web.second_factor),
            "audit_years": web.audit_years,
        },
        "provider": {"number": len(settings.providers)},
        "member": {"number": len(settings.members)},
        "contact": {
            "has_name": bool(settings.contact.name),
            "has_email": bool(settings.contact.email),
            "has_privacy_officer": bool(settings.contact.privacy_officer),
            "has_objection": bool(settings.contact.objection),
        },
    }


def _mode(listen: str) -> str:
    return listen.partition("@")[0]


def _share(share: CoverageShare) -> Content:
    return {"of": share.whole, "missing": len(share.missing)}


def _store(observation: Observation, migrations: Iterable[str]) -> Content | None:
    if observation.store is None:
        return None
    return {
        "vendor": observation.store.vendor,
        "answered_in_ms": round(1000 * observation.store.answered_in),
        "bytes": observation.store.size,
        "bytes_free": observation.store.bytes_free,
        "migrations": sorted(migrations),
    }


def _health(metrics: SensorMetrics) -> Content:
    return {
        "clock_ahead_seconds": None if metrics.clock_ahead is None else round(metrics.clock_ahead),
        "connections": _known(metrics.by_label("lesrust_hour_connections"), Evidence),
        "hidden": _known(metrics.by_label("lesrust_hour_hidden_connections"), HidingMethod),
        "last_hour": {name: metrics.total(f"lesrust_hour_{name}") for name in HOURLY_GAUGES},
        "faults": {name: metrics.total(f"lesrust_{name}_total") for name in FAULT_COUNTERS},
        "snapshot_age_seconds": round(metrics.total("lesrust_snapshot_age_seconds"), 1),
        "watermark_lag_seconds": round(metrics.total("lesrust_watermark_lag_seconds"), 1),
        "feeds": {
            spec.name: {
                outcome: metrics.by_label("lesrust_hour_feed_messages").get((spec.name, outcome), 0)
                for outcome in FeedOutcome
            }
            for spec in feed_specs()
            if (spec.name,) in metrics.by_label("lesrust_feed_age_seconds")
        },
    }


def _known(values: Mapping[LabelValues, float], names: Iterable[str]) -> Content:
    return {name: values.get((name,), 0) for name in names}
