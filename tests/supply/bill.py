"""The bill of materials, as CycloneDX and as a report of licences for people."""

import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import distribution

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tests.supply.distributions import LOCK, Use, UsedDistribution, load_requirements
from tests.supply.licences import READ, find_licence

SCOPES = {
    Use.ALWAYS: ComponentScope.REQUIRED,
    Use.EXTRA: ComponentScope.OPTIONAL,
    Use.DEVELOPMENT: ComponentScope.EXCLUDED,
}
TITLES = {
    Use.ALWAYS: "Always used",
    Use.EXTRA: "Used by an extra (gateway, web, postgresql, privacy)",
    Use.DEVELOPMENT: "Installed beside it, and used by developers alone",
}
OWN = "lesrust"


def format_bill(parts: Iterable[UsedDistribution]) -> str:
    """Write a bill of materials in CycloneDX 1.6: alike for what is installed alike."""
    parts = sorted(parts, key=lambda part: part.name)
    components = {part.name: _make_component(part) for part in parts}
    lesrust = _make_own_component()
    bill = Bom(components=components.values(), serial_number=_number(parts))
    bill.metadata.component = lesrust
    bill.metadata.timestamp = _made_at()
    bill.properties.add(Property(name="lesrust:lock:sha256", value=_hash_lock()))
    asked = [line.name for lines in load_requirements().values() for line in lines]
    bill.register_dependency(lesrust, [components[_normal(name)] for name in sorted({*asked})])
    for part in parts:
        bill.register_dependency(components[part.name], [components[name] for name in part.needs])
    return JsonV1Dot6(bill).output_as_string(indent=2) + "\n"


def format_licences(parts: Iterable[UsedDistribution]) -> str:
    """Write which distribution comes under which licence, in Markdown."""
    parts = list(parts)
    return "\n".join(_write_report(parts)) + "\n"


def _write_report(parts: list[UsedDistribution]) -> Iterator[str]:
    yield f"# What {OWN} {distribution(OWN).version} is made of, and under which licences"
    for use in Use:
        yield from ("", f"## {TITLES[use]}", "", "| distribution | version | licence |")
        yield "|---|---|---|"
        for part in parts:
            if part.use is use:
                licence = find_licence(part.name, distribution(part.name))
                mark = " (read in the licence that it ships)" if part.name in READ else ""
                yield f"| {part.name} | {part.version} | {licence}{mark} |"


def _make_component(part: UsedDistribution) -> Component:
    acknowledgement = (
        LicenseAcknowledgement.CONCLUDED if part.name in READ else LicenseAcknowledgement.DECLARED
    )
    licence = LicenseFactory().make_from_string(
        find_licence(part.name, distribution(part.name)), license_acknowledgement=acknowledgement
    )
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        bom_ref=part.name,
        scope=SCOPES[part.use],
        licenses=[licence],
        purl=PackageURL("pypi", name=part.name, version=part.version),
    )


def _make_own_component() -> Component:
    installed = distribution(OWN)
    return Component(
        name=OWN,
        version=installed.version,
        type=ComponentType.APPLICATION,
        bom_ref=OWN,
        licenses=[LicenseFactory().make_from_string(str(installed.metadata["License-Expression"]))],
    )


def _made_at() -> datetime:
    """Give the time of SOURCE_DATE_EPOCH, where it is set, or the present."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)


def _number(parts: Iterable[UsedDistribution]) -> uuid.UUID:
    """Number a bill by what is on it: the same for the same versions."""
    names = " ".join(f"{part.name}=={part.version}:{part.use}" for part in parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:{OWN}:{distribution(OWN).version}:{names}")


def _hash_lock() -> str:
    return sha256(LOCK.read_bytes()).hexdigest()


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
