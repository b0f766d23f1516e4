"""A cell that has another figure elsewhere was drawn twice."""

from collections.abc import Iterable
from dataclasses import replace

from monitor.attacks.copies import CopiedFigure, parse_copy
from monitor.attacks.differencing import compare_copy, count_of_less_noise, count_outside_ledger
from monitor.identity import IdentityRules
from monitor.release.figures import CountInterval, Figure, half_width
from monitor.release.promise import make_promise
from monitor.release.schedule import slot_key
from monitor.release.tables import R1, R2, TABLES, V1, W1
from tests.cast import LAYERS, MONDAY
from tests.monitor.attacks.school_week import RELEASED_AT
from tests.monitor.attacks.test_copies import FIGURES, scrape


def copy_of(figures: Iterable[Figure]) -> list[CopiedFigure]:
    return [CopiedFigure(figure.cell, figure.shown) for figure in figures]


def backup_of(figures: Iterable[Figure]) -> list[CopiedFigure]:
    return [CopiedFigure(figure.cell, None, figure.drawn, has_drawn=True) for figure in figures]


def redrawn(figure: Figure, by: int) -> Figure:
    return replace(figure, drawn=None if figure.drawn is None else figure.drawn + by)


def test_the_same_figures_are_one_draw() -> None:
    for copy in (copy_of(FIGURES), backup_of(FIGURES)):
        assert compare_copy(FIGURES, copy) == (len(FIGURES), 0, 0)


def test_another_figure_is_another_draw() -> None:
    assert compare_copy(FIGURES, copy_of([redrawn(FIGURES[0], 40)])).different == 1


def test_a_backup_shows_what_rounding_hides() -> None:
    one_more = [redrawn(FIGURES[2], 1)]
    assert compare_copy(FIGURES, copy_of(one_more)).different == 0
    assert compare_copy(FIGURES, backup_of(one_more)).different == 1


def test_a_figure_that_says_at_least_since_an_upgrade_is_still_one_draw() -> None:
    total = FIGURES[-1]
    assert total.drawn is not None
    low = total.drawn - half_width(total.noise_scale, total.parts)
    at_least = replace(total, interval=CountInterval(low, None))
    assert compare_copy([at_least], copy_of([total])).different == 0
    assert compare_copy([at_least], copy_of([at_least])).different == 0
    assert compare_copy([at_least], copy_of([redrawn(total, 40)])).different == 1


def test_a_figure_that_came_after_there_was_none_is_a_draw_too() -> None:
    later = replace(FIGURES[1], drawn=120)
    assert compare_copy([later], copy_of([FIGURES[1]])).different == 1


def test_what_a_restored_backup_forgot_is_no_figure_since() -> None:
    restored = replace(FIGURES[0], drawn=None)
    assert compare_copy([restored], copy_of([FIGURES[0]])) == (1, 0, 1)


def test_what_is_no_longer_kept_is_not_compared() -> None:
    assert compare_copy([], copy_of(FIGURES)) == (0, 0, 0)


def test_a_scrape_is_compared_with_every_day() -> None:
    earlier = replace(FIGURES[0], cell=R1.cell(MONDAY.replace(day=20), ("1",)), drawn=15)
    compared = compare_copy([earlier, *FIGURES], parse_copy(scrape()))
    assert compared.different == 0
    assert compared.compared == len([figure for figure in FIGURES if figure.shown])
    other = [redrawn(figure, 4_000) for figure in FIGURES]
    assert compare_copy(other, parse_copy(scrape())).different > 0


def test_a_figure_whose_release_is_not_spent_could_be_drawn_again() -> None:
    keys = {
        slot_key(TABLES[figure.cell.table].interval, figure.cell.day, figure.cell.period)
        for figure in FIGURES
    }
    assert count_outside_ledger(FIGURES, keys) == 0
    week = slot_key(W1.interval, MONDAY)
    assert count_outside_ledger(FIGURES, keys - {week}) == 3


def test_less_noise_than_is_promised_is_found() -> None:
    figure = Figure(R2.cell(MONDAY, ("x",)), 7, RELEASED_AT)
    assert count_of_less_noise([*FIGURES, replace(figure, scale=2 * R2.scale)]) == 0
    assert count_of_less_noise([replace(figure, scale=R2.scale / 2)]) == 1


def test_a_week_without_visibility_may_have_its_share_of_the_loss() -> None:
    earlier = Figure(R2.cell(MONDAY, ("x",)), 7, RELEASED_AT, scale=16.0)
    visibility = Figure(V1.cell(MONDAY, ("sni",)), 700, RELEASED_AT)
    assert count_of_less_noise([earlier, replace(visibility, drawn=None)]) == 0
    assert count_of_less_noise([earlier, visibility]) == 1
    assert count_of_less_noise([replace(earlier, scale=15.9)]) == 1


def test_where_addresses_share_a_cap_there_may_be_less_noise() -> None:
    for addresses in range(1, 12):
        promise = make_promise(IdentityRules(addresses=addresses), LAYERS)
        for table in promise.released:
            if table.interval is R1.interval:
                hour = Figure(R1.cell(MONDAY, ("1",)), 7, RELEASED_AT, scale=table.scale)
                assert count_of_less_noise([hour]) == 0
