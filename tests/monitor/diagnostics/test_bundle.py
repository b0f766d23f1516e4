"""The diagnostics file: what helps, and not one canary, in any encoding."""

import json
from base64 import b16encode, b32encode, b64encode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.configuration import Configuration
from monitor.diagnostics.bundle import make_bundle
from monitor.diagnostics.condition import diagnose
from monitor.store import SensorStatus
from schedules.pause import Pause
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, lesson
from tests.monitor.diagnostics.cast import NOW, SETTINGS, live, observed

CANARY = "kanarie"
"""In every text that is given: what names somebody or something, or is secret."""
ADDRESS = "203.0.113.77"
MAC = "02:00:5e:10:77:88"
CONFIGURATION = Configuration.model_validate(
    {
        "school": {"name": CANARY},
        "layer": [{"name": CANARY, "pupils": 250, "groups": (f"{CANARY}*",)}],
        "place": [
            {"prefixes": ("203.0.113.64/27",), "room": CANARY, "layer": CANARY},
        ],
        "attachments": {"file": f"{CANARY}.csv"},
        "timetable": [
            {
                "name": CANARY,
                "format": "webuntis",
                "address": f"https://{CANARY}.nl",
                "secret": CANARY,
                "school": CANARY,
                "user": CANARY,
            },
            {
                "name": f"{CANARY}-untis",
                "format": "untis",
                "path": CANARY,
                "branch": CANARY,
                "track": CANARY,
            },
        ],
        "calendar": {"free": [{"first": date(2026, 5, 4), "name": CANARY}]},
        "bells": [{"hours": (f"{CANARY} 08:30-09:20",), "branch": CANARY, "track": CANARY}],
        "radius": {
            "listen": f"{ADDRESS}:1813",
            "detail": CANARY,
            "staff_classes": (CANARY,),
        },
        "sender": [{"prefix": f"{ADDRESS}/32", "secret": CANARY}],
        "dhcp": dict.fromkeys(
            ("kea_leases", "kea_socket", "dnsmasq_leases", "dnsmasq_socket", "windows_logs"), CANARY
        ),
        "staff": {"consent": CANARY},
        "catalogue": {
            "overlay": CANARY,
            "switched_on": (CANARY,),
            "switched_off": (CANARY,),
        },
        "gateway": {"listen": (f"transparent@{ADDRESS}:8080", f"{CANARY}@1")},
        "watch": {"interfaces": (CANARY,), "gateway": CANARY},
        "metrics": {"listen": f"{ADDRESS}:9464"},
        "health": {"listen": f"{ADDRESS}:9465"},
        "store": {"database": f"postgresql://{CANARY}:{CANARY}@{ADDRESS}/{CANARY}"},
        "web": {
            "listen": f"{ADDRESS}:9467",
            "address": f"https://{CANARY}.nl",
            "secret": CANARY,
            "second_factor": ("it",),
        },
        "provider": [
            {
                "name": CANARY,
                "title": CANARY,
                "issuer": f"https://{CANARY}.nl",
                "client": CANARY,
                "secret": CANARY,
                "role_claim": CANARY,
                **dict.fromkeys(("teacher", "leadership", "directie", "it"), (CANARY,)),
                "code_claim": CANARY,
                "pupils": (CANARY,),
                "pupil_domains": (CANARY,),
            }
        ],
        "member": [{"email": f"{CANARY}@{CANARY}.nl", "roles": ("it",), "code": CANARY}],
        "contact": dict.fromkeys(("name", "email", "privacy_officer", "objection"), CANARY),
    }
)
LESSONS = Timetable(
    [
        lesson("101", rooms=(CANARY,), groups=(CANARY,), teachers=(CANARY,), instance=CANARY),
        lesson("102", rooms=(), groups=(CANARY,), teachers=(CANARY,)),
    ],
    AMSTERDAM,
)
SEEN = observed(
    metrics=live(
        f"""
lesrust_hour_connections{{evidence="{CANARY}"}} 5
lesrust_hour_hidden_connections{{how="{ADDRESS}"}} 5
lesrust_hour_feed_messages{{feed="{CANARY}",outcome="{MAC}"}} 5
lesrust_feed_age_seconds{{feed="{CANARY}"}} 5
{CANARY}_total{{client="{ADDRESS}"}} 5
"""
    ),
    sensors=(SensorStatus(CANARY, 6, NOW - 60),),
    sources=(SourceState(CANARY, NOW, NOW - 3600, f"{CANARY} at {ADDRESS}"),),
    pauses=(Pause(start=NOW - 60, end=NOW + 60, by=CANARY, reason=CANARY),),
    coming_days=LESSONS,
    week=LESSONS,
    placed_rooms=frozenset({f"{CANARY} 2"}),
)
MIGRATIONS = ("monitor.0001_initial", "schedules.0001_initial")


