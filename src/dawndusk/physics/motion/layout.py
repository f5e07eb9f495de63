"""Orbital planes and satellites of a constellation: where each plane lies and how its slots are spread.

Filings give shells, planes and slots, but neither nodes nor phases; those are chosen here, evenly and the
same on every run. All orbits are circular. What depends on phases (neighbours, links) is therefore one case
among many; what depends on planes alone (light, heat, dose) is not touched by it.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.constellation import Constellation, Group
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Ints, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.sun import mean_sun_right_ascension

DAWN: Final = number("dawn_dusk_hour")  # h, mean local time of the ascending node of a dawn-dusk orbit
DUSK: Final = DAWN + 12.0  # h, the mirror of 06:00
CLUSTER_SPACING: Final = number("cluster_spacing")  # m along the orbit
_TURN: Final = 2.0 * np.pi
_GOLDEN: Final = 0.6180339887498949  # its multiples spread evenly over the unit interval, however many


@record
class Planes:
    """Orbital planes as a structure of arrays, each of shape (planes,).

    Parameters
    ----------
    epoch : s
        Instant at which nodes and phases hold, seconds TT since J2000.
    altitude, inclination : array
        Circular orbit of the plane.
    raan : array
        Ascending node at the epoch, 0 to 2 pi, mean equinox of date.
    ltan : array
        Mean local time of the ascending node at the epoch (h, 0 to 24). It stays only in sun-synchronous
        planes.
    group, shell, plane : array of int
        Number of the group in the constellation, of the shell in the group (from the lowest), and of the
        plane in the shell.
    satellites : array of int
        Satellites in the plane after thinning to the cap; may be 0.
    phase : array
        Argument of latitude of the plane's first satellite at the epoch.
    spacing : array
        Angle from one satellite of the plane to the next.
    """

    epoch: Annotated[float, Unit("s")]
    altitude: Annotated[Floats, Unit("m")]
    inclination: Annotated[Floats, Unit("rad")]
    raan: Annotated[Floats, Unit("rad")]
    ltan: Annotated[Floats, Unit("h")]
    group: Ints
    shell: Ints
    plane: Ints
    satellites: Ints
    phase: Annotated[Floats, Unit("rad")]
    spacing: Annotated[Floats, Unit("rad")]

    @property
    def size(self) -> int:
        """Number of planes."""
        return int(self.altitude.size)

    @property
    def total(self) -> int:
        """Number of satellites."""
        return int(self.satellites.sum())


_PER_PLANE: Final = (
    "altitude",
    "inclination",
    "raan",
    "ltan",
    "group",
    "shell",
    "plane",
    "satellites",
    "phase",
    "spacing",
)


def planes_of(constellation: Constellation, epoch: float, *, raan_offset: float = 0.0) -> Planes:
    """Planes of all groups of a constellation, thinned to its cap.

    Parameters
    ----------
    constellation : Constellation
        As read from a file.
    epoch : s
        Instant, seconds TT since J2000.
    raan_offset : rad
        Added to every node, such as the filed tolerance.

    Raises
    ------
    UserError
        Without groups, or for a shell whose orbit cannot be flown as described.
    """
    if not constellation.groups:
        raise problem("groups", "no group", "at least one group of shells", "groups: [...]")
    parts = [group_planes(group, epoch, raan_offset=raan_offset) for group in constellation.groups]
    numbered = [replace(part, group=part.group + k) for k, part in enumerate(parts)]
    joined = {name: np.concatenate([getattr(p, name) for p in numbered]) for name in _PER_PLANE}
    return thin(Planes(epoch=epoch, **joined), constellation.cap)


def group_planes(group: Group, epoch: float, *, raan_offset: float = 0.0) -> Planes:
    """Planes of one group as filed, without any cap.

    Parameters
    ----------
    group : Group
        Shells from the lowest to the highest altitude, evenly spaced; inclinations likewise, unless the
        group is sun-synchronous: then each shell has the inclination of its own altitude.
    epoch : s
        Instant, seconds TT since J2000.
    raan_offset : rad
        Added to every node.

    Raises
    ------
    UserError
        For an altitude out of range or without sun-synchronous orbit.

    Notes
    -----
    ``even``: the nodes of a shell divide the equator evenly from the vernal equinox on, in every shell
    alike. ``dawn-dusk``: 06:00 and 18:00 in turn within a shell. ``cluster``: everything at 06:00, one behind
    the other every 100 m, as a stand-in for a formation (`validation.formation.motion`).
    Shells are shifted in phase against each other by the golden ratio of a slot.
    """
    shell, plane = (index.ravel() for index in np.mgrid[0 : group.shells, 0 : group.planes].astype(np.int64))
    altitude = np.linspace(group.altitude_low, group.altitude_high, group.shells)
    filed = np.linspace(group.inclination_low, group.inclination_high, group.shells)
    tilt = orbit.sun_synchronous_inclination(altitude) if group.sun_synchronous else filed
    orbit.orbit_radius(altitude)
    raan = _nodes(group, plane, epoch) + raan_offset
    count = np.full(shell.size, group.satellites, dtype=np.int64)
    spacing = _TURN / count
    if group.arrangement == "cluster":
        spacing = CLUSTER_SPACING / (EARTH_RADIUS + altitude[shell])
    shift = plane * group.phasing + shell * _GOLDEN
    return Planes(
        epoch=epoch,
        altitude=altitude[shell],
        inclination=orbit.checked_inclination(tilt)[shell],
        raan=_reduced(raan),
        ltan=local_time(raan, epoch),
        group=np.zeros_like(shell),
        shell=shell,
        plane=plane,
        satellites=count,
        phase=_reduced(shift * spacing),
        spacing=spacing,
    )


def _nodes(group: Group, plane: Ints, epoch: float) -> Floats:
    if group.arrangement == "even":
        return np.asarray(plane * (_TURN / group.planes), dtype=np.float64)
    if group.arrangement == "cluster":
        return np.full(plane.size, orbit.raan_from_ltan(DAWN, epoch))
    return orbit.raan_from_ltan(np.where(plane % 2 == 0, DAWN, DUSK), epoch)


def _reduced(angle: Floats) -> Floats:
    return np.asarray(np.mod(angle, _TURN))


def local_time(raan: Floats, epoch: float) -> Floats:
    """Mean local time of an ascending node (h, 0 to 24); the inverse of `orbit.raan_from_ltan`.

    Parameters
    ----------
    raan : array
        Node (rad).
    epoch : s
        Instant, seconds TT since J2000.
    """
    return np.asarray(np.mod(12.0 + np.rad2deg(raan - mean_sun_right_ascension(epoch)) / 15.0, 24.0))


def thin(planes: Planes, cap: int) -> Planes:
    """The same planes with at most `cap` satellites in all, still evenly spaced in each plane.

    Parameters
    ----------
    planes : Planes
        As filed.
    cap : int
        Most satellites; 0 for no cap.

    Notes
    -----
    Every plane keeps its share of the cap, rounded down or up so that the sum is exact: whole shells are
    rounded up, the largest remainders first and among equal ones shells spread evenly over the list, so that
    planes of a shell stay equal; at most one shell has planes of both kinds.
    """
    filed = planes.total
    if cap == 0 or filed <= cap:
        return planes
    kept, remainder = np.divmod(planes.satellites * cap, filed)
    kept += _rounded_up(planes, remainder, cap - int(kept.sum()))
    spacing = planes.spacing * planes.satellites / np.maximum(kept, 1)
    phase = np.where(kept > 0, planes.phase * (spacing / planes.spacing), 0.0)
    return replace(planes, satellites=kept, spacing=spacing, phase=_reduced(phase))


def select(planes: Planes, which: Ints | NDArray[np.bool_] | slice) -> Planes:
    """Some of the planes, such as one group.

    Parameters
    ----------
    planes : Planes
        Of a constellation.
    which : array of int, array of bool or slice
        Rows to keep, in that order.
    """
    return replace(planes, **{name: getattr(planes, name)[which] for name in _PER_PLANE})


def _rounded_up(planes: Planes, remainder: Ints, wanted: int) -> Ints:
    """1 for the planes that are rounded up, `wanted` of them, else 0."""
    shell = np.unique(np.stack([planes.group, planes.shell]), axis=1, return_inverse=True)[1].ravel()
    size, share = np.bincount(shell), np.bincount(shell, weights=remainder)
    spread = np.mod(np.arange(size.size) * _GOLDEN, 1.0)
    up = np.zeros(planes.size, dtype=np.int64)
    torn = None
    for k in np.lexsort((spread, -share / size)):
        if size[k] <= wanted:
            up[shell == k] = 1
            wanted -= int(size[k])
        elif torn is None:
            torn = k
    if wanted and torn is not None:
        torn_planes = np.flatnonzero(shell == torn)
        order = np.argsort(np.mod(np.arange(torn_planes.size) * _GOLDEN, 1.0))
        up[torn_planes[order[:wanted]]] = 1
    return up


def walker(
    total: int,
    planes: int,
    phasing: int,
    *,
    inclination: float,
    altitude: float,
    pattern: Literal["delta", "star"] = "delta",
    epoch: float = 0.0,
) -> Planes:
    """A Walker constellation of one shell, in the notation inclination: total/planes/phasing.

    Parameters
    ----------
    total, planes : int
        Satellites in all, a multiple of the planes.
    phasing : int
        Walker's F, 0 to planes - 1: neighbouring planes are F x 360 deg / total apart in phase.
    inclination, altitude : float
        Orbit (rad, m).
    pattern : str
        ``delta``: nodes over the whole equator; ``star``: over half of it.
    epoch : s
        Instant, seconds TT since J2000.

    Raises
    ------
    UserError
        If the satellites do not divide into the planes, or the phasing is none.

    Notes
    -----
    Source: Walker (1984), *Satellite constellations*, J. Br. Interplanet. Soc. 37, 559.
    """
    if planes < 1 or total < planes or total % planes:
        read = f"{total} satellites in {planes} planes"
        raise problem("total", read, "a whole number of satellites in each plane", "1584/72/17")
    if not 0 <= phasing < planes:
        raise problem("phasing", phasing, f"a whole number from 0 to {planes - 1}", "1")
    group = Group(
        name="walker",
        label="Walker",
        altitude_low=altitude,
        altitude_high=altitude,
        inclination_low=inclination,
        inclination_high=inclination,
        sun_synchronous=False,
        arrangement="even",
        shells=1,
        planes=planes,
        satellites=total // planes,
        phasing=phasing / planes,
    )
    made = group_planes(group, epoch)
    raan = made.raan if pattern == "delta" else 0.5 * made.raan
    return replace(made, raan=raan, ltan=local_time(raan, epoch))


def elements_of(planes: Planes) -> tuple[Elements, Ints]:
    """Mean elements of every satellite at the planes' epoch, and the plane that each belongs to.

    Parameters
    ----------
    planes : Planes
        From `planes_of`, `group_planes` or `walker`.

    Returns
    -------
    elements : Elements
        Circular orbits, plane by plane; the mean anomaly is the argument of latitude. Shape (total,).
    plane : array of int
        Row of `planes` of each satellite.

    Notes
    -----
    A million satellites take about 0.1 s and 64 MB.
    """
    plane = np.repeat(np.arange(planes.size, dtype=np.int64), planes.satellites)
    starts = np.cumsum(planes.satellites) - planes.satellites
    slot = np.arange(plane.size) - starts[plane]
    anomaly = planes.phase[plane] + slot * planes.spacing[plane]
    zeros = np.zeros(plane.size)
    elements = Elements(
        semi_major_axis=(EARTH_RADIUS + planes.altitude)[plane],
        eccentricity=zeros,
        inclination=planes.inclination[plane],
        raan=planes.raan[plane],
        argument_of_perigee=zeros,
        mean_anomaly=_reduced(anomaly),
        epoch=np.full(plane.size, planes.epoch),
    )
    return elements, plane
