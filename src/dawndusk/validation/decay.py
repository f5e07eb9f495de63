"""Air density, drag lives, make-up velocity, passive decay and re-entries, beside published ones."""

from __future__ import annotations

from typing import Final

from dawndusk.core.constants import DAY, YEAR
from dawndusk.physics.environment.atmosphere import ACTIVITIES, Level, density
from dawndusk.physics.environment.disposal import steady_state
from dawndusk.physics.environment.drag import drag_delta_v, drag_life
from dawndusk.validation.row import Row

_MSIS: Final = "NRLMSIS 2.1 through pymsis 0.13.0, means over the globe and four seasons (2026-11)"
_LIVES: Final = "circular quasi-static decay in that density, Cd 2.2, to 300 km (2026-11)"
_LETTER: Final = "SpaceX, letter to the FCC, 2026-05-29, as read in a public transcript"
_COUNT: Final = "ledger rows E007 and E008: a million satellites of 2.14 t for 5 years"
STORIES: Final = {
    "msis-density": (
        "Mean densities of the upper atmosphere by the same model, NRLMSIS 2.1, on another grid: ours "
        "come from a table shipped with the program. They agree within a percent; the real air does "
        "within 30."
    ),
    "drag": (
        "Lives to 300 km and the velocity that makes up for drag, computed elsewhere by stepping through "
        "the same air. Ours is one quadrature over altitude."
    ),
    "spacex-letter": (
        "The letter of May 2026 says that a dead satellite at 550 to 585 km comes down within 1.2 to 1.9 "
        "years, without saying how active the Sun is. With its own area per mass that is what we find at "
        "F10.7 of 100, between quiet and mean. At mean activity it takes half a year, at a held minimum "
        "four to six."
    ),
    "million-reentries": (
        "A million satellites that live five years are 200,000 re-entries a year, 548 a day, and at 2.14 "
        "t each some 51,000 t of alumina. The sums hold; how much of a satellite turns into alumina is a "
        "simulation of one satellite."
    ),
}

# kg/m3 by altitude in km, at F10.7 of 67, 140, 220
_DENSITIES: Final[dict[Level, dict[float, float]]] = {
    "min": {300: 6.70615e-12, 500: 7.39844e-14, 560: 2.62113e-14, 650: 8.26358e-15, 800: 2.76256e-15},
    "mean": {300: 2.16593e-11, 500: 6.72164e-13, 560: 2.75396e-13, 650: 8.00817e-14, 800: 1.46547e-14},
    "max": {300: 4.07881e-11, 500: 2.06395e-12, 560: 9.57664e-13, 650: 3.24363e-13, 1000: 1.13555e-14},
}
# activity, km, m2/kg -> years to 300 km, m/s a year; None where none was published
_DRAG: Final[tuple[tuple[Level, float, float, float | None, float | None], ...]] = (
    ("min", 500, 0.05, 3.56717, 7.44173),
    ("min", 560, 0.05, 11.4, None),
    ("min", 650, 0.05, 47.7572, 0.813452),
    ("mean", 500, 0.005, 4.87702, 6.76097),
    ("mean", 500, 0.1, 0.243851, 135.219),
    ("mean", 560, 0.05, 1.28, 27.0),
    ("mean", 650, 0.05, 4.82868, 7.88311),
    ("max", 500, 0.05, 0.180229, 207.602),
    ("max", 560, 0.05, 0.42, 95.0),
    ("max", 650, 0.005, 13.4981, 3.19297),
    ("strong", 650, 0.1, 0.431873, 104.849),
)


def _densities() -> list[Row]:
    return [
        Row(
            case="msis-density",
            quantity=f"mean density at {altitude:.0f} km, F10.7 {ACTIVITIES[level].f107:.0f}",
            unit="kg/m3",
            published=published,
            ours=float(density(altitude * 1e3, level)),
            allowed=0.02 * published,
            why="the same model averaged on another grid and other days of the four seasons: 2 %",
            source=_MSIS,
        )
        for level, table in _DENSITIES.items()
        for altitude, published in table.items()
    ]


def _drag() -> list[Row]:
    rows = []
    for level, altitude, area, life, delta_v in _DRAG:
        found = (
            ("life to 300 km", "yr", life, drag_life(altitude * 1e3, area, 2.2, level, end=300e3) / YEAR),
            ("make-up velocity", "m/s/yr", delta_v, drag_delta_v(altitude * 1e3, area, 2.2, level) * YEAR),
        )
        rows += [
            Row(
                case="drag",
                quantity=f"{name} from {altitude:.0f} km at {area:g} m2/kg, activity {level}",
                unit=unit,
                published=published,
                ours=float(ours),
                allowed=0.1 * published,
                why="the same air, another quadrature, 2-5 printed digits: 10 %; real lives differ by 30 %",
                source=_LIVES,
            )
            for name, unit, published, ours in found
            if published is not None
        ]
    return rows


def _letter() -> list[Row]:
    """The letter gives no activity: 1.2-1.9 years is what F10.7 of 100 does, held all the time."""
    decay = [
        Row(
            case="spacex-letter",
            quantity=f"passive decay from {altitude:.0f} km at 0.1333 m2/kg, F10.7 held at 100",
            unit="yr",
            published=published,
            ours=float(drag_life(altitude * 1e3, 0.1333, 2.2, "low") / YEAR),
            allowed=0.3 * published,
            why="density +-30 %. The letter names no activity; F10.7 of 100 was chosen because it fits: one "
            "number tests the other. A minimum gives 3.6-6.7 years, the mean 0.42-0.71, a maximum 0.14-0.22",
            source=_LETTER,
        )
        for altitude, published in ((550.0, 1.2), (585.0, 1.9))
    ]
    plate = Row(
        case="spacex-letter",
        quantity="area per mass of 800 m2 of flat plate and 3,000 kg, tumbling",
        unit="m2/kg",
        published=0.1333,
        ours=800.0 / 2.0 / 3000.0,
        allowed=0.00005,
        why="printed digits. A convex body that tumbles shows a quarter of its surface (Cauchy 1832), a "
        "plate half of one side: the letter's three numbers agree, though 800 / 3000 is 0.267",
        source=_LETTER,
    )
    return [*decay, plate]


def _reentries() -> list[Row]:
    state = steady_state(1e6, 5.0 * YEAR, 2140.0)
    found = (
        ("yearly re-entries", "1/yr", 200000.0, float(state.reentries) * YEAR, 0.5),
        ("daily re-entries", "1/d", 548.0, float(state.reentries) * DAY, 0.5),
        ("alumina left in the upper air", "t/yr", 51000.0, float(state.alumina) * YEAR / 1e3, 500.0),
    )
    return [
        Row(
            case="million-reentries",
            quantity=f"{name} of a million satellites",
            unit=unit,
            published=published,
            ours=ours,
            allowed=allowed,
            why="printed digits",
            source=_COUNT,
        )
        for name, unit, published, ours, allowed in found
    ]


def rows() -> list[Row]:
    """Densities, drag lives, the letter's passive decay, and re-entries: published and ours."""
    return [*_densities(), *_drag(), *_letter(), *_reentries()]
