"""Sunlight and eclipses: an ephemeris run, other programs' inclinations, and the filing's 99 %.

Both reference runs were computed for this project by code that shares nothing with the package
(tests/reference); brahe is another author's program. Allowed differences were set before the comparison.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.records import replace
from dawndusk.core.time import seconds_from_utc
from dawndusk.library.filing import read_constellation
from dawndusk.physics.light import eclipse
from dawndusk.physics.light.local_time import raan_edge
from dawndusk.physics.light.sunlight import constellation_year
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.layout import Planes, planes_of, select
from dawndusk.validation.row import Row

STORIES: Final = {
    "eclipse-ephemeris": (
        "Satellites placed every 10 s of a whole year under the Sun of the DE421 ephemeris, with the shadow "
        "found disc against disc at each step; that shadow agrees with brahe's to 1e-7. The package finds "
        "the same light, eclipses and beta angles from the beta angle alone."
    ),
    "eclipse-sample": (
        "One orbit a day on a 2 s grid, at 560 and 1000 km with the node at 06:00, as found for this project "
        "before the package was written."
    ),
    "sso-inclination": "The inclination whose plane follows the mean Sun, beside brahe's.",
    "filing-99-percent": (
        "The filing of January 2026 says that sun-synchronous planes have sun up to more than 99 % of the "
        "time for high altitudes. None of its sun-synchronous groups does: around one solstice every orbit "
        "passes through the shadow for two to three months. 99 % is reached from about 1,110 km on. At the "
        "edge of the filed tolerance of the nodes, 30 deg or two hours of local time, a quarter of the light "
        "is gone at 575 km."
    ),
}
EPHEMERIS: Final = "computed for this project with skyfield 1.55, DE421: tests/reference/eclipse_oracle.csv"
SAMPLE: Final = "computed for this project with skyfield, DE421: tests/reference/sso_eclipse_2027_sample.csv"
BRAHE: Final = "brahe 1.8.0, sun_synchronous_inclination"
FILING: Final = "SpaceX narrative, FCC SAT-LOA-20260108-00016, 30 January 2026 (secondary)"
NOTES: Final = "derived for this project with a cylindrical shadow, 2026"
YEAR: Final = 2027

# altitude km, node's local time h or 0 for 30 deg of inclination with the node at 40 deg, year, beta min and
# max deg, light %, longest umbra s, longest shadow s, days with shadow
RUN: Final = (
    (500, 6, 2027, -89.8373, -59.1592, 94.6095, 1338.55, 1383.83, 105),
    (575, 6, 2027, -89.8991, -58.8712, 95.4382, 1247.61, 1295.98, 97),
    (650, 18, 2027, 58.5753, 86.9143, 95.9918, 1159.86, 1210.14, 93),
    (725, 18, 2027, 58.2710, 86.8794, 96.6450, 1072.54, 1126.75, 86),
    (800, 6, 2027, -89.9080, -57.9580, 97.3385, 984.29, 1045.11, 76),
    (962, 6, 2027, -89.8964, -57.2532, 98.3269, 790.49, 865.57, 62),
    (1400, 18, 2027, 55.1347, 86.6104, 99.9816, 0.0, 226.12, 17),
    (575, 8, 2027, -61.0358, -46.3021, 75.8236, 1744.97, 1773.17, 365),
    (962, 4, 2027, -60.8485, -45.7344, 87.0720, 1544.17, 1577.48, 334),
    (650, 0, 2027, -51.5446, 52.5774, 65.6789, 2111.17, 2128.54, 365),
)
# altitude km, inclination deg by brahe, nodal period s, least |beta| deg, longest umbra s, longest shadow s,
# light lost %
ONCE_A_DAY: Final = (
    (560, 97.631616, 5758.7683, 58.92828, 1265.65, 1313.37, 4.71504),
    (1000, 99.479341, 6313.9505, 57.08068, 743.00, 822.60, 1.47523),
)


def rows() -> list[Row]:
    """All rows of this module's cases."""
    return [*_ephemeris(), *_sample(), *_inclination(), *_filing()]


def _ephemeris() -> list[Row]:
    found = []
    for altitude, hour, year, *theirs in RUN:
        ours = _orbit_year(altitude * 1e3, float(hour), year)
        where = f"{altitude} km, " + (f"{hour:02d}:00" if hour else "30 deg")
        found += [
            _row(f"lowest beta, {where}", "deg", theirs[0], np.rad2deg(ours.beta_min), 0.005, HOURLY),
            _row(f"highest beta, {where}", "deg", theirs[1], np.rad2deg(ours.beta_max), 0.005, HOURLY),
            _row(f"sunlit fraction, {where}", "%", theirs[2], 100.0 * ours.sunlit_fraction, 0.005, PHASE),
            _row(f"longest umbra, {where}", "s", theirs[3], ours.longest_umbra, 0.5, ONCE),
            _row(f"longest shadow, {where}", "s", theirs[4], ours.longest_shadow, 0.5, ONCE),
            _row(f"days with shadow, {where}", "d", theirs[5], ours.days_with_shadow, 1.0, DAYS),
        ]
    return found


