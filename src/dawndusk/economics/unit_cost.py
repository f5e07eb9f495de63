"""Cost of one delivered H100e-hour from capital, running cost and compute that fades with age."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import Real
from dawndusk.economics.annuity import annuity, present_value_continuous


def yearly_charge(assets: Sequence[tuple[Real, Real, Real]], running: Real = 0.0) -> Real:
    """Capital of several assets as a yearly charge plus running cost, USD/yr.

    Parameters
    ----------
    assets : sequence of (capital, rate, life)
        USD, 1/yr, yr: each asset is repaid over its own life at its own rate, and replaced at the same
        real cost when it ends (a 20-year shell holds four generations of chips).
    running : Real
        USD/yr.
    """
    total: Real = running
    for capital, rate, life in assets:
        total = total + capital * annuity(rate, life)
    return total


def levelised_share(*, loss: Real, rate: Real, life: Real) -> Real:
    """Share of the initial compute that counts per year of life, later compute discounted.

    Parameters
    ----------
    loss : Real
        Fraction of the compute in service lost per year, 0 to below 1, never repaired.
    rate : Real
        Real discount rate, 1/yr.
    life : Real
        yr.

    Notes
    -----
    Integral of (1 - loss)^a (1 + rate)^-a over the life divided by that of (1 + rate)^-a.
    """
    kept = (1 + rate) / (1 - loss) - 1
    return present_value_continuous(kept, life) / present_value_continuous(rate, life)


def levelised_table(delivered: Real, ages: Real, *, rate: Real) -> Real:
    """`levelised_share` for a table of delivered shares by age (trapezoid rule).

    Parameters
    ----------
    delivered : array, shape (A,) or (A, n)
        Share of the initial compute delivered at each age.
    ages : array, shape (A,)
        yr, rising.
    rate : Real
        1/yr; a float or shape (n,).
    """
    table, column = np.asarray(delivered), np.asarray(ages)
    column = column[:, None] if table.ndim > 1 else column
    worth = np.exp(-np.log1p(rate) * column)
    share: Real = np.trapezoid(table * worth, column, axis=0) / np.trapezoid(worth, column, axis=0)
    return share


def unit_cost(charge: Real, *, compute: Real, share: Real = 1.0, use: Real = 1.0) -> Real:
    """Levelised cost of compute, USD per delivered H100e-hour.

    Parameters
    ----------
    charge : Real
        USD/yr (`yearly_charge`).
    compute : Real
        H100e in service at begin of life.
    share : Real
        `levelised_share`; 1 if what fails is repaired within the running cost.
    use : Real
        Share of the hours in which the compute is on offer, 0 to 1.

    Notes
    -----
    (sum of capital x annuity + running) / (compute x 8,766 h x share x use). Payments fall due at
    each year's end: paid evenly through the year the cost is lower by about half the rate (4 % at 8 %).
    """
    return charge / (compute * HOURS_PER_YEAR * share * use)
