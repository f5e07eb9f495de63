"""Learning by doing: cost falls by the same share with every doubling of what was made so far.

Wright, T. P. (1936), "Factors affecting the cost of airplanes", J. Aeronautical Sciences 3, 122,
doi:10.2514/8.155. Rates fitted over one or two doublings rarely hold for ten: +-5 percentage points
of the rate move a cost after ten doublings by about a factor of two.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Real


def exponent(rate: Real) -> Real:
    """Slope b of cost = x^-b, for the share `rate` (0 to below 1) saved per doubling: -log2(1 - rate)."""
    slope: Real = -np.log1p(-rate) / np.log(2)
    return slope


def unit_price(first: Real, *, made: Real, start: Real = 1.0, rate: Real) -> Real:
    """Cost of the unit made when `made` units stand to count, in the currency of `first`.

    Parameters
    ----------
    first : Real
        Cost at the cumulative amount `start`.
    made, start : Real
        Cumulative amounts (units, or mass launched), above 0.
    rate : Real
        Share saved per doubling, 0 to below 1.
    """
    return first * np.exp(-exponent(rate) * np.log(made / start))


def amount_for(target: Real, *, first: Real, start: Real = 1.0, rate: Real) -> Real:
    """Cumulative amount at which the cost has fallen to `target`: the inverse of `unit_price`."""
    return start * np.exp(np.log(first / target) / exponent(rate))