def _orbit_year(altitude: float, hour: float, year: int) -> eclipse.OrbitYear:
    if hour:
        return eclipse.orbit_year(altitude=altitude, ltan=hour, year=year)
    tilt, node = float(np.deg2rad(30.0)), float(np.deg2rad(40.0))
    return eclipse.orbit_year(altitude=altitude, inclination=tilt, raan=node, year=year)


HOURLY: Final = "the run looks once an hour, and the analytic Sun is 0.001 deg off"
PHASE: Final = "where in its orbit the satellite starts the year is worth half an orbit in 5,000"
ONCE: Final = "the satellite passes once an orbit and need not meet the longest moment"
DAYS: Final = "a season may begin or end in a pass at midnight"


def _row(
    quantity: str, unit: str, theirs: float, ours: float, allowed: float, why: str, source: str = EPHEMERIS
) -> Row:
    case = {EPHEMERIS: "eclipse-ephemeris", SAMPLE: "eclipse-sample", BRAHE: "sso-inclination"}.get(
        source, "filing-99-percent"
    )
    return Row(
        case=case,
        quantity=quantity,
        unit=unit,
        published=float(theirs),
        ours=float(ours),
        allowed=allowed,
        why=why,
        source=source,
    )


def _sample() -> list[Row]:
    found = []
    for altitude, _, period, beta, umbra, shadow, lost in ONCE_A_DAY:
        ours = eclipse.orbit_year(altitude=altitude * 1e3, ltan=6.0, year=YEAR)
        lost_here = 100.0 * (1.0 - ours.sunlit_fraction)
        near, where = np.rad2deg(ours.abs_beta_min), f"{altitude} km, 06:00"
        found += [
            _row(f"nodal period, {where}", "s", period, ours.period, 0.001, "printed digits", SAMPLE),
            _row(f"least |beta|, {where}", "deg", beta, near, 0.005, "one look a day", SAMPLE),
            _row(f"longest umbra, {where}", "s", umbra, ours.longest_umbra, 0.5, "2 s grid", SAMPLE),
            _row(f"longest shadow, {where}", "s", shadow, ours.longest_shadow, 0.5, "2 s grid", SAMPLE),
            _row(f"light lost, {where}", "%", lost, lost_here, 0.005, "one orbit of 15 a day", SAMPLE),
        ]
    return found


def _inclination() -> list[Row]:
    return [
        _row(
            f"sun-synchronous inclination, {altitude} km",
            "deg",
            theirs,
            float(np.rad2deg(orbit.sun_synchronous_inclination(altitude * 1e3))),
            1e-4,
            "four decimals: the length of the year and Earth's J2 differ in the sixth",
            BRAHE,
        )
        for altitude, theirs, *_ in ONCE_A_DAY
    ]


def _filing() -> list[Row]:
    filed = read_constellation("spacex_2026_05")
    whole = planes_of(filed, float(seconds_from_utc(f"{YEAR}-01-01")))
    found = []
    for k, group in enumerate(filed.groups):
        if group.arrangement != "dawn-dusk":
            continue
        planes = select(whole, whole.group == k)
        found.append(_claim(f"{group.name} as filed", _light(planes)))
        if not group.sun_synchronous:
            held = orbit.sun_synchronous_inclination(planes.altitude)
            light = _light(replace(planes, inclination=held))
            found.append(_claim(f"{group.name} if sun-synchronous", light))
    second = [group.name for group in filed.groups].index("group-2")
    return found + _cylinder(select(whole, whole.group == second), filed.groups[second].raan_tolerance)


def _light(planes: Planes) -> float:
    return float(constellation_year(planes, YEAR).sunlit_fraction.mean())


def _claim(quantity: str, light: float) -> Row:
    why = "99 % as printed; the filing says more than that for high altitudes, and no group of it gets there"
    return _row(f"sunlit fraction, {quantity}", "%", 99.0, 100.0 * light, 0.05, why, FILING)


def _cylinder(planes: Planes, tolerance: float) -> list[Row]:
    """The cylindrical estimate for 575 km beside the second group, 565 to 585 km."""
    ours = constellation_year(planes, YEAR)
    light = 100.0 * ours.sunlit_fraction.mean()
    edge = 100.0 * raan_edge(planes, tolerance, YEAR).edge.mean()
    middle = 0.5 * (ours.longest_umbra + ours.longest_shadow).mean() / 60.0
    days, name = ours.days_with_shadow.mean(), "group-2"
    same = "a cylinder lies between umbra and penumbra; 575 km stands for 565-585 km"
    return [
        _row(f"sunlit fraction, {name}, cylinder", "%", 95.35, light, 0.2, same, NOTES),
        _row(f"longest shadow, {name}, cylinder", "min", 21.2, middle, 0.1, same, NOTES),
        _row(f"days with shadow, {name}, cylinder", "d", 96, days, 4.0, same + ", which adds days", NOTES),
        _row(f"sunlit fraction, {name}, nodes 30 deg off, cylinder", "%", 75.7, edge, 0.2, same, NOTES),
    ]
