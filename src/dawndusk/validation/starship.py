"""Starship: what 100 t to orbit are in a sun-synchronous one, and what a flight would have to cost."""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np

from dawndusk import ledger
from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER, TROPICAL_YEAR, YEAR
from dawndusk.core.constellation import Constellation, Group
from dawndusk.core.records import record
from dawndusk.library.filing import read_constellation
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.motion.orbit import sun_synchronous_inclination
from dawndusk.validation.row import Row, table

PAYLOAD, COST = "starship-orbit", "suncatcher-starship"
GUIDE: Final = "SpaceX, Starship Users Guide, Revision 1.0 (March 2020), Table 3 and its note 1"
MUSK: Final = "E. Musk, X post 1149571338748616704 (11 July 2019): 150 t reference, 100 to 125 t useful"
V3: Final = "Starship V3: 100 t to low orbit, reused (ledger L011, company claim, orbit not said)"
COUNT: Final = "ledger L014 and L015 (derived)"
PAPER: Final = "Google Suncatcher, arXiv 2511.19468v2 (2026), bottom-up price of Starship"
LATITUDE: Final = np.radians(26.0)  # Starbase; Florida's 28.5 degrees change payloads by 1 %
PARKING: Final = 200e3  # m
TURNING: Final = 2.0 * np.pi * (1.0 / DAY + 1.0 / TROPICAL_YEAR)  # rad/s, of the Earth against the stars
BOOSTER, BOOSTER_DRY, BOOSTER_SPEED = 3.4e6, 4e5, 3280.0  # kg, kg with return, m/s of exhaust: guesses
STORIES: Final = {
    PAYLOAD: (
        "Studies load 100 t on every Starship. The guide of 2020 promises that up to 500 km and 98.9 "
        "degrees, which is sun-synchronous. What is said of today's vehicle is 100 t to low orbit, reused, "
        "and which orbit is not said. If it is the usual reference, due east to 200 km, a sun-synchronous "
        "orbit loses the Earth's rotation and the height, 700 to 800 m/s together, and there some 45 t "
        "arrive. If it is the guide's, 95 t reach 600 km and 85 t 800 km. So AI1's orbit gets 40 to 95 t, "
        "our scenario plans with 60 (45 to 75), and a million tonnes a year are 27 launches a day or twice "
        "as many. The vehicle's masses are guesses here, but with the same ones its maker's 150 t for "
        "reference, 100 to 125 t to Starlink's orbit and 100 t to the guide's follow from each other."
    ),
    COST: (
        "Suncatcher builds a price of Starship from below: 460 USD/kg without reuse, at most 60 after ten "
        "flights, 15 after a hundred. Its propellant, 8 USD/kg, follows from its prices. The 460 cannot be "
        "recomputed (no price of the vehicle is given); from it the others follow if a refurbishment of 1 % "
        "is of 170 USD/kg, some third of the vehicle: one number, taken from the fourth (38 at 15 %), gives "
        "the other two. At 75 % margin 60 becomes 240, below the 250 claimed."
    ),
}


@record
class Ship:
    """The upper stage, all guesses within the ranges of `SHIPS`; kg and m/s."""

    propellant: float
    empty: float  # with what it needs to come back from the parking orbit
    exhaust: float


MIDDLE: Final = Ship(propellant=1.5e6, empty=1.5e5, exhaust=3630.0)
SHIPS: Final = tuple(
    Ship(propellant=p, empty=e, exhaust=v)
    for p, e, v in product((1.2e6, 1.6e6), (1.1e5, 1.9e5), (3530.0, 3730.0))
)


def rows() -> list[Row]:
    """Payload by orbit and by group of the filing, launches that follow, and Suncatcher's prices."""
    filed = read_constellation("spacex_2026_05")
    return [*_claims(), *_groups(filed), *_launches(filed), *_prices()]


def speed_needed(altitude: float, inclination: float) -> float:
    """Velocity (m/s) that launch and transfer to a circular orbit take, before losses in the air.

    To a circular parking orbit at its inclination, less the rotation of the site, then a Hohmann transfer;
    an inclination below the latitude is launched due east.
    """
    low, high = EARTH_RADIUS + PARKING, EARTH_RADIUS + altitude
    circular = np.sqrt(GRAVITATIONAL_PARAMETER / np.array([low, high]))
    east = min(np.cos(inclination) / np.cos(LATITUDE), 1.0)
    site = TURNING * EARTH_RADIUS * np.cos(LATITUDE)
    start = np.hypot(circular[0] * east - site, circular[0] * np.sqrt(1.0 - east**2))
    axis = (low + high) / 2.0
    ends = np.sqrt(GRAVITATIONAL_PARAMETER * (2.0 / np.array([low, high]) - 1.0 / axis))
    return float(start + abs(ends[0] - circular[0]) + abs(circular[1] - ends[1]))


def payload_after(known: float, orbit: tuple[float, float], wanted: tuple[float, float], ship: Ship) -> float:
    """Payload (kg) to one orbit from that to another (`known`), each as altitude (m) and inclination (rad).

    Tsiolkovsky (1903) for both stages at the same losses; coming back from higher up takes propellant too.
    """
    extra = speed_needed(*wanted) - speed_needed(*orbit)
    back, back_known = (
        ship.empty * np.expm1(_return(altitude) / ship.exhaust) for altitude in (wanted[0], orbit[0])
    )

    def gained(start: float) -> float:
        return BOOSTER_SPEED * float(np.log1p(BOOSTER / (BOOSTER_DRY + start)))

    end = ship.empty + back_known + known
    given = ship.exhaust * np.log1p(ship.propellant / end) + gained(end + ship.propellant)
    for _ in range(50):  # the booster gains a little from a lighter ship: contracts fast
        asked = given + extra - gained(end + ship.propellant)
        end = ship.propellant / np.expm1(asked / ship.exhaust)
    return float(end - ship.empty - back)


