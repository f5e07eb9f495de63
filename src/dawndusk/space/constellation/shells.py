"""The shells that real satellites form: found again from their elements, because no file names them."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Ints, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.sgp4_orbits import mean_altitude

INCLINATION_WIDTH: Final = np.deg2rad(number("shell_inclination_width"))  # rad; neighbouring shells
ALTITUDE_WIDTH: Final = number("shell_altitude_width")  # m; station-kept satellites
PLANE_GAP: Final = np.deg2rad(number("plane_node_gap"))  # rad of node between two planes
LEAST_SHARE: Final = number("shell_least_share")  # of the catalogue: fewer satellites are not called a shell
LEAST: Final = 10
LEAST_IN_PLANE: Final = 3
OTHER: Final = "other"


@record
class RealShell:
    """Satellites of one inclination and altitude.

    Parameters
    ----------
    name : str
        Such as ``53.16 deg, 460 km``; ``other`` for those between shells, rising, sinking or alone.
    members : array of int
        Indices into the catalogue.
    altitude, altitude_low, altitude_high : m
        Median, lowest and highest mean altitude.
    inclination : rad
        Median.
    planes : int
        Groups of at least 3 satellites whose nodes, brought to one epoch, are less than 0.5 deg apart; 0
        for ``other``. An estimate: a shell that is being rebuilt has no clear planes.
    """

    name: str
    members: Ints
    altitude: Annotated[float, Unit("m")]
    altitude_low: Annotated[float, Unit("m")]
    altitude_high: Annotated[float, Unit("m")]
    inclination: Annotated[float, Unit("rad")]
    planes: int

    @property
    def size(self) -> int:
        """Number of satellites."""
        return int(self.members.size)


def shells_of(catalogue: Catalogue, least: int | None = None) -> tuple[RealShell, ...]:
    """Shells of a catalogue, the largest first, and last ``other`` if any satellite is left.

    Parameters
    ----------
    catalogue : Catalogue
        As read: no satellite below 150 km.
    least : int, optional
        Satellites that a shell must have; 1 % of the catalogue, at least 10, without.

    Notes
    -----
    The fullest window of 0.04 deg is taken first and within it the fullest of 5 km, and so on with what is
    left. On Starlink (2025-05, 2026-08) this finds the shells as filed, and, while it moves to lower orbits,
    the levels in between as shells of their own.
    """
    enough = max(LEAST, round(LEAST_SHARE * catalogue.size)) if least is None else least
    altitude = mean_altitude(catalogue)
    groups = [
        strip[level]
        for strip in windows(catalogue.inclination, INCLINATION_WIDTH, enough)
        for level in windows(altitude[strip], ALTITUDE_WIDTH, enough)
    ]
    shells = [_shell(catalogue, altitude, members) for members in groups]
    shells = _told_apart(sorted(shells, key=lambda shell: (-shell.size, shell.name)))
    rest = np.setdiff1d(np.arange(catalogue.size), np.concatenate([np.empty(0, dtype=np.int64), *groups]))
    other = [_described(OTHER, catalogue, altitude, rest, planes=0)] if rest.size else []
    return (*shells, *other)


def windows(values: Floats, width: float, least: int) -> list[Ints]:
    """Indices of values in the fullest window of a width, then in the fullest of what is left, and so on.

    Parameters
    ----------
    values : array
        Shape (n,).
    width : float
        Of a window, in the unit of the values.
    least : int
        Fewest values of a window.

    Notes
    -----
    The window lies around the median of the fullest one, so that a shell's stragglers on either side count.
    """
    left, found = np.argsort(values, kind="stable"), []
    while left.size >= least:
        ordered = values[left]
        counts = np.searchsorted(ordered, ordered + width, side="right") - np.arange(left.size)
        best = int(counts.argmax())
        if counts[best] < least:
            break
        middle = float(np.median(ordered[best : best + counts[best]]))
        inside = np.abs(ordered - middle) <= width / 2.0
        inside[best : best + counts[best]] = True
        found.append(np.sort(left[inside]))
        left = left[~inside]
    return found


def _shell(catalogue: Catalogue, altitude: Floats, members: Ints) -> RealShell:
    height, tilt = np.median(altitude[members]), np.median(catalogue.inclination[members])
    name = f"{np.rad2deg(tilt):.2f}".rstrip("0").rstrip(".") + f" deg, {height / 1e3:.0f} km"
    return _described(name, catalogue, altitude, members, planes=planes_of(catalogue, members))


def _told_apart(shells: list[RealShell]) -> list[RealShell]:
    """Shells with a number behind a name that a larger one already has."""
    names = [shell.name for shell in shells]
    before = [names[:k].count(name) for k, name in enumerate(names)]
    return [
        replace(shell, name=f"{shell.name} ({k + 1})") if k else shell
        for shell, k in zip(shells, before, strict=True)
    ]


def _described(name: str, catalogue: Catalogue, altitude: Floats, members: Ints, planes: int) -> RealShell:
    heights = altitude[members]
    return RealShell(
        name=name,
        members=members,
        altitude=float(np.median(heights)),
        altitude_low=float(heights.min()),
        altitude_high=float(heights.max()),
        inclination=float(np.median(catalogue.inclination[members])),
        planes=planes,
    )


def planes_of(catalogue: Catalogue, members: Ints) -> int:
    """Estimated number of planes: groups of nodes with gaps between them.

    Parameters
    ----------
    catalogue : Catalogue
        As read.
    members : array of int
        Satellites of one shell.
    """
    nodes = np.sort(_nodes_at_one_epoch(catalogue.take(members)))
    gaps = np.diff(nodes, append=nodes[:1] + 2.0 * np.pi)
    ends = np.flatnonzero(gaps > PLANE_GAP)
    if ends.size == 0:
        return 1
    sizes = np.diff(ends, append=ends[:1] + nodes.size)
    return int(np.count_nonzero(sizes >= LEAST_IN_PLANE))


def _nodes_at_one_epoch(catalogue: Catalogue) -> Floats:
    """Nodes (0 to 2 pi) where J2 has turned them by the latest epoch; circular orbits."""
    altitude = mean_altitude(catalogue)
    rate = orbit.raan_rate(
        np.clip(altitude, orbit.LOWEST_ALTITUDE, orbit.HIGHEST_ALTITUDE), catalogue.inclination
    )
    nodes = catalogue.raan + rate * (catalogue.epoch.max() - catalogue.epoch)
    return np.asarray(np.mod(nodes, 2.0 * np.pi))
