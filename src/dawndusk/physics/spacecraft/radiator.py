"""Two-sided flat radiator: absorbed heat, net rejection and its inverse.

Fluxes are per planform area (one side counted, both radiate). Angles in rad, temperatures in K.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.constants import (
    EARTH_ALBEDO,
    EARTH_INFRARED,
    SOLAR_CONSTANT,
    STEFAN_BOLTZMANN,
)
from dawndusk.core.records import Real


def absorbed_flux(
    view: Real,
    *,
    emissivity: Real,
    absorptivity: Real,
    albedo_weight: Real,
    sun_cosine: Real = 0.0,
    infrared: Real = EARTH_INFRARED,
    albedo: Real = EARTH_ALBEDO,
    sunlight: Real = SOLAR_CONSTANT,
) -> Real:
    """Heat absorbed from Earth and Sun by both faces, W per m2 of planform.

    Parameters
    ----------
    view : Real
        Sum of the view factors of both faces to the Earth, 0 to 1.
    emissivity : Real
        In the thermal infrared; absorbs the Earth's infrared as well (Kirchhoff).
    absorptivity : Real
        For sunlight, at end of life.
    albedo_weight : Real
        Mean sunlit brightness of the Earth below against full noon: about 0.1 over the terminator
        (dawn-dusk; guess 0.02-0.2), 0.3 in a mid-inclination orbit.
    sun_cosine : Real
        Cosine of incidence of direct sunlight; 0 for a panel edge-on to the Sun (1 degree off: 0.017).
    infrared, albedo, sunlight : Real
        Environment: W/m2, -, W/m2. Unless told, global means: a single orbit sees 150-350 W/m2 and
        0.15-0.5 (our judgement), which moves a radiator by 5 K at most.

    Notes
    -----
    Gilmore (ed.), *Spacecraft Thermal Control Handbook*, 2nd ed. (2002), ch. 2. The other parts of the
    satellite (hot array wings) are not seen here; a wing in view adds up to 10 % of the emission.
    """
    earth = view * (emissivity * infrared + absorptivity * albedo * albedo_weight * sunlight)
    return earth + absorptivity * sunlight * sun_cosine


def temperature_for(flux: Real, absorbed: Real, *, emissivity: Real, fin_efficiency: Real = 1.0) -> Real:
    """Root temperature, K, at which a panel rejects `flux` W/m2 with both faces.

    Parameters
    ----------
    flux, absorbed : Real
        W per m2 of planform, not negative.
    emissivity, fin_efficiency : Real
        Above 0, at most 1.

    Notes
    -----
    flux = fin_efficiency * (2 emissivity sigma T^4 - absorbed): the efficiency also counts for what is
    absorbed, so that a panel at its sink temperature rejects nothing. Space at 2.7 K is left out
    (6e-6 W/m2). Source: Gilmore (2002), ch. 6.
    """
    emitted = flux / fin_efficiency + absorbed
    return np.sqrt(np.sqrt(emitted / (2 * emissivity * STEFAN_BOLTZMANN)))
