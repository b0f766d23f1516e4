"""The page in HTML: as a whole, and the updates while it is open. Pure text."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from html import escape
from importlib.resources import files
from string import Template
from zoneinfo import ZoneInfo

from monitor.catalogue import Catalogue, HostnameRole
from monitor.evidence import Evidence, HidingMethod
from monitor.own_device.device_session import DeviceOverview, EndReason, SightingLine
from monitor.own_device.texts import (
    ADDRESSES,
    COLUMNS,
    DROP_REASONS,
    ENDINGS,
    LIMITS,
    MEANINGS,
    ROLES,
    Explained,
)
from monitor.place import PersonRole, Place
from schedules.language import Language, Message, active, gettext, ngettext, writing

PATH = "/mijn-apparaat"
STYLE, SCRIPT = f"{PATH}/stijl.css", f"{PATH}/live.js"
EVENTS, STREAM = f"{PATH}/live", f"{PATH}/zonder-script"
_FILES = files("monitor.own_device")
_PAGE = Template(_FILES.joinpath("page.html").read_text("utf-8"))
CSS = _FILES.joinpath("page.css").read_bytes()
JAVASCRIPT = _FILES.joinpath("live.js").read_bytes()
_SCRIPT = f'<script src="{SCRIPT}" defer></script>'
_END = "</main>\n</body>\n</html>\n"
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000
EVIDENCE_TITLES = {evidence: evidence.spec.short_title for evidence in Evidence}
HIDING_TITLES = {method: method.spec.title for method in HidingMethod}
_OWN_NAMES = {Language.DUTCH: "Nederlands", Language.ENGLISH: "English"}
_ALONE_NEVER_ACTIVE = {HostnameRole.EMBED, HostnameRole.BACKGROUND}


class OwnDevicePage:
    """The page, in the active language.

    Args:
        zone: the school's.
        catalogue: the one in force; it knows how people write a platform.
    """

    def __init__(self, zone: ZoneInfo, catalogue: Catalogue) -> None:
        self._zone = zone
        self._titles = {platform.name: platform.title for platform in catalogue.platforms}

    def full_page(self, address_bytes: int) -> str:
        """Return the page on which the script shows the updates.

        Args:
            address_bytes: of the address from which it is asked: 4 or 16.
        """
        stopped = gettext("You are no longer looking. Nothing of what you saw is kept.")
        interrupted = gettext("The connection to the sensor is gone. It is being made again.")
        nothing_yet = gettext(
            "Nothing yet. Open an app or site of a platform, such as Instagram or YouTube."
        )
        live = f"""<noscript>
<p>{escape(gettext("Your browser runs no scripts. It works without them too."))}</p>
<p><a class="button" href="{STREAM}?lang={active()}">{escape(gettext("Start looking"))}</a></p>
</noscript>
<section id="live" hidden data-source="{EVENTS}?lang={active()}"
 data-interrupted="{escape(interrupted)}" data-stopped="{escape(stopped)}">
<p id="state" class="state" role="status">{escape(gettext("Connecting to the sensor …"))}</p>
<p id="counts" class="counts"></p>
<p><button id="stop" type="button">{escape(gettext("Stop looking"))}</button>
<a id="again" class="button" href="?lang={active()}" hidden>{escape(gettext("Look again"))}</a></p>
<h2>{escape(gettext("What is recognised"))}</h2>
{self._head()}
<p id="nothing" class="nothing">{escape(nothing_yet)}</p>
<ol id="lines" class="lines" reversed></ol>
</section>"""
        about = f"<p>{escape(_lead(address_bytes))}</p>"
        return self._begun(f"{about}\n{live}\n{self._explained()}", _SCRIPT) + _END

    def stream_start(self, address_bytes: int) -> str:
        """Return the start of the page without script, to which updates are added."""
        return self._begun(
            f"""<p>{escape(_lead(address_bytes))}</p>
