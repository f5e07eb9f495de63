"""What one orbit does to a satellite in it: light, shadows, heat from below, damage to cells, dose.

Computed once per orbit and kept, so that a million draws of a design in it cost nothing here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import ASTRONOMICAL_UNIT, EARTH_RADIUS, SOLAR_CONSTANT
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.time import seconds_from_utc
from dawndusk.core.units import Unit
from dawndusk.physics.environment.earth import earth_view
from dawndusk.physics.environment.flux import albedo_weight
from dawndusk.physics.light.sunlight import PlaneYear, plane_year, sun_year
from dawndusk.physics.motion.layout import DAWN
from dawndusk.physics.motion.orbit import raan_from_ltan, raan_rate, sine_beta, sun_synchronous_inclination
from dawndusk.physics.spacecraft.cell_damage import damage_ratio
from dawndusk.physics.spacecraft.cells import cell
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar, shadow_calendar
from dawndusk.physics.spacecraft.shielding import DoseCurve, dose_curve
from dawndusk.physics.spacecraft.wing import Sky

ARCS: Final = 180  # places along half an orbit for the mean of a wing's views


@record
class Conditions:
    """An orbit as a satellite's budgets meet it; single numbers, or arrays that broadcast (draws last).

    Parameters
    ----------
    altitude, inclination : float
    sunlit_fraction : float
        Mean light over the year (and over the planes of a shell).
    longest_shadow : float
        Umbra and penumbra together, in the worst plane.
    calendar : ShadowCalendar
        Shadows of a year in the worst plane.
    sky : Sky
        Of a wing that faces the Sun: mean view of the Earth in sunlight, sunlight at aphelion.
    albedo_weight : float
        Of a panel edge-on to the Earth at the lowest Sun over the plane (`environment.flux`).
    damage : float
        To the array's cells, over that in the reference orbit (`cell_damage.damage_ratio`).
    dose : DoseCurve
        Dose rate over shield thickness, worst phase of the solar cycle.
    """

    altitude: Annotated[Real, Unit("m")]
    inclination: Annotated[Real, Unit("rad")]
    sunlit_fraction: Annotated[Real, Unit("1", 0.0, 1.0)]
    longest_shadow: Annotated[Real, Unit("s")]
    calendar: ShadowCalendar
    sky: Sky
    albedo_weight: Annotated[Real, Unit("1", 0.0, 1.0)]
    damage: Annotated[Real, Unit("1")]
    dose: DoseCurve

    @property
    def period(self) -> Real:
        """From one ascending node to the next, s."""
        found: Real = self.calendar.period
        return found


def conditions(
    altitude: float,
    inclination: float | None = None,
    raan: tuple[float, ...] | None = None,
    *,
    year: int,
    technology: str,
) -> Conditions:
    """Conditions in a circular orbit, or in a shell of planes of one altitude and inclination.

    Parameters
    ----------
    altitude : float
        m, 150 to 2500 km.
    inclination : float, optional
        rad; sun-synchronous if left out.
    raan : tuple of float, optional
        Nodes of the planes on 1 January 0 h UTC, rad; of the dawn-dusk plane (LTAN 06:00) if left out. Light
        is their mean; shadows, albedo and beta are those of the worst one.
    year : int
        1972 to 2100.
    technology : str
        Of the array (`cells.cell`), whose covers decide about damage.

    Notes
    -----
    Takes 20 ms for a new orbit, nothing for one asked for before. The calendar differs from year to year by
    less than 1 %.
    """
    found = _orbit(float(altitude), inclination if inclination is None else float(inclination), raan, year)
    ratio = damage_ratio(found.altitude, found.inclination, cell(technology))
    return replace(found, damage=float(ratio))


@lru_cache(maxsize=256)
def _orbit(
    altitude: float, inclination: float | None, raan: tuple[float, ...] | None, year: int
) -> Conditions:
    tilt = float(sun_synchronous_inclination(altitude)) if inclination is None else inclination
    start = float(seconds_from_utc(f"{year}-01-01"))
    nodes = np.atleast_1d(raan_from_ltan(DAWN, start) if raan is None else np.asarray(raan))
    light: PlaneYear = plane_year(altitude, tilt, nodes, year)
    worst = int(np.argmax(light.longest_shadow))
    beta = _lowest_sun(altitude, tilt, nodes, year)
    weight = float(albedo_weight(altitude, beta))
    return Conditions(
        altitude=altitude,
        inclination=tilt,
        sunlit_fraction=float(np.mean(light.sunlit_fraction)),
        longest_shadow=float(np.max(light.longest_shadow)),
        calendar=shadow_calendar(altitude, tilt, float(nodes[worst]), year),
        sky=_sky(altitude, beta, weight, year),
        albedo_weight=weight,
        damage=1.0,
        dose=dose_curve(altitude, tilt),
    )


def _lowest_sun(altitude: float, tilt: float, nodes: Floats, year: int) -> float:
    """Smallest angle between the Sun and any of the planes over a year, rad."""
    sun = sun_year(year)
    moved = nodes + raan_rate(altitude, tilt) * sun.elapsed
    sine = sine_beta(tilt, moved, sun.direction)
    crossing = np.any(np.sign(sine[1:]) != np.sign(sine[:-1]))
    return 0.0 if crossing else float(np.arcsin(np.min(np.abs(sine))))


def _sky(altitude: float, beta: float, weight: float, year: int) -> Sky:
    """What a wing that faces the Sun sees on average over the sunlit part of an orbit."""
    along = np.pi * (np.arange(ARCS) + 0.5) / ARCS
    cosine = np.cos(beta) * np.cos(along)
    horizon = np.sqrt(1.0 - (EARTH_RADIUS / (EARTH_RADIUS + altitude)) ** 2)
    tilt = np.arccos(-cosine[cosine > -horizon])
    far = float(np.max(sun_year(year).distance)) / ASTRONOMICAL_UNIT
    return Sky(
        front_view=float(np.mean(earth_view(altitude, tilt))),
        back_view=float(np.mean(earth_view(altitude, np.pi - tilt))),
        sunlight=SOLAR_CONSTANT / far**2,
        albedo_weight=weight,
    )
