"""The orbital environment of a constellation, group by group: light, dose, drag, neighbours, disposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from dawndusk.core.constants import DAY, YEAR
from dawndusk.core.errors import Cancelled
from dawndusk.core.progress import Progress
from dawndusk.core.records import Floats, Ints, record
from dawndusk.physics.environment.atmosphere import Level
from dawndusk.physics.environment.disposal import disposal_delta_v, disposal_life, perigee_after, steady_state
from dawndusk.physics.environment.dose import KRAD, dose
from dawndusk.physics.environment.drag import drag_life, station_keeping
from dawndusk.physics.environment.trapped import saa_passages
from dawndusk.physics.environment.upsets import Event, upset_rate
from dawndusk.physics.light.incidence import Mounting, plane_incidence
from dawndusk.physics.light.local_time import planes_over_life, raan_edge, raan_spread
from dawndusk.physics.light.sunlight import (
    constellation_year,
    group_largest,
    group_mean,
    start_of_year,
)
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes, select
from dawndusk.space.constellation.fleet import HIGHEST_SYNCHRONOUS, Fleet
from dawndusk.space.constellation.traffic import Traffic, group_traffic_json, traffic, traffic_json

SHIELDS: Final = {"1mm": 1e-3, "3mm": 3e-3, "5mm": 5e-3, "10mm": 10e-3}  # m of aluminium
EVENTS: Final[tuple[Event, ...]] = ("silent_corruption", "hbm_uncorrectable", "hang")
LEVELS: Final[tuple[Level, ...]] = ("min", "mean", "max")
CEILING: Final = 2500e3  # m, of the tables of trapped particles; what they would say above it is undefined
FOLLOWED: Final = 24  # planes of a group whose drift is followed over a life
SPREAD_LIMIT: Final = 4000  # planes; above it the mean over the tolerance is left out (a minute)
PerGroup = Floats  # shape (groups,)


@record
class Environment:
    """What a year in orbit brings to each group; arrays of shape (groups,) unless said.

    Parameters
    ----------
    year : int
        Calendar year of the light.
    satellites : array of int
        After thinning to the cap.
    inclination_low, inclination_high : array
        As flown (rad).
    sunlit, longest_shadow, days_with_shadow, cycles : array
        Mean light; longest shadow (s); days of the year with shadow in the worst plane; shadows a year.
    by_year : array
        Mean light of each year of a satellite's life if nothing corrects the planes' drift, shape (years,
        groups), over up to `FOLLOWED` planes of each group.
    edge, spread : array
        Mean light with nodes at the edges of their tolerance, and spread evenly within it; NaN without.
    dose, dose_factor : array
        Gy/s behind each of `SHIELDS`, shape (shields, groups), and the factor of doubt.
    upsets : array
        Events of `EVENTS` per chip and second behind the thickest of the shields, shape (events, groups).
    body_fixed, one_axis : array
        Mean cosine of sunlight on a wing that faces along the orbit's normal, and on one that turns about
        that normal, while in light; in the first plane of each group.
    saa_share, saa_longest : array
        Share of time, and longest passage (s), in protons above 10 MeV of at least 10 /cm2/s.
    drag_life, disposed_life : array
        Time to re-entry (s) of a dead satellite, and of one that spent its disposal velocity, shape
        (levels, groups); NaN above the model's ceiling.
    keeping : array
        Velocity to stay in place (m/s per s), shape (levels, groups).
    perigee, controlled : array
        Perigee that the disposal velocity reaches (m), and the velocity that a controlled re-entry takes.
    reentries, alumina, derelicts : array
        Per second; kg/s; dead satellites in orbit in the long run at mean activity.
    traffic : tuple of Traffic
        One where approaches were asked for, else none.
    """

    year: int
    satellites: Ints
    inclination_low: PerGroup
    inclination_high: PerGroup
    sunlit: PerGroup
    longest_shadow: PerGroup
    days_with_shadow: PerGroup
    cycles: PerGroup
    by_year: Floats
    edge: PerGroup
    spread: PerGroup
    dose: Floats
    dose_factor: PerGroup
    upsets: Floats
    body_fixed: PerGroup
    one_axis: PerGroup
    saa_share: PerGroup
    saa_longest: PerGroup
    drag_life: Floats
    disposed_life: Floats
    keeping: Floats
    perigee: PerGroup
    controlled: PerGroup
    reentries: PerGroup
    alumina: PerGroup
    derelicts: PerGroup
    traffic: tuple[Traffic, ...]


def environment(
    fleet: Fleet,
    *,
    year: int,
    approaches: bool = False,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Environment:
    """The environment of every group of a fleet.

    Parameters
    ----------
    fleet : Fleet
        From `space.constellation.fleet.open_fleet`.
    year : int
        Calendar year of the light, 1972 to 2100.
    approaches : bool
        Whether neighbours are counted as well (half a minute for a million satellites).
    progress : callable, optional
        Told the share done and what comes next.
    cancel : callable, optional
        Asked between steps; True stops the work.

    Raises
    ------
    UserError
        For orbits outside the models.
    Cancelled
        If `cancel` said so.
    """

    def say(share: float, text: str) -> None:
        if cancel is not None and cancel():
            raise Cancelled
        if progress is not None:
            progress(share, text)

    say(0.0, "a year of light for every plane")
    values: dict[str, Any] = {"traffic": ()} | _light(fleet, year)
    say(0.1, "nodes at the edge of their tolerance")
    values |= _tolerance(fleet, year)
    say(0.25, "radiation")
    values |= _radiation(fleet)
    say(0.3, "drag and disposal")
    values |= _drag(fleet)
    if approaches:
        values["traffic"] = (traffic(fleet, say),)
    return Environment(year=year, satellites=fleet.satellites, **values)


def _light(fleet: Fleet, year: int) -> dict[str, Any]:
    planes = fleet.planes
    found = constellation_year(planes, year)
    return {
        "sunlit": group_mean(planes, found.sunlit_fraction),
        "longest_shadow": group_largest(planes, found.longest_shadow),
        "days_with_shadow": group_largest(planes, found.days_with_shadow.astype(np.float64)),
        "cycles": group_mean(planes, found.cycles),
        "by_year": _over_life(fleet, year),
        "body_fixed": _incidence(planes, "normal-face", year),
        "one_axis": _incidence(planes, "normal-axis", year),
        "inclination_low": -group_largest(planes, -planes.inclination),
        "inclination_high": group_largest(planes, planes.inclination),
    }


def _over_life(fleet: Fleet, year: int) -> Floats:
    """Mean light by year of life and group, from planes spread evenly over each group's list."""
    years = max(1, round(fleet.craft.life))
    member = [np.flatnonzero(fleet.planes.group == k) for k in range(len(fleet.groups))]
    taken = [
        rows[np.linspace(0, rows.size - 1, min(rows.size, FOLLOWED)).astype(np.int64)] for rows in member
    ]
    chosen = select(fleet.planes, np.concatenate(taken))
    light = planes_over_life(chosen, year, years).sunlit_fraction
    return np.array([group_mean(chosen, yearly) for yearly in light])


