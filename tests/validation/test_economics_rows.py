"""Published costs of compute in orbit: what is reproduced, and what cannot be."""

from __future__ import annotations

import pytest

from dawndusk.validation import economics
from dawndusk.validation.row import Row


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All rows, by case and quantity."""
    found = economics.rows()
    made = {f"{r.case}: {r.quantity}": r for r in found}
    assert len(made) == len(found)
    return made


def test_three_numbers_are_refuted(rows: dict[str, Row]) -> None:
    """The orbit of spacedc-mdao and its carbon are wrong; no other published cost is."""
    assert {name for name, row in rows.items() if row.verdict == "refuted"} == {
        "spacedc-mdao: sunlit share of its dawn-dusk orbit",
        "spacedc-mdao: longest shadow",
        "spacedc-mdao: carbon, orbit, with the rocket",
    }


def test_refuted_rows_are_far_off(rows: dict[str, Row]) -> None:
    """What is called wrong is outside of its allowed difference, not only marked so."""
    refuted = [row for row in rows.values() if row.verdict == "refuted"]
    assert all(abs(row.difference) > row.allowed for row in refuted)


def test_what_cannot_be_reproduced_is_listed(rows: dict[str, Row]) -> None:
    """Seven published numbers lack their inputs, and say so."""
    missing = [row for row in rows.values() if row.verdict == "not reproducible"]
    assert sum(row.published > 0 for row in missing) == 7
    assert sum(row.ours > 0 for row in missing) == len(missing) - 7


def test_each_row_says_why(rows: dict[str, Row]) -> None:
    """Each row has a unit, a source and a reason; the cases are those with a story."""
    assert all(r.why and r.source and r.unit for r in rows.values())
    assert {r.case for r in rows.values()} == set(economics.STORIES)


def test_the_stories_say_what_the_rows_say(rows: dict[str, Row]) -> None:
    """Numbers quoted in the stories are those of the rows."""
    capital = rows["semianalysis-2026: of it capital: 4.1 MUSD at 15 %, 5 yr"].ours
    assert f"{capital:.2f}" in economics.STORIES["semianalysis-2026"]
    assert 1 / rows["dirty-bits: ours, against 370 g/kWh"].ours == pytest.approx(7, abs=0.5)
    assert rows["dirty-bits: ours, against 30 g/kWh"].ours == pytest.approx(1.2, abs=0.05)
