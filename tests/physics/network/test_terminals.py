"""Optical terminals and radio bands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.physics.network import optical_link
from dawndusk.physics.network.terminals import (
    LARGEST_LASER,
    beams_along,
    links_of,
    size_terminal,
)


def test_beams_fit_as_in_suncatchers_paper():
    """10 cm carry one beam beyond 1.27 km, 2 x 2 up to there, 4 x 4 up to 0.32 km."""
    beams = beams_along(np.array([100.0, 310.0, 330.0, 1200.0, 1300.0, 1e6]), 0.1)
    assert beams.tolist() == [4.0, 4.0, 3.0, 2.0, 1.0, 1.0]


def test_a_cluster_link_carries_ten_terabits_with_milliwatts_of_light():
    """At 200 m nearly all the light arrives: modems, not the laser, cost half a kilowatt."""
    link = size_terminal(9.6e12, 200.0)
    assert link.rate == pytest.approx(9.6e12)
    assert link.laser < 0.01
    assert 400.0 < link.power < 700.0


@given(rate=st.floats(1e9, 1e14), distance=st.floats(50.0, 1e7), diameter=st.floats(0.02, 0.5))
def test_the_light_sent_carries_the_rate(rate, distance, diameter):
    """What arrives of the laser's light is what the modems need for the rate, and no more."""
    link = size_terminal(rate, distance, diameter=diameter)
    power = optical_link.received_power(
        link.laser, distance=distance, diameter=diameter, wavelength=1.55e-6, efficiency=0.8, loss=0.25
    )
    carried = optical_link.photon_rate(power, wavelength=1.55e-6, photons_per_bit=196.0)
    assert carried == pytest.approx(link.rate)
    assert link.rate <= rate * (1.0 + 1e-12)
    assert link.laser <= LARGEST_LASER * (1.0 + 1e-12)


def test_far_links_fall_short_with_the_square_of_the_distance():
    """Once the laser is at its limit, twice as far is a quarter of the rate."""
    near, far = size_terminal(1e13, np.array([4e6, 8e6])).rate
    assert near / far == pytest.approx(4.0)
    assert near < 1e12


def test_the_one_published_mass_is_met():
    """Tesat's SCOT80: 10 Gbit/s through 80 mm, 11.9 kg; ours within its factor of 1.5."""
    assert 11.9 / 1.5 < float(size_terminal(10e9, 1e6, diameter=0.08).mass) < 11.9 * 1.5


def test_number_of_links_by_topology():
    """A ring has two, a grid and a square lattice four, with diagonals eight."""
    assert [links_of("plane"), links_of("grid"), links_of("cluster")] == [2, 4, 4]
    assert links_of("cluster", diagonal=True) == 8
    with pytest.raises(UserError, match="topology"):
        links_of("star")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: size_terminal(0.0, 1e6), "rate"),
        (lambda: size_terminal(1e9, 0.0), "distance"),
        (lambda: size_terminal(1e9, 1e6, diameter=-0.1), "radius|diameter"),
        (lambda: size_terminal(1e9, 1e6, largest_laser=0.0), "largest_laser"),
    ],
)
def test_what_cannot_be_is_refused(call, word):
    """No rate, no distance, no aperture."""
    with pytest.raises(UserError, match=word):
        call()
