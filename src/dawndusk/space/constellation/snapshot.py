"""A constellation at one instant: where its satellites are over the ground and against the Sun."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core import time
from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.records import Floats, Ints, record
from dawndusk.physics.light.shadow import visible_disc_fraction
from dawndusk.physics.motion.rotation import earth_fixed
from dawndusk.physics.motion.secular import positions
from dawndusk.physics.motion.sun import mean_obliquity, sun_direction, sun_distance
from dawndusk.space.constellation.environment import Environment
from dawndusk.space.constellation.fleet import Fleet

SHOWN: Final = 24_000  # satellites in a picture; more make one colour of it


@record
class Snapshot:
    """Satellites at one instant, and what a picture says of their groups.

    Parameters
    ----------
    title, subtitle : str
        Headline and the line below it.
    labels : tuple of str
        Groups.
    group : array
        Index into `labels`, shape (n,).
    fixed : array
        Latitude and longitude, deg, shape (2, n).
    sunward : array
        Earth radii, shape (3, n): to the Sun, along the ecliptic, to the north of the ecliptic.
    lit : array
        Visible share of the Sun's disc, shape (n,).
    sun_place : tuple of float
        Latitude and longitude below the Sun, deg.
    light, edge : array
        Annual mean light by group, nominal and at the edge of the nodes' tolerance (NaN: none).
    """

    title: str
    subtitle: str
    labels: tuple[str, ...]
    group: Ints
    fixed: Floats
    sunward: Floats
    lit: Floats
    sun_place: tuple[float, float]
    light: Floats
    edge: Floats


def snapshot(fleet: Fleet, found: Environment, *, seconds: float, shown: int = SHOWN) -> Snapshot:
    """The fleet at an instant.

    Parameters
    ----------
    fleet, found : Fleet, Environment
        What flies, and its light over the year.
    seconds : float
        Seconds TT since J2000.
    shown : int
        Satellites in the picture, spread evenly over all.
    """
    _, elements, group = fleet.sample(shown)
    places = positions(elements, seconds)
    sun = sun_direction(seconds)
    total = int(found.satellites.sum())
    when = str(time.utc_from_seconds(seconds).astype("datetime64[m]")).replace("T", " ")
    planes = sum(g.planes for g in fleet.groups)
    some = f"{group.size:,} of them shown" if group.size < total else "all shown"
    return Snapshot(
        title=fleet.title,
        subtitle=f"{total:,} satellites in {planes:,} planes, {some}, at {when} UTC",
        labels=tuple(f"{g.name}: {g.label}" if g.label != g.name else g.name for g in fleet.groups),
        group=group,
        fixed=_over_ground(earth_fixed(places, seconds)),
        sunward=_axes(sun, seconds) @ places / EARTH_RADIUS,
        lit=_lit(places, sun, seconds),
        sun_place=tuple(_over_ground(earth_fixed(sun[:, None], seconds))[:, 0].tolist()),
        light=found.sunlit,
        edge=found.edge,
    )


def _over_ground(fixed: Floats) -> Floats:
    """Geocentric latitude and longitude (deg)."""
    x, y, z = fixed
    return np.asarray(np.rad2deg(np.stack([np.arctan2(z, np.hypot(x, y)), np.arctan2(y, x)])))


def _axes(sun: Floats, seconds: float) -> Floats:
    """Rows: to the Sun, along the ecliptic eastward of it, north of the ecliptic."""
    tilt = float(mean_obliquity(seconds))
    pole = np.array([0.0, -np.sin(tilt), np.cos(tilt)])
    east = np.cross(pole, sun)
    east /= np.linalg.norm(east)
    return np.stack([sun, east, np.cross(sun, east)])


def _lit(places: Floats, sun: Floats, seconds: float) -> Floats:
    radius = np.sqrt((places**2).sum(axis=0))
    angle = np.arccos(np.clip(-(sun @ places) / radius, -1.0, 1.0))
    return visible_disc_fraction(angle, radius - EARTH_RADIUS, float(sun_distance(seconds)))
