"""Published radiators beside ours: the ISS's, AI1's, a published model of AI1, integrated panels."""

from __future__ import annotations

from typing import Final

from dawndusk.core.constants import STEFAN_BOLTZMANN, YEAR, ZERO_CELSIUS
from dawndusk.physics.environment.flux import albedo_weight, punctures
from dawndusk.physics.spacecraft.fin import Panel
from dawndusk.physics.spacecraft.loop import AMMONIA, Loop, enough_alive
from dawndusk.physics.spacecraft.radiator import temperature_for
from dawndusk.physics.spacecraft.surroundings import EDGE_ON, Surroundings, absorbed
from dawndusk.physics.spacecraft.thermal import ColdPlate, ThermalNetwork, settled
from dawndusk.validation.row import Row, table

EATCS, PVR, AI1, BOUNDS, ISCR = "iss-eatcs", "iss-pvr", "ai1-heat", "ai1-bounds", "iscr-panel"
STORIES: Final = {
    EATCS: (
        "The space station's external loops reject 70 kW, often quoted as 156 m2 of radiator. Six arrays of "
        "23.3 by 3.4 m do it (SAE 951651): 475 m2, 147 W per m2 of planform. The whole 70 kW would leave 156 "
        "m2, edge-on to the Sun and behind the same paint, with ammonia at about the temperature that the "
        "station's loops run at: the six arrays are three times what an ideal attitude needs, because they "
        "must also reject their heat with a face in the Sun, beside each other and beside warm structure. It "
        "is a warning: a radiator in a real attitude can need three times the area."
    ),
    PVR: (
        "One photovoltaic radiator rejects 14 kW on 42.4 m2, 330 W/m2, at a coolant temperature that the "
        "overview does not give; edge-on it would be some degrees below freezing. Its two loops were to last "
        "ten years with 95 % chance that debris opens at most one; with our flux of debris, a guess within "
        "a factor of three, and tubes under a tenth of it, they do."
    ),
    AI1: (
        "SpaceX says about 1,400 W per m2 of radiator. That is its peak of 150 kW over 110 m2, an ideal one "
        "of emissivity 0.9 at 69 degC. On average it rejects 1,091 W/m2, and the later sheet's 175 kW on 160 "
        "m2 almost the same. The later sheet's 45 degC at the inlet of the cold plates does not fit that: "
        "our network, with the Earth below, fins, films and the coolant's rise of 15 K, has it hotter."
    ),
    BOUNDS: (
        "orbital-thermal-bounds (2026) asks which temperature AI1's radiator has with emissivity 0.91 and "
        "a sink of 220 K: 337 K at 120 kW, 353 K at the peak. The same equations give the same numbers. Its "
        "sink is warmer than ours (180 K edge-on at 600 km with white paint)."
    ),
    ISCR: (
        "Panels that are solar cells, computer and radiator in one (Gaalema et al., arXiv 2604.07760) are to "
        "keep junctions near 40 degC. All sunlight absorbed must leave from two faces so cold: it "
        "can if the cells absorb less than 0.62 of the sunlight, where usual ones absorb 0.85-0.92 and "
        "would be near 66 degC. The absorptivity assumed was not at hand."
    ),
}
OVERVIEW: Final = (
    "NASA ISS ATCS overview; Oren & Howell (1995), SAE 951651 (six arrays); ledger rows S020, S021"
)
SHEETS: Final = "SpaceX video of 8 June 2026 and later sheet; ledger rows P017-P023, P080-P082"
CODE: Final = "orbital-thermal-bounds, companion/verify_ai1.py at 6cb2264 (2026)"
INTEGRATED: Final = "Gaalema, Indyk, Staley (2026), arXiv 2604.07760"
AIR: Final = 0.90  # emissivity of the station's white paint
# Our central AI1: chips of 1.83 kW, ammonia, panels of half a millimetre of aluminium.
NETWORK: Final = ThermalNetwork(
    plate=ColdPlate(
        junction=3e-3, interface=4e-3, plate=4e-3, hbm=9e-3, junction_limit=378.15, hbm_limit=368.15
    ),
    coolant=AMMONIA,
    loop=Loop(kind="single-phase", rise=15.0, velocity=0.5, pressure=1e5, pump=0.4, quality=0.7, boiling=5e3),
    panel=Panel(
        pitch=0.10, bore=6e-3, wall=1.5e-3, thickness=0.5e-3, conductivity=180.0, density=2700.0, bond=5e3
    ),
)


def rows() -> list[Row]:
    """All of them."""
    return _eatcs() + _pvr() + _ai1() + _bounds() + _iscr()


def edge_on(altitude: float, weight: float, sun_error: float = 0.0) -> Surroundings:
    """A panel edge-on to the Earth that sees no hot array."""
    return Surroundings(
        altitude=altitude,
        albedo_weight=weight,
        tilt=EDGE_ON,
        sun_error=sun_error,
        array_view=0.0,
        array_temperature=0.0,
        array_emissivity=1.0,
    )


def station_coolant(flux: float) -> float:
    """Ammonia, degC, that rejects a flux from a panel of the station's, edge-on to the Sun.

    At a mean angle of the Sun above its orbit of 29 deg. Emissivity 0.90, absorptivity 0.20, fins 0.90, 3 K
    between ammonia and fin: judged, see the rows.
    """
    weight = float(albedo_weight(415e3, 0.5))
    taken = absorbed(edge_on(415e3, weight), emissivity=AIR, absorptivity=0.2)
    return float(temperature_for(flux, taken, emissivity=AIR, fin_efficiency=0.9)) + 3.0 - ZERO_CELSIUS


