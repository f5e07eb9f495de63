"""Phases that keep crossing planes of a shell apart."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.physics.traffic import phasing
from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.physics.traffic.encounters import approach_rates
from dawndusk.validation.neighbours import shells
from dawndusk.validation.swarm import drawn, position

STILL = Dispersion(altitude=0.1, eccentricity=1e-8, tilt=1e-8, slot=0.1)


def least_misses(planes):
    """Least horizontal distance at which slots of crossing planes pass, by shell (m)."""
    field, order = phasing._field(planes)
    found = np.full(field.starts.size, np.inf)
    for shell, rows in enumerate(np.split(np.arange(order.size), field.starts[1:])):
        first, second = (rows[index] for index in np.triu_indices(rows.size, 1))
        phases = (field.phase[first, None], field.phase[second, None])
        found[shell] = phasing._misses(field, first, second, *phases).min(initial=np.inf)
    return found


def _closest(planes):
    """Least distance of satellites of different planes over one orbit, in fine steps."""
    swarm = drawn(planes, STILL, 0, slotted=True)
    other = swarm.plane[:, None] != swarm.plane
    least = np.inf
    for seconds in np.arange(0.0, 5800.0, 2.0):
        places = position(swarm, seconds)
        square = ((places[:, :, None] - places[:, None]) ** 2).sum(axis=0)
        least = min(least, float(np.sqrt(square[other].min())))
    return least


def test_least_miss_is_what_satellites_do():
    """The least miss by design is the least distance seen when satellites fly."""
    planes = phasing.safest_phases(shells([600e3], 0.6, 3, 8))
    assert least_misses(planes)[0] == pytest.approx(_closest(planes), rel=0.01)


def test_two_planes_pass_half_way_between_slots():
    """Two planes pass half a slot apart, times the cosine of half the angle between them."""
    planes = phasing.safest_phases(shells([575e3], None, 2, 400))
    angle = np.arccos(np.cos(2.0 * planes.inclination[0]))  # between nodes half a turn apart
    miss = least_misses(planes)[0]
    assert miss == pytest.approx(np.pi * 6953137.0 / 400 * np.cos(0.5 * angle), rel=1e-2)


def test_safest_phases_are_safer():
    """Safest phases miss by kilometres where phases from the node meet slot on slot, and approach less."""
    planes = shells([570e3, 572e3], np.deg2rad(30.0), 10, 100)
    safe = phasing.safest_phases(planes)
    assert np.all(least_misses(safe) > 5e3)
    assert np.all(least_misses(planes) < 1e3)
    assert approach_rates(safe, 1000.0).total < approach_rates(planes, 1000.0).total


def test_a_shell_of_one_plane_has_nothing_to_miss():
    """A single plane has no crossing in its shell and keeps phase zero."""
    planes = shells([570e3], 1.0, 1, 10)
    assert np.isinf(least_misses(planes)).all()
    assert phasing.safest_phases(planes).phase.tolist() == [0.0]
