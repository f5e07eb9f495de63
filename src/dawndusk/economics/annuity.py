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


def present_value(rate: Real, life: Real) -> Real:
    """Worth today, yr, of 1 per year paid at each year's end for `life` yr: (1 - (1 + r)^-n) / r."""
    growth = np.log1p(rate)
    small = np.abs(rate) < 1e-9
    if not np.any(small):
        return -np.expm1(-growth * life) / rate
    safe = np.where(small, 1.0, rate)
    return np.where(small, life * (1 - rate * (life + 1) / 2), -np.expm1(-growth * life) / safe)[()]
