"""The summary of a result as a document."""

from __future__ import annotations

import pytest
from tests.report.synthetic_result import build_tree

from dawndusk.report import measures, run, terminal
from dawndusk.report.document import shown
from dawndusk.report.view import view_of


def printed(width: int, **extra: object) -> str:
    """What a terminal of a width shows."""
    return terminal.render(run.document(build_tree(), **extra), width=width)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 80, 110, 160])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    """Lines wrap at the width of the screen."""
    assert max(len(line) for line in printed(width).splitlines()) <= width


def test_the_summary_fits_one_screen() -> None:
    """At 120 columns the summary has at most 42 lines."""
    assert len(printed(120).splitlines()) <= 42


def test_every_promised_line_is_there() -> None:
    """Each line of the summary's form is printed, with the run's time and the report's place."""
    text = printed(120, seconds=38.2, report="runs/colossus-7f3a/report.html")
    for title in ("Do now", "Watch", "Served", "Orbit", "It needs", "Cost 2030", "Binding", "Report"):
        assert f"\n{title}" in text
    assert text.splitlines()[0].endswith("38 s")
    assert "32 leaves, 657 nodes, seed 1" in text


def test_the_tables_of_the_report_stand_behind_the_summary() -> None:
    """Every table of the page with rows is a table of the document, with raw numbers in it."""
    found = {made.key: made for made in run.document(build_tree()).tables}
    assert {"capacity", "orders", "triggers", "costs", "prices", "binding", "shells", "satellite"} <= set(
        found
    )
    cells = found["costs"].rows[0]
    assert isinstance(shown(found["costs"].columns[1], cells[1]), float)
    assert "What each later trigger changes" not in printed(120)


def test_capacity_by_year_ends_with_the_horizon() -> None:
    """The table's years run from the first to the last of the horizon; nothing is served beyond demand."""
    view = view_of(build_tree())
    years = run.shown_years(view)
    assert (years[0], years[-1]) == (2026, 2036)
    rows = measures.capacity_by_year(view, years)
    assert set(rows) >= {"ground", "leased", "cloud", "orbit", "served", "demand"}
    assert all(s <= d * 1.0001 for s, d in zip(rows["served"], rows["demand"], strict=True))
