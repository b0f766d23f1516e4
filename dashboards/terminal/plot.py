"""A figure as a line in a terminal: its interval, where it stands in it, and what is true."""

from dataclasses import dataclass

from rich.text import Text

LINE, FIGURE, TRUTH = "─", "●", "◆"
STYLES = {LINE: "dim", FIGURE: "bold cyan", TRUTH: "bold yellow"}


@dataclass(frozen=True, slots=True)
class PlotScale:
    """From 0 on the left to the largest number on the right."""

    largest: int
    width: int
    """Characters."""

    def draw(self, low: int, high: int, *, figure: int | None, truth: int | None) -> Text:
        """Draw an interval; what is not known is left out, and what is true is drawn last."""
        marks = dict.fromkeys(range(self._place(low), self._place(high) + 1), LINE)
        if figure is not None:
            marks[self._place(figure)] = FIGURE
        if truth is not None:
            marks[self._place(truth)] = TRUTH
        text = Text()
        for place in range(max(marks) + 1):
            mark = marks.get(place, " ")
            text.append(mark, STYLES.get(mark, ""))
        return text

    def _place(self, number: int) -> int:
        return round(min(number, self.largest) * (self.width - 1) / max(1, self.largest))