def _return(altitude: float) -> float:
    """Burn (m/s) to come back, beyond that from the parking orbit."""
    return float(disposal_delta_v(altitude) - disposal_delta_v(PARKING))


def _spread(known: float, orbit: tuple[float, float], wanted: tuple[float, float]) -> tuple[float, str]:
    """Tonnes for the middle ship, and in words for all of them."""
    middle = payload_after(known, orbit, wanted, MIDDLE) / 1e3
    all_ = [payload_after(known, orbit, wanted, ship) / 1e3 for ship in SHIPS]
    return (
        middle,
        f"{min(all_):.0f} to {max(all_):.0f} t with guessed masses and exhaust speeds",
    )


NONE: Final = float("nan")
UNSAID: Final = "neither this payload nor the masses of the vehicle are published"
EAST: Final = (PARKING, float(LATITUDE))
GUIDED: Final = (500e3, float(np.radians(98.9)))


def _dawn(altitude: float) -> tuple[float, float]:
    return altitude, float(sun_synchronous_inclination(altitude))


def _claims() -> list[Row]:
    starlink, words = _spread(150e3, EAST, (550e3, float(np.radians(53.0))))
    reference, apart = _spread(100e3, GUIDED, EAST)
    useful = "100 to 125 t are said: 12.5 about their middle"
    tenth = "10 t: what guessed masses of the ship move it by"
    made = table(
        PAYLOAD,
        MUSK,
        ("150 t due east, taken to 550 km and 53 deg", "t", 112.5, starlink, 12.5, f"{useful}; {words}"),
    ) + table(
        PAYLOAD,
        f"{GUIDE}; {MUSK}",
        ("100 t at 500 km and 98.9 deg, due east instead", "t", 150.0, reference, 15.0, f"10 %; {apart}"),
    )
    for altitude in (600e3, 800e3):
        name = f"sun-synchronous, {altitude / 1e3:.0f} km"
        guided, one = _spread(100e3, GUIDED, _dawn(altitude))
        east, two = _spread(100e3, EAST, _dawn(altitude))
        made += table(
            PAYLOAD,
            V3,
            (f"{name}, if 100 t are the guide's", "t", 100.0, guided, 10.0, f"{tenth}; {one}"),
            (f"{name}, if 100 t are due east", "t", NONE, east, 0.0, f"{UNSAID}; {two}"),
        )
    return made


def _place(group: Group) -> tuple[float, float]:
    """The middle of a group's altitudes and inclinations."""
    return (
        (group.altitude_low + group.altitude_high) / 2.0,
        (group.inclination_low + group.inclination_high) / 2.0,
    )


def _groups(filed: Constellation) -> list[Row]:
    made = []
    for number, group in enumerate(filed.groups, 1):
        altitude, inclination = _place(group)
        ours, words = _spread(100e3, EAST, (altitude, inclination))
        where = f"group {number}, {altitude / 1e3:.0f} km, {np.degrees(inclination):.1f} deg"
        name = f"{where}, if 100 t are due east"
        made += table(PAYLOAD, V3, (name, "t", NONE, ours, 0.0, f"{UNSAID}; {words}"))
    return made


def _launches(filed: Constellation) -> list[Row]:
    """A million tonnes a year at 100 t, and at the payloads of the groups, each filled to its share."""
    tonnes, mass = float(ledger.entry("P006").central), filed.craft.mass / 1e3
    sizes = np.array([g.filed for g in filed.groups], float)
    each = np.array([payload_after(100e3, EAST, _place(g), MIDDLE) / 1e3 for g in filed.groups])
    mixed = tonnes * float(np.sum(sizes / sizes.sum() / each)) * DAY / YEAR
    whole, digit = "whole satellites: 0", "printed to one digit: 0.05"
    return table(
        PAYLOAD,
        COUNT,
        ("satellites of 2 t on 100 t", "1", 50.0, float(100.0 // 2.0), 0.0, whole),
        ("satellites on 100 t, at the letter's 3 t", "1", 50.0, float(100.0 // mass), 0.0, whole),
        ("launches a year for a million tonnes at 100 t", "1", 10000.0, tonnes / 100.0, 0.0, "exact"),
        ("launches a day for it at 100 t", "1", 27.4, tonnes / 100.0 * DAY / YEAR, 0.05, digit),
        ("the same to the groups, if 100 t are due east", "1", NONE, mixed, 0.0, UNSAID),
    )


def _prices() -> list[Row]:
    fuel = (3400.0 * 200.0 + 1200.0 * 700.0) / 200.0 / 1e3  # USD/kg: LOX and methane, t and USD/t, per 200 t
    hardware = 460.0 - fuel
    base = (38.0 - hardware / 100.0 - fuel) / 0.15
    ten, hundred = (hardware / flights + 0.01 * base + fuel for flights in (10.0, 100.0))
    most = "an upper bound: 5 and less below it, since it would have been printed lower otherwise"
    return table(
        COST,
        PAPER,
        ("without reuse", "USD/kg", 460.0, NONE, 0.0, "no price of the vehicle is given"),
        ("propellant at 200 and 700 USD/t, 200 t", "USD/kg", 8.0, fuel, 0.5, "said as 'about 8', whole"),
        ("flown ten times", "USD/kg", 60.0, ten, 5.0 + 0.5, f"{most}; base {base:.0f} USD/kg"),
        ("flown a hundred times", "USD/kg", 15.0, hundred, 5.0, most),
        (
            "price at 75 % margin on 60",
            "USD/kg",
            250.0,
            60.0 / 0.25,
            10.0,
            "said as below 250, from at most 60",
        ),
    )
