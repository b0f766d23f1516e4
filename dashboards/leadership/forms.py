"""What the leadership fills in to grant an exemption."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboards.school.platforms import platforms_in_use
from schedules.exemption import Exemption, ExemptionScope
from schedules.exemption_rules import MAX_REASON_LENGTH, grant_by_leadership

BROWSER_FORMAT = "%Y-%m-%dT%H:%M"
"""As a browser's own field for a day and a time has it."""


class LocalDateTimeInput(forms.DateTimeInput):
    """A browser's own field for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=BROWSER_FORMAT)


class ExemptionForm(forms.Form):
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
    start = forms.DateTimeField(
        label=_("From"), input_formats=[BROWSER_FORMAT], widget=LocalDateTimeInput()
    )
    end = forms.DateTimeField(
        label=_("Until"), input_formats=[BROWSER_FORMAT], widget=LocalDateTimeInput()
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON_LENGTH,
        help_text=_("Stands beside the permission. No names of pupils, please."),
    )

    def __init__(
        self, *args: Any, rooms: Iterable[str], layers: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nothing = [("", _("Choose"))]
        self._set_choices("layer", [*nothing, *((name, name) for name in layers)])
        self._set_choices("room", [*nothing, *((name, name) for name in rooms)])
        titles = [(platform.name, platform.title) for platform in platforms_in_use().values()]
        self._set_choices("platforms", titles)

    def _set_choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def to_exemption(self, *, by: str, now: float) -> Exemption:
        """Make the exemption that was filled in; only of a form that is valid.

        Args:
            by: who grants it.
            now: seconds since 1970-01-01 UTC.

        Raises:
            ExemptionDenied: when it may not be granted.
        """
        filled_in = self.cleaned_data
        scope = ExemptionScope(filled_in["scope"])
        return grant_by_leadership(
            scope,
            "" if scope is ExemptionScope.SCHOOL else filled_in[scope.value],
            by=by,
            platforms=None if filled_in["every"] else frozenset(filled_in["platforms"]),
            start=filled_in["start"].timestamp(),
            end=filled_in["end"].timestamp(),
            now=now,
            reason=filled_in["reason"],
        )
