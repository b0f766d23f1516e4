"""All that the papers say of a school, in one place: no template knows a setting by itself.

Each text is Dutch, and safe to put into Markdown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.papers.figure_facts import FigureFacts, make_figure_facts
from dashboards.papers.markdown import escape_markdown
from dashboards.public.own_device import own_device_address
from dashboards.public.public_settings import PublishingLevel, public_settings
from monitor import catalogue
from monitor.configuration import Configuration, Role
from monitor.runtime.factories import knows_staff, make_layers
from schedules.language import writing

ROLES = {
    Role.TEACHER: "docent",
    Role.LEADERSHIP: "schoolleiding",
    Role.DIRECTIE: "directie",
    Role.IT: "ICT",
}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Whom people turn to; what the school did not say is said to be missing."""

    name: str
    email: str
    privacy_officer: str
    objection: str
    missing: tuple[str, ...]
    """Keys of `[contact]` that are empty."""


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """How it looks on the network, and what tells one device from another."""

    has_gateway: bool
    """Whether connections are passed on by the gateway of Lesrust."""
    is_transparent: bool
    has_sensor: bool
    """Whether a passive sensor looks at copies of packets."""
    is_promiscuous: bool
    has_radius: bool
    has_dhcp: bool
    has_neighbours: bool
    places: str
    has_attachments: bool
    knows_staff: bool
    """Whether anything says that an address is of staff."""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What the templates are filled with."""

    name: str
    dpia: str
    """Where the adopted DPIA is; empty: there is none yet."""
    council: str
    is_on_trial: bool
    pupils: str
    layers: str
    has_layers: bool
    merged: str
    unreleased: str
    published: PublishingLevel
    has_group_sizes: bool
    platforms: str
    consent: str
    counts_staff: bool
    audit_years: str
    contact: ContactFacts
    figures: FigureFacts
    network: NetworkFacts
    has_device_page: bool
    device_address: str
    """Empty where it has no name that everyone may read."""
    device_has_tls: bool
    is_postgresql: bool
    web_address: str
    second_factor: str
    providers: str
    timetables: str


def make_school_facts(settings: Configuration) -> SchoolFacts:
    """Gather what the papers say.

    Raises:
        Refused: when the catalogue's overlay, a platform's name or the mapping file is wrong.
    """
    layers = make_layers(settings)
    chosen = settings.catalogue
    loaded = catalogue.load_catalogue(
        switched_on=chosen.switched_on, switched_off=chosen.switched_off, overlay=chosen.overlay
    )
    public = public_settings(
        settings,
        sorted((entry for entry in loaded.platforms if entry.is_on), key=lambda entry: entry.title),
    )
    return SchoolFacts(
        name=escape_markdown(public.name),
        dpia=escape_markdown(public.approval.dpia),
        council=escape_markdown(public.approval.council),
        is_on_trial=settings.is_on_trial,
        pupils=writing.number(layers.pupils),
        layers=_list(layer.name for layer in public.layers),
        has_layers=bool(public.layers),
        merged=_list(layer.name for layer in public.layers if layer.is_merged),
        unreleased=_list(public.unreleased),
        published=public.published,
        has_group_sizes=public.has_group_sizes,
        platforms=_list(public.platforms),
        consent=escape_markdown(public.consent),
        counts_staff=bool(public.consent),
        audit_years=writing.number(public.log_kept),
        contact=_make_contact(settings),
        figures=make_figure_facts(settings, layers),
        network=_make_network(settings),
        has_device_page=settings.device.address is not None,
        device_address=own_device_address(settings.device),
        device_has_tls=settings.device.certificate is not None,
        is_postgresql=settings.store.database.startswith("postgres"),
        web_address=settings.web.address or "",
        second_factor=_list(ROLES[role] for role in settings.web.second_factor),
        providers=_list(provider.title for provider in settings.providers),
        timetables=_list(source.name for source in settings.timetables),
    )


def _make_contact(settings: Configuration) -> ContactFacts:
    keys = ("name", "email", "privacy_officer", "objection")
    values = {key: escape_markdown(getattr(settings.contact, key)) for key in keys}
    told = {key: value or f"nog niet ingevuld (`[contact] {key}`)" for key, value in values.items()}
    return ContactFacts(**told, missing=tuple(key for key in keys if not values[key]))


def _make_network(settings: Configuration) -> NetworkFacts:
    has_gateway = settings.watch.gateway is not None or "gateway" in settings.model_fields_set
    modes = {listen.partition("@")[0] for listen in settings.gateway.listen}
    return NetworkFacts(
        has_gateway=has_gateway,
        is_transparent="transparent" in modes,
        has_sensor=bool(settings.watch.interfaces),
        is_promiscuous=settings.watch.promiscuous,
        has_radius=settings.radius.is_on,
        has_dhcp=any(value is not None for _, value in settings.dhcp),
        has_neighbours=settings.identity.neighbours is not None,
        places=writing.number(len({place.room for place in settings.places})),
        has_attachments=settings.attachments.file is not None,
        knows_staff=knows_staff(settings),
    )


def _list(names: Iterator[str] | tuple[str, ...]) -> str:
    return writing.listing([escape_markdown(name) for name in names])
