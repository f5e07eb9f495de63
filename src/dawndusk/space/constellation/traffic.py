"""Neighbours of a constellation: approaches, collisions and debris, group by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import numpy as np

from dawndusk.core.constants import DAY, YEAR
from dawndusk.core.records import Floats, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.light.sunlight import group_mean
from dawndusk.physics.motion.propagation import motion_of, positions
from dawndusk.physics.traffic.collisions import (
    HIGHEST_DEBRIS,
    LOWEST_DEBRIS,
    collisions_per_year,
    contact_distance,
    debris_rate,
    kinetic_rate,
)
from dawndusk.physics.traffic.encounters import Approaches, approach_rates
from dawndusk.physics.traffic.proximity import nearest_distance, pair_counts
from dawndusk.space.constellation.fleet import Fleet

NEAR: Final = 1e3  # m
CLOSE: Final = 100.0  # m
Say = Callable[[float, str], None]


@record
class Traffic:
    """Approaches among a constellation's satellites; arrays of shape (groups,).

    Parameters
    ----------
    kept_1km, kept_100m : array
        Approaches per second among satellites that hold their station, phases of planes unknown: the mean
        over all of them. A pair counts half to each of its groups.
    phased_1km : array
        The same if every shell keeps the even phasing that keeps its crossings furthest apart.
    failed_1km : array
        Approaches below 1 km in which a satellite cannot manoeuvre.
    debris_1cm, debris_10cm : array
        Impacts of debris per second if nobody dodges; NaN outside 400 to 1,200 km.
    contacts : float
        Per second, of the spheres that stand for satellites, if nobody dodges.
    collisions : float
        Per second, if one in a thousand contacts is not avoided (guess, 1e-4 to 1e-2) where at least one of
        the two can manoeuvre, and none where neither can.
    pairs_1km, nearest : int, float
        Pairs below 1 km and smallest distance (m) at the epoch, counted one by one.
    """

    kept_1km: Floats
    kept_100m: Floats
    phased_1km: Floats
    failed_1km: Floats
    debris_1cm: Floats
    debris_10cm: Floats
    contacts: float
    collisions: float
    pairs_1km: int
    nearest: Annotated[float, Unit("m")]


def traffic(fleet: Fleet, say: Say) -> Traffic:
    """Neighbours of a fleet: rates over time by theory, pairs at the epoch one by one.

    Parameters
    ----------
    fleet : Fleet
        From `space.constellation.fleet.open_fleet`.
    say : callable
        Told the share done and what comes next.

    Raises
    ------
    UserError
        For more satellites than memory holds.
    """
    planes, failed = fleet.planes, fleet.craft.failed
    say(0.4, "approaches below 1 km")
    near = approach_rates(planes, NEAR, failed=failed, phased=False)
    say(0.6, "approaches below 100 m")
    close = approach_rates(planes, CLOSE, failed=failed, phased=False)
    say(0.75, "approaches with phases held")
    held = near if fleet.catalogue else approach_rates(planes, NEAR, failed=failed)
    say(0.9, "pairs at the epoch")
    places = positions(motion_of(fleet.elements()[0]), planes.epoch)
    contacts = _contacts(close, fleet.craft.radius)
    return Traffic(
        kept_1km=near.kept_per_day() / DAY,
        kept_100m=close.kept_per_day() / DAY,
        phased_1km=held.kept_per_day() / DAY,
        failed_1km=near.unkept_per_day() / DAY,
        debris_1cm=_debris(fleet, "1 cm"),
        debris_10cm=_debris(fleet, "10 cm"),
        contacts=contacts.total,
        collisions=float(collisions_per_year(contacts)) / YEAR,
        pairs_1km=int(pair_counts(places, np.array([NEAR]))[0]),
        nearest=float(np.min(nearest_distance(places))),
    )


def _contacts(close: Approaches, radius: float) -> Approaches:
    """Approaches at a short distance scaled to where the spheres of two satellites touch."""
    touching = float(contact_distance(radius))
    scale = float(kinetic_rate(close, touching)) / close.total if close.total > 0.0 else 0.0
    rates = {name: scale * getattr(close, name) for name in ("kept", "mixed", "loose", "slow")}
    return replace(close, distance=touching, **rates)


def _debris(fleet: Fleet, size: Any) -> Floats:
    craft = fleet.craft
    altitude = group_mean(fleet.planes, fleet.planes.altitude)
    inside = (altitude >= LOWEST_DEBRIS) & (altitude <= HIGHEST_DEBRIS)
    rate = debris_rate(
        fleet.satellites.astype(np.float64),
        np.clip(altitude, LOWEST_DEBRIS, HIGHEST_DEBRIS),
        craft.area_to_mass * craft.mass,
        size,
    )
    return np.where(inside, rate, np.nan)


def traffic_json(found: Traffic | None) -> dict[str, float | int | None]:
    """What holds for the constellation as a whole; null without counting."""
    if found is None:
        names = (
            "pairs_below_1km_at_epoch",
            "nearest_pair_m",
            "contacts_per_yr",
            "collisions_per_yr",
            "crash_clock_s",
        )
        return dict.fromkeys(names)
    return {
        "pairs_below_1km_at_epoch": found.pairs_1km,
        "nearest_pair_m": found.nearest,
        "contacts_per_yr": found.contacts * YEAR,
        "collisions_per_yr": found.collisions * YEAR,
        "crash_clock_s": 1.0 / found.contacts if found.contacts > 0 else None,
    }


def group_traffic_json(found: Traffic | None, k: int) -> dict[str, float | None]:
    """What holds for one group."""
    names = {
        "approaches_per_day_1km": ("kept_1km", DAY),
        "approaches_per_day_100m": ("kept_100m", DAY),
        "approaches_phased_per_day_1km": ("phased_1km", DAY),
        "approaches_failed_per_day_1km": ("failed_1km", DAY),
        "debris_1cm_per_yr": ("debris_1cm", YEAR),
        "debris_10cm_per_yr": ("debris_10cm", YEAR),
    }
    if found is None:
        return dict.fromkeys(names)
    return {key: float(getattr(found, name)[k] * scale) for key, (name, scale) in names.items()}
