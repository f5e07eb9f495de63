"""One satellite design in one orbital shell: sunlight, closure, payload, and what to do in shadow."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import numpy as np

from dawndusk.core.constants import ZERO_CELSIUS
from dawndusk.core.records import Real, record, replace
from dawndusk.core.scenario.orbit import Launch, SatelliteOption, Shell
from dawndusk.physics.design import DAWN, Design
from dawndusk.physics.eclipse import OrbitYear, orbit_year
from dawndusk.physics.orbit import sun_synchronous_inclination
from dawndusk.physics.satellite import Budget, close

Strategy = Literal["battery", "shed"]
SSO_REFERENCE: Final = 650e3  # m, altitude at which Launch.payload_sso is stated
LOW_REFERENCE: Final = 600e3  # m, and Launch.payload_low, at LOW_INCLINATION
LOW_INCLINATION: Final = np.deg2rad(30.0)


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
    """

    strategy: Strategy
    average: Real
    run: Real
    mass: Real
    platform: Real
    per_launch: Real


def altitude(shell: Shell) -> float:
    """Middle of the group of shells, m (central value of drawn bounds)."""
    return float(np.median(shell.altitude_low + shell.altitude_high)) / 2


def inclination(shell: Shell) -> float:
    """Inclination that is flown, rad: sun-synchronous for the altitude, or as filed."""
    if shell.sun_synchronous:
        return float(sun_synchronous_inclination(altitude(shell)))
    return float(np.median(shell.inclination))


@lru_cache(maxsize=256)
def _sunlight(height: float, tilt: float | None, year: int) -> OrbitYear:
    if tilt is None:
        return orbit_year(altitude=height, ltan=DAWN, year=year)
    return orbit_year(altitude=height, inclination=tilt, raan=0.0, year=year)


def sunlight(shell: Shell, year: int) -> OrbitYear:
    """Light of a shell over a year: dawn-dusk if sun-synchronous, else with its node at 0 on 1 January.

    Notes
    -----
    One plane at the middle altitude stands for the group. Groups with planes at other local times see more
    shadow; a drifting plane passes all of them, and its yearly light hardly depends on where it begins.
    """
    return _sunlight(altitude(shell), None if shell.sun_synchronous else inclination(shell), year)


def close_in(
    design: Design, option: SatelliteOption, shell: Shell, launch: Launch, year: int
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
    Drag by altitude and dose by shell are not closed: station keeping and shielding stay the design's
    own, which flatters shells below and above its altitude (by some percent of mass at 550 to 1,000 km).
    """
    own, _ = _close(design, design.battery.eclipse, design.orbit.altitude, _own_light(design, year))
    height, light = altitude(shell), sunlight(shell, year)
    room = payload(launch, height, inclination(shell))
    found, reason = [], ""
    for strategy in _allowed(option):
        budget, failure = _close(design, strategy, height, light)
        count = satellites_per_launch(room, budget.mass.total, launch, option)
        if np.mean(count >= 1) < 0.5:
            failure = failure or f"one satellite is too heavy or too large for a {launch.label} launch"
        if failure:
            reason = f"{strategy}: {failure}"
            continue
        works = budget.closes & (count >= 1)
        found.append(
            Closed(
                strategy=strategy,
                average=np.where(works, budget.power.compute, 0.0)[()],
                run=budget.power.run,
                mass=budget.mass.total,
                platform=own.power.compute * _ratio(budget.cost.platform, own.cost.platform),
                per_launch=np.maximum(count, 1.0),
            )
        )
    return found, reason


def _ratio(here: Real, own: Real) -> Real:
    """Platform cost here over that in its own orbit; 1 for a design without a cost model."""
    priced = np.asarray(own) > 0
    return np.where(priced, here / np.where(priced, own, 1.0), 1.0)[()]


def _allowed(option: SatelliteOption) -> tuple[Strategy, ...]:
    return ("battery", "shed") if option.eclipse == "cheaper" else (option.eclipse,)


def _own_light(design: Design, year: int) -> OrbitYear:
    tilt = float(np.median(design.orbit.inclination)) if design.orbit.kind == "inclined" else None
    return _sunlight(float(np.median(design.orbit.altitude)), tilt, year)


def _close(design: Design, strategy: Strategy, height: Real, light: OrbitYear) -> tuple[Budget, str]:
    """The budget at an altitude, and what is wrong with it in words; "" if it works (in most draws)."""
    there = replace(
        design,
        orbit=replace(design.orbit, altitude=height),
        battery=replace(design.battery, eclipse=strategy),
    )
    budget = close(
        there,
        sunlit_fraction=light.sunlit_fraction,
        longest_shadow=light.longest_shadow,
        period=light.period,
    )
    if np.mean(budget.closes) >= 0.5:
        return budget, ""
    hot, limit = np.median(budget.temperature.junction), np.median(design.radiator.junction_limit)
    if hot > limit:
        found, allowed = hot - ZERO_CELSIUS, limit - ZERO_CELSIUS
        return budget, f"junctions at {found:.0f} degC, above their limit of {allowed:.0f} degC"
    return budget, "structure, margin and tanks leave no mass for the rest"


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
