"""Positions and light of a million satellites: secular J2 theory in compiled loops.

The compiled twin of `physics.motion.secular`, with the same theory and the same limits; the two agree to a
millimetre (tested to eccentricity 0.9 and ten years from the epoch). The first call of a day's work on a new
machine compiles for some seconds; the machine code is then kept.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.compiled import spread
from dawndusk.core.constants import SUN_RADIUS
from dawndusk.core.errors import problem
from dawndusk.core.memory import require_memory
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.physics.motion import orbit_kernels as loops
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.sun import sun_direction, sun_distance

EVEN: Final = 1e-6  # of a step: how far instants may lie from even spacing


@record
class Motion:
    """Elements made ready for the compiled loops.

    Parameters
    ----------
    table : array
        One column per satellite, rows as in `physics.motion.orbit_kernels`: m, half-turns, half-turns/s.
    epoch : float
        Instant from which all angles of the table count, whatever the epochs of the elements.
    way : int
        How Kepler's equation is solved.
    """

    table: Floats
    epoch: Annotated[float, Unit("s")]
    way: int

    @property
    def size(self) -> int:
        """Number of satellites."""
        return int(self.table.shape[1])


@record
class Light:
    """Sunlight of each satellite over a span of time, shape (n,).

    Parameters
    ----------
    mean : array
        Mean light; in the penumbra the visible part of the Sun's disc counts.
    shadow : array
        Time in any shadow, penumbra included.
    """

    mean: Annotated[Floats, Unit("1", 0, 1)]
    shadow: Annotated[Floats, Unit("s")]


def motion_of(elements: Elements) -> Motion:
    """The motion of satellites, checked and made ready once for many calls.

    Parameters
    ----------
    elements : Elements
        Mean elements, shape (n,), n at least 1; eccentricity 0 to 0.9 (beyond, use `secular.positions`).

    Raises
    ------
    UserError
        For elements that cannot be flown, more satellites than memory holds, or eccentricities above 0.9.
    """
    require_memory(elements.size)
    elements = secular.checked(elements)
    if elements.size == 0:
        raise problem("elements", "no satellite", "at least one", "elements of shape (n,)")
    most = float(elements.eccentricity.max())
    way = int(np.searchsorted(loops.LIMITS, most))
    if way == len(loops.LIMITS):
        where = f"satellite {int(elements.eccentricity.argmax())}: eccentricity"
        raise problem(where, f"{most:g}", "0 to 0.9 in the compiled loops", "a call of secular.positions")
    # The middle epoch: half the longest way for the phases to be carried over.
    epoch = 0.5 * float(elements.epoch.min() + elements.epoch.max())
    rows = _rows(elements, secular.elapsed(epoch, elements.epoch), circular=way == loops.CIRCULAR)
    return Motion(table=np.stack(rows), epoch=epoch, way=way)


def _rows(elements: Elements, since: Floats, *, circular: bool) -> list[Floats]:
    """Rows of the table, in the order of `orbit_kernels`; angles carried `since` seconds on."""
    drift = secular.rates(elements)

    def line(angle: Floats, rate: Floats) -> tuple[Floats, Floats]:
        return np.mod((angle + rate * since) / np.pi, 2.0), rate / np.pi

    plane = [elements.semi_major_axis, np.cos(elements.inclination), np.sin(elements.inclination)]
    plane += line(elements.raan, drift.raan)
    perigee, perigee_rate = elements.argument_of_perigee, drift.argument_of_perigee
    if circular:
        return [*plane, *line(perigee + elements.mean_anomaly, perigee_rate + drift.mean_anomaly)]
    shape = [elements.eccentricity, np.sqrt(1.0 - elements.eccentricity**2)]
    phase = line(elements.mean_anomaly, drift.mean_anomaly)
    return [*plane, *phase, *shape, *line(perigee, perigee_rate)]


def positions(motion: Motion, seconds: float, out: Floats | None = None) -> Floats:
    """Positions (m) of all satellites at one instant, mean equator and equinox of date, shape (3, n).

    Parameters
    ----------
    motion : Motion
        From `motion_of`.
    seconds : float
        Seconds TT since J2000, within a century of the epoch.
    out : array, optional
        Where to write, shape (3, n), for loops over instants that should not ask for memory each time.

    Raises
    ------
    UserError
        For an instant too far away or no number, more satellites than memory holds, or an unfit `out`.
    """
    since = float(secular.elapsed(seconds, motion.epoch))
    if out is None:
        require_memory(motion.size)
        out = np.empty((3, motion.size))
    elif out.shape != (3, motion.size) or out.dtype != np.float64 or not out.flags.c_contiguous:
        fit = f"a contiguous float64 array of shape (3, {motion.size})"
        raise problem("out", f"{out.dtype} {out.shape}", fit, f"np.empty((3, {motion.size}))")
    spread(lambda start, stop: loops.fill(motion.table, motion.way, since, start, stop, out), motion.size)
    return out


def tracks(motion: Motion, seconds: Floats) -> Floats:
    """Positions (m) of all satellites at several instants, shape (3, n, instants).

    Parameters
    ----------
    motion : Motion
        From `motion_of`; few satellites, or few instants (the answer holds all of them).
    seconds : array
        Seconds TT since J2000, shape (instants,), within a century of the epoch.

    Raises
    ------
    UserError
        For instants too far away or no numbers, or more places than memory holds.
    """
    since = _instants(motion, seconds)
    require_memory(motion.size, instants=since.size)
    out = np.empty((3, motion.size, since.size))
    spread(
        lambda start, stop: loops.follow(motion.table, motion.way, since, start, stop, out),
        motion.size,
        steps=since.size,
    )
    return out


def light(motion: Motion, seconds: Floats) -> Light:
    """Mean light and shadow of every satellite over evenly spaced instants; no position is kept.

    Parameters
    ----------
    motion : Motion
        From `motion_of`.
    seconds : array
        Seconds TT since J2000, shape (instants,), at least two, evenly spaced, years 1972 to 2100. Each
        instant stands for one step. A mean over one orbit from T instants is uncertain by about 0.3 / T.

    Raises
    ------
    UserError
        For instants too far away, unevenly spaced or no numbers.

    Notes
    -----
    Spheres and a finite Sun. Both edges of the penumbra are exact; between them Earth's limb counts as
    straight and the disc behind it as a polynomial: against the overlap of two discs
    (`shadow.visible_disc_fraction`) wrong by at most 0.001 of the disc below 2,000 km and 0.005 at 50,000 km,
    so that the mean light of an orbit is within 4e-5 of the exact one, the most where an orbit
    grazes the shadow. For years use `dawndusk.physics.light.eclipse`.
    """
    since = _instants(motion, seconds)
    steps = np.diff(since)
    if steps.size == 0 or steps[0] <= 0.0 or np.ptp(steps) > EVEN * steps[0]:
        raise problem(
            "seconds", f"{since.size} instants", "two or more, evenly spaced", "np.arange(0, 5700, 60)"
        )
    lost, dark = np.empty(motion.size), np.empty(motion.size)
    sky = _sky(np.asarray(seconds, dtype=np.float64))
    spread(
        lambda start, stop: loops.shade(motion.table, motion.way, since, sky, start, stop, lost, dark),
        motion.size,
        steps=since.size,
    )
    return Light(mean=1.0 - lost / since.size, shadow=dark * float(np.mean(steps)))


def _instants(motion: Motion, seconds: Floats) -> Floats:
    """Seconds since the motion's epoch, as a contiguous array."""
    since = np.ascontiguousarray(secular.elapsed(seconds, motion.epoch))
    if since.ndim != 1:
        raise problem(
            "seconds", f"shape {since.shape}", "an array of shape (instants,)", "np.arange(0, 5700, 60)"
        )
    return since


def _sky(seconds: Floats) -> Floats:
    """The Sun at each instant, rows as `orbit_kernels.shaded` reads them, shape (5, instants)."""
    distance = sun_distance(seconds)
    return np.stack([*sun_direction(seconds), 1.0 / distance, distance / SUN_RADIUS])
