"""Mean elements from which SGP4 gives positions of our own orbits: what tools that fly element sets need.

The orbits here are of a secular theory: a circle stays a circle. SGP4 adds the short-period terms of J2 (5 to
16 km in low orbit), so elements handed over as they are would start that far off. Here they are corrected
until SGP4 gives our position at the epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import GRAVITATIONAL_PARAMETER
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, replace
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.precession import teme_vectors
from dawndusk.physics.motion.secular import states as secular_states
from dawndusk.physics.motion.sgp4_orbits import as_catalogue, kozai_mean_motion, semi_major_axis
from dawndusk.physics.motion.sgp4_orbits import states as sgp4_states

CLOSE: Final = 10.0  # m, to which positions are fitted; a TLE rounds by 20 m more
MOST_STEPS: Final = 12  # each gains two to three digits
BLOCK: Final = 100_000  # satellites at a time


def fitted(elements: Elements, names: Sequence[str], numbers: Ints) -> Catalogue:
    """Elements of a constellation of our own, corrected so that SGP4 gives our positions at the epoch.

    Parameters
    ----------
    elements : Elements
        Mean elements (J2-secular), n of them, all of one epoch.
    names : sequence of str
        One name for each.
    numbers : array of int
        Catalogue numbers.

    Raises
    ------
    UserError
        If epochs differ, or SGP4 cannot be brought within 10 m of an orbit.

    Notes
    -----
    Fitted are the position, the radial velocity and the direction of the orbit's plane; the mean motion stays
    ours, so that satellites keep their distances along a plane (fitting the speed too would change the mean
    motion by a thousandth: 600 km after a day). Differential correction: the Keplerian orbit through a state
    is handed to SGP4, and the state is moved by what SGP4 misses. Measured against our own theory, circular
    orbits 350 to 2,000 km up: at most 10 m at the epoch, 18 km within the first orbit, 20 km after a day, 24
    km after a week; over the equator 22, 32 and 70 km.
    """
    made = as_catalogue(elements, names, numbers)
    if made.size and np.ptp(elements.epoch) > 0.0:
        raise problem("epoch", "satellites of several epochs", "one epoch", "elements brought to one epoch")
    blocks = [np.arange(k, min(k + BLOCK, made.size)) for k in range(0, made.size, BLOCK)]
    corrected = [_corrected(made.take(block), _part(elements, block)) for block in blocks]
    moved = ("eccentricity", "inclination", "raan", "argument_of_perigee", "mean_anomaly", "mean_motion")
    return replace(made, **{key: np.concatenate([getattr(c, key) for c in corrected]) for key in moved})


def _part(elements: Elements, block: Ints) -> Elements:
    return replace(elements, **{name: value[block] for name, value in vars(elements).items()})


def _corrected(made: Catalogue, elements: Elements) -> Catalogue:
    """One block, moved until SGP4 stands where we do."""
    epoch = float(elements.epoch[0])
    place, speed = (teme_vectors(x, epoch) for x in secular_states(elements, epoch))
    guess, axis = made, semi_major_axis(made)
    at, going = place.copy(), speed.copy()
    for _ in range(MOST_STEPS):
        found = sgp4_states(guess, epoch)
        missed = place - found.positions
        if float(np.linalg.norm(missed, axis=0).max()) <= CLOSE:
            return guess
        at += missed
        going += speed - found.velocities
        guess = _through(at, going, axis, guess)
    worst = int(np.linalg.norm(missed, axis=0).argmax())
    raise problem(
        made.names[worst],
        f"an orbit that SGP4 misses by {np.linalg.norm(missed[:, worst]):.0f} m at the epoch",
        f"one that it can be fitted to within {CLOSE:g} m",
        "a lower orbit, or .oem, .zip or .czml, which carry positions",
    )


def _through(place: Floats, speed: Floats, axis: Floats, made: Catalogue) -> Catalogue:
    """Keplerian elements of this axis through positions, with their radial speed and plane."""
    normal = np.cross(place, speed, axis=0)
    normal /= np.linalg.norm(normal, axis=0)
    radius = np.linalg.norm(place, axis=0)
    level = np.hypot(normal[0], normal[1])
    raan = np.where(level > 0.0, np.arctan2(normal[0], -normal[1]), 0.0)
    node = np.stack([np.cos(raan), np.sin(raan), 0.0 * raan])
    latitude = np.arctan2((np.cross(node, place, axis=0) * normal).sum(0), (node * place).sum(0))
    cosine = 1.0 - radius / axis
    sine = (place * speed).sum(0) / np.sqrt(GRAVITATIONAL_PARAMETER * axis)
    eccentricity, anomaly = np.hypot(sine, cosine), np.arctan2(sine, cosine)
    shape = np.sqrt(1.0 - eccentricity**2)
    true = np.arctan2(shape * np.sin(anomaly), np.cos(anomaly) - eccentricity)
    turn = 2.0 * np.pi
    fresh = replace(
        made,
        eccentricity=eccentricity,
        inclination=np.arctan2(level, normal[2]),
        raan=np.mod(raan, turn),
        argument_of_perigee=np.mod(latitude - true, turn),
        mean_anomaly=np.mod(anomaly - sine, turn),
    )
    motion = np.sqrt(GRAVITATIONAL_PARAMETER / axis**3)
    return replace(fresh, mean_motion=kozai_mean_motion(motion, fresh.eccentricity, fresh.inclination))
