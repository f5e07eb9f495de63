"""Arithmetic of the filings: what their tables add up to, and whether their orbits are what they say."""

from __future__ import annotations

import math
from typing import Final

from dawndusk import ledger
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.constellation import Constellation, Group
from dawndusk.library.filing import read_constellation
from dawndusk.physics.motion.orbit import sun_synchronous_inclination
from dawndusk.validation.row import Row

SPACEX, BLUE = "spacex-filing", "blue-origin-filing"
LETTER: Final = "SpaceX letter to the FCC of 29 May 2026, Table 1 (ledger P070-P078, secondary)"
NARRATIVE: Final = "SpaceX narrative to the FCC of 30 January 2026 (ledger P002-P006, secondary)"
SUNRISE: Final = "Blue Origin to the FCC, 19 March 2026 (ledger P010, secondary)"
DAYS: Final = HOURS_PER_YEAR / 24.0
AREA: Final = 800.0  # m2, total area in the letter
WIDEST: Final = 50.0  # km, "narrow orbital shells spanning up to 50 km each"
STORIES: Final = {
    SPACEX: (
        "Table 1 of the letter of 29 May 2026 adds up to 1,198,120 satellites in 1,908 planes for the one "
        "million asked for. Groups 2 and 6 fly at the sun-synchronous inclination of their altitude; group"
        " 4 does not: 97.2 deg is sun-synchronous at 446 km, and at 707-744 km its planes drift away from "
        "dawn and dusk by 47 deg a year. The letter's 0.1333 m2/kg is not 800 m2 over 3 t (0.267) but half"
        " of it, which is what a thin plate shows on average over all directions. A million tonnes a year "
        "at 100 kW a tonne is 100 GW a year, and 27 launches of 100 t a day."
    ),
    BLUE: (
        "51,600 satellites, 300 to 1,000 in a plane, planes 5 to 10 km apart between 500 and 1,800 km: 172"
        " planes of 300 fit all of it, 1,000 in a plane would put the planes 25 km apart. The inclinations"
        " filed are the sun-synchronous ones of these altitudes, rounded outwards."
    ),
}


def rows() -> list[Row]:
    """All rows of both cases."""
    filed = read_constellation("spacex_2026_05")
    return [
        *_table_rows(filed),
        *_inclination_rows(filed),
        *_craft_rows(filed),
        *_launch_rows(),
        *_blue_rows(read_constellation("blue_origin")),
    ]


def _row(
    quantity: str,
    unit: str,
    numbers: tuple[float, float, float],
    why: str,
    source: str,
    case: str = SPACEX,
    *,
    refuted: bool = False,
) -> Row:
    published, ours, allowed = numbers
    return Row(
        case=case,
        quantity=quantity,
        unit=unit,
        published=published,
        ours=ours,
        allowed=allowed,
        why=why,
        source=source,
        refuted=refuted,
    )


def _table_rows(filed: Constellation) -> list[Row]:
    product, counts = "shells x planes x satellites", "a count"
    made = [
        _row(
            f"group {k + 1}, satellites",
            "1",
            (float(ledger.entry(f"P07{k}").central), float(group.filed), 0.0),
            product,
            LETTER,
        )
        for k, group in enumerate(filed.groups)
    ]
    total = float(sum(g.filed for g in filed.groups))
    planes = float(sum(g.shells * g.planes for g in filed.groups))
    widest = max(g.altitude_high - g.altitude_low for g in filed.groups) / 1e3
    bound = "an upper bound: anything from 0 to 50 is below it"
    return [
        *made,
        _row("satellites in all groups", "1", (1198120.0, total, 0.0), "sum of the products", LETTER),
        _row("planes", "1", (1908.0, planes, 0.0), counts, LETTER),
        _row("cap", "1", (float(ledger.entry("P001").central), float(filed.cap), 0.0), counts, NARRATIVE),
        _row("widest group", "km", (WIDEST, widest, WIDEST), bound, NARRATIVE, refuted=widest > WIDEST),
    ]


def _sun_synchronous(altitude: float) -> float:
    return math.degrees(float(sun_synchronous_inclination(altitude)))


