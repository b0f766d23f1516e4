"""All of `lesrust.toml`."""

from pathlib import Path
from typing import Self

from pydantic import Field, PrivateAttr

from monitor.configuration.feeds import (
    AttachmentSettings,
    DhcpSettings,
    RadiusSettings,
    SenderSettings,
)
from monitor.configuration.identity import IdentitySettings, PrivacySettings
from monitor.configuration.processes import (
    DeviceSettings,
    GatewaySettings,
    HealthSettings,
    MetricsSettings,
    OutgoingSettings,
    SteeringSettings,
    StoreSettings,
    WatchSettings,
)
from monitor.configuration.school import (
    ApprovalSettings,
    CatalogueSettings,
    GroupsSettings,
    LayerSettings,
    PlaceSettings,
    SchoolSettings,
    StaffSettings,
)
from monitor.configuration.timetables import BellSettings, CalendarSettings, TimetableSettings
from monitor.configuration.values import Section
from monitor.configuration.web import ContactSettings, MemberSettings, ProviderSettings, WebSettings
from monitor.identity import Unit

HEALTH_TOKEN = "health.token"  # noqa: S105 (the name of a file)


class Configuration(Section):
    """All of `lesrust.toml`."""

    school: SchoolSettings
    layers: tuple[LayerSettings, ...] = Field(default=(), alias="layer", strict=False)
    groups: GroupsSettings = GroupsSettings()
    identity: IdentitySettings = IdentitySettings()
    privacy: PrivacySettings = PrivacySettings()
    places: tuple[PlaceSettings, ...] = Field(default=(), alias="place", strict=False)
    attachments: AttachmentSettings = AttachmentSettings()
    timetables: tuple[TimetableSettings, ...] = Field(default=(), alias="timetable", strict=False)
    calendar: CalendarSettings = CalendarSettings()
    bells: tuple[BellSettings, ...] = Field(default=(), strict=False)
    radius: RadiusSettings = RadiusSettings()
    senders: tuple[SenderSettings, ...] = Field(default=(), alias="sender", strict=False)
    dhcp: DhcpSettings = DhcpSettings()
    staff: StaffSettings = StaffSettings()
    approval: ApprovalSettings = ApprovalSettings()
    catalogue: CatalogueSettings = CatalogueSettings()
    outgoing: OutgoingSettings = OutgoingSettings()
    gateway: GatewaySettings = GatewaySettings()
    steering: SteeringSettings = SteeringSettings()
    watch: WatchSettings = WatchSettings()
    metrics: MetricsSettings = MetricsSettings()
    health: HealthSettings = HealthSettings()
    device: DeviceSettings = DeviceSettings()
    store: StoreSettings = StoreSettings()
    web: WebSettings = WebSettings()
    providers: tuple[ProviderSettings, ...] = Field(default=(), alias="provider", strict=False)
    members: tuple[MemberSettings, ...] = Field(default=(), alias="member", strict=False)
    contact: ContactSettings = ContactSettings()

    _path: Path | None = PrivateAttr(default=None)

    @property
    def path(self) -> Path | None:
        """The file that it was loaded from; None: it was not loaded from a file."""
        return self._path

    def with_path(self, path: Path) -> Self:
        """Return the same settings, with the file that they were loaded from."""
        copied = self.model_copy()
        copied._path = path
        return copied

    def tells_names(self, *, by_frames: bool) -> bool:
        """Return whether anything is configured to tell the names of the unit.

        RADIUS alone does not: where the end of a session is lost, its address is another's, and
        nothing would show it.

        Args:
            by_frames: whether a passive sensor sees all of what is counted.
        """
        shows_devices = (
            (by_frames and self.identity.frames == "own")
            or self.identity.neighbours is not None
            or any(value is not None for _, value in self.dhcp)
        )
        match self.identity.unit:
            case Unit.ADDRESS:
                return True
            case Unit.PERSON:
                return shows_devices and self.radius.is_on
            case Unit.DEVICE:
                return shows_devices

    @property
    def health_token(self) -> Path:
        """The file with the token of health; the sensor makes it, so it is where it may write."""
        return self.health.token or self.web.secret.with_name(HEALTH_TOKEN)

    @property
    def is_on_trial(self) -> bool:
        """Whether nothing may be counted yet: the school has not settled what it has to."""
        return bool(self.approval.missing)

    @property
    def database(self) -> str:
        """The store's address: a path for SQLite, or `postgresql://…`."""
        return self.store.database
