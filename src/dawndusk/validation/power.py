"""Arrays as claimed: Suncatcher's Starlink, McCalip's, AI1's, Starcloud's, and two that fly."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import SOLAR_CONSTANT, YEAR
from dawndusk.physics.motion.orbit import sun_synchronous_inclination
from dawndusk.physics.spacecraft.cell_damage import array_share, damage_ratio
from dawndusk.physics.spacecraft.cells import TECHNOLOGIES, areal_power, cell, rated_areal_power
from dawndusk.physics.spacecraft.wing import Chain, bus_areal_power, wing_sky
from dawndusk.validation.row import Row, table

SUNCATCHER, MCCALIP, AI1 = "suncatcher-array", "mccalip-array", "ai1-array"
STARCLOUD, FLOWN = "starcloud-array", "flown-arrays"
STORIES: Final = {
    SUNCATCHER: (
        "Suncatcher's prices per launched kilowatt rest on a footnote: 105 square metres of 22 % cells on "
        "90 % of the wing are 28 kW for a Starlink V2 mini. They are, as a rating: new, cold and in normal "
        "sunlight. Hot and after five years our ordinary silicon would put some 14 kW on the bus."
    ),
    MCCALIP: (
        "McCalip's satellite gives 27 kW from 116 square metres, 17.1 % of the sunlight; his page on heat "
        "gives the same array 22 % and so finds 1.38 GW of power where the page on cost has 1.07."
    ),
    AI1: (
        "AI1 claims 250 W per square metre, what new silicon gives on the test bench, and the FCC letter "
        "leaves it 700 square metres. At 50 degC, after wiring and five years at 600 km, ordinary silicon "
        "leaves 88 kW of the 120 kW average; thin silicon that anneals carries 114, III-V 176. The later "
        "sheet's 210 kW of array is less than its own 250 kW of peak compute even if all of it reached the "
        "chips; read as a rating, as in our preset, it carries 112 kW after five years where 175 are claimed."
    ),
    STARCLOUD: (
        "More than 1,000 W/kg from silicon below 25 micrometres: the silicon alone weighs 58 grams per "
        "square metre and gives some 4,000 W/kg. Cover, substrate and wiring bring a blanket to some 560 (at "
        "best 1,280), booms and gimbals a wing to about 220 (at best 510). Flown wings reach 28 to 59."
    ),
    FLOWN: "The two wings of the space station: mass and power as published, and what they are per kilogram.",
}
SHEET: Final = "SpaceX video of 8 June 2026 (P017, P018, P022) and FCC letter of 29 May 2026 (P076)"
LATER: Final = "spacex.com page on AI satellites, later than June 2026, through secondary pages (P080, P081)"
ALTITUDE: Final = 600e3  # m, P025
CONVERTER: Final = 0.97  # as in our presets of AI1
BUS, LATER_BUS = 4e3, 6e3  # W, as in our presets of AI1
LIFE: Final = 5.0 * YEAR  # s


def compute_from(area: float, technology: str, *, age: float, bus: float) -> float:
    """Compute that an array carries in a dawn-dusk orbit at 600 km over the terminator (W at the plugs).

    Parameters
    ----------
    area, age, bus : float
        m2, s, W.
    technology : str
        As in `physics.spacecraft.cells.cell`.
    """
    found = cell(technology)
    tilt = float(sun_synchronous_inclination(ALTITUDE))
    left = array_share(found, ratio=damage_ratio(ALTITUDE, tilt, found), age=age)
    sky = wing_sky(ALTITUDE, np.pi / 2, 0.0)
    return float(area * bus_areal_power(found, sky, Chain(), remaining=left) * CONVERTER - bus)


def rows() -> list[Row]:
    """All rows; those of AI1 with our own cells at their central values."""
    return _suncatcher() + _mccalip() + _ai1() + _starcloud() + _flown()


def _suncatcher() -> list[Row]:
    ours = 105.0 * float(areal_power(0.22, 0.90)) / 1e3
    return table(
        SUNCATCHER,
        "Suncatcher, arXiv 2511.19468v2, table 1, footnote",
        ("rating of a Starlink V2 mini", "kW", 28.0, ours, 0.5, "printed without decimals: 0.5"),
    )


def _mccalip() -> list[Row]:
    source = "A. McCalip, thoughts (2025), static/js/math.js at commit e59571e"
    efficiency = 27e3 / 116.0 / SOLAR_CONSTANT * 100.0
    area = 39731 * 116.0
    why = "the heat page's efficiency; the same array's nameplate divided by its area and sunlight is less"
    return table(
        MCCALIP,
        source,
        ("array of 1 GW", "km2", 4.608796, area / 1e6, 1e-9, "printed in full"),
        ("power in its heat balance", "W", 1379965698.32, area * 0.22 * SOLAR_CONSTANT, 0.01, "two decimals"),
    ) + table(MCCALIP, source, ("efficiency of the array", "%", 22.0, efficiency, 0.05, why), refuted=True)


def _ai1() -> list[Row]:
    cells = "silicon of 17-22 % on 80-92 % of the wing: 10 % either way"
    model = "efficiency and packing 10 %, ageing and temperature 10 %: together 15 %"
    rated = float(rated_areal_power(cell("silicon")))
    area = 210e3 / rated  # what 210 kW of rating take of our silicon
    old = compute_from(700.0, "silicon", age=LIFE, bus=BUS) / 1e3
    thin = compute_from(700.0, "thin silicon", age=LIFE, bus=BUS) / 1e3
    peak = compute_from(area, "silicon", age=0.0, bus=LATER_BUS) / 1e3
    mean = compute_from(area, "silicon", age=LIFE, bus=LATER_BUS) / 1e3
    return table(
        AI1,
        SHEET,
        ("rated power per area", "W/m2", 250.0, rated, 25.0, cells),
        ("average compute on 700 m2 of silicon after 5 yr", "kW", 120.0, old, 18.0, model),
        ("average compute on 700 m2 of thin silicon after 5 yr", "kW", 120.0, thin, 18.0, model),
    ) + table(
        AI1,
        LATER,
        ("peak compute on 210 kW of array, new", "kW", 250.0, peak, 37.5, model),
        ("average compute on 210 kW of array after 5 yr", "kW", 175.0, mean, 26.0, model),
    )


def _starcloud() -> list[Row]:
    thin = TECHNOLOGIES["thin silicon"]
    best = float(areal_power(thin["efficiency"][2], thin["packing"][2]))
    wing = best / (thin["blanket"][0] + thin["structure"][0])
    why = "whole wing with the best end of each of our ranges (thin silicon); 10 % for a figure of one digit"
    return table(
        STARCLOUD,
        "Starcloud (Lumen Orbit), Why we should train AI in space, v1.03 (Sep 2024)",
        ("specific power of the array", "W/kg", 1000.0, wing, 100.0, why),
    )


def _flown() -> list[Row]:
    whole = "printed without decimals: 0.5"
    return table(
        FLOWN,
        "ledger S010 and S011 (spacelaunchlive.com; NASA)",
        ("ISS solar array wing, 31 kW and 1,100 kg", "W/kg", 28.0, 31e3 / 1100.0, 0.5, whole),
        ("iROSA, 20 kW shadowed and 340 kg", "W/kg", 59.0, 20e3 / 340.0, 0.5, whole),
    )
