"""The page in HTML: whole, and the parts that are told while it is open. Pure text."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from html import escape
from importlib.resources import files
from string import Template
from zoneinfo import ZoneInfo

from monitor.catalogue import Catalogue, HostnameRole
from monitor.own_device.look import Ending, Line, Overview
from monitor.own_device.wording import Explained, Wording
from monitor.place import PersonRole

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
_ALONE_NEVER_ACTIVE = {HostnameRole.EMBED, HostnameRole.BACKGROUND}


class Page:
    """The page in one language.

    Args:
        words: of that language.
        zone: the school's.
        catalogue: the one in force; it knows how people write a platform.
    """

    def __init__(self, words: Wording, zone: ZoneInfo, catalogue: Catalogue) -> None:
        self._words = words
        self._zone = zone
        self._titles = {platform.name: platform.title for platform in catalogue.platforms}

    def whole(self, address_bytes: int) -> str:
        """Give the page on which the script shows what is told.

        Args:
            address_bytes: of the address from which it is asked: 4 or 16.
        """
        words = self._words
        live = f"""<noscript>
<p>{escape(words.without_script)}</p>
<p><a class="button" href="{STREAM}?lang={words.language}">{escape(words.begin)}</a></p>
</noscript>
<section id="live" hidden data-source="{EVENTS}?lang={words.language}"
 data-interrupted="{escape(words.interrupted)}" data-stopped="{escape(words.stopped)}">
<p id="state" class="state" role="status">{escape(words.connecting)}</p>
<p id="counts" class="counts"></p>
<p><button id="stop" type="button">{escape(words.stop)}</button>
<a id="again" class="button" href="?lang={words.language}" hidden>{escape(words.again)}</a></p>
<h2>{escape(words.lines)}</h2>
{self._head()}
<p id="nothing" class="nothing">{escape(words.nothing_yet)}</p>
<ol id="lines" class="lines" reversed></ol>
</section>"""
        about = f"<p>{escape(words.lead)} {escape(words.address[address_bytes])}</p>"
        return self._begun(f"{about}\n{live}\n{self._explained()}", _SCRIPT) + _END

    def begun(self, address_bytes: int) -> str:
        """Give the page without script, up to where what is told is added."""
        words = self._words
        return self._begun(
            f"""<p>{escape(words.lead)} {escape(words.address[address_bytes])}</p>
