"""The core as a Django app: where its figures are stored."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """The app `monitor`."""

    name = "monitor"
    verbose_name = "Lesrust"
