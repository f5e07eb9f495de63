"""Ranges: read in place, carried beside the central value, drawn by quantile."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.quantity import Uncertain, read_quantity
from dawndusk.core.ranges import Distribution
from dawndusk.core.units import Unit, UnitError

PRICE = Unit("USD/kg", low=0)
LEDGER = {
    "ledger": lambda key: {"L007": (250.0, 600.0, 1600.0, "USD/kg"), "S1": (2.0, 2.0, 2.0, "USD/kg")}[key]
}


def test_range_is_read_in_its_units():
    """The central value is the mode, in the field's unit; the range goes with it."""
    found = read_quantity(PRICE, {"low": "100 USD/kg", "mode": "200000 USD/t", "high": "500 USD/kg"})
    assert found == 200.0
    assert isinstance(found, Uncertain)
    assert found.distribution == Distribution(low=100.0, mode=200.0, high=500.0)


def test_ledger_row_brings_its_range():
    """A ledger key gives low, central, high and is remembered; a row without spread has no range."""
    wide, sharp = (read_quantity(PRICE, {"ledger": key}, LEDGER) for key in ("L007", "S1"))
    assert (wide, wide.ledger, wide.distribution.high) == (600.0, "L007", 1600.0)
    assert (sharp, sharp.ledger, sharp.distribution) == (2.0, "S1", None)


@pytest.mark.parametrize(
    "value",
    [
        {"low": "3 USD/kg", "mode": "2 USD/kg", "high": "4 USD/kg"},
        {"low": "1 USD/kg", "high": "4 USD/kg"},
        {"low": "1 USD/kg", "mode": "2 USD/kg", "high": "4 USD/kg", "spread": 2},
        {"low": "1 USD/kg", "mode": "2 USD/kg", "high": "4 USD/kg", "shape": "normal"},
        {"low": "0 USD/kg", "mode": "2 USD/kg", "high": "4 USD/kg", "shape": "log-triangular"},
        {"low": 1, "mode": 2, "high": 4},
        {"low": "-1 USD/kg", "mode": "2 USD/kg", "high": "4 USD/kg"},
    ],
)
def test_broken_ranges_are_refused(value: dict[str, object]):
    """Disorder, missing and unknown keys, unknown shapes, bare numbers and values out of range raise."""
    with pytest.raises(UnitError):
        read_quantity(PRICE, value)


def test_a_second_look_reads_on():
    """Only with `lenient` does what cannot be read become NaN."""
    assert np.isnan(read_quantity(PRICE, "5 m", {"lenient": True}))


@given(
    ends=st.tuples(*[st.floats(0.1, 1e3)] * 3).map(sorted),
    shape=st.sampled_from(["triangular", "log-triangular", "uniform"]),
    u=st.floats(0, 1),
)
def test_quantiles_stay_in_range_and_rise(ends: list[float], shape: str, u: float):
    """Every quantile lies in the range; the ends are reached; quantiles rise."""
    one = Distribution(low=ends[0], mode=ends[1], high=ends[2], shape=shape)  # type: ignore[arg-type]
    found = one.quantile(np.array([0.0, u / 2, u, 1.0]))
    assert np.all(np.diff(found) >= -1e-9 * ends[2])
    assert found[[0, 3]] == pytest.approx([ends[0], ends[2]], rel=1e-9)


def test_triangular_moments():
    """Mean (a + b + c) / 3 and variance (a2 + b2 + c2 - ab - ac - bc) / 18 of 1, 2, 6."""
    u = (np.arange(200_000) + 0.5) / 200_000
    drawn = Distribution(low=1.0, mode=2.0, high=6.0).quantile(u)
    assert drawn.mean() == pytest.approx(3.0, rel=1e-6)
    assert drawn.var() == pytest.approx((1 + 4 + 36 - 2 - 6 - 12) / 18, rel=1e-4)


def test_log_triangular_is_a_triangle_of_logarithms():
    """The mode cuts the probability at its place between the logarithms of the ends."""
    one = Distribution(low=5.0, mode=22.0, high=200.0, shape="log-triangular")
    cut = np.log(22 / 5) / np.log(200 / 5)
    assert one.quantile(np.array([cut])) == pytest.approx([22.0], rel=1e-9)
