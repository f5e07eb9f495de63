from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.orbit_samples import catalogue, ring

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.formats.tle import read_tle
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.sgp4_orbits import (
    as_catalogue,
    as_elements,
    brouwer_mean_motion,
    kozai_mean_motion,
    mean_altitude,
    perigee_altitude,
    states,
)


def verified() -> list[tuple[str, np.ndarray]]:
    """Catalogue number and table of (minutes, x, y, z, ...) of the verification run that sgp4 carries."""
    blocks: list[tuple[str, list[list[float]]]] = []
    for line in (files("sgp4") / "tcppver.out").read_text("utf-8").splitlines():
        if line.endswith("xx"):
            blocks.append((line.split()[0], []))
        elif line.strip():
            blocks[-1][1].append([float(x) for x in line.split()[:7]])
    return [(number, np.array(rows)) for number, rows in blocks]


def test_states_are_those_of_the_published_verification() -> None:
    """30 satellites of Spacetrack Report 3 revisited, near and deep space: within 5 mm and 5 um/s."""
    lines = (files("sgp4") / "SGP4-VER.TLE").read_text("utf-8").splitlines()
    known = read_tle(
        "\n".join(line[:69] for line in lines if not line.startswith("#")), "verification"
    ).catalogue
    tables = dict(verified())
    compared = 0
    for k, number in enumerate(known.numbers.tolist()):
        rows = tables[str(number)]
        one = known.take(np.array([k]))
        # sgp4 counts days of UTC; the runs across a leap second (2005-12-31) are left to it
        rows = rows[np.abs(rows[:, 0]) < 2880.0]
        flown = states(one, known.epoch[k] + rows[:, 0] * 60.0, skip_failed=True)
        good = ~flown.failed[0]
        gap = np.abs(flown.positions[:, 0, good] - rows[good, 1:4].T * 1e3)
        speed = np.abs(flown.velocities[:, 0, good] - rows[good, 4:7].T * 1e3)
        assert gap.max(initial=0.0) < 5e-3, number
        assert speed.max(initial=0.0) < 5e-6, number
        compared += int(good.sum())
    assert compared > 300


@given(
    motion=st.floats(0.5, 16.5),
    e=st.floats(0.0, 0.7),
    tilt=st.floats(0.0, np.pi),
)
def test_kozai_and_brouwer_are_inverse(motion, e, tilt) -> None:
    """Going from one mean motion to the other and back changes nothing but the last digit."""
    kozai = motion * 2.0 * np.pi / 86400.0
    back = kozai_mean_motion(brouwer_mean_motion(kozai, e, tilt), e, tilt)
    assert back == pytest.approx(kozai, rel=1e-14)


def test_the_two_mean_motions_differ_by_oblateness() -> None:
    """At 550 km over the equator Kozai's is faster by 1.5 J2 (R/a)^2, less second order terms."""
    kozai = 15.05 * 2.0 * np.pi / 86400.0
    share = kozai / brouwer_mean_motion(kozai, 0.0, 0.0) - 1.0
    assert share == pytest.approx(1.5 * 1.0826e-3 * (6378.135 / 6928.0) ** 2, rel=5e-3)


def test_our_elements_go_to_a_catalogue_and_back() -> None:
    """Elements made into a catalogue are the same when they return."""
    elements = ring()
    back = as_elements(as_catalogue(elements, [str(k) for k in range(12)]))
    for name, value in vars(elements).items():
        np.testing.assert_allclose(getattr(back, name), value, rtol=1e-13, err_msg=name)


def test_heights_are_those_of_the_elements() -> None:
    """Mean altitude and perigee are what the constellation was made with."""
    known = catalogue(2, 2, 550e3)
    np.testing.assert_allclose(mean_altitude(known), 550e3, atol=1e-3)
    np.testing.assert_allclose(perigee_altitude(known), 550e3 - 1.25e-4 * 6928137.0, atol=1e-2)


def test_secular_orbits_stay_near_sgp4() -> None:
    """Without drag the two theories are apart by the short-period terms, under 18 km within a day."""
    known = replace(catalogue(6, 6), bstar=np.zeros(36))
    for since in (0.0, 3600.0, 86400.0):
        at = float(known.epoch[0]) + since
        apart = np.linalg.norm(
            secular.positions(as_elements(known), at) - states(known, at).positions, axis=0
        )
        assert 1e3 < np.median(apart) < 14e3
        assert apart.max() < 18e3


def test_a_satellite_that_has_come_down_is_named() -> None:
    """Where SGP4 fails the error names the satellite; skipping marks it and leaves no number in its place."""
    known = catalogue(1, 3, 200e3)
    known = replace(known, bstar=np.array([0.0, 1.0, 0.0]))
    at = known.epoch[0] + np.array([0.0, 20.0 * 86400.0])
    with pytest.raises(UserError, match=r"RING-1 .*99999"):
        states(known, at)
    flown = states(known, at, skip_failed=True)
    assert flown.failed.tolist() == [[False, False], [False, True], [False, False]]
    assert np.array_equal(np.isnan(flown.positions).all(axis=0), flown.failed)
    assert np.isfinite(flown.velocities[:, ~flown.failed]).all()


def test_one_instant_and_many_agree() -> None:
    """A single instant gives (3, n), several give (3, n, instants), with the same numbers."""
    known = catalogue()
    at = known.epoch[0] + np.array([10.0, 500.0])
    many = states(known, at)
    assert many.positions.shape == (3, 12, 2)
    one = states(known, float(at[1]))
    assert one.positions.shape == (3, 12)
    assert np.array_equal(one.positions, many.positions[:, :, 1])


def test_names_must_fit() -> None:
    """A wrong number of names is a user's mistake."""
    with pytest.raises(UserError, match="one for each satellite"):
        as_catalogue(ring(), ["only one"])
