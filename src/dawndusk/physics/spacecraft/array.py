"""Solar array: power per area, ageing, and the rating needed at begin of life."""

from __future__ import annotations

import numpy as np

from dawndusk.core.constants import SOLAR_CONSTANT, YEAR
from dawndusk.core.records import Real


def areal_power(efficiency: Real, packing: Real, irradiance: Real = SOLAR_CONSTANT) -> Real:
    """Rated power of the array per area of wing, W/m2, at begin of life and normal sunlight.

    Parameters
    ----------
    efficiency : Real
        Cell efficiency at operating temperature, 0 to 1.
    packing : Real
        Share of the wing covered by cells, 0 to 1.
    irradiance : Real
        Sunlight, W/m2; the mean at 1 au unless told. It swings by 3.4 % over the year.

    Notes
    -----
    Product of the three. Wiring and mismatch losses (2-5 %, a guess) are not in it: give them as
    converter efficiency.
    """
    return efficiency * packing * irradiance


def remaining_share(degradation: Real, age: Real) -> Real:
    """Share of the rated power left at an age, between 0 and 1.

    Parameters
    ----------
    degradation : Real
        Fraction lost per year, written as a rate, 1/s (``2.5 %/yr``); below 1 per year.
    age : Real
        s, not negative.

    Notes
    -----
    Geometric, (1 - d)^years: Wertz & Larson, *Space Mission Analysis and Design*, 3rd ed. (1999),
    ch. 11. Real loss follows radiation dose and is faster in the first year; over five years the
    geometric form is within about 2 % of power for silicon in low orbit.
    """
    return np.exp(np.log1p(-degradation * YEAR) * (age / YEAR))


def rated_power(load: Real, *, remaining: Real, pointing: Real) -> Real:
    """Rating at begin of life, W, of an array that still carries a load at the end of its life.

    Parameters
    ----------
    load : Real
        Power wanted from the array in sunlight at end of life, W.
    remaining : Real
        Share left then (`remaining_share`).
    pointing : Real
        Cosine loss and distance to the Sun at the worst orbit together, 0 to 1. The worst shadows of
        a dawn-dusk orbit with LTAN 06:00 fall near a solstice; at aphelion sunlight is 3.3 % low.
    """
    return load / (remaining * pointing)