def _eatcs() -> list[Row]:
    area = 6 * 23.3 * 3.4
    unknown = (
        "supply 2.8 degC (37 F) is published, a return 7 K above it supposed; attitude, "
        "age of the paint and fins are ours: 10 K"
    )
    return (
        table(
            EATCS,
            OVERVIEW,
            (
                "radiator of both loops",
                "m2",
                156.0,
                area,
                8.0,
                "six arrays of 23.3 m by 3.4 m each reject it",
            ),
            refuted=True,
        )
        + table(
            EATCS,
            OVERVIEW,
            ("ammonia that rejects 70 kW on 156 m2", "degC", 6.0, station_coolant(70e3 / 156), 10.0, unknown),
        )
        + table(
            EATCS,
            OVERVIEW,
            (
                "ammonia that rejects 70 kW on all six",
                "degC",
                6.0,
                station_coolant(70e3 / area),
                10.0,
                "an ideal attitude would leave them much colder than they run: they are sized for worse ones",
            ),
            refuted=True,
        )
    )


def _pvr() -> list[Row]:
    flux = 14e3 / 42.4
    rate = float(punctures(42.4, 415e3, 1e-3, tubes=0.1)) / 2
    chance = float(enough_alive(rate, 10 * YEAR, loops=2, needed=1))
    why = "at least 0.95; grains of 1 mm and tubes under a tenth are ours, flux within a factor of three"
    return table(
        PVR,
        OVERVIEW,
        ("heat per planform", "W/m2", 330.0, flux, 0.5, "printed without decimals: 0.5"),
        (
            "ammonia that closes it",
            "degC",
            float("nan"),
            station_coolant(flux),
            0.0,
            "no temperature is published with it",
        ),
    ) + table(
        PVR,
        "SAE 932151 (1993): criterion of 95 %, shown to be met",
        (
            "chance that at most one of two loops is open after 10 yr",
            "1",
            0.95,
            chance,
            0.05,
            why,
        ),
    )


def ai1_supply(heat: float, area: float) -> float:
    """Coolant at the inlet of the cold plates, degC, of our central network at 600 km, dawn-dusk."""
    taken = absorbed(edge_on(600e3, 0.1), emissivity=0.9, absorptivity=0.2)
    found = settled(NETWORK, chip_power=1833.0, heat=heat, area=area, taken=taken, emissivity=0.9)
    return float(found.supply) - ZERO_CELSIUS


def _ai1() -> list[Row]:
    spread = (
        "emissivity 0.85-0.92 moves it by 3 K, fins 0.8-0.95 by 4 K, film and rise by 4 K, surroundings 3 K: "
        "7 K together"
    )
    ideal = float(temperature_for(1400.0, 0.0, emissivity=0.9))
    return table(
        AI1,
        SHEETS,
        ("peak heat per planform", "W/m2", 1400.0, 150e3 / 110, 50.0, "said with two digits: 50"),
        ("ideal panel at 1,400 W/m2", "K", 342.0, ideal, 0.5, "our notes' own number, without decimals: 0.5"),
        ("average, later sheet against reveal", "W/m2", 120e3 / 110, 175e3 / 160, 5.0, "exact divisions: 5"),
        (
            "coolant inlet at 175 kW on 160 m2",
            "degC",
            45.0,
            ai1_supply(175e3, 160.0),
            7.0,
            spread,
        ),
    )


def _bounds() -> list[Row]:
    taken = 2 * 0.91 * STEFAN_BOLTZMANN * 220.0**4
    found = {kw: float(temperature_for(kw * 1e3 / 110, taken, emissivity=0.91)) for kw in (120.0, 150.0)}
    stressed = 2 * 0.80 * STEFAN_BOLTZMANN * 260.0**4
    hot = float(temperature_for(120e3 / 110, stressed, emissivity=0.80))
    return table(
        BOUNDS,
        CODE,
        ("120 kW, emissivity 0.91, sink 220 K", "K", 337.1004, found[120.0], 1e-3, "its own tolerance: 1e-3"),
        ("150 kW, emissivity 0.91, sink 220 K", "K", 353.1623, found[150.0], 1e-3, "its own tolerance: 1e-3"),
        ("120 kW, emissivity 0.80, sink 260 K", "K", 358.91, hot, 0.01, "its own tolerance: 0.01"),
    )


def _iscr() -> list[Row]:
    where = edge_on(600e3, 0.1, sun_error=EDGE_ON)
    earth = absorbed(where, emissivity=0.875, absorptivity=0.0)
    emitted = 2 * 0.875 * STEFAN_BOLTZMANN * (40.0 + ZERO_CELSIUS) ** 4
    sunny = absorbed(where, emissivity=0.875, absorptivity=1.0) - earth
    usual = float(temperature_for(0.0, earth + 0.88 * sunny, emissivity=0.875)) - ZERO_CELSIUS
    why = "the paper's absorptivity and emissivities are not at hand; ours are 0.85 in front and 0.90 behind"
    return table(
        ISCR,
        INTEGRATED,
        (
            "largest absorptivity for panels at 40 degC",
            "1",
            float("nan"),
            float((emitted - earth) / sunny),
            0.0,
            why,
        ),
        (
            "panel with usual cells (absorptivity 0.88)",
            "degC",
            float("nan"),
            usual,
            0.0,
            why + "; junctions near 40 degC are claimed",
        ),
    )
