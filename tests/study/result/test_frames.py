"""A result in Python: a short name of itself, tables for pandas, quarters as dates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.study import tiny_run

from dawndusk.core.errors import UserError
from dawndusk.study.result.labels import LABELS


@pytest.fixture(scope="module")
def result():
    """The run of `tiny` that several tests share."""
    return tiny_run.result()


def test_a_result_says_what_it_is_in_one_line(result):
    """The repr names scenario, quarters, service and place, and is short."""
    text = repr(result)
    assert "\n" not in text
    assert len(text) < 250
    assert all(word in text for word in ("tiny", "2026Q2", "operated on 5 paths", "kept in memory"))


def test_the_notebook_view_is_a_small_escaped_table():
    """A title with markup stays text in the HTML view."""
    marked = tiny_run.result()
    html = marked._repr_html_()
    assert html.startswith("<table>")
    assert len(html) < 3000
    tree = marked.tree.copy()
    tree.attrs["scenario"] = "<script>x</script>"
    assert "<script>" not in type(marked)(tree=tree)._repr_html_()


def test_every_named_table_is_a_frame_with_a_row_or_says_it_is_empty(result):
    """Each name of `tables` gives a frame with named columns."""
    for name in result.tables:
        frame = result.table(name)
        assert isinstance(frame, pd.DataFrame)
        assert all(isinstance(column, str) for column in frame.columns)


@pytest.mark.parametrize("path", ["plan/orders", "demand/fan", "trace/served", "offers/label", "study/value"])
def test_every_variable_is_a_table_of_tidy_rows(result, path):
    """A variable comes as one row per value, whatever its dimensions."""
    assert path in LABELS
    assert len(result.table(path)) == result[path].size


def test_an_unknown_table_is_told_with_the_nearest(result):
    """`capacities` proposes `capacity`."""
    with pytest.raises(UserError, match="capacity"):
        result.table("capacities")


def test_quarters_are_dates(result):
    """2026Q2 is 1 April 2026, its name stands beside it, and a month selects it."""
    fan = result.demand["fan"]
    assert fan["period"].to_numpy()[0] == np.datetime64("2026-04-01")
    assert str(fan["quarter"].to_numpy()[0]) == "2026Q2"
    assert fan.sel(period="2026-04").size == fan.sizes["quantile"]


def test_capacity_is_the_expectation_over_the_tree(result):
    """Served of the table, summed over quarters, is the plan's service times demand."""
    frame = result.table("capacity")
    served, wanted = frame["served"].sum(), frame["demand"].sum()
    assert served / wanted == pytest.approx(result.plan.attrs["service"], rel=1e-9)
    pools = [c for c in frame.columns if c not in ("served", "demand")]
    assert (frame["served"] <= frame[pools].sum(axis=1) * (1 + 1e-9)).all()


def test_orders_of_the_first_quarter_are_certain(result):
    """What is ordered in the first quarter is ordered in all futures."""
    frame = result.table("orders")
    first = frame[frame["period"] == frame["period"].min()]
    assert len(first)
    np.testing.assert_allclose(first["share_of_futures"], 1.0)
