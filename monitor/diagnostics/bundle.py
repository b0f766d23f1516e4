"""The diagnostics file: how Lesrust is, for whoever helps, without anything about anybody.

What goes in is listed here, by key: a setting, a counter or a finding that this file does not name
is not in it. Names, addresses, rooms, groups, paths and secrets are none of them; of what has names
there are numbers.
"""

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from monitor.configuration import Configuration
from monitor.diagnostics.condition import Condition, Observation
from monitor.diagnostics.coverage import CoverageShare
from monitor.diagnostics.sensor_health import LabelValues, SensorMetrics
from monitor.places.feeds.feed import Outcome
from monitor.runtime.health_metrics import HEALTH_COUNTERS
from monitor.sighting import Evidence, HidingMethod

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
FEEDS = ("radius", "radius-detail", "kea", "kea-control", "dnsmasq", "dnsmasq-leases", "windows")
MODES = ("regular", "transparent", "socks5")
LOCAL = ("127.", "[::1]", "localhost")

type Content = Mapping[str, object]


def build_bundle(
    settings: Configuration, seen: Observation, found: Condition, migrations: Iterable[str]
) -> str:
    """Write the diagnostics file, as JSON.

    Args:
        settings: the configuration.
        seen: what was asked.
        found: what follows from it.
        migrations: what the store's tables were brought up to date with, by name.
    """
    content = {
        "format": FORMAT,
        "made_at": datetime.fromtimestamp(seen.now, UTC).isoformat(timespec="seconds"),
        "system": _system(),
        "configuration": _configuration(settings),
        "findings": [
            {"kind": each.kind, "part": each.part, "count": each.count, "note": each.is_note}
            for each in found.findings
        ],
        "coverage": {
            "lessons_with_room": _share(found.coverage.lessons),
            "rooms_with_place": _share(found.coverage.rooms),
            "groups_with_layer": _share(found.coverage.groups),
        },
        "sensors": [
            {
                "spoke_seconds_ago": round(seen.now - each.seen_at),
                "is_running": each.is_running(seen.now),
                "holds_newest": each.version >= seen.version,
            }
            for each in seen.sensors
        ],
        "timetable_sources": [
            {
                "read_seconds_ago": None
                if each.read_at is None
                else round(seen.now - each.read_at),
                "has_trouble": bool(each.trouble),
            }
            for each in seen.sources
        ],
        "pauses": len(seen.pauses),
        "store": _store(seen, migrations),
        "health": None if seen.live is None else _health(seen.live),
    }
    return json.dumps(content, indent=2) + "\n"


def _system() -> Content:
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "release": _digits(platform.release()),
        "machine": platform.machine(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def _digits(release: str) -> str:
    """Keep a kernel's numbers: whoever built it may have added a name."""
    return release.partition("-")[0]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _configuration(settings: Configuration) -> Content:
    radius, dhcp, web = settings.radius, settings.dhcp, settings.web
    lengths = Counter(
        f"IPv{prefix.version}/{prefix.prefixlen}"
        for place in settings.places
        for prefix in place.prefixes
    )
    return {
        "school": {"time_zone": settings.school.time_zone},
        "layer": {"number": len(settings.layers), "pupils": [e.pupils for e in settings.layers]},
        "place": {"number": len(settings.places), "prefixes": dict(sorted(lengths.items()))},
        "attachments": {"has_file": settings.attachments.file is not None},
        "timetable": [
            {"format": each.format, "minutes": each.minutes} for each in settings.timetables
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
        },
        "sender": {"number": len(settings.senders)},
        "dhcp": {
            "kea_leases": dhcp.kea_leases is not None,
            "kea_socket": dhcp.kea_socket is not None,
            "dnsmasq_leases": dhcp.dnsmasq_leases is not None,
            "dnsmasq_socket": dhcp.dnsmasq_socket is not None,
            "windows_logs": dhcp.windows_logs is not None,
        },
        "staff": {"has_consent": bool(settings.staff.consent)},
        "catalogue": {
            "has_overlay": settings.catalogue.overlay is not None,
            "switched_on": len(settings.catalogue.switched_on),
            "switched_off": len(settings.catalogue.switched_off),
        },
        "gateway": {"modes": [m for m in map(_mode, settings.gateway.listen) if m in MODES]},
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


def _store(seen: Observation, migrations: Iterable[str]) -> Content | None:
    if seen.store is None:
        return None
    return {
        "vendor": seen.store.vendor,
        "answered_in_ms": round(1000 * seen.store.answered_in),
        "bytes": seen.store.size,
        "bytes_free": seen.store.bytes_free,
        "migrations": sorted(migrations),
    }


def _health(live: SensorMetrics) -> Content:
    return {
        "clock_ahead_seconds": None if live.clock_ahead is None else round(live.clock_ahead),
        "connections": _known(live.by_label("lesrust_connections_total"), Evidence),
        "hidden": _known(live.by_label("lesrust_hidden_connections_total"), HidingMethod),
        "counts": {name: live.total(f"lesrust_{name}_total") for name in HEALTH_COUNTERS},
        "snapshot_age_seconds": round(live.total("lesrust_snapshot_age_seconds"), 1),
        "watermark_lag_seconds": round(live.total("lesrust_watermark_lag_seconds"), 1),
        "feeds": {
            feed: {
                outcome: live.by_label("lesrust_feed_messages_total").get((feed, outcome), 0)
                for outcome in Outcome
            }
            for feed in FEEDS
            if (feed,) in live.by_label("lesrust_feed_age_seconds")
        },
    }


def _known(values: Mapping[LabelValues, float], names: Iterable[str]) -> Content:
    return {name: values.get((name,), 0) for name in names}
