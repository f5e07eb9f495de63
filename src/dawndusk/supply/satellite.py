"""One satellite design in one orbital shell: sunlight, closure, payload, and what to do in shadow."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.constants import ZERO_CELSIUS
from dawndusk.core.constellation import Group
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.core.scenario.orbit import Launch, SatelliteOption, Shell
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.environment.dose import KRAD, THICKEST
from dawndusk.physics.environment.drag import drag_delta_v
from dawndusk.physics.light.local_time import raan_edge
from dawndusk.physics.light.sunlight import constellation_year
from dawndusk.physics.motion.layout import group_planes
from dawndusk.physics.motion.orbit import nodal_period, sun_synchronous_inclination
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.conditions import Conditions, conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import FailingParts, failing_parts
from dawndusk.physics.spacecraft.shielding import protons_behind

Strategy = Literal["battery", "shed"]
SSO_REFERENCE: Final = number("payload_altitude_synchronous")  # m
LOW_REFERENCE: Final = number("payload_altitude_low")  # m, and Launch.payload_low, at LOW_INCLINATION
LOW_INCLINATION: Final = np.deg2rad(number("payload_inclination_low"))
EVEN_PLANES: Final = 12  # nodes that stand for a shell with planes all around the equator
LEAST_COOLED: Final = number("least_cooled_share")  # share of its power below which a design is not flown


@record
class Closed:
    """A satellite that works in a shell.

    Parameters
    ----------
    strategy : {"battery", "shed"}
        What it does in shadow.
    average, run : Real
        Orbit-average compute and power while running, W; chips are installed for the latter. A draw in
        which the satellite does not work has the average 0.
    mass : Real
        Launched, kg.
    platform : Real
        Orbit-average watts of the design in its own orbit, times what its platform costs in this shell
        relative to there by the design's own cost model: what a price per watt is to be multiplied with.
    per_launch : Real
        Satellites in one launch: whole ones.
    parts, own_parts : FailingParts
        What can fail here, and in the design's own orbit, at the design's own rates.
    """

    strategy: Strategy
    average: Real
    run: Real
    mass: Real
    platform: Real
    per_launch: Real
    parts: FailingParts
    own_parts: FailingParts


def altitude(shell: Shell) -> float:
    """Middle of the group of shells, m (central value of drawn bounds)."""
    return float(np.median(shell.altitude_low + shell.altitude_high)) / 2


def inclination(shell: Shell) -> float:
    """Inclination that is flown, rad: sun-synchronous for the altitude, or as filed."""
    if shell.sun_synchronous:
        return float(sun_synchronous_inclination(altitude(shell)))
    return float(np.median(shell.inclination))


@record
class ShellLight:
    """A year of light of the planes of a shell, all together.

    Parameters
    ----------
    period : s
        From one ascending node to the next.
    sunlit_fraction, sunlit_by_month : float, array
        Mean light of all planes over the year, and of each month, shape (12,).
    edge : float
        The same over the year with every node at the edge of its tolerance.
    longest_shadow : s
        In the worst plane.
    days_with_shadow : int
        In the worst plane.
    nodes : tuple of float
        Of its planes at the start of the year, rad.
    """

    period: float
    sunlit_fraction: float
    sunlit_by_month: Floats
    edge: float
    longest_shadow: float
    days_with_shadow: int
    nodes: tuple[float, ...]


@lru_cache(maxsize=256)
def _sunlight(height: float, tilt: float | None, tolerance: float, year: int) -> ShellLight:
    dawn_dusk = tilt is None
    group = Group(
        name="shell",
        label="shell",
        altitude_low=height,
        altitude_high=height,
        inclination_low=tilt or 0.0,
        inclination_high=tilt or 0.0,
        sun_synchronous=dawn_dusk,
        arrangement="dawn-dusk" if dawn_dusk else "even",
        shells=1,
        planes=2 if dawn_dusk else EVEN_PLANES,
        satellites=1,
    )
    planes = group_planes(group, float(seconds_from_utc(f"{year}-01-01")))
    found = constellation_year(planes, year)
    return ShellLight(
        period=float(nodal_period(height, planes.inclination[0])),
        sunlit_fraction=float(found.sunlit_fraction.mean()),
        sunlit_by_month=found.sunlit_by_month.mean(axis=1),
        edge=float(raan_edge(planes, tolerance, year).edge.mean()),
        longest_shadow=float(found.longest_shadow.max()),
        days_with_shadow=int(found.days_with_shadow.max()),
        nodes=tuple(float(x) for x in planes.raan),
    )


def sunlight(shell: Shell, year: int) -> ShellLight:
    """Light of a shell over a year: planes at dawn and dusk if sun-synchronous, else all around the equator.

    Notes
    -----
    The middle altitude stands for the group, wrong by 0.3 % of the light at most in the filed groups. Twelve
    nodes stand for all of an inclined shell, within 1e-3 of 30.
    """
    tolerance = float(np.median(shell.raan_tolerance))
    return _sunlight(altitude(shell), None if shell.sun_synchronous else inclination(shell), tolerance, year)


def close_in(
    design: Design,
    option: SatelliteOption,
    shell: Shell,
    launch: Launch,
    year: int,
    numbers: Numbers = AS_IN_LEDGER,
) -> tuple[list[Closed], str]:
    """The design in the shell, for each answer to shadow that the option allows and that works.

    Returns
    -------
    found : list of Closed
        Empty if none works.
    reason : str
        Why the last one that does not work fails; "" if all do.

    Notes
    -----
    Propulsion follows the altitude (`moved`), shield and ageing of the array follow the orbit's radiation.
    Where the radiator is too small in a draw, chips run as fast as it allows (`cooled_share`).
    """
    home = _own_place(design, year)
    own, _ = _close(design, design.battery.eclipse, home)
    own_parts = parts_in(design, own, home, numbers)
    height, place = altitude(shell), shell_conditions(design, shell, year)
    there = moved(design, own, shell, numbers)
    room = payload(launch, height, inclination(shell))
    found, reason = [], ""
    for strategy in _allowed(option):
        budget, failure = _close(there, strategy, place)
        count = satellites_per_launch(room, budget.mass.total, launch, option)
        if np.mean(count >= 1) < 0.5:
            failure = failure or f"one satellite is too heavy or too large for a {launch.label} launch"
        if failure:
            reason = f"{strategy}: {failure}"
            continue
        works = _works(budget) & (count >= 1)
        found.append(
            Closed(
                strategy=strategy,
                average=np.where(works, budget.power.compute * cooled_share(budget), 0.0)[()],
                run=budget.power.run,
                mass=budget.mass.total,
                platform=own.power.compute * _ratio(budget.cost.platform, own.cost.platform),
                per_launch=np.maximum(count, 1.0),
                parts=parts_in(design, budget, place, numbers),
                own_parts=own_parts,
            )
        )
    return found, reason


def parts_in(
    design: Design, budget: Budget, place: Conditions, numbers: Numbers = AS_IN_LEDGER
) -> FailingParts:
    """What can fail of a closed satellite in an orbit, at its design's own rates."""
    wall = np.asarray(budget.shield_wall) + design.body.housing
    return failing_parts(
        design,
        radiator=budget.area.radiator,
        altitude=float(np.median(place.altitude)),
        protons=protons_behind(place.dose, wall),
        numbers=numbers,
    )


