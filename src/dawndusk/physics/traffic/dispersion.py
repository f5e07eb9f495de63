"""How far satellites stray from where they should be, and by how much two of them differ."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit

ALTITUDE_SPREAD: Final = number("orbit_altitude_spread")  # m
ECCENTRICITY_SPREAD: Final = number("orbit_eccentricity_spread")
TILT_SPREAD: Final = number("orbit_tilt_spread")  # rad
SLOT_SPREAD: Final = number("orbit_slot_spread")  # m
LOOSE_ECCENTRICITY: Final = number("loose_eccentricity")


@record
class Spread:
    """Variances of the difference of two satellites, each of shape (pairs,).

    Parameters
    ----------
    altitude, eccentricity, tilt : array
        Of the mean altitudes, of one component of the eccentricity vectors times a, and of one component of
        the directions of the orbit normals times a (m2), above zero.
    """

    altitude: Annotated[Floats, Unit("m2")]
    eccentricity: Annotated[Floats, Unit("m2")]
    tilt: Annotated[Floats, Unit("m2")]

    @property
    def radial(self) -> Floats:
        """Variance of the radial offset (m2)."""
        return self.altitude + self.eccentricity


@record
class Dispersion:
    """How far satellites stray from where they should be: standard deviations, each satellite on its own.

    Parameters
    ----------
    altitude : m
        Of the mean altitude held. Starlink's element sets of August 2026 show 7-35 m within a shell (median
        based), 45-150 m with the satellites under way; range 10-150 m.
    eccentricity : 1
        Of each component of the eccentricity vector around the common one. Starlink: 2e-5 to 6e-5; range 2e-5
        to 1e-4. Radii differ by this times the orbit's radius.
    tilt : rad
        Of the orbit normal in each direction. Starlink's inclinations: 2e-5 to 4e-5; range 1e-5 to 1e-4.
    slot : m
        Along the track around the slot, without the swing from eccentricity. A guess, range 100-5,000 m.
    loose : 1
        Eccentricity component of satellites that cannot manoeuvre: what sunlight pressure at 0.2 m2/kg pumps
        in a hundred days. A guess, range 1e-4 to 1e-3.
    """

    altitude: Annotated[float, Unit("m", 0.1, 1e5)] = ALTITUDE_SPREAD
    eccentricity: Annotated[float, Unit("1", 1e-8, 0.01)] = ECCENTRICITY_SPREAD
    tilt: Annotated[float, Unit("rad", 1e-8, 0.01)] = TILT_SPREAD
    slot: Annotated[float, Unit("m", 0.1, 1e6)] = SLOT_SPREAD
    loose: Annotated[float, Unit("1", 1e-8, 0.01)] = LOOSE_ECCENTRICITY

    def spread(self, radius: Floats, loose: int = 0) -> Spread:
        """Variances of the difference of two satellites of which `loose` (0, 1 or 2) cannot manoeuvre."""
        ones = np.ones_like(radius)
        component = (2 - loose) * self.eccentricity**2 + loose * self.loose**2
        return Spread(
            altitude=2.0 * self.altitude**2 * ones,
            eccentricity=component * radius**2,
            tilt=2.0 * (self.tilt * radius) ** 2,
        )