def _incidence(planes: Planes, mounting: Mounting, year: int) -> Floats:
    """Mean cosine on a mounting in the first plane of each group."""
    first = np.unique(planes.group, return_index=True)[1]
    chosen = select(planes, first)
    nodes = start_of_year(chosen, year)
    return plane_incidence(chosen.altitude, chosen.inclination, nodes, year, mounting=mounting).factor


def _tolerance(fleet: Fleet, year: int) -> dict[str, Any]:
    """Light with displaced nodes; NaN for groups that file no tolerance."""
    tolerance = np.array([group.raan_tolerance for group in fleet.groups])
    none = np.full(tolerance.size, np.nan)
    if not np.any(tolerance > 0):
        return {"edge": none, "spread": none}
    planes, shift = fleet.planes, tolerance[fleet.planes.group]
    edge = group_mean(planes, raan_edge(planes, shift, year).edge)
    mean = none
    if planes.size <= SPREAD_LIMIT:
        mean = group_mean(planes, raan_spread(planes, shift, year).mean)
    return {"edge": np.where(tolerance > 0, edge, np.nan), "spread": np.where(tolerance > 0, mean, np.nan)}


def _radiation(fleet: Fleet) -> dict[str, Any]:
    """Dose by plane, averaged over the group: it rises faster than in proportion to altitude."""
    planes = fleet.planes
    inside = _reachable(planes)
    height, tilt = np.minimum(planes.altitude, CEILING), planes.inclination
    found = dose(height, tilt, np.array(list(SHIELDS.values()))[:, None])
    protons = found.protons[-1] + found.solar[-1]
    height, tilt, above = _middles(fleet)
    passages = saa_passages(height, tilt)
    return {
        "upsets": np.array(
            [_known(planes, np.asarray(upset_rate(event, protons).central), inside) for event in EVENTS]
        ),
        "dose": np.array([_known(planes, rate, inside) for rate in found.rate]),
        "dose_factor": group_mean(planes, np.broadcast_to(found.factor, found.rate.shape)[0]),
        "saa_share": passages.share + above,
        "saa_longest": passages.longest + above,
    }


def _reachable(planes: Planes) -> Any:
    return planes.altitude <= CEILING


def _known(planes: Planes, values: Floats, inside: Any) -> Floats:
    """Group means, NaN for a group with planes above the tables."""
    return group_mean(planes, np.where(inside, values, np.nan))


def _middles(fleet: Fleet) -> tuple[Floats, Floats, Floats]:
    """Mean altitude (m, within the tables) and inclination (rad) by group; NaN for groups above, else 0."""
    height = group_mean(fleet.planes, fleet.planes.altitude)
    tilt = group_mean(fleet.planes, fleet.planes.inclination)
    return np.minimum(height, CEILING), tilt, np.where(height <= CEILING, 0.0, np.nan)


