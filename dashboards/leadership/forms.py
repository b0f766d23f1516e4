"""What the leadership fills in to allow something."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.school.platforms import platforms_in_use
from schedules.exemption import ExemptionScope
from schedules.exemption_rules import LONGEST_REASON

CLOCK = "%Y-%m-%dT%H:%M"
"""As a browser's own field for a moment has it."""


class Moment(forms.DateTimeInput):
    """A browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=CLOCK)


class GrantForm(forms.Form):
    """Where, what, from when until when, and why.

    Args:
        rooms: that the timetable or the configuration has.
        layers: the roster's names.
    """

    scope = forms.ChoiceField(
        label=_("Where?"),
        choices=[
            (ExemptionScope.SCHOOL.value, _("The whole school")),
            (ExemptionScope.LAYER.value, _("A year layer")),
            (ExemptionScope.ROOM.value, _("A room")),
        ],
        widget=forms.RadioSelect,
        initial=ExemptionScope.SCHOOL.value,
    )
    layer = forms.ChoiceField(label=_("Which year layer?"), required=False)
    room = forms.ChoiceField(label=_("Which room?"), required=False)
    platforms = forms.MultipleChoiceField(
        label=_("Which platforms?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    every = forms.BooleanField(label=_("All platforms"), required=False)
    start = forms.DateTimeField(label=_("From"), input_formats=[CLOCK], widget=Moment())
    end = forms.DateTimeField(label=_("Until"), input_formats=[CLOCK], widget=Moment())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("Stands beside the permission. No names of pupils, please."),
    )

    def __init__(
        self, *args: Any, rooms: Iterable[str], layers: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Choose"))]
        self._choose("layer", [*nothing, *((name, name) for name in layers)])
        self._choose("room", [*nothing, *((name, name) for name in rooms)])
        titles = [(each.name, each.title) for each in platforms_in_use().values()]
        self._choose("platforms", titles)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices

    @property
    def place(self) -> tuple[ExemptionScope, str]:
        """Where it is to be allowed; only of a form that is valid."""
        scope = ExemptionScope(self.cleaned_data["scope"])
        return scope, "" if scope is ExemptionScope.SCHOOL else self.cleaned_data[scope.value]

    @property
    def chosen(self) -> frozenset[str] | None:
        """What is to be allowed; None: all."""
        return None if self.cleaned_data["every"] else frozenset(self.cleaned_data["platforms"])

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when until when, on the school's clock."""
        return self.cleaned_data["start"], self.cleaned_data["end"]