def _inclination_rows(filed: Constellation) -> list[Row]:
    made = [_inclination_row(k, filed.groups[k - 1]) for k in (2, 4, 6)]
    digit = "printed to one digit, 0.05, and 0.02 for J2 alone"
    whole = "printed as 'about 105' in our ledger's note, 0.5"
    low = (97.4, _sun_synchronous(500e3), 0.07)
    high = (105.0, _sun_synchronous(2000e3), 0.5)
    shell = (99.5, _sun_synchronous(1000e3), 0.07)
    return [
        *made,
        _row("sun-synchronous inclination at 500 km", "deg", low, digit, NARRATIVE),
        _row("sun-synchronous inclination at 2,000 km", "deg", high, whole, NARRATIVE),
        _row("representative shell at 1,000 km", "deg", shell, digit, "SpaceX Schedule S (secondary)"),
    ]


def _inclination_row(number: int, group: Group) -> Row:
    """Filed against the mean sun-synchronous inclination of the lowest and the highest shell."""
    ends = [_sun_synchronous(h) for h in (group.altitude_low, group.altitude_high)]
    half = (ends[1] - ends[0]) / 2.0
    why = f"printed to one digit, 0.05; the shells themselves span {ends[0]:.2f}-{ends[1]:.2f}"
    if number == 4:
        why += "; 97.2 is no sun-synchronous inclination there, and 97.2 for 98.2 may be a slip of the filing"
    return _row(
        f"group {number}, sun-synchronous inclination",
        "deg",
        (math.degrees(group.inclination_low), sum(ends) / 2.0, 0.05 + half),
        why,
        LETTER,
        refuted=number == 4,
    )


def _craft_rows(filed: Constellation) -> list[Row]:
    mass, life = filed.craft.mass, filed.craft.life
    flat = "the letter's own 800 m2 and 3 t; the figure cannot be their ratio"
    turned = "printed to four digits; mean cross-section of a thin plate over all directions is half its area"
    replaced = filed.cap / life
    exact = "exact arithmetic, printed without digits"
    return [
        _row(
            "area per mass, as the plate's face",
            "m2/kg",
            (filed.craft.area_to_mass, AREA / mass, 5e-5),
            flat,
            LETTER,
            refuted=True,
        ),
        _row(
            "area per mass, mean over directions",
            "m2/kg",
            (filed.craft.area_to_mass, AREA / 2.0 / mass, 5e-5),
            turned,
            LETTER,
        ),
        _row(
            "mass to replace a year",
            "Mt",
            (0.6, replaced * mass / 1e9, 0.005),
            exact,
            "derived from P001, P076",
        ),
        _row("satellites to replace a year", "1", (200e3, replaced, 0.0), exact, "ledger E008"),
        _row(
            "satellites to replace a day", "1", (548.0, replaced / DAYS, 0.5), "printed whole", "ledger E008"
        ),
    ]


def _launch_rows() -> list[Row]:
    tonnes, power = (float(ledger.entry(key).central) for key in ("P006", "P005"))
    digit, note = "printed to one digit", "derived from P006"
    return [
        _row("compute added a year", "GW", (100.0, tonnes * power / 1e6, 0.5), "printed whole", NARRATIVE),
        *(
            _row(f"launches a day at {load} t", "1", (said, tonnes / load / DAYS, 0.05), digit, note)
            for load, said in ((100, 27.4), (150, 18.3), (200, 13.7))
        ),
        _row(
            "one launch of 200 t an hour, in a year",
            "Mt",
            (1.75, 200.0 * HOURS_PER_YEAR / 1e6, 0.005),
            "printed to two digits",
            note,
        ),
    ]


def _blue_rows(filed: Constellation) -> list[Row]:
    (group,) = filed.groups
    spacing = (group.altitude_high - group.altitude_low) / (group.shells * group.planes - 1) / 1e3
    said = float(ledger.entry("P010").high)
    ends = [_sun_synchronous(h) for h in (group.altitude_low, group.altitude_high)]
    rounded = "rounded outwards to whole degrees"
    return [
        _row("satellites", "1", (said, float(group.filed), 0.0), "a count", SUNRISE, BLUE),
        _row("distance of planes", "km", (7.5, spacing, 2.5), "5 to 10 km is filed", SUNRISE, BLUE),
        _row(
            "satellites in a plane",
            "1",
            (650.0, float(group.satellites), 350.0),
            "300 to 1,000 are filed",
            SUNRISE,
            BLUE,
        ),
        _row("lowest inclination", "deg", (97.0, ends[0], 1.0), rounded, SUNRISE, BLUE),
        _row("highest inclination", "deg", (104.0, ends[1], 1.0), rounded, SUNRISE, BLUE),
    ]