def _drag(fleet: Fleet) -> dict[str, Any]:
    craft, planes = fleet.craft, fleet.planes
    body = (craft.area_to_mass, craft.drag_coefficient)
    height = np.minimum(planes.altitude, CEILING)
    known = _reachable(planes)
    each = {level: drag_life(height, *body, level) for level in LEVELS}
    middle, _, above = _middles(fleet)
    steady = steady_state(
        fleet.satellites.astype(np.float64),
        craft.life * YEAR,
        craft.mass,
        failing=craft.failed,
        drag_life=group_mean(planes, each["mean"]),
    )
    return {
        "drag_life": np.array([_known(planes, each[level], known) for level in LEVELS]),
        "disposed_life": np.array(
            [disposal_life(middle, craft.disposal, *body, level) + above for level in LEVELS]
        ),
        "keeping": np.array(
            [
                _known(planes, np.asarray(station_keeping(height, *body, level).total), known)
                for level in LEVELS
            ]
        ),
        "perigee": perigee_after(middle, craft.disposal) + above,
        "controlled": disposal_delta_v(middle) + above,
        "reentries": steady.reentries,
        "alumina": steady.alumina,
        "derelicts": steady.derelicts + above,
    }


def summary_json(fleet: Fleet, found: Environment) -> dict[str, Any]:
    """Environment in the units people read, each key with its unit."""
    return {
        "name": fleet.name,
        "title": fleet.title,
        "satellites": int(found.satellites.sum()),
        "planes": sum(group.planes for group in fleet.groups),
        "satellites_filed": sum(group.filed for group in fleet.groups),
        "cap": fleet.cap or None,
        "year": found.year,
        "reentries_per_day": float(found.reentries.sum() * DAY),
        "alumina_t_per_yr": float(found.alumina.sum() * YEAR / 1e3),
        "derelicts": float(found.derelicts.sum()),
        **traffic_json(found.traffic[0] if found.traffic else None),
        "craft": {
            "mass_kg": fleet.craft.mass,
            "area_to_mass_m2_per_kg": fleet.craft.area_to_mass,
            "drag_coefficient": fleet.craft.drag_coefficient,
            "life_yr": fleet.craft.life,
            "disposal_m_per_s": fleet.craft.disposal,
            "failed_share": fleet.craft.failed,
        },
        "remarks": list(fleet.remarks),
        "groups": [_group_json(fleet, found, k) for k in range(len(fleet.groups))],
    }


def _group_json(fleet: Fleet, found: Environment, k: int) -> dict[str, Any]:
    group, neighbours = fleet.groups[k], found.traffic[0] if found.traffic else None
    low, high = group.altitude_low / 1e3, group.altitude_high / 1e3
    by_level = _by(LEVELS)
    return {
        "name": group.name,
        "label": group.label,
        "satellites": group.filed,
        "satellites_at_cap": int(found.satellites[k]),
        "planes": group.planes,
        "shells": group.shells,
        "altitude_km": [low, high],
        "inclination_deg": float(np.rad2deg(group.inclination)),
        "inclination_flown_deg": np.rad2deg([found.inclination_low[k], found.inclination_high[k]]).tolist(),
        "sun_synchronous_inclination_deg": _synchronous(0.5 * (group.altitude_low + group.altitude_high)),
        "flag": group.flag or None,
        "sunlit_fraction": found.sunlit[k],
        "sunlit_fraction_by_year": found.by_year[:, k].tolist(),
        "longest_shadow_s": found.longest_shadow[k],
        "days_with_shadow": int(found.days_with_shadow[k]),
        "shadows_per_yr": found.cycles[k],
        "raan_tolerance_deg": float(np.rad2deg(group.raan_tolerance)),
        "sunlit_fraction_raan_edge": found.edge[k],
        "sunlit_fraction_raan_spread": found.spread[k],
        "dose_krad_per_yr": dict(zip(SHIELDS, found.dose[:, k] * YEAR / KRAD, strict=True)),
        "dose_factor": found.dose_factor[k],
        "upsets_per_chip_yr_10mm": dict(zip(EVENTS, (found.upsets[:, k] * YEAR).tolist(), strict=True)),
        "array_cosine_body_fixed": found.body_fixed[k],
        "array_cosine_one_axis": found.one_axis[k],
        "saa_share": found.saa_share[k],
        "saa_longest_s": found.saa_longest[k],
        "drag_life_yr": by_level(found.drag_life[:, k] / YEAR),
        "station_keeping_m_per_s_per_yr": by_level(found.keeping[:, k] * YEAR),
        "disposal_perigee_km": found.perigee[k] / 1e3,
        "disposed_life_yr": by_level(found.disposed_life[:, k] / YEAR),
        "controlled_reentry_m_per_s": found.controlled[k],
        "reentries_per_day": found.reentries[k] * DAY,
        "derelicts": found.derelicts[k],
        **group_traffic_json(neighbours, k),
    }


def _by(names: tuple[str, ...]) -> Callable[[Floats], Mapping[str, float]]:
    return lambda values: dict(zip(names, (float(x) for x in values), strict=True))


def _synchronous(altitude: float) -> float | None:
    """Inclination (deg) that would be sun-synchronous; None where none is."""
    if altitude > HIGHEST_SYNCHRONOUS:
        return None
    return float(np.rad2deg(orbit.sun_synchronous_inclination(altitude)))
