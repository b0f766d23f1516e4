"""The web application as Django knows it."""

from django.apps import AppConfig


class Dashboards(AppConfig):
    """Accounts, and the pages that they open."""

    name = "dashboards"
    verbose_name = "Lesrust"
