"""The filings' rows: what adds up, and what does not."""

from __future__ import annotations

import math

import pytest

from dawndusk.validation import filed_shells
from dawndusk.validation.row import Row


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """All rows, by case and quantity."""
    found = filed_shells.rows()
    made = {f"{r.case}: {r.quantity}": r for r in found}
    assert len(made) == len(found)
    return made


def test_two_numbers_of_the_letter_are_refuted(rows: dict[str, Row]) -> None:
    """Group 4's inclination and area per mass as 800 m2 over 3 t; everything else is reproduced."""
    other = {name: row.verdict for name, row in rows.items() if row.verdict != "reproduced"}
    assert other == {
        "spacex-filing: group 4, sun-synchronous inclination": "refuted",
        "spacex-filing: area per mass, as the plate's face": "refuted",
    }


def test_refuted_rows_are_far_off(rows: dict[str, Row]) -> None:
    """What is called wrong is outside of its allowed difference, not only marked so."""
    refuted = [row for row in rows.values() if row.verdict == "refuted"]
    assert all(abs(row.difference) > row.allowed for row in refuted)


def test_each_row_says_why(rows: dict[str, Row]) -> None:
    """Each row has a unit, a source and a reason; the cases are those with a story."""
    assert all(r.why and r.source and r.unit and math.isfinite(r.published) for r in rows.values())
    assert {r.case for r in rows.values()} == set(filed_shells.STORIES)
