"""Optical links: the paper's numbers, closed forms, and the best focus that physics allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import j0

from dawndusk.core.errors import UserError
from dawndusk.physics.network import optical_link as link

WAVE, SIZE = 1.55e-6, 0.1
SIZES = st.floats(0.01, 1.0)


def _power(**changes):
    given_ = {"distance": 5000e3, "diameter": SIZE, "wavelength": WAVE, "efficiency": 0.8, "loss": 0.5}
    return link.received_power(5.0, **{**given_, **changes})


def test_suncatcher_budget():
    """5 W through 10 cm telescopes (105.17 dB each) and -3 dB leave 1.643 microwatts at 5,000 km."""
    assert 10 * np.log10(link.aperture_gain(SIZE, WAVE, 0.8)) == pytest.approx(105.17, abs=5e-3)
    assert _power() == pytest.approx(1.643e-6, rel=5e-4)
    assert link.divergence(SIZE, WAVE) == pytest.approx(18.91e-6, abs=5e-9)


@pytest.mark.parametrize(("split", "metres"), [(1, 5067.0), (2, 1267.0), (4, 317.0)])
def test_suncatcher_confocal_distance(split, metres):
    """A 5 cm radius focuses to 5.07 km, 2 x 2 parts of it to 1.27 km, 4 x 4 to 0.32 km."""
    assert link.confocal_distance(SIZE / 2, WAVE, split) == pytest.approx(metres, abs=0.5)


def test_far_power_meets_all_of_it_at_the_confocal_distance():
    """Beyond the confocal distance the power falls with the square, within it all arrives."""
    edge = link.confocal_distance(SIZE / 2, WAVE)
    found = _power(distance=edge * np.array([0.1, 1.0, 2.0, 10.0]), efficiency=1.0, loss=1.0)
    np.testing.assert_allclose(found, 5.0 / np.array([1.0, 1.0, 4.0, 100.0]), rtol=1e-12)


@pytest.mark.parametrize(
    ("edges", "over"), [(4.0, 1.03), (2.0, 1.13), (1.0, 1.59), (2 / 3, 1.13), (0.5, 1.03)]
)
def test_how_much_too_high_the_near_field_is(edges, over):
    """Against the best focus between two round apertures the power is too high by what is written."""
    nodes, weights = np.polynomial.legendre.leggauss(60)
    r, w = (nodes + 1) / 2, weights / 2
    c = 2.0 / edges
    kernel = np.sqrt(np.outer(w * r, w * r)) * j0(c * np.outer(r, r))
    best = (c * np.abs(np.linalg.eigvalsh(kernel)).max()) ** 2
    distance = edges * link.confocal_distance(SIZE / 2, WAVE)
    ours = _power(distance=distance, efficiency=1.0, loss=1.0) / 5.0
    assert ours / best == pytest.approx(over, abs=6e-3)


@given(SIZES, SIZES, st.floats(1e3, 1e8))
def test_no_more_arrives_than_is_sent(sender, receiver, distance):
    """Whatever the sizes, the power received is below the power sent, and the ends may change places."""
    here = _power(diameter=sender, receiver_diameter=receiver, distance=distance)
    there = _power(diameter=receiver, receiver_diameter=sender, distance=distance)
    assert 0 < here <= 5.0 * 0.5 * 0.64 * (1 + 1e-12)
    assert here == pytest.approx(float(there), rel=1e-12)


def test_photons_make_bits():
    """A microwatt at 1.55 um is 7.80e12 photons a second: 110 Gbit/s at 71 photons a bit."""
    assert link.photon_energy(WAVE) == pytest.approx(1.28158e-19, rel=1e-5)
    rate = link.photon_rate(1e-6, wavelength=WAVE, photons_per_bit=link.PHOTONS_OOK)
    assert rate == pytest.approx(1.099e11, rel=1e-3)


def test_modems_cap_the_rate():
    """24 channels of 400 Gbit/s carry 9.6 Tbit/s at most; four times that through 2 x 2 beams."""
    options = {"wavelength": WAVE, "photons_per_bit": 196.0, "channels": 24, "channel_rate": 400e9}
    assert link.link_rate(1.0, **options) == pytest.approx(9.6e12)
    assert link.link_rate(1.0, **options, split=2) == pytest.approx(38.4e12)
    assert link.link_rate(1e-9, **options) < 1e9


def test_functions_broadcast():
    """Distances down the first axis and draws along the last give one power each."""
    found = _power(distance=np.array([[1e6], [5e6]]), loss=np.array([0.25, 0.5, 0.75]))
    assert found.shape == (2, 3)
    assert found[1, 1] == _power()


@pytest.mark.parametrize(
    "wrong",
    [{"distance": 0.0}, {"distance": np.nan}, {"diameter": -1.0}, {"efficiency": 80.0}, {"loss": -3.0}],
)
def test_bad_input_teaches(wrong):
    """A distance of zero or a loss in dB is refused, and the error says what to write."""
    with pytest.raises(UserError, match=next(iter(wrong))):
        _power(**wrong)
