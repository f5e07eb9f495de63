"""Verdicts on neighbours."""

from __future__ import annotations

from dawndusk.validation import neighbours


def test_every_row_is_reproduced():
    """Pair counts, the kinetic limit and brute-force screening are all met within what was allowed."""
    rows = neighbours.rows()
    assert {row.case for row in rows} == {
        "random-shell",
        "pairs-at-instants",
        "kinetic-limit",
        "screening-10000",
        "screening-slots",
    }
    assert [row for row in rows if row.verdict != "reproduced"] == []
