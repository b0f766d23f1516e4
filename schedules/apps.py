"""Lessons and exemptions as a Django app: where they are stored."""

from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    """The app `schedules`."""

    name = "schedules"
    label = "schedules"
    verbose_name = "Lesrust: lessons and exemptions"
