"""Drag validation: every published number is found again."""

import pytest

from dawndusk.validation.decay import rows

ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.case}: {r.quantity}")
def test_published_drag_numbers_are_reproduced(row):
    """Each published density, life, velocity and count lies within what was allowed beforehand."""
    assert row.verdict == "reproduced", f"{row.published} against {row.ours}, allowed {row.allowed}"


def test_what_is_allowed_is_never_more_than_the_air_is_uncertain():
    """No row allows more than the 30 % by which real density differs from the model."""
    assert all(row.allowed <= 0.3001 * row.published for row in ROWS)
