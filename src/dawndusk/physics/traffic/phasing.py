"""Phases of the planes of a shell, chosen so that satellites of crossing planes pass between each other.

A filing gives no phases. Drawn at random, or all from the node, some planes of a shell meet slot on slot at
their crossings and every satellite has a near miss on each turn; an operator would not fly that.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.records import Floats, Ints, replace
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.traffic.plane_field import PlaneField, latitude_on, plane_field

STEPS: Final = 360  # shifts between neighbouring planes that are tried, evenly over a slot


def safest_phases(planes: Planes) -> Planes:
    """The same planes, each shell with the even shift between planes that keeps crossings furthest apart.

    Parameters
    ----------
    planes : Planes
        From `layout.planes_of`. Numbers of satellites that differ by the rounding of a cap count as equal.

    Returns
    -------
    Planes
        With other phases: a multiple of the shift in the order of the planes of a shell, from 0.

    Notes
    -----
    Of `STEPS` shifts the one whose least horizontal miss distance is greatest; Walker's
    constellations are among them. Uneven phases could do better, and nothing is said about other shells.
    """
    field, order = _field(planes)
    shift = np.zeros(planes.size)
    for rows in np.split(np.arange(order.size), field.starts[1:]):
        first, second = np.triu_indices(rows.size, 1)
        if not first.size:
            continue
        plane = np.arange(rows.size, dtype=np.float64)
        tried = np.arange(STEPS) / STEPS
        phases = np.outer(plane, tried) * field.spacing[rows, None]
        worst = _misses(field, rows[first], rows[second], phases[first], phases[second]).min(axis=0)
        shift[order[rows]] = phases[:, int(worst.argmax())]
    return replace(planes, phase=np.mod(shift, 2.0 * np.pi))


def _field(planes: Planes) -> tuple[PlaneField, Ints]:
    """Planes as vectors, and the row that each had before they were sorted."""
    nothing = np.zeros(planes.size)
    held = np.flatnonzero(planes.satellites > 0)
    order = held[np.lexsort((planes.shell[held], planes.group[held]))]
    return plane_field(planes, nothing, nothing), order


def _misses(field: PlaneField, p: Ints, q: Ints, phase_p: Floats, phase_q: Floats) -> Floats:
    """Horizontal miss distance of the nearest slots at the crossings (m), shape (pairs, choices)."""
    line = np.cross(field.normal[:, p], field.normal[:, q], axis=0)
    ahead = (latitude_on(field, q, line) - latitude_on(field, p, line))[:, None] + phase_p - phase_q
    slot = field.spacing[q][:, None]
    apart = np.abs(np.mod(ahead / slot + 0.5, 1.0) - 0.5) * slot
    cosine = (field.normal[:, p] * field.normal[:, q]).sum(axis=0)
    half = np.sqrt(np.maximum(0.5 * (1.0 + cosine), 0.0))
    return np.asarray(apart * (field.radius[p] * half)[:, None])
