"""Planes as vectors, sorted by shell: what the statistics of approaches are computed from."""

from __future__ import annotations

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, record
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes


@record
class PlaneField:
    """Planes that hold satellites, sorted by shell, each array of shape (planes,) unless said otherwise.

    Parameters
    ----------
    altitude, rate : array
        Altitude (m) and angular speed along the orbit from node to node (rad/s).
    normal, node, ahead : array of shape (3, planes)
        Unit vectors along the orbit's angular momentum, to the ascending node, and a quarter turn after it.
    phase, spacing : array
        Argument of latitude of the first satellite, and from one to the next (rad).
    kept, failed : array
        Satellites that hold their station, and that cannot manoeuvre.
    drop : array
        Depth through which the latter are spread below the shell (m).
    group, shell : array of int
        Number of the group, and of the shell among all.
    starts : array of int, shape (shells,)
        First plane of each shell.
    """

    altitude: Floats
    rate: Floats
    normal: Floats
    node: Floats
    ahead: Floats
    phase: Floats
    spacing: Floats
    kept: Floats
    failed: Floats
    drop: Floats
    group: Ints
    shell: Ints
    starts: Ints

    @property
    def radius(self) -> Floats:
        """Distance from Earth's centre (m)."""
        return orbit.orbit_radius(self.altitude)


def plane_field(planes: Planes, failed: Floats, drop: Floats) -> PlaneField:
    """Planes as vectors, sorted by shell; empty planes left out.

    Parameters
    ----------
    planes : Planes
        From `layout.planes_of`.
    failed, drop : array of shape (planes,)
        Share of satellites that cannot manoeuvre, and depth through which they are spread (m).

    Raises
    ------
    UserError
        For angles that are not finite, or if no plane holds a satellite.
    """
    if not (planes.satellites > 0).any():
        raise problem("planes", "no satellite", "at least one satellite in a plane", "more satellites")
    _, shell = np.unique(np.stack([planes.group, planes.shell]), axis=1, return_inverse=True)
    order = np.argsort(shell, kind="stable")
    order = order[planes.satellites[order] > 0]
    tilt = orbit.checked_inclination(planes.inclination)[order]
    raan = within("raan", planes.raan, -100.0, 100.0, scale=1.0, unit="rad", write="0 rad")[order]
    phase = within("phase", planes.phase, -1e6, 1e6, scale=1.0, unit="rad", write="0 rad")[order]
    zero = np.zeros_like(raan)
    altitude, count = planes.altitude[order], planes.satellites[order].astype(np.float64)
    node = np.stack([np.cos(raan), np.sin(raan), zero])
    normal = np.stack([np.sin(tilt) * np.sin(raan), -np.sin(tilt) * np.cos(raan), np.cos(tilt)])
    sorted_shell = shell[order]
    return PlaneField(
        altitude=altitude,
        rate=orbit.argument_of_latitude_rate(altitude, tilt),
        normal=normal,
        node=node,
        ahead=np.cross(normal, node, axis=0),
        phase=phase,
        spacing=planes.spacing[order],
        kept=count * (1.0 - failed[order]),
        failed=count * failed[order],
        drop=np.asarray(drop[order], dtype=np.float64),
        group=planes.group[order],
        shell=np.unique(sorted_shell, return_inverse=True)[1],
        starts=np.unique(sorted_shell, return_index=True)[1],
    )


def tilt_cosine(fleet: PlaneField, first: Ints | slice, second: Ints | slice) -> Floats:
    """Cosine of the angle between planes."""
    return np.asarray(np.clip(fleet.normal[:, first].T @ fleet.normal[:, second], -1.0, 1.0))


def latitude_on(fleet: PlaneField, planes: Ints, line: Floats) -> Floats:
    """Argument of latitude at which a plane meets a line."""
    ahead, along = fleet.ahead[:, planes], fleet.node[:, planes]
    return np.asarray(np.arctan2((line * ahead).sum(axis=0), (line * along).sum(axis=0)))
