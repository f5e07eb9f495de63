"""Trapped particles by AP8 and AE8 themselves: the oracle behind the shipped tables of `trapped`.

Package aep8: IRBEM's models in the magnetic field of their own epochs (1960s and 1970).
"""

from __future__ import annotations

import aep8
import numpy as np
from astropy import units
from astropy.coordinates import EarthLocation
from astropy.time import Time

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.physics.environment.trapped import FLUX, MEV

DATE = "1970-01-01"  # aep8 pins the field to each model's epoch: the date changes nothing


def local_flux(species, activity, energy, altitude, latitude, longitude):
    """Omnidirectional flux above an energy (J) at a place (1/(m2 s)), geocentric (m above 6378.137 km, rad).

    All broadcast; each place costs about 0.2 ms whatever the number of energies on their own leading axes.
    Protons from 0.1 MeV, electrons from 0.04 MeV.
    """
    model = aep8.model(particle="p" if species == "proton" else "e", solar=activity)
    radius = EARTH_RADIUS + np.asarray(altitude, dtype=np.float64)
    axes = (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
    place = EarthLocation.from_geocentric(*(radius * x * np.ones_like(longitude) for x in axes), unit="m")
    with np.errstate(invalid="ignore", over="ignore"):
        shell, ratio = model.geomagnetic_coordinates(place, Time(DATE))
        mev = np.asarray(energy, dtype=np.float64) / MEV * units.MeV
        found = model.integral_flux_for_geomagnetic_coordinates(shell, ratio, mev).value
    # open field lines have no shell (negative L); there and past the models' ends nothing is trapped
    return np.where((shell > 0.0) & (found > 0.0), found, 0.0) * FLUX
