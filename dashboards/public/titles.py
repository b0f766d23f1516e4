"""What tables are called for everyone: no codes, no jargon."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from monitor.release.tables import TableName

TABLES: dict[TableName, StrOrPromise] = {
    TableName.LESSON_HOURS: _("The whole school, by lesson hour"),
    TableName.PLATFORMS: _("The whole school, by platform and day"),
    TableName.LAYERS: _("A year layer, by day"),
    TableName.LAYER_PLATFORMS: _("A year layer, by platform and week"),
}
