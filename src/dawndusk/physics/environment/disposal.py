"""Getting rid of satellites: perigee lowered by a burn, decay after it, re-entries, alumina, derelicts."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.physics.environment.atmosphere import Level
from dawndusk.physics.environment.drag import END_ALTITUDE, drag_life_elliptic
from dawndusk.physics.motion.orbit import orbit_radius

CONTROLLED_PERIGEE: Final = number("reentry_perigee")  # m; low enough for a steep entry at a place
ALUMINA_SHARE: Final = number("alumina_share")  # kg of alumina per kg of satellite


def perigee_after(altitude: Real, delta_v: Real) -> Floats:
    """Perigee altitude (m) after a burn against the motion on a circular orbit; may lie below the ground.

    Parameters
    ----------
    altitude : float or array
        Of the circular orbit (m), 150 km to 50,000 km; it becomes the apogee.
    delta_v : float or array
        Size of the burn (m/s), 0 to 3000.

    Raises
    ------
    UserError
        For values out of range, or a burn that would stop the satellite in its orbit.

    Notes
    -----
    Vis-viva, exact for one short burn. A low thrust that never stops lowers the whole orbit instead, by half
    as much.
    """
    radius = orbit_radius(altitude)
    burn = within("delta_v", delta_v, 0.0, 3000.0, scale=1.0, unit="m/s", write="50 m/s")
    speed = np.sqrt(GRAVITATIONAL_PARAMETER / radius)
    if np.any(burn >= speed):
        raise problem("delta_v", "more than the orbital speed", f"below {np.min(speed):.0f} m/s", "50 m/s")
    axis = 1.0 / (2.0 / radius - (speed - burn) ** 2 / GRAVITATIONAL_PARAMETER)
    return np.asarray(2.0 * axis - radius - EARTH_RADIUS)


def disposal_delta_v(altitude: Real, perigee: Real = CONTROLLED_PERIGEE) -> Floats:
    """Burn (m/s) against the motion that lowers the perigee of a circular orbit: inverse of `perigee_after`.

    Parameters
    ----------
    altitude : float or array
        Of the circular orbit (m), 150 km to 50,000 km.
    perigee : float or array
        Wanted perigee altitude (m), from 0 to the altitude. About 50 km for a controlled re-entry over an
        ocean.

    Raises
    ------
    UserError
        For values out of range or a perigee above the orbit.
    """
    radius = orbit_radius(altitude)
    low = EARTH_RADIUS + within("perigee", perigee, 0.0, 50e6, scale=1e3, unit="km", write="50 km")
    if np.any(low > radius):
        raise problem("perigee", "a perigee above the orbit", "at most the altitude", "50 km")
    speed = np.sqrt(GRAVITATIONAL_PARAMETER / radius)
    return np.asarray(speed * (1.0 - np.sqrt(2.0 * low / (low + radius))))


def disposal_life(
    altitude: Real,
    delta_v: Real,
    area_to_mass: Real,
    drag_coefficient: Real,
    activity: Level = "mean",
    *,
    end: float = END_ALTITUDE,
) -> Floats:
    """Time (s) from the disposal burn to re-entry.

    Parameters
    ----------
    altitude : float or array
        Of the circular orbit before (m), 150 to 3000 km.
    delta_v : float or array
        Size of the burn (m/s), 0 to 3000.
    area_to_mass, drag_coefficient : float or array
        Of the satellite after it, as in `drag.ballistic`.
    activity : str
        A key of `atmosphere.ACTIVITIES`, held until the end.
    end : float
        Perigee altitude that counts as down (m).

    Notes
    -----
    `perigee_after`, then `drag_life_elliptic`: +-30 % at a given activity.
    """
    # rounding must not lift a perigee above its orbit
    perigee = np.clip(perigee_after(altitude, delta_v), 0.0, altitude)
    return drag_life_elliptic(perigee, altitude, area_to_mass, drag_coefficient, activity, end=end)


@record
class SteadyState:
    """A constellation that replaces every satellite at the end of its life.

    Parameters
    ----------
    reentries : 1/s
        Satellites that come down, as many as go up.
    mass : kg/s
        What comes down.
    alumina : kg/s
        Aluminium oxide that this leaves in the upper atmosphere.
    derelicts : 1
        Satellites in orbit that failed and are sinking by drag alone.
    """

    reentries: Real
    mass: Real
    alumina: Real
    derelicts: Real


def steady_state(
    count: Real,
    life: Real,
    mass: Real,
    *,
    failing: Real = 0.0,
    drag_life: Real = 0.0,
    alumina: Real = ALUMINA_SHARE,
) -> SteadyState:
    """What a constellation of constant size sends down, and what it leaves in orbit.

    Parameters
    ----------
    count : float or array
        Working satellites.
    life : float or array
        From arrival to replacement (s), above 0.
    mass : float or array
        Of a satellite at re-entry (kg).
    failing : float or array
        Share of all satellites that fail before they can be disposed of, 0 to 1.
    drag_life : float or array
        Time that such a satellite stays in orbit (s), from `drag.drag_life`.
    alumina : float or array
        Kilograms of alumina per kilogram of satellite. Ferreira et al. (2024), doi:10.1029/2024GL109280:
        30 kg from a simulated 250 kg satellite; a satellite with another share of aluminium leaves more or
        less of it (guess 0.05-0.3), and how much of it ablates is not measured.

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    Little's law (1961): number in orbit = rate x time spent. It holds after the drag life has passed once;
    before that derelicts grow as rate x time. Their collisions are left out (`physics.traffic.collisions`).
    """
    number = within("count", count, 0.0, 1e9, scale=1.0, unit="satellites", write="1000000")
    lasting = within("life", life, 1.0, 1e12, scale=1.0, unit="s", write="5 yr")
    each = within("mass", mass, 0.0, 1e9, scale=1.0, unit="kg", write="2000 kg")
    share = within("failing", failing, 0.0, 1.0, scale=1.0, unit="", write="0.01")
    sinking = within("drag_life", drag_life, 0.0, 1e15, scale=1.0, unit="s", write="25 yr")
    oxide = within("alumina", alumina, 0.0, 2.0, scale=1.0, unit="kg/kg", write="0.12")
    rate = np.asarray(number / lasting)
    return SteadyState(
        reentries=rate,
        mass=np.asarray(rate * each),
        alumina=np.asarray(rate * each * oxide),
        derelicts=np.asarray(rate * share * sinking),
    )
