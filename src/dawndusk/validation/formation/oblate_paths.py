"""Paths of satellites near one another in Earth's field with J2, integrated: the truth for a cluster.

Numbers for `formation`, and the reference that its approximations are measured against. Only the point mass
and J2 act; in differences between satellites a few kilometres apart the higher harmonics are about a
hundredth of J2's part, Moon and Sun a ten-thousandth.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER, J2
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.physics.motion.orbit import checked_inclination, mean_motion, orbit_radius
from dawndusk.validation.formation.relative_motion import oblateness_factor

PRECISION: Final = 1e-13  # relative, of the integration; 0.1 mm after 15 orbits


@record
class Orbiting:
    """Where the reference of a cluster starts: mean altitude and inclination, and place on the orbit.

    Parameters
    ----------
    altitude : m
        Mean height of the orbit above the equatorial radius.
    inclination : rad
        Tilt against the equator.
    argument : rad
        Argument of latitude of the start; J2 pulls differently over the poles and over the equator.
    """

    altitude: Annotated[float, Unit("m", 150e3, 50e6)]
    inclination: Annotated[float, Unit("rad", 0.0, 3.1416)]
    argument: Annotated[float, Unit("rad")] = 0.0


def reference_start(orbit: Orbiting) -> Floats:
    """Place and velocity of the reference, shape (6,): as circular as an orbit can be under J2.

    Parameters
    ----------
    orbit : Orbiting
        Its node is the first axis of the inertial frame.

    Notes
    -----
    First-order solution of the J2 problem without eccentricity: r = a (1 + q cos 2u) with
    q = J2 (R/a)2 sin2(i) / 4, mean pull n2 a (1 + s): Schweighart & Sedwick (2002), s as in
    `oblateness_factor`. What it leaves out is an eccentricity of order J2 squared, 1e-6.
    """
    tilt, radius = float(checked_inclination(orbit.inclination)), float(orbit_radius(orbit.altitude))
    speed = radius * float(mean_motion(orbit.altitude))
    swell = 0.25 * J2 * (EARTH_RADIUS / radius) ** 2 * np.sin(tilt) ** 2
    stiff = float(oblateness_factor(orbit.altitude, tilt))
    up, ahead, _ = _axes_at(tilt, orbit.argument)
    place = radius * (1.0 + swell * np.cos(2.0 * orbit.argument)) * up
    climb = -2.0 * swell * speed * np.sin(2.0 * orbit.argument)
    forward = speed * (1.0 + 0.5 * stiff + 2.0 * swell * np.cos(2.0 * orbit.argument))
    return np.concatenate([place, climb * up + forward * ahead])


def _axes_at(tilt: float, argument: float) -> Floats:
    cosine, sine = np.cos(argument), np.sin(argument)
    up = np.array([cosine, sine * np.cos(tilt), sine * np.sin(tilt)])
    ahead = np.array([-sine, cosine * np.cos(tilt), cosine * np.sin(tilt)])
    return np.array([up, ahead, np.cross(up, ahead)])


def axes(states: Floats) -> Floats:
    """Radial, along and across directions of states, shape (3, 3, ...): axis, then component.

    Parameters
    ----------
    states : array
        Shape (6, ...), inertial.
    """
    up = states[:3] / np.linalg.norm(states[:3], axis=0)
    normal = np.cross(states[:3], states[3:], axis=0)
    across = normal / np.linalg.norm(normal, axis=0)
    return np.array([up, np.cross(across, up, axis=0), across])


def inertial(reference: Floats, states: Floats) -> Floats:
    """Inertial states of the reference and of satellites around it, shape (6, 1 + n).

    Parameters
    ----------
    reference : array
        Shape (6,), inertial.
    states : array
        Shape (6, n), relative, in axes that turn with the reference about its orbit's normal.
    """
    directions = axes(reference)
    turn = np.cross(reference[:3], reference[3:]) / (reference[:3] @ reference[:3])
    apart = directions.T @ states[:3]
    moving = directions.T @ states[3:] + np.cross(turn, apart, axis=0)
    around = reference[:, None] + np.concatenate([apart, moving])
    return np.concatenate([reference[:, None], around], axis=1)


def seen_from_first(states: Floats) -> Floats:
    """Places of all but the first satellite in the axes of the first, shape (3, n, times).

    Parameters
    ----------
    states : array
        Inertial, shape (6, 1 + n, times).
    """
    directions = axes(states[:, 0])
    return np.asarray(np.einsum("ack,cnk->ank", directions, states[:3, 1:] - states[:3, :1]))


def energies(states: Floats) -> Floats:
    """Energy per mass in the J2 field (J/kg), constant along each path, shape of a component.

    Parameters
    ----------
    states : array
        Inertial, shape (6, ...).
    """
    radius = np.sqrt((states[:3] ** 2).sum(axis=0))
    bulge = J2 * (EARTH_RADIUS / radius) ** 2 * (1.5 * (states[2] / radius) ** 2 - 0.5)
    return np.asarray(0.5 * (states[3:] ** 2).sum(axis=0) - GRAVITATIONAL_PARAMETER / radius * (1.0 - bulge))


def flown(states: Floats, seconds: Floats) -> Floats:
    """Paths in Earth's field with J2, integrated, shape (6, n, times).

    Parameters
    ----------
    states : array
        Inertial, shape (6, n), at time zero.
    seconds : array
        Shape (times,), rising, from zero on.

    Raises
    ------
    UserError
        If the integration fails, as when a path hits the Earth's centre.

    Notes
    -----
    Dormand-Prince of order 8 (Hairer, Norsett & Wanner 1993). 82 satellites over 15 orbits take about 2 s.
    """
    from scipy.integrate import solve_ivp

    shape = states.shape

    def slope(_: float, flat: Floats) -> Floats:
        state = flat.reshape(shape)
        return np.concatenate([state[3:].ravel(), _pull(state[:3]).ravel()])

    found = solve_ivp(
        slope, (0.0, seconds[-1]), states.ravel(), "DOP853", seconds, rtol=PRECISION, atol=PRECISION * 1e7
    )
    if not found.success:
        raise problem("states", found.message, "orbits that stay clear of the Earth", "a higher orbit")
    return np.asarray(found.y.reshape(*shape, -1))


def _pull(places: Floats) -> Floats:
    """Acceleration by a point mass and J2 (m/s2): Vallado (2013), sec. 8.7."""
    square = (places**2).sum(axis=0)
    main = -GRAVITATIONAL_PARAMETER / square**1.5
    share = 1.5 * J2 * EARTH_RADIUS**2 / square
    rise = 5.0 * places[2] ** 2 / square
    return np.asarray(places * main * (1.0 + share * (np.array([1.0, 1.0, 3.0])[:, None] - rise)))
