"""Compute that a satellite still delivers at each age: chips fail, arrays fade, satellites are lost.

Rates are fractions lost per unit of age, as the ledger gives them (R013, R014: per year, then ages in
years). R015, a capacity-weighted life, is the same losses seen from outside: never use it on top.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Real


def survival(rate: Real, age: Real) -> Real:
    """Share left at an age when the fraction `rate` (0 to below 1) is lost per unit of age.

    Notes
    -----
    (1 - rate)^age: a constant hazard of -ln(1 - rate). Early failures and wear-out (a bathtub) move
    the share by a few percent at the ends of the life; there is no flight data on large GPUs.
    """
    return np.exp(np.log1p(-rate) * age)


def delivered_by_age(
    ages: Real,
    *,
    chip_failure: Real,
    satellite_loss: Real,
    array_degradation: Real = 0.0,
    array_margin: Real = 1.0,
    life: Real = np.inf,
) -> Real:
    """Share of the initial compute delivered at each age, per satellite launched.

    Parameters
    ----------
    ages : Real
        Not negative; in the unit of time of the rates.
    chip_failure, satellite_loss, array_degradation : Real
        Fraction lost per unit of age, 0 to below 1; nothing is repaired. Array degradation is 0 for an
        array sized for its end of life.
    array_margin : Real
        Array power at begin of life over the power that all chips need, at least 1.
    life : Real
        Age at which the satellite is taken down: nothing is delivered from then on (a cliff).

    Notes
    -----
    Power fades while chips fail, so the smaller of the two shares counts, not their product: dead
    chips leave power to those alive.
    """
    chips = survival(chip_failure, ages)
    powered = np.minimum(chips, array_margin * survival(array_degradation, ages))
    return np.where(ages < life, powered * survival(satellite_loss, ages), 0.0)[()]


def mean_delivered(*, chip_failure: Real, satellite_loss: Real, life: Real, discount: Real = 0.0) -> Real:
    """Share of the initial compute delivered on average over a life, for an array that never limits.

    Parameters
    ----------
    chip_failure, satellite_loss : Real
        Fraction lost per unit of age, 0 to below 1.
    life : Real
        Above 0, in the same unit of time.
    discount : Real
        Rate per unit of age at which later compute counts less; 0 gives the plain mean.

    Notes
    -----
    Integral of s^a v^a over the life, divided by that of v^a, with s the share kept per unit of age
    and v = 1 / (1 + discount): both integrals are (x^L - 1) / ln x.
    """
    worth = np.log1p(discount)
    kept = -np.log1p(-chip_failure) - np.log1p(-satellite_loss) + worth
    return _mean_decay(kept * life) / _mean_decay(worth * life)


def _mean_decay(x: Real) -> Real:
    """Mean of exp(-x t) over t from 0 to 1, also near x = 0."""
    small = np.abs(x) < 1e-8
    safe = np.where(small, 1.0, x)
    return np.where(small, 1 - x / 2, -np.expm1(-safe) / safe)[()]
