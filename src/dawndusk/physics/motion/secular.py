"""Satellites under Earth's oblateness, mean elements drifting steadily: plain numpy, nothing to compile.

The node, the perigee and the mean anomaly turn at constant rates, the other mean elements stay. Small jobs
use this; large ones the compiled twin `dawndusk.physics.motion.propagation`, which agrees to a millimetre.

How wrong, against a numerical integration of the same J2 field at 650 km, sun-synchronous, eccentricity
0.001: with mean elements fitted to a whole day, at most 6 km at any time of it (rms 4.6 km), which is the
short-periodic motion that this theory leaves out; fitted to two orbits only, 18 to 24 km after a day. With
osculating elements taken as mean ones, 9 to 1,306 km after a day, nearly all of it along the track, by where
on the orbit they were taken: the semi-major axis swings by 1.5 J2 R^2/a sin^2 i cos 2u, 9.4 km at u = 0 or
90 deg. The drift of the node is right to 0.15 % with mean elements (terms of J2 squared) and to 0.6 % with
osculating ones. `dawndusk.validation.propagators` runs these cases. Good for power, heat, coverage and links,
not for conjunctions. Drag, Moon, Sun, resonances and higher harmonics are left out.

Source: Kozai (1959), *The motion of a close Earth satellite*, secular terms of first order,
doi:10.1086/107957; Vallado, *Fundamentals of Astrodynamics and Applications* (4th ed., 2013), sec. 9.6.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER, J2, YEAR
from dawndusk.core.errors import Problem, UserError, problem
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.units import Unit
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.orbit import LOWEST_ALTITUDE

LONGEST: Final = (
    100.0 * YEAR
)  # s from the epoch; by then the phase of a float64 has lost 4 mm along the track
SOLVED: Final = 1e-15  # rad, change of the eccentric anomaly at which Kepler's equation counts as solved
MOST_STEPS: Final = 60  # of Halley's method; an eccentricity of 0.999999 needs about 15


@record
class Rates:
    """Secular rates of mean elements, shape (n,)."""

    raan: Annotated[Floats, Unit("rad/s")]
    argument_of_perigee: Annotated[Floats, Unit("rad/s")]
    mean_anomaly: Annotated[Floats, Unit("rad/s")]


def checked(elements: Elements) -> Elements:
    """The elements as float64 arrays of one shape (n,), if each can be flown.

    Parameters
    ----------
    elements : Elements
        Perigee 150 km or more above the equatorial radius, eccentricity 0 to below 1, inclination 0 to pi.

    Raises
    ------
    UserError
        Naming for each fault the first satellite that has it, counted from 0.
    """
    names = tuple(vars(elements))
    arrays = {name: np.atleast_1d(np.asarray(getattr(elements, name), dtype=np.float64)) for name in names}
    shapes = {array.shape for array in arrays.values()}
    if len(shapes) > 1 or arrays["epoch"].ndim != 1:
        read = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise problem("elements", read, "arrays of one shape (n,)", "one number per satellite and element")
    axis, eccentricity, tilt = (arrays[k] for k in ("semi_major_axis", "eccentricity", "inclination"))
    perigee = axis * (1.0 - eccentricity) - EARTH_RADIUS
    bound = (eccentricity >= 0.0) & (eccentricity < 1.0)
    faults = [
        *((name, f"{{:g}} ({name})", ~np.isfinite(array), array, "a finite number", "0")
          for name, array in arrays.items()),
        ("semi_major_axis", "{:g} m", axis <= EARTH_RADIUS, axis, "above 6378137 m, the Earth", "7.03e6"),
        ("eccentricity", "{:g}", ~bound, eccentricity, "0 to below 1: a closed orbit", "0.001"),
        ("perigee", "{:.6g} m above the equatorial radius", bound & (perigee < LOWEST_ALTITUDE), perigee,
         "150 km or more: lower orbits do not last a day", "a larger semi-major axis or less eccentricity"),
        ("inclination", "{:g} rad", (tilt < 0.0) | (tilt > np.pi), tilt, "0 to pi rad", "1.7102, 97.99 deg"),
    ]  # fmt: skip
    found = [
        Problem(path=f"satellite {(k := int(np.argmax(bad)))}: {name}", read=form.format(array[k]),
                expected=expected, write=write)
        for name, form, bad, array, expected, write in faults if np.any(bad)
    ]  # fmt: skip
    if found:
        raise UserError(*found)
    return Elements(**arrays)


def elapsed(seconds: Real, epoch: Real) -> Floats:
    """Seconds since the epoch, if not further away than a century.

    Parameters
    ----------
    seconds, epoch : float or array
        Seconds TT since J2000.

    Raises
    ------
    UserError
        If any is no number or further away.
    """
    since = np.asarray(np.asarray(seconds, dtype=np.float64) - epoch)
    good = np.abs(since) <= LONGEST
    if not np.all(good):
        read = since[~good].flat[0]
        raise problem(
            "seconds", f"{read:g} s from the epoch", "at most 100 years", "an instant near the epoch"
        )
    return since


def rates(elements: Elements) -> Rates:
    """Drift of node, perigee and mean anomaly (rad/s) by Earth's oblateness.

    Parameters
    ----------
    elements : Elements
        Mean elements, shape (n,); eccentricity 0 to below 1.

    Raises
    ------
    UserError
        For elements that cannot be flown.

    Notes
    -----
    Kozai (1959), first order in J2; the same in Vallado (2013), sec. 9.6. Terms of J2 squared, left out, are
    about 0.15 % of the drift of node and perigee.
    """
    return _rates(checked(elements))


def _rates(elements: Elements) -> Rates:
    axis, eccentricity = elements.semi_major_axis, elements.eccentricity
    motion = np.sqrt(GRAVITATIONAL_PARAMETER / axis**3)
    shape = 1.0 - eccentricity**2
    pull = 0.75 * J2 * (EARTH_RADIUS / (axis * shape)) ** 2 * motion
    sine2 = np.sin(elements.inclination) ** 2
    return Rates(
        raan=-2.0 * pull * np.cos(elements.inclination),
        argument_of_perigee=pull * (4.0 - 5.0 * sine2),
        mean_anomaly=motion + pull * np.sqrt(shape) * (2.0 - 3.0 * sine2),
    )


def advanced(elements: Elements, seconds: float) -> Elements:
    """The same orbits by elements of another epoch.

    Parameters
    ----------
    elements : Elements
        Mean elements, shape (n,).
    seconds : float
        New epoch, seconds TT since J2000, at most a century away.

    Raises
    ------
    UserError
        For elements that cannot be flown, or an epoch further away.
    """
    drift, since = rates(elements), elapsed(seconds, elements.epoch)
    turn = 2.0 * np.pi
    return replace(
        elements,
        raan=np.mod(elements.raan + drift.raan * since, turn),
        argument_of_perigee=np.mod(elements.argument_of_perigee + drift.argument_of_perigee * since, turn),
        mean_anomaly=np.mod(elements.mean_anomaly + drift.mean_anomaly * since, turn),
        epoch=np.full(elements.size, float(seconds)),
    )


def eccentric_anomaly(mean_anomaly: Real, eccentricity: Real) -> Floats:
    """Solution of Kepler's equation M = E - e sin E (rad), in the same turn as M.

    Parameters
    ----------
    mean_anomaly : float or array
        M (rad), any turn.
    eccentricity : float or array
        e, 0 to below 1.

    Notes
    -----
    Halley's method from the least of three upper bounds (Kepler's equation is convex between 0 and pi), kept
    between M and M + e; repeated until no anomaly moves any more.
    """
    mean, eccentricity = np.broadcast_arrays(np.asarray(mean_anomaly, np.float64), np.asarray(eccentricity))
    turn = 2.0 * np.pi * np.rint(mean / (2.0 * np.pi))
    low = np.abs(mean - turn)
    high = np.minimum(low + eccentricity, np.pi)
    anomaly = np.minimum(low / (1.0 - eccentricity), (low + np.pi * eccentricity) / (1.0 + eccentricity))
    anomaly = np.minimum(anomaly, high)
    for _ in range(MOST_STEPS):
        sine, cosine = eccentricity * np.sin(anomaly), eccentricity * np.cos(anomaly)
        newton = (low - anomaly + sine) / (1.0 - cosine)
        step = newton / (1.0 + 0.5 * newton * sine / (1.0 - cosine))
        anomaly, before = np.clip(anomaly + step, low, high), anomaly
        if np.all(np.abs(anomaly - before) <= SOLVED * np.maximum(anomaly, 1.0)):
            break
    return np.asarray(turn + np.copysign(anomaly, mean - turn))


def states(elements: Elements, seconds: Real) -> tuple[Floats, Floats]:
    """Positions (m) and velocities (m/s) at given instants, mean equator and equinox of date.

    Parameters
    ----------
    elements : Elements
        Mean elements, shape (n,).
    seconds : float or array
        Seconds TT since J2000, of a shape that broadcasts against (n,): one instant, one per satellite, or
        (instants, 1) for all satellites at all of them.

    Returns
    -------
    positions, velocities : ndarray
        Shape (3, n) or (3, instants, n). Velocities are the exact derivative of the positions.

    Raises
    ------
    UserError
        For elements that cannot be flown, or instants a century from the epoch.
    """
    elements = checked(elements)
    since, drift = elapsed(seconds, elements.epoch), _rates(elements)
    axis, eccentricity = elements.semi_major_axis, elements.eccentricity
    anomaly = eccentric_anomaly(elements.mean_anomaly + drift.mean_anomaly * since, eccentricity)
    sine, cosine, flat = np.sin(anomaly), np.cos(anomaly), np.sqrt(1.0 - eccentricity**2)
    speed = axis * drift.mean_anomaly / (1.0 - eccentricity * cosine)
    ahead, aside = axis * (cosine - eccentricity), axis * flat * sine
    # The perigee turns within the plane, the node turns the plane: both carry the satellite along.
    ahead_rate = -speed * sine - drift.argument_of_perigee * aside
    aside_rate = speed * flat * cosine + drift.argument_of_perigee * ahead
    node = elements.raan + drift.raan * since
    axes = _plane_axes(elements.argument_of_perigee + drift.argument_of_perigee * since, node, elements)
    place = ahead * axes[0] + aside * axes[1]
    velocity = ahead_rate * axes[0] + aside_rate * axes[1]
    velocity[0] -= drift.raan * place[1]
    velocity[1] += drift.raan * place[0]
    return place, velocity


def _plane_axes(perigee: Floats, node: Floats, elements: Elements) -> tuple[Floats, Floats]:
    """Unit vectors to the perigee and a quarter turn ahead of it, shape (3, ...)."""
    sine, cosine = np.sin(perigee), np.cos(perigee)
    across, along = np.sin(node), np.cos(node)
    tilt, upright = np.sin(elements.inclination), np.cos(elements.inclination)
    toward = [along * cosine - across * sine * upright, across * cosine + along * sine * upright, sine * tilt]
    beyond = [
        -along * sine - across * cosine * upright,
        along * cosine * upright - across * sine,
        cosine * tilt,
    ]
    return np.stack(toward), np.stack(beyond)


def positions(elements: Elements, seconds: Real) -> Floats:
    """Positions (m) at given instants, shape (3, n) or (3, instants, n); the first of `states`.

    Parameters
    ----------
    elements : Elements
        Mean elements, shape (n,).
    seconds : float or array
        Seconds TT since J2000, of a shape that broadcasts against (n,).
    """
    return states(elements, seconds)[0]
