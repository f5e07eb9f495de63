"""Screening over time against encounters whose geometry is known."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.validation.formation import screening

RADIUS, SPEED = 7.0e6, 7.5e3
RATE = SPEED / RADIUS


def _crossing(angle, ahead, above):
    """Two circular orbits that cross on the x axis at 1000 s, one `ahead` of the other along its path."""

    def states(seconds):
        places, speeds = [], []
        for side, radius, early in ((0.5, RADIUS, 0.0), (-0.5, RADIUS + above, ahead)):
            turn = RATE * (seconds - 1000.0) + early / RADIUS
            tangent = np.array([0.0, np.cos(side * angle), np.sin(side * angle)])
            along = np.array([1.0, 0.0, 0.0])
            places.append(radius * (np.cos(turn) * along + np.sin(turn) * tangent))
            speeds.append(radius * RATE * (np.cos(turn) * tangent - np.sin(turn) * along))
        return np.array(places).T, np.array(speeds).T

    return states


@pytest.mark.parametrize("angle", [0.3, 1.5, 2.9])
@pytest.mark.parametrize(("ahead", "above"), [(0.0, 400.0), (900.0, 0.0), (-500.0, 300.0)])
def test_miss_distance_at_a_crossing(angle, ahead, above):
    """The closest approach is sqrt(h2 + y2 cos2(g/2)), at relative speed 2 v sin(g/2)."""
    found = screening.entries_within(_crossing(angle, ahead, above), 0.0, 200, 10.0, 1000.0)
    assert found.first.tolist() == [0]
    assert found.second.tolist() == [1]
    wanted = np.hypot(above, ahead * np.cos(0.5 * angle))
    assert found.closest[0] == pytest.approx(wanted, abs=1.0)
    assert found.speed[0] == pytest.approx(2.0 * SPEED * np.sin(0.5 * angle), rel=1e-3)
    assert found.seconds[0] == pytest.approx(1000.0, abs=1.0)


def test_two_crossings_in_each_turn():
    """Satellites that meet at one crossing meet at the other, half a turn later."""
    turn = 2.0 * np.pi / RATE
    found = screening.entries_within(_crossing(1.0, 0.0, 200.0), 100.0, 600, turn / 600, 1000.0)
    assert found.seconds == pytest.approx([1000.0, 1000.0 + 0.5 * turn], abs=1.0)


def test_steps_do_not_matter():
    """Coarse and fine steps find the same entries."""
    coarse, fine = (
        screening.entries_within(_crossing(0.8, 300.0, 100.0), 0.0, int(6000 / step), step, 1000.0)
        for step in (20.0, 4.0)
    )
    np.testing.assert_allclose(coarse.seconds, fine.seconds, atol=1e-3)
    np.testing.assert_allclose(coarse.closest, fine.closest, atol=1.0)


def test_who_stays_near_never_enters():
    """A pair within the distance all the time makes no entry."""
    found = screening.entries_within(_crossing(1e-6, 200.0, 0.0), 0.0, 50, 20.0, 1000.0)
    assert found.seconds.size == 0


def test_no_step_is_no_screening():
    """A step of nothing is the user's mistake."""
    with pytest.raises(UserError):
        screening.entries_within(_crossing(1.0, 0.0, 0.0), 0.0, 10, 0.0, 1000.0)