def _ratio(here: Real, own: Real) -> Real:
    """Platform cost here over that in its own orbit; 1 for a design without a cost model."""
    priced = np.asarray(own) > 0
    return np.where(priced, here / np.where(priced, own, 1.0), 1.0)[()]


def _allowed(option: SatelliteOption) -> tuple[Strategy, ...]:
    return ("battery", "shed") if option.eclipse == "cheaper" else (option.eclipse,)


def shell_conditions(design: Design, shell: Shell, year: int) -> Conditions:
    """What a shell does to a design: mean light of its planes, shadows and dose of the worst."""
    tilt = None if shell.sun_synchronous else inclination(shell)
    nodes = sunlight(shell, year).nodes
    return conditions(altitude(shell), tilt, nodes, year=year, technology=design.array.technology)


def _own_place(design: Design, year: int) -> Conditions:
    tilt = float(np.median(design.orbit.inclination)) if design.orbit.kind == "inclined" else None
    height = float(np.median(design.orbit.altitude))
    nodes = _sunlight(height, tilt, 0.0, year).nodes
    return conditions(height, tilt, nodes, year=year, technology=design.array.technology)


def moved(design: Design, own: Budget, shell: Shell, numbers: Numbers = AS_IN_LEDGER) -> Design:
    """The design at a shell's altitude: what drag and leaving orbit take there.

    Parameters
    ----------
    design, own : Design, Budget
        As designed, and closed in its own orbit.
    shell : Shell
        Where it is to fly.

    Notes
    -----
    Station keeping is the design's own plus the difference of drag at mean solar activity; disposal is the
    design's own velocity in proportion to what a controlled re-entry takes. The wing faces the Sun, so the
    flow meets (2/pi) cos(beta) of its area on average: a sixth at dawn and dusk, half elsewhere, plus the
    body's own (`Numbers`). Drag is good to +-30 % at a given activity, which itself moves it
    by a factor of three either way below 700 km.
    """
    height, body = altitude(shell), design.body
    dawn, even = numbers.wing_flow_share_dawn_dusk, numbers.wing_flow_share_inclined
    share = dawn if shell.sun_synchronous else even
    area_to_mass = np.clip(share * own.area.array / own.mass.dry, 1e-4, 10.0)
    here, there = (
        drag_delta_v(x, area_to_mass, numbers.drag_coefficient) for x in (design.orbit.altitude, height)
    )
    leaving = disposal_delta_v(height) / disposal_delta_v(design.orbit.altitude)
    return replace(
        design,
        orbit=replace(design.orbit, altitude=height),
        body=replace(
            body,
            station_keeping=np.maximum(body.station_keeping + there - here, 0.0)[()],
            disposal=(body.disposal * leaving)[()],
        ),
    )


