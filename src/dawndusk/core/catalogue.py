"""Real satellites as a catalogue lists them: names and SGP4 mean elements, a structure of arrays."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from dawndusk.core.records import Floats, Ints, record, replace
from dawndusk.core.units import Unit


@record
class Catalogue:
    """General perturbations elements of n satellites, as TLE and OMM files carry them.

    Parameters
    ----------
    names, designators, classifications : tuple of str
        Name, international designator (``2019-074B``, or empty) and classification (``U``).
    numbers : array of int
        Catalogue numbers; 0 where there is none.
    epoch : array
        Seconds TT since J2000 at which the elements hold.
    mean_motion : array
        Kozai mean motion (rad/s), as files give it.
    eccentricity, inclination, raan, argument_of_perigee, mean_anomaly : array
        SGP4 mean elements in TEME (true equator, mean equinox of date).
    bstar : array
        Drag term of SGP4, per Earth radius of WGS-72.
    mean_motion_dot, mean_motion_ddot : array
        As files give them: half the first and a sixth of the second derivative of the mean motion. SGP4
        does not use them.
    element_sets, revolutions : array of int
        Running number of the element set, and orbits at the epoch.
    """

    names: tuple[str, ...]
    designators: tuple[str, ...]
    classifications: tuple[str, ...]
    numbers: Ints
    epoch: Annotated[Floats, Unit("s")]
    mean_motion: Annotated[Floats, Unit("rad/s")]
    eccentricity: Annotated[Floats, Unit("1")]
    inclination: Annotated[Floats, Unit("rad")]
    raan: Annotated[Floats, Unit("rad")]
    argument_of_perigee: Annotated[Floats, Unit("rad")]
    mean_anomaly: Annotated[Floats, Unit("rad")]
    bstar: Annotated[Floats, Unit("1")]
    mean_motion_dot: Annotated[Floats, Unit("rad/s**2")]
    mean_motion_ddot: Annotated[Floats, Unit("rad/s**3")]
    element_sets: Ints
    revolutions: Ints

    @property
    def size(self) -> int:
        """Number of satellites."""
        return int(self.epoch.size)

    def take(self, chosen: Ints) -> Catalogue:
        """The satellites of these indices, in this order."""
        picked = {
            name: value[chosen] if isinstance(value, np.ndarray) else tuple(value[k] for k in chosen)
            for name, value in vars(self).items()
        }
        return replace(self, **picked)
