"""Capital into yearly charges and back: annuities and present values, all real."""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Real


def annuity(rate: Real, life: Real) -> Real:
    """Capital recovery factor, 1/yr: the equal payment at each year's end that repays 1 with interest.

    Parameters
    ----------
    rate : Real
        Real interest, 1/yr, above -1; near 0 the factor is 1 / life.
    life : Real
        yr, above 0.

    Notes
    -----
    r / (1 - (1 + r)^-n); Short, Packey & Holt, *A Manual for the Economic Evaluation of Energy
    Efficiency and Renewable Energy Technologies*, NREL/TP-462-5173 (1995), uniform capital recovery factor.
    """
    return 1 / present_value(rate, life)


def annuity_per_period(rate: Real, life: Real, periods_per_year: float) -> Real:
    """Equal payment at the end of each period that repays 1 with interest, 1/period.

    Parameters
    ----------
    rate : Real
        Real interest, 1/yr (effective: a quarter earns (1 + rate)^(1/4) - 1).
    life : Real
        yr.
    periods_per_year : float
        4 for quarters.
    """
    return annuity(rate_per_period(rate, periods_per_year), life * periods_per_year)


def rate_per_period(rate: Real, periods_per_year: float) -> Real:
    """Interest of one period that compounds to `rate` in a year, 1/period."""
    return np.expm1(np.log1p(rate) / periods_per_year)


def discount_factor(rate: Real, time: Real) -> Real:
    """Worth today of 1 paid after `time` yr at `rate` 1/yr: (1 + rate)^-time."""
    return np.exp(-np.log1p(rate) * time)


def present_value(rate: Real, life: Real) -> Real:
    """Worth today, yr, of 1 per year paid at each year's end for `life` yr: (1 - (1 + r)^-n) / r."""
    growth = np.log1p(rate)
    small = np.abs(rate) < 1e-9
    if not np.any(small):
        return -np.expm1(-growth * life) / rate
    safe = np.where(small, 1.0, rate)
    return np.where(small, life * (1 - rate * (life + 1) / 2), -np.expm1(-growth * life) / safe)[()]


def present_value_continuous(rate: Real, life: Real) -> Real:
    """Worth today, yr, of 1 per year flowing evenly for `life` yr: (1 - (1 + r)^-n) / ln(1 + r)."""
    growth = np.log1p(rate)
    small = np.abs(growth) < 1e-9
    safe = np.where(small, 1.0, growth)
    return np.where(small, life * (1 - growth * life / 2), -np.expm1(-growth * life) / safe)[()]