def _close(design: Design, strategy: Strategy, place: Conditions) -> tuple[Budget, str]:
    """The budget in its orbit, and what is wrong with it in words; "" if it works (in most draws)."""
    there = replace(design, battery=replace(design.battery, eclipse=strategy))
    budget = close(there, place)
    return budget, "" if np.mean(_works(budget)) >= 0.5 else _failure(there, budget)


def _failure(design: Design, budget: Budget) -> str:
    """The balance that fails in most draws, in words."""
    if np.mean(np.isfinite(budget.shield_wall)) < 0.5:
        limit = np.median(design.body.dose_limit) / KRAD
        return f"no wall up to {THICKEST * 1e3:g} mm keeps the dose of its life below {limit:.3g} krad"
    if np.mean(np.isfinite(budget.mass.total)) < 0.5:
        return "no radiator is large enough, or structure, margin and tanks leave no mass for the rest"
    if np.mean(cooled_share(budget)) < LEAST_COOLED:
        hot = np.median(budget.temperature.junction) - ZERO_CELSIUS
        limit = np.median(design.plate.junction_limit) - ZERO_CELSIUS
        return f"junctions at {hot:.0f} degC, above their limit of {limit:.0f} degC"
    return "its array is too small for the load"


def cooled_share(budget: Budget) -> Real:
    """Share of its power at which a satellite stays within its limits of temperature: hot chips slow down."""
    found: Real = np.minimum(budget.power.held / budget.power.run, 1.0)
    return found


def _works(budget: Budget) -> NDArray[np.bool_]:
    """Whether it flies: it has a mass and enough array; a hot one runs slower, but not below half."""
    fed = np.asarray(budget.area.array) >= budget.array_needed * (1 - 1e-9)
    return np.asarray(np.isfinite(budget.mass.total) & fed & (cooled_share(budget) >= LEAST_COOLED))


def payload(launch: Launch, height: float, tilt: float) -> Real:
    """Payload of one launch to an orbit, kg, never below 0.

    Parameters
    ----------
    launch : Launch
        States the payload to 30 deg (600 km) and to sun-synchronous orbit (650 km).
    height, tilt : float
        Altitude, m, and inclination, rad.

    Notes
    -----
    Linear between the two in the cosine of the inclination, as the Earth's rotation (465 m/s at the
    equator) helps in proportion to it; flat below 30 deg, where the launch site's latitude limits; and
    linear in altitude. Launch sites and dog-legs are left out: wrong by perhaps 10 %, well inside the range
    of the two figures themselves.
    """
    polar = sun_synchronous_inclination(SSO_REFERENCE)
    turn = (np.cos(LOW_INCLINATION) - np.cos(max(tilt, LOW_INCLINATION))) / (
        np.cos(LOW_INCLINATION) - np.cos(polar)
    )
    stated = launch.payload_low + (launch.payload_sso - launch.payload_low) * turn
    above = (height - (LOW_REFERENCE + (SSO_REFERENCE - LOW_REFERENCE) * turn)) / 1e6
    found: Real = np.maximum(stated * (1 - launch.payload_per_km * above), 0.0)
    return found


def satellites_per_launch(room: Real, mass: Real, launch: Launch, option: SatelliteOption) -> Real:
    """Whole satellites in one launch: as many as mass (kg) and volume allow."""
    return np.floor(np.minimum(room / mass, launch.volume / option.volume) + 1e-9)
