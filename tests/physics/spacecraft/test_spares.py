"""Spares against the binomial law and against simulated failures."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.physics.spacecraft.spares import enough, mean_share


def chances(alive, parts):
    """Probabilities that none to all of the parts are alive, by the binomial law."""
    return np.array([comb(parts, k) * alive**k * (1 - alive) ** (parts - k) for k in range(parts + 1)])


@given(st.floats(0, 1), st.integers(1, 20), st.integers(0, 10))
def test_enough_is_the_binomial_tail(alive, needed, spare):
    """At least k of n are alive as often as the binomial law says."""
    wanted = chances(alive, needed + spare)[needed:].sum()
    assert enough(alive, needed + spare, needed) == pytest.approx(wanted, abs=1e-10)


@given(st.floats(0, 1), st.integers(1, 12), st.integers(0, 6), st.floats(0, 1))
def test_mean_share_is_the_sum(alive, needed, spare, cap):
    """The mean share is the sum over the numbers alive, each capped."""
    carried = np.minimum(np.minimum(np.arange(needed + spare + 1), needed) / needed, cap)
    wanted = np.sum(chances(alive, needed + spare) * carried)
    assert mean_share(alive, needed + spare, needed, cap=cap) == pytest.approx(wanted, abs=1e-10)


@given(st.floats(0, 1), st.integers(1, 10), st.integers(0, 4))
def test_spares_never_hurt(alive, needed, spare):
    """One part more never carries less."""
    more, fewer = (mean_share(alive, needed + spare + k, needed) for k in (1, 0))
    assert more >= fewer - 1e-12


@pytest.mark.parametrize(("installed", "needed"), [(2, 3), (3, 0), (2.5, 1)])
def test_impossible_numbers(installed, needed):
    """More needed than installed, none needed, or parts of parts are refused."""
    with pytest.raises(UserError, match="installed"):
        enough(0.9, installed, needed)


def test_too_many_parts_for_a_sum():
    """A sum over more than 64 parts is refused."""
    with pytest.raises(UserError, match="at most 64"):
        mean_share(0.9, 65, 60)
