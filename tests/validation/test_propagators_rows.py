"""Secular J2 theory beside numerical integration."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.constants import DAY
from dawndusk.physics.motion import secular
from dawndusk.validation import propagators


@pytest.fixture(scope="module")
def rows():
    """All rows, computed once."""
    return {row.quantity: row for row in propagators.rows()}


def test_rows_are_reproduced_but_for_the_error_of_osculating_elements(rows):
    """The claim that osculating elements cost at most 84 km a day is refuted, the others are reproduced."""
    refuted = [name for name, row in rows.items() if row.verdict == "refuted"]
    assert refuted == ["largest error after one day, osculating elements used as mean ones"]
    assert {row.verdict for name, row in rows.items() if name not in refuted} == {"reproduced"}


def test_mean_elements_of_a_day_are_within_seven_kilometres_of_it():
    """Fitted to a day, the secular path is at most 7 km from the integrated one: the docstring's 6 km."""
    seconds = np.linspace(0.0, DAY, 289)
    start = propagators.sun_synchronous(1.0)
    path = propagators.integrated(start, seconds)[:3]
    mean = propagators.fitted(start, seconds, path)
    places = secular.positions(mean, seconds[:, None])[:, :, 0]
    assert 4e3 < np.linalg.norm(places - path, axis=0).max() < 7e3
