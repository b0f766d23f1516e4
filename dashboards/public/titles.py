"""What tables and evidence are called for everyone: no codes, no jargon."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from monitor.release.tables import TableName
from monitor.sighting import Evidence

TABLES: dict[TableName, StrOrPromise] = {
    TableName.LESSON_HOURS: _("The whole school, by lesson hour"),
    TableName.PLATFORMS: _("The whole school, by platform and day"),
    TableName.LAYERS: _("A year layer, by day"),
    TableName.LAYER_PLATFORMS: _("A year layer, by platform and week"),
}
EVIDENCE: dict[Evidence, StrOrPromise] = {
    Evidence.SNI: _("The name stands at the beginning of a secure connection"),
    Evidence.QUIC: _("The same, in a newer kind of connection"),
    Evidence.HTTP: _("The name stands in a connection that is not secure"),
    Evidence.DNS: _("The network was asked where the service is"),
    Evidence.ADDRESS: _("Only the service's address was seen, and it was known whose that is"),
    Evidence.HIDDEN: _("There was no name to be seen"),
}
