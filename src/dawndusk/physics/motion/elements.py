"""Mean orbital elements of many satellites as a structure of arrays."""

from __future__ import annotations

from typing import Annotated

from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit


@record
class Elements:
    """Mean elements (secular J2 theory), one array of shape (n,) per element.

    Parameters
    ----------
    semi_major_axis, eccentricity, inclination, raan, argument_of_perigee, mean_anomaly : array
        SI; angles refer to the mean equator and equinox of date.
    epoch : array
        Seconds TT since J2000 at which the angles hold.
    """

    semi_major_axis: Annotated[Floats, Unit("m")]
    eccentricity: Annotated[Floats, Unit("1")]
    inclination: Annotated[Floats, Unit("rad")]
    raan: Annotated[Floats, Unit("rad")]
    argument_of_perigee: Annotated[Floats, Unit("rad")]
    mean_anomaly: Annotated[Floats, Unit("rad")]
    epoch: Annotated[Floats, Unit("s")]

    @property
    def size(self) -> int:
        """Number of satellites."""
        return int(self.semi_major_axis.size)
