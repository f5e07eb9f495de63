"""Secular J2 theory beside a numerical integration of the same field."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import least_squares

from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER, J2
from dawndusk.core.records import Floats
from dawndusk.physics.motion import orbit, secular
from dawndusk.physics.motion.elements import Elements
from dawndusk.validation.row import Row

ALTITUDE: Final = 650e3  # m, of all cases
ECCENTRICITY: Final = 0.001
TOLERANCE: Final = 1e-10  # relative, of the integration: under a metre after 30 days
STORIES: Final = {
    "sun-synchronous": ("A sun-synchronous plane follows the mean Sun: once around in a tropical year."),
    "j2-secular": (
        "How far the secular theory of oblateness is from a numerical integration of the same field. With "
        "mean elements fitted to two orbits it is 20 km off after a day, as noted before; with osculating "
        "elements taken for mean ones the 58 km noted before holds for one start only: by where on the orbit "
        "they are taken it is 9 to 1,306 km."
    ),
}
SOURCE: Final = "numerical integration of point mass and J2 (DOP853), made for this project"
SURVEY: Final = "survey of orbit libraries made for this project (2026): range over its cases"


def sun_synchronous(start: float, eccentricity: float = ECCENTRICITY) -> Elements:
    """The satellite of all cases: 650 km, sun-synchronous, at its perigee `start` (rad) behind the node."""
    values = {
        "semi_major_axis": EARTH_RADIUS + ALTITUDE,
        "eccentricity": eccentricity,
        "inclination": float(orbit.sun_synchronous_inclination(ALTITUDE)),
        "raan": 1.0,
        "argument_of_perigee": start,
        "mean_anomaly": 0.0,
        "epoch": 0.0,
    }
    return Elements(**{name: np.array([value]) for name, value in values.items()})


def _pull(_: float, state: Floats) -> list[float]:
    """Velocity and acceleration (m/s, m/s2) by point mass and J2; Vallado (2013), sec. 8.7.1."""
    x, y, z, vx, vy, vz = state.tolist()
    square = x * x + y * y + z * z
    mass = -GRAVITATIONAL_PARAMETER / (square * square**0.5)
    flat = 1.5 * J2 * EARTH_RADIUS**2 / square
    side = mass * (1.0 + flat * (1.0 - 5.0 * z * z / square))
    return [vx, vy, vz, side * x, side * y, mass * (1.0 + flat * (3.0 - 5.0 * z * z / square)) * z]


def integrated(elements: Elements, seconds: Floats) -> Floats:
    """Position and velocity at instants by numerical integration, shape (6, instants), of one satellite.

    The elements are taken as osculating ones at their epoch, from which the instants count.
    """
    start = np.concatenate(_osculating(elements))
    found = solve_ivp(
        _pull, (0.0, seconds[-1]), start, "DOP853", seconds, rtol=TOLERANCE, atol=np.repeat((1e-3, 1e-6), 3)
    )
    return np.asarray(found.y)


def _osculating(elements: Elements) -> tuple[Floats, Floats]:
    """Position and velocity of elements taken as those of the Kepler orbit that touches the path."""
    axis, eccentricity = float(elements.semi_major_axis[0]), float(elements.eccentricity[0])
    anomaly = secular.eccentric_anomaly(elements.mean_anomaly, elements.eccentricity)[0]
    flat = np.sqrt(1.0 - eccentricity**2)
    speed = np.sqrt(GRAVITATIONAL_PARAMETER / axis) / (1.0 - eccentricity * np.cos(anomaly))
    place = axis * np.array([np.cos(anomaly) - eccentricity, flat * np.sin(anomaly), 0.0])
    velocity = speed * np.array([-np.sin(anomaly), flat * np.cos(anomaly), 0.0])
    for angle, (i, j) in (
        (elements.argument_of_perigee[0], (0, 1)),
        (elements.inclination[0], (1, 2)),
        (elements.raan[0], (0, 1)),
    ):
        turn = np.eye(3)
        turn[i, i] = turn[j, j] = np.cos(angle)
        turn[j, i] = np.sin(angle)
        turn[i, j] = -turn[j, i]
        place, velocity = turn @ place, turn @ velocity
    return place, velocity


def fitted(elements: Elements, seconds: Floats, path: Floats) -> Elements:
    """Mean elements whose secular path lies nearest to a given one, (3, instants), by least squares."""
    names = list(vars(elements))[:-1]
    scale = np.array([1e3, 1e-3, 1e-3, 1e-3, 1.0, 1.0])
    start = np.array([getattr(elements, name)[0] for name in names])

    def moved(step: Floats) -> Elements:
        values = start + step * scale
        # A nearly circular orbit tells perigee and anomaly apart badly: vary the perigee at constant sum.
        values[5] -= step[4] * scale[4]
        values[1] = abs(values[1])
        fields = {name: np.full(seconds.size, value) for name, value in zip(names, values, strict=True)}
        return Elements(**fields, epoch=np.zeros(seconds.size))

    def miss(step: Floats) -> Floats:
        return np.asarray((secular.positions(moved(step), seconds) - path).ravel() / 1e3)

    best = moved(least_squares(miss, np.zeros(6), x_scale="jac").x)
    return Elements(**{name: getattr(best, name)[:1] for name in vars(best)})


def error_after(elements: Elements, seconds: float, path: Floats) -> float:
    """Distance (km) of the secular place after some time from the last place of a path."""
    return float(np.linalg.norm(secular.positions(elements, seconds)[:, 0] - path[:, -1])) / 1e3


def day_rows() -> list[Row]:
    """Error after one day with osculating elements used as mean ones, and with fitted ones."""
    seconds = np.linspace(0.0, DAY, 1441)
    cases = [sun_synchronous(start) for start in np.deg2rad((0.0, 45.0, 90.0, 135.0))]
    paths = [integrated(case, seconds)[:3] for case in cases]
    worst = max(error_after(case, DAY, path) for case, path in zip(cases, paths, strict=True))
    first = seconds < 2.0 * float(orbit.nodal_period(ALTITUDE, cases[1].inclination[0]))
    short = fitted(cases[1], seconds[first], paths[1][:, first])
    return [
        Row(
            case="j2-secular",
            quantity="largest error after one day, osculating elements used as mean ones",
            unit="km",
            published=84.0,
            ours=worst,
            allowed=31.0,
            why="27 to 84 km holds only for elements taken about 45 deg from the node, where osculating and "
            "mean semi-major axis agree; at the node and farthest from it they are 9 km apart, "
            "1.5 J2 R^2/a sin^2 i, and a day of that is 1,300 km along the track",
            source=SURVEY,
            refuted=True,
        ),
        Row(
            case="j2-secular",
            quantity="error after one day, mean elements fitted to the first two orbits",
            unit="km",
            published=20.0,
            ours=error_after(short, DAY, paths[1]),
            allowed=8.0,
            why="depends on where on the orbit the elements are taken: 12 to 23 km over all cases",
            source=SURVEY,
        ),
    ]


def node_rows() -> list[Row]:
    """Drift of the node against 30 days of integration, and of the sun-synchronous plane as printed."""
    truth = sun_synchronous(np.pi / 4.0)
    seconds = np.linspace(0.0, 30.0 * DAY, 4321)
    path = integrated(truth, seconds)
    normal = np.cross(path[:3].T, path[3:].T)
    drift = np.polyfit(seconds, np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1])), 1)[0]
    per_day = float(np.rad2deg(drift)) * DAY
    circle = sun_synchronous(0.0, eccentricity=0.0)
    return [
        Row(
            case="j2-secular",
            quantity="drift of the node over 30 days",
            unit="deg/day",
            published=per_day,
            ours=float(np.rad2deg(secular.rates(truth).raan[0])) * DAY,
            allowed=1e-3 * per_day,
            why="0.1 %: terms of J2 squared. Started 45 deg from the node, where osculating and mean "
            "semi-major axis agree; with osculating elements taken elsewhere it is up to 0.6 %",
            source=SOURCE,
        ),
        Row(
            case="sun-synchronous",
            quantity="drift of the node at the sun-synchronous inclination",
            unit="deg/day",
            published=0.985647,
            ours=float(np.rad2deg(secular.rates(circle).raan[0])) * DAY,
            allowed=5e-7,
            why="printed digits",
            source="360 deg in a tropical year of 365.24219 days; Explanatory Supplement (2013)",
        ),
    ]


def rows() -> list[Row]:
    """All comparisons of the propagation; about three seconds."""
    return [*day_rows(), *node_rows()]