<p><a class="button" href="{PATH}?lang={words.language}">{escape(words.stop)}</a></p>
<details><summary>{escape(words.explained)}</summary>
{self._explained()}</details>
<h2>{escape(words.lines)}</h2>
<section class="stream" aria-label="{escape(words.lines)}">
{self._head()}
"""
        )

    def overview(self, state: str, counts: str) -> str:
        """Give what the page without script is told of state and counts."""
        told = f'<p class="state">{escape(state)}</p><p class="counts">{escape(counts)}</p>'
        return f'<div class="overview">{told}</div>\n'

    def lines(self, told: Iterable[Line]) -> str:
        """Give some lines as the page without script is told them."""
        items = "\n".join(self.line(each) for each in told)
        return f'<ol class="lines">{items}</ol>\n' if items else ""

    def ended(self, why: Ending) -> str:
        """End the page without script."""
        return f"</section>\n{self._why(why)}\n{_END}"

    def refusal(self, why: Ending) -> str:
        """Give a page that shows nothing, and says why."""
        return f"{self._begun(self._why(why))}{self._explained()}{_END}"

    def ending(self, why: Ending) -> str:
        """Say why there is no more."""
        return self._words.endings[why]

    def line(self, line: Line) -> str:
        """Give one line; it has no newline in it."""
        moment = datetime.fromtimestamp(line.moment, self._zone)
        cells = {
            "when": f"<time>{moment:%H:%M:%S}</time>",
            "hostname": escape(line.hostname),
            "platform": escape(self._platforms(line.match.candidates)),
            "role": escape(self._words.roles[line.match.role]),
            "evidence": escape(self._words.evidence[line.evidence]),
            "carried": escape(self._carried(line)),
            "outcome": escape(self._outcome(line)),
        }
        shown = " ".join(
            f'<span class="cell {name}"><span class="label">{escape(self._words.columns[name])}'
            f"</span> <span>{cell}</span></span>"
            for name, cell in cells.items()
        )
        return f'<li class="{"active" if line.is_active else "held"}">{shown}</li>'

    def state(self, overview: Overview) -> str:
        """Say where the device is, whether a lesson is held there, and on what it is active."""
        words, place = self._words, overview.place
        if overview.is_paused:
            return words.paused
        if place is None:
            return words.no_place
        room = words.room_of_staff if place.role is PersonRole.STAFF else words.room
        told = [room.format(room=place.room)]
        if not overview.period:
            return " ".join([*told, words.no_lesson])
        until = datetime.fromtimestamp(overview.lesson_ends, self._zone)
        told.append(words.lesson.format(period=overview.period, until=f"{until:%H:%M}"))
        if overview.active:
            platforms = ", ".join(self._titles.get(one, one) for one in overview.active)
            told.append(words.active.format(platforms=platforms))
        else:
            told.append(words.not_active)
        return " ".join(told)

    def counts(self, overview: Overview, since: float) -> str:
        """Say what was seen of the device since it looks."""
        words = self._words
        began = f"{datetime.fromtimestamp(since, self._zone):%H:%M:%S}"
        if not overview.connections:
            return words.none_seen.format(since=began)
        told = [
            words.counts.format(
                since=began,
                connections=overview.connections,
                platforms=overview.to_platforms,
            ),
            words.by_evidence.format(counts=_listed(overview.evidence, words.evidence)),
        ]
        if overview.hidden:
            told.append(words.hidden.format(counts=_listed(overview.hidden, words.hides)))
        if overview.missed:
            told.append(words.missed.format(count=overview.missed))
        return " ".join(told)

    def _begun(self, main: str, script: str = "") -> str:
        words = self._words
        return _PAGE.substitute(
            language=words.language,
            title=escape(words.title),
            script=script,
            other_language=words.other_language,
            other=words.other,
            main=main,
        )

    def _head(self) -> str:
        cells = "".join(f"<span>{escape(name)}</span>" for name in self._words.columns.values())
        return f'<div class="head" aria-hidden="true">{cells}</div>'

    def _explained(self) -> str:
        words = self._words
        told = "\n".join(
            f"<h2>{escape(heading)}</h2>\n<p>{escape(text)}</p>" for heading, text in words.more
        )
        return f"<h2>{escape(words.explained)}</h2>\n{_terms(words.meanings)}\n{told}\n"

    def _why(self, why: Ending) -> str:
        words = self._words
        again = f'<a class="button" href="{PATH}?lang={words.language}">{escape(words.again)}</a>'
        return f'<p class="state">{escape(words.endings[why])}</p>\n<p>{again}</p>\n'

    def _platforms(self, claimants: tuple[str, ...]) -> str:
        *others, last = (self._titles.get(one, one) for one in claimants)
        return self._words.either.format(first=", ".join(others), second=last) if others else last

    def _carried(self, line: Line) -> str:
        words = self._words
        if line.carried >= _MEGABYTE:
            size = f"{line.carried / _MEGABYTE:.1f} MB".replace(".", words.decimal_point)
        else:
            size = f"{-(-line.carried // _KILOBYTE)} kB"
        return (words.opens if line.opens else words.goes_on).format(size=size)

    def _outcome(self, line: Line) -> str:
        words = self._words
        if line.dropped is not None:
            return words.dropped[line.dropped]
        if line.is_active:
            return words.is_active
        return words.never_alone if line.match.role in _ALONE_NEVER_ACTIVE else words.not_active_yet


def _terms(meanings: Explained) -> str:
    told = "\n".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in meanings)
    return f"<dl>\n{told}\n</dl>"


def _listed[Name: StrEnum](counts: Mapping[Name, int], words: Mapping[Name, str]) -> str:
    return ", ".join(f"{words[name]} {count}" for name, count in counts.items())
