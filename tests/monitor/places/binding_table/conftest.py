"""What a table of bindings is told of the phone in B204, and what is asked of it."""

from ipaddress import ip_address

from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Binding, BindingEvent, BindingSource, SessionUpdate

NINE = 1_792_396_800.0
LATER = NINE + 600
NIGHT = NINE + 36_000
PHONE = ip_address("10.20.4.17").packed
PREFIX = ip_address("2001:db8:20:4::").packed[:8]
PRIVATE = ip_address("2001:db8:20:4:a:b:c:d").packed
LAPTOP = ip_address("10.20.4.18").packed
B204, B205 = Place("B204"), Place("B205")


def heard(
    place: Place | None = B204,
    *addresses: bytes,
    session: bytes = b"phone",
    timestamp: float = NINE,
    until: float = NIGHT,
    source: BindingSource = BindingSource.RADIUS,
) -> SessionUpdate:
    return SessionUpdate(
        source, session, addresses or (PHONE,), place, timestamp, until, b"controller"
    )


def after(*events: BindingEvent) -> BindingTable:
    table = BindingTable()
    for event in events:
        table.record(event)
    return table


def bound(table: BindingTable, timestamp: float = LATER, address: bytes = PHONE) -> Binding | None:
    return table.snapshot().find(address, timestamp)


def room(table: BindingTable, timestamp: float = LATER, address: bytes = PHONE) -> str | None:
    found = bound(table, timestamp, address)
    return found.place.room if found and found.place else None


def device(table: BindingTable, address: bytes, timestamp: float = LATER) -> bytes | None:
    """Give what an address is counted as: the name of its session, or itself."""
    found = bound(table, timestamp, address)
    return found and (found.device or address)


def laptop(
    place: Place | None = B204, *addresses: bytes, timestamp: float = NINE + 5
) -> SessionUpdate:
    """What is told of another device in the same network."""
    return heard(place, *(addresses or (LAPTOP, PREFIX)), session=b"laptop", timestamp=timestamp)
