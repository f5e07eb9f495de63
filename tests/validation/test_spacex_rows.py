"""The rows on disposal: how low 50 m/s brings a satellite of each group."""

from __future__ import annotations

import pytest

from dawndusk.validation import spacex
from dawndusk.validation.row import Row


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All rows, by quantity."""
    return {row.quantity: row for row in spacex.rows()}


def test_no_group_can_steer_its_reentry(rows: dict[str, Row]) -> None:
    """A controlled re-entry takes three to five times the 50 m/s from every group."""
    burns = [row for name, row in rows.items() if "controlled" in name]
    assert len(burns) == 6
    assert all(row.verdict == "refuted" and 2.8 < row.ours / row.published < 5.2 for row in burns)


def test_the_two_high_groups_stay_longer_than_the_rule(rows: dict[str, Row]) -> None:
    """Below 750 km 50 m/s keep the five years; near 960 and 985 km they do not, by far."""
    down = [row for name, row in rows.items() if "until down" in name]
    assert [row.verdict for row in down] == ["reproduced"] * 4 + ["refuted"] * 2
    assert all(row.ours > 2.0 * row.published for row in down if row.verdict == "refuted")


def test_the_perigee_from_a_thousand_kilometres(rows: dict[str, Row]) -> None:
    """2 dv / v of the axis, once around: 190 to 200 km lower from 1,000 km, so near 800."""
    assert rows["perigee after 50 m/s from 1,000 km"].ours == pytest.approx(1000.0 - 197.0, abs=3.0)
