"""Spares: how much still works of n installed parts of which k are needed, and of k with s in reserve.

Hot spares run and age beside the others; cold ones wait unaged and take over without fail (switches that
fail, or spares that die in waiting, make it worse: multiply by what you believe). Parts fail independently;
what they share (one coolant, one bad batch) is in `shocks`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real

MOST_PARTS: Final = 64  # of the sum in `mean_share`
NOTHING: Final = 1e-200  # probability that counts as none; the beta function overflows near 1e-308


def checked_parts(installed: Real, needed: Real) -> tuple[Floats, Floats]:
    """Numbers of parts as arrays, if at least one is needed and no more than are installed.

    Raises
    ------
    UserError
        Naming the first pair that cannot be.
    """
    n, k = np.broadcast_arrays(np.asarray(installed, np.float64), np.asarray(needed, np.float64))
    wrong = (k < 1) | (n < k) | (n % 1 != 0) | (k % 1 != 0)
    if wrong.any():
        worst = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
        raise problem(
            "spares",
            f"{n[worst]:g} installed, {k[worst]:g} needed",
            "whole numbers, at least one needed and as many installed",
            f"{max(np.ceil(k[worst]), 1):g} installed or more",
        )
    return n, k


def enough(alive: Real, installed: Real, needed: Real) -> Real:
    """Probability that at least k of n hot parts are alive.

    Parameters
    ----------
    alive : float or array
        Probability that one is, 0 to 1.
    installed, needed : int or array
        n and k.

    Raises
    ------
    UserError
        Where more are needed than installed.

    Notes
    -----
    The binomial tail as the incomplete beta function I(alive; k, n - k + 1) (Abramowitz & Stegun 26.5.24).
    """
    from scipy.special import betainc

    n, k = checked_parts(installed, needed)
    some = np.where(np.asarray(alive) < NOTHING, 0.0, alive)
    return np.asarray(betainc(k, n - k + 1.0, some), dtype=np.float64)[()]


def mean_share(alive: Real, installed: int, needed: int, *, cap: Real = 1.0) -> Real:
    """Mean of the share of what is needed that n hot parts still carry, never more than a cap.

    Parameters
    ----------
    alive : float or array
        Probability that one part is, 0 to 1.
    installed, needed : int
        n, at most 64, and k: each living part carries 1/k, together at most 1.
    cap : float or array
        What else limits the same thing (share of chips alive, for pumps that cool them).

    Raises
    ------
    UserError
        Where more are needed than installed, or more than 64 are.
    """
    checked_parts(installed, needed)
    if installed > MOST_PARTS:
        raise problem(
            "spares", f"{installed} parts", f"at most {MOST_PARTS}", "a share of many: no sum is needed"
        )
    probability: Real = (1.0 - np.asarray(alive, dtype=np.float64)) ** installed
    total: Real = 0.0 * probability * np.asarray(cap)
    for count in range(1, installed + 1):  # not over satellites: over the few parts of one
        tail = np.asarray(enough(alive, installed, count))
        step = np.minimum(min(count, needed) / needed, cap) - np.minimum(min(count - 1, needed) / needed, cap)
        total = total + tail * step
    return np.asarray(total)[()]
