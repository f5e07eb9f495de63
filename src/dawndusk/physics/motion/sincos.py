"""Sine and cosine without branches, so that a compiler can work on several satellites at once.

The scalar functions of the C library, which a compiled loop would call otherwise, are a hundred times slower.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.compiled import kernel

# Polynomials in r^2 for sin(pi r)/r and (cos(pi r) - 1)/r^2 on |r| <= 1/2: interpolation at the 8 Chebyshev
# nodes of [0, 1/4], done with 60 digits, then rounded.
SINE: Final = (
    3.1415926535897927,
    -5.1677127800497855,
    2.5501640398618677,
    -0.599264528825224,
    0.08214587881631043,
    -0.0073703643265304155,
    0.0004659870158043378,
    -2.113362735205297e-05,
)
COSINE: Final = (
    -4.934802200544679,
    4.058712126416736,
    -1.3352627688518803,
    0.2353306302721577,
    -0.02580689002587539,
    0.001929562652479866,
    -0.00010458286368326585,
    4.166399462726949e-06,
)


@kernel
def sincos(angle: float) -> tuple[float, float]:
    """Sine and cosine of an angle counted in half-turns: sin(pi x), cos(pi x).

    Parameters
    ----------
    angle : float
        In half-turns (pi rad), up to 2**51 in size. Half-turns, because the nearest whole number is then
        taken off without any rounding, however large the angle; radians would need pi in several pieces
        (Cody & Waite 1980) and lose digits in the end all the same.

    Notes
    -----
    Absolute error at most 7e-16 (three units in the last place of 1), over all angles (tested against
    extended precision).
    """
    whole = np.rint(angle)
    part = angle - whole
    square = part * part
    half = 0.5 * whole
    sign = 1.0 - 4.0 * abs(half - np.rint(half))
    sine = SINE[4] + square * (SINE[5] + square * (SINE[6] + square * SINE[7]))
    sine = SINE[0] + square * (SINE[1] + square * (SINE[2] + square * (SINE[3] + square * sine)))
    cosine = COSINE[4] + square * (COSINE[5] + square * (COSINE[6] + square * COSINE[7]))
    cosine = COSINE[0] + square * (COSINE[1] + square * (COSINE[2] + square * (COSINE[3] + square * cosine)))
    return sign * part * sine, sign * (1.0 + square * cosine)