<p><a class="button" href="{PATH}?lang={active()}">{escape(gettext("Stop looking"))}</a></p>
<details><summary>{escape(gettext("What you see"))}</summary>
{self._explained()}</details>
<h2>{escape(gettext("What is recognised"))}</h2>
<section class="stream" aria-label="{escape(gettext("What is recognised"))}">
{self._head()}
"""
        )

    def stream_overview(self, state: str, counts: str) -> str:
        """Return an update of state and counts for the page without script."""
        content = f'<p class="state">{escape(state)}</p><p class="counts">{escape(counts)}</p>'
        return f'<div class="overview">{content}</div>\n'

    def stream_lines(self, lines: Iterable[SightingLine]) -> str:
        """Return an update with new lines for the page without script."""
        items = "\n".join(self.line_item(line) for line in lines)
        return f'<ol class="lines">{items}</ol>\n' if items else ""

    def stream_end(self, why: EndReason) -> str:
        """Return the end of the page without script."""
        return f"</section>\n{self._why(why)}\n{_END}"

    def refusal_page(self, why: EndReason) -> str:
        """Return a page that shows nothing, and says why."""
        return f"{self._begun(self._why(why))}{self._explained()}{_END}"

    def end_text(self, why: EndReason) -> str:
        """Return why there are no more updates."""
        return str(ENDINGS[why])

    def line_item(self, line: SightingLine) -> str:
        """Return one line as a list item without a newline."""
        time = datetime.fromtimestamp(line.timestamp, self._zone)
        cells = {
            "when": f"<time>{time:%H:%M:%S}</time>",
            "hostname": escape(line.hostname),
            "platform": escape(self._platforms(line.match.candidates)),
            "role": escape(str(ROLES[line.match.role])),
            "evidence": escape(str(line.evidence.spec.short_title)),
            "carried": escape(self._carried(line)),
            "outcome": escape(self._outcome(line)),
        }
        content = " ".join(
            f'<span class="cell {name}"><span class="label">{escape(str(COLUMNS[name]))}'
            f"</span> <span>{cell}</span></span>"
            for name, cell in cells.items()
        )
        return f'<li class="{"active" if line.is_active else "held"}">{content}</li>'

    def state_text(self, overview: DeviceOverview) -> str:
        """Return where the device is, whether a lesson is held there, and on what it is active."""
        place = overview.place
        if overview.is_paused:
            return gettext(
                "Measuring is interrupted: the sensor sees nothing now, of this device neither."
            )
        if place is None:
            return gettext(
                "It is not known in which room this address is: nothing of it is counted. "
                "Below you do see what is recognised."
            )
        parts = [_where(place)]
        if not overview.period:
            return " ".join([*parts, gettext("No lesson is held there now: nothing is counted.")])
        until = writing.clock(overview.lesson_end, self._zone)
        parts.append(
            gettext(
                "A lesson is held there now: lesson hour {period}, until {until}.",
                period=overview.period,
                until=until,
            )
        )
        if overview.is_on_trial:
            parts.append(gettext("Lesrust is on trial: nothing is counted yet, of nobody."))
        elif overview.active:
            platforms = ", ".join(self._titles.get(name, name) for name in overview.active)
            parts.append(
                gettext(
                    "Since you began to look, this device is active in this lesson on: "
                    "{platforms}.",
                    platforms=platforms,
                )
            )
        else:
            parts.append(
                gettext("Since you began to look, this device is active on nothing in this lesson.")
            )
        return " ".join(parts)

    def counts_text(self, overview: DeviceOverview, since: float) -> str:
        """Return what was seen of the device since its page was opened."""
        began = f"{datetime.fromtimestamp(since, self._zone):%H:%M:%S}"
        if not overview.connections:
            return gettext(
                "Since {since} the sensor has seen no connection of this device.", since=began
            )
        parts = [
            gettext(
                "Connections of this device since {since}: {connections}. "
                "To a platform: {platforms}.",
                since=began,
                connections=writing.number(overview.connections),
                platforms=writing.number(overview.to_platforms),
            ),
            gettext("Seen by: {counts}.", counts=_listed(overview.evidence, EVIDENCE_TITLES)),
        ]
        if overview.hidden:
            parts.append(
                gettext("Hidden: {counts}.", counts=_listed(overview.hidden, HIDING_TITLES))
            )
        if overview.missed:
            parts.append(
                ngettext(
                    "More came than this page can show: {count} line was left out.",
                    "More came than this page can show: {count} lines were left out.",
                    overview.missed,
                )
            )
        return " ".join(parts)

    def _begun(self, main: str, script: str = "") -> str:
        language = active()
        other = next(known for known in Language if known is not language)
        return _PAGE.substitute(
            language=language,
            title=escape(gettext("My own device")),
            script=script,
            other_language=other,
            other=_OWN_NAMES[other],
            main=main,
        )

    def _head(self) -> str:
        cells = "".join(f"<span>{escape(str(title))}</span>" for title in COLUMNS.values())
        return f'<div class="head" aria-hidden="true">{cells}</div>'

    def _explained(self) -> str:
        parts = "\n".join(
            f"<h2>{escape(str(limit.term))}</h2>\n<p>{escape(str(limit.text))}</p>"
            for limit in LIMITS
        )
        return f"<h2>{escape(gettext('What you see'))}</h2>\n{_terms(MEANINGS)}\n{parts}\n"

    def _why(self, why: EndReason) -> str:
        again = (
            f'<a class="button" href="{PATH}?lang={active()}">{escape(gettext("Look again"))}</a>'
        )
        return f'<p class="state">{escape(self.end_text(why))}</p>\n<p>{again}</p>\n'

    def _platforms(self, candidates: tuple[str, ...]) -> str:
        names = [self._titles.get(name, name) for name in candidates]
        return writing.listing(names, either=True)

    def _carried(self, line: SightingLine) -> str:
        if line.bytes_carried >= _MEGABYTE:
            size = f"{writing.decimal(line.bytes_carried / _MEGABYTE)} MB"
        else:
            size = f"{-(-line.bytes_carried // _KILOBYTE)} kB"
        if line.opens_connection:
            return gettext("new, {size}", size=size)
        return gettext("goes on, {size}", size=size)

    def _outcome(self, line: SightingLine) -> str:
        if line.drop_reason is not None:
            return str(DROP_REASONS[line.drop_reason])
        if line.is_active:
            return gettext("active in this lesson")
        if line.match.role in _ALONE_NEVER_ACTIVE:
            return gettext("lesson; by itself no use")
        return gettext("lesson; not active yet")


def _lead(address_bytes: int) -> str:
    lead = gettext(
        "Here you see what the school's sensor recognises of this device at this moment, and of "
        "no other. Open an app or a site beside it, and see what appears."
    )
    return f"{lead} {ADDRESSES[address_bytes]}"


def _where(place: Place) -> str:
    if place.role is PersonRole.STAFF:
        return gettext(
            "This device is in room {room}, on the network of the staff.", room=place.room
        )
    return gettext("This device is in room {room}.", room=place.room)


def _terms(meanings: Iterable[Explained]) -> str:
    parts = "\n".join(
        f"<dt>{escape(str(meaning.term))}</dt><dd>{escape(str(meaning.text))}</dd>"
        for meaning in meanings
    )
    return f"<dl>\n{parts}\n</dl>"


def _listed[Name: StrEnum](counts: Mapping[Name, int], titles: Mapping[Name, Message]) -> str:
    return ", ".join(f"{titles[name]} {writing.number(count)}" for name, count in counts.items())
