"""A large network thinned for the search of paths: up to a million satellites as up to 100,000 nodes.

The whole network is a grid: rings within planes, and a link from each satellite to its like in every
neighbour plane. Some satellites of each plane are kept as nodes. A link of the small graph is as long as the
way it stands for, hop by hop through the satellites left out, so every path found is one that the whole
network has, and no round trip found is too short. It can be too long, as paths change planes at kept
satellites only: by 3-15 % on average, and 94 % at most, of the time that light needs from one kept satellite
to the next and back (2.7 ms for 400 km). Measured for four shells of 12,960 to 97,200 satellites, one in 2, 5
and 10 kept, between 12 to 40 places, least elevations of 11 to 34 deg.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Ints, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.network import latency, topology
from dawndusk.physics.network.ground_stations import sightings

FARTHEST: Final = number("linked_planes_apart")  # rad between the nodes of neighbour planes
FEWEST: Final = 3  # satellites of a ring
_UNEVEN: Final = 1e-6  # of a slot: planes less even than this are no ring


@record
class Reduced:
    """The small graph of a large network at one instant.

    Parameters
    ----------
    kept : array of int
        Satellite that each node is, shape (nodes,).
    links : array of int
        Links between nodes, shape (2, links).
    lengths : array
        Way through the whole network that each link stands for (m), shape (links,).
    node, walk : array
        For every satellite, the nearest node in its plane and the way there (m), shape (satellites,).
    """

    kept: Ints
    links: Ints
    lengths: Annotated[Floats, Unit("m")]
    node: Ints
    walk: Annotated[Floats, Unit("m")]


@record
class _Nodes:
    """Kept satellites, and what is needed to find the one nearest to a slot; per plane unless said."""

    counts: Ints
    kept: Ints
    offset: Ints  # slot of the first node
    firsts: Ints  # number of the first satellite
    starts: Ints  # number of the first node
    plane: Ints  # per node
    slot: Ints  # per node

    def nearest(self, plane: Ints, slot: Ints) -> tuple[Ints, Ints]:
        """Node of a plane nearest to a slot, and hops from the slot to it."""
        count, kept = self.counts[plane], self.kept[plane]
        place = np.rint(np.mod(slot - self.offset[plane], count) * kept / count).astype(np.int64) % kept
        node = self.starts[plane] + place
        hops = np.abs(self.slot[node] - slot)
        return node, np.minimum(hops, count - hops)


def neighbour_planes(planes: Planes, *, farthest: float = FARTHEST) -> Ints:
    """Pairs of planes that are linked, shape (2, pairs): next nodes in a shell, like ones in the next.

    Parameters
    ----------
    planes : Planes
        Of one or more groups; groups are not joined.
    farthest : float
        Largest angle between the nodes of two linked planes (rad).

    Notes
    -----
    A choice, as filings give no topology. Planes at 06:00 and 18:00 are half the equator apart and stay
    unlinked; planes of the same number in neighbour shells differ in altitude, and their satellites drift
    past each other: those links change within the hour.
    """
    order, shell = _by_shell(planes)
    same = shell[1:] == shell[:-1]
    first, last = (np.searchsorted(shell, np.unique(shell), side) for side in ("left", "right"))
    seam = last - first > 2
    used = np.flatnonzero(planes.satellites > 0)
    column = planes.group[used] * (planes.plane.max() + 1) + planes.plane[used]
    up = np.lexsort((planes.shell[used], column))
    alike = column[up][1:] == column[up][:-1]
    inside = np.stack([order[:-1], order[1:]])[:, same]
    ends = np.stack([order[last[seam] - 1], order[first[seam]]])
    above = np.stack([used[up[:-1]], used[up[1:]]])[:, alike]
    pairs = np.concatenate([inside, ends, above], axis=1)
    apart = np.angle(np.exp(1j * (planes.raan[pairs[0]] - planes.raan[pairs[1]])))
    return np.asarray(pairs[:, np.abs(apart) <= farthest])


def _by_shell(planes: Planes) -> tuple[Ints, Ints]:
    """Planes that have satellites, by shell and node, and the key of the shell of each."""
    used = np.flatnonzero(planes.satellites > 0)
    shell = planes.group[used] * (planes.shell.max() + 1) + planes.shell[used]
    order = np.lexsort((planes.raan[used], shell))
    return used[order], shell[order]


def reduce(
    planes: Planes,
    positions: Floats,
    seconds: float,
    *,
    largest: int = latency.LARGEST,
    farthest: float = FARTHEST,
    lowest_link: float = topology.LOWEST_LINK,
    longest_link: float = np.inf,
) -> Reduced:
    """The grid of a constellation at an instant, thinned to a number of nodes.

    Parameters
    ----------
    planes : Planes
        At their epoch; satellites evenly around each plane, at least 3 or none.
    positions : array
        All satellites, plane by plane, shape (3, satellites), m.
    seconds : float
        Instant of the positions, s TT since J2000.
    largest : int
        Most nodes (a few more where planes are small); with as many as satellites, the whole network.
    farthest : float
        As in `neighbour_planes` (rad).
    lowest_link, longest_link : float
        Which links work: altitude of the line of sight and length (m).

    Raises
    ------
    UserError
        For planes whose satellites are not spread evenly around them, or positions of other satellites.

    Notes
    -----
    Satellites of neighbour planes are alike in argument of latitude, to the nearest slot: within a shell the
    same ones always. Between planes of unequal numbers slots are scaled. Kept satellites follow the links
    from plane to plane, so that crossing many planes costs no detour; the fullest planes are thinned first.
    A million satellites take 0.1-0.2 s.
    """
    _check(planes, positions)
    phase = planes.phase + (seconds - planes.epoch) * orbit.argument_of_latitude_rate(
        planes.altitude, planes.inclination
    )
    nodes = _nodes(planes, phase, largest)
    satellite = nodes.firsts[nodes.plane] + nodes.slot
    chord = topology.link_lengths(positions, nodes.firsts + np.array([[0], [1]]) * (nodes.counts > 0))
    following = nodes.starts[nodes.plane] + (
        np.arange(nodes.plane.size) - nodes.starts[nodes.plane] + 1
    ) % np.maximum(nodes.kept[nodes.plane], 1)
    hops = np.mod(nodes.slot[following] - nodes.slot, nodes.counts[nodes.plane])
    node, there, slot = _rungs(nodes, neighbour_planes(planes, farthest=farthest), phase)
    target, walk = nodes.nearest(there, slot)
    links = np.stack([satellite[node], nodes.firsts[there] + slot])
    works = topology.clear(positions, links, lowest=lowest_link, longest=longest_link)
    across = topology.link_lengths(positions, links) + walk * chord[there]
    links, lengths = _shortest(
        np.concatenate([np.stack([np.arange(following.size), following]), np.stack([node, target])], axis=1),
        np.concatenate([hops * chord[nodes.plane], np.where(works, across, np.inf)]),
    )
    plane = np.repeat(np.arange(planes.size), planes.satellites)
    nearest, steps = nodes.nearest(plane, np.arange(plane.size) - nodes.firsts[plane])
    return Reduced(kept=satellite, links=links, lengths=lengths, node=nearest, walk=steps * chord[plane])


def _check(planes: Planes, positions: Floats) -> None:
    if positions.shape != (3, planes.total):
        raise problem("positions", positions.shape, f"shape (3, {planes.total})", "all satellites")
    count = planes.satellites
    slots = planes.spacing * count / (2.0 * np.pi)
    bad = np.flatnonzero((count > 0) & ((count < FEWEST) | (np.abs(slots - 1.0) * count > _UNEVEN * count)))
    if bad.size:
        read = f"{count[bad[0]]} satellites over {360.0 * slots[bad[0]]:g} deg of plane {bad[0]}"
        raise problem("planes", read, "at least 3 satellites, evenly around each plane", "whole rings")


def _nodes(planes: Planes, phase: Floats, largest: int) -> _Nodes:
    """Which satellites are kept: equally many in all planes that have so many, following the links."""
    counts = planes.satellites
    order, shell = _by_shell(planes)
    step = np.zeros(order.size, dtype=np.int64)
    step[1:] = _shift(phase, counts, order[:-1], order[1:])
    total = np.cumsum(step)
    offset = np.zeros(planes.size, dtype=np.int64)
    offset[order] = np.mod(total - total[np.searchsorted(shell, shell)], counts[order])
    kept = np.minimum(counts, max(_room(counts, largest), FEWEST))
    plane = np.repeat(np.arange(planes.size), kept)
    node_starts = np.cumsum(kept) - kept
    place = np.arange(plane.size) - node_starts[plane]
    return _Nodes(
        counts=counts,
        kept=kept,
        offset=offset,
        firsts=np.cumsum(counts) - counts,
        starts=node_starts,
        plane=plane,
        slot=(offset[plane] + place * counts[plane] // kept[plane]) % counts[plane],
    )


def _room(counts: Ints, largest: int) -> int:
    """Most nodes a plane may have for all planes together to have no more than the largest number."""
    deep = np.bincount(counts)
    planes_as_full = np.cumsum(deep[::-1])[::-1][1:]
    return int(np.searchsorted(np.cumsum(planes_as_full), largest, side="right"))


def _shift(phase: Floats, counts: Ints, here: Ints, there: Ints) -> Ints:
    """Slot of another plane alike to slot 0 of a plane, nearest to 0 to either side."""
    return topology.nearest_shift(phase[here], phase[there], counts[there])


def _rungs(nodes: _Nodes, pairs: Ints, phase: Floats) -> tuple[Ints, Ints, Ints]:
    """Node, plane and slot at the other end, of every link between planes, from either side."""
    parts = []
    for here, there, sign in ((pairs[0], pairs[1], 1), (pairs[1], pairs[0], -1)):
        shift = sign * _shift(phase, nodes.counts, pairs[0], pairs[1])
        kept = nodes.kept[here]
        pair = np.repeat(np.arange(here.size), kept)
        node = nodes.starts[here][pair] + np.arange(pair.size) - (np.cumsum(kept) - kept)[pair]
        other = there[pair]
        count = nodes.counts[other]
        slot = np.rint(nodes.slot[node] * count / nodes.counts[nodes.plane[node]]).astype(np.int64)
        parts.append((node, other, (slot + shift[pair]) % count))
    node, other, slot = (np.concatenate(column) for column in zip(*parts, strict=True))
    return node, other, slot


def _shortest(links: Ints, lengths: Floats) -> tuple[Ints, Floats]:
    """One link for each pair of nodes: the shortest of those found; none that is cut or leads to itself."""
    low, high = np.sort(links, axis=0)
    order = np.lexsort((lengths, high, low))
    order = order[np.isfinite(lengths[order]) & (low[order] != high[order])]
    pairs = np.stack([low[order], high[order]])
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = np.any(pairs[:, 1:] != pairs[:, :-1], axis=0)
    return pairs[:, new], lengths[order[new]]


def reduced_round_trips(
    reduced: Reduced,
    positions: Floats,
    stations: Floats,
    zeniths: Floats,
    *,
    minimum_elevation: float = 0.0,
    longest_ground: float = np.inf,
) -> Floats:
    """Round-trip times between stations through the small graph (s), shape (stations, stations).

    Parameters
    ----------
    reduced : Reduced
        From `reduce`, at this instant.
    positions : array
        All satellites, shape (3, satellites), m.
    stations, zeniths, minimum_elevation, longest_ground
        Of links and stations, as in `physics.network.latency`; stations use every satellite that they see.

    Notes
    -----
    Never below the round trip of the whole network; see the module for how much above.
    """
    graph = latency.graph_of(reduced.links, reduced.kept.size)
    seen = sightings(
        stations, zeniths, positions, minimum_elevation=minimum_elevation, longest=longest_ground
    )
    through = replace(
        seen,
        satellite=reduced.node[seen.satellite],
        distance=seen.distance + reduced.walk[seen.satellite],
    )
    return latency.network_round_trips(graph, reduced.lengths, through, stations.shape[1])