def forms(canary: bytes) -> Iterator[str]:
    """Every way in which bytes can stand in a text, whatever comes before them."""
    yield canary.decode("latin-1")
    yield canary[::-1].decode("latin-1")
    yield b16encode(canary).decode()
    for encode, bits in ((b64encode, 6), (urlsafe_b64encode, 6), (b32encode, 5)):
        for shift in range(5):
            # The characters at the ends depend on the neighbours: what is between does not.
            first, end = -(-8 * shift // bits), 8 * (shift + len(canary)) // bits
            yield encode(b"x" * shift + canary).decode()[first:end]


def canaries() -> Iterator[bytes]:
    yield CANARY.encode()
    yield CANARY.encode("utf-16-le")
    yield ADDRESS.encode()
    yield ip_address(ADDRESS).packed
    yield ip_network("203.0.113.64/27").network_address.exploded.encode()
    yield MAC.encode()
    yield bytes.fromhex(MAC.replace(":", ""))
    yield MAC.replace(":", "-").encode()


def test_every_text_of_the_configuration_is_a_canary() -> None:
    """What is new in the configuration is new here too."""

    def without(model: BaseModel, where: str) -> Iterator[str]:
        for name, value in model:
            for member in value if isinstance(value, tuple) else (value,):
                if isinstance(member, BaseModel):
                    yield from without(member, f"{where}.{name}")
                elif isinstance(member, str | Path) and not _is_marked(str(member)):
                    yield f"{where}.{name}"

    harmless = {
        ".school.time_zone",
        ".identity.unit",
        ".identity.frames",
        ".places.role",
        ".timetables.format",
        ".bells.variant",
        ".web.second_factor",
        ".members.roles",
    }
    assert set(without(CONFIGURATION, "")) == harmless


def _is_marked(text: str) -> bool:
    return not text or CANARY in text or ADDRESS in text


def test_no_canary_is_in_it_in_any_form() -> None:
    written = make_bundle(CONFIGURATION, SEEN, diagnose(CONFIGURATION, SEEN), MIGRATIONS)
    folded = written.casefold()
    for canary in canaries():
        for form in forms(canary):
            assert form.casefold() not in folded, (canary, form)


def test_the_search_finds_what_is_there() -> None:
    """In each form, at any place: else the test above says nothing."""
    for canary in (CANARY.encode(), ADDRESS.encode()):
        for prefix in (b"", b"a", b"ab", b"abc"):
            for encode in (b64encode, urlsafe_b64encode, b32encode, b16encode):
                hidden = encode(prefix + canary + b"tail").decode().casefold()
                assert any(form.casefold() in hidden for form in forms(canary)), encode


def test_it_says_what_helps() -> None:
    seen = observed(sensors=(SensorStatus("gateway-1", 6, NOW - 3),), placed_rooms=frozenset())
    content = json.loads(make_bundle(SETTINGS, seen, diagnose(SETTINGS, seen), MIGRATIONS))
    assert content["made_at"] == "2026-11-23T08:40:00+00:00"
    assert content["system"]["packages"]["django"]
    assert content["configuration"]["place"] == {"number": 25, "prefixes": {"IPv4/24": 25}}
    assert content["configuration"]["timetable"] == [{"format": "csv", "minutes": 5}]
    assert content["coverage"]["rooms_with_place"] == {"of": 24, "missing": 24}
    found = {finding["kind"]: finding["count"] for finding in content["findings"]}
    assert found == {"sensor_behind": 1, "rooms_without_place": 24}
    assert content["sensors"] == [
        {"spoke_seconds_ago": 3, "is_running": True, "holds_newest": False}
    ]
    assert content["health"]["connections"]["quic"] == 250
    assert content["health"]["feeds"]["radius"]["taken"] == 40
    assert content["store"]["migrations"] == list(MIGRATIONS)


@pytest.mark.parametrize("missing", ["store", "metrics"])
def test_what_could_not_be_asked_is_nothing(missing: str) -> None:
    seen = observed(**{missing: None})
    content = json.loads(make_bundle(SETTINGS, seen, diagnose(SETTINGS, seen), ()))
    assert content["health" if missing == "metrics" else "store"] is None
