"""The one configuration file, `lesrust.toml`, loaded into typed settings.

A section `[x]` or `[[x]]` of the file is a class `XSettings`. A file with a mistake is refused as a
whole: every problem names the key, what was found and what is allowed, so that an administrator can
mend it.
"""

from monitor.configuration.configuration import Configuration
from monitor.configuration.feeds import (
    AttachmentSettings,
    DhcpSettings,
    RadiusSettings,
    SenderSettings,
)
from monitor.configuration.identity import IdentitySettings, PrivacySettings
from monitor.configuration.loading import MAX_CONFIGURATION_SIZE, load_configuration
from monitor.configuration.processes import (
    DeviceSettings,
    EndpointSettings,
    GatewaySettings,
    HealthSettings,
    MetricsSettings,
    OutgoingSettings,
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
from monitor.configuration.web import (
    ContactSettings,
    MemberSettings,
    ProviderSettings,
    Role,
    WebSettings,
)

__all__ = [
    "MAX_CONFIGURATION_SIZE",
    "ApprovalSettings",
    "AttachmentSettings",
    "BellSettings",
    "CalendarSettings",
    "CatalogueSettings",
    "Configuration",
    "ContactSettings",
    "DeviceSettings",
    "DhcpSettings",
    "EndpointSettings",
    "GatewaySettings",
    "GroupsSettings",
    "HealthSettings",
    "IdentitySettings",
    "LayerSettings",
    "MemberSettings",
    "MetricsSettings",
    "OutgoingSettings",
    "PlaceSettings",
    "PrivacySettings",
    "ProviderSettings",
    "RadiusSettings",
    "Role",
    "SchoolSettings",
    "SenderSettings",
    "StaffSettings",
    "StoreSettings",
    "TimetableSettings",
    "WatchSettings",
    "WebSettings",
    "load_configuration",
]
