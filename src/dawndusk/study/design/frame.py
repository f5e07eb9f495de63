"""What a search for the best satellite is held against: a design to start from, prices at a date, orbits.

Nothing is modelled here: light, dose, drag, disposal and ageing are tabulated over altitude by the physics
that owns them, prices come from a scenario as the planner's offers have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, record
from dawndusk.core.scenario import Scenario
from dawndusk.core.scenario.orbit import Launch, SatelliteOption
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.environment.drag import drag_delta_v
from dawndusk.physics.environment.flux import albedo_weight
from dawndusk.physics.light.eclipse import orbit_year
from dawndusk.physics.light.sunlight import plane_year
from dawndusk.physics.motion.layout import DAWN
from dawndusk.physics.motion.orbit import raan_from_ltan, sun_synchronous_inclination
from dawndusk.physics.spacecraft.battery_life import allowed_depth, chemistry
from dawndusk.physics.spacecraft.cell_damage import array_share, damage_ratio
from dawndusk.physics.spacecraft.cells import Cell, cell
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.shadow_calendar import ShadowCalendar, equivalent_orbits, shadow_calendar
from dawndusk.physics.spacecraft.shielding import DoseCurve, dose_curve
from dawndusk.physics.spacecraft.wing import hot_share, wing_sky, wing_temperature
from dawndusk.study.costs import QUARTER
from dawndusk.study.satellite import YEAR_OF_SUN, presets, read_design
from dawndusk.study.scenario import read, shipped, text_of
from dawndusk.supply.chips import technology
from dawndusk.supply.orbital import launch_price, orbit_rate, platform_price
from dawndusk.supply.shells import DRAG_COEFFICIENT, payload
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, lead_periods

Kind = Literal["dawn-dusk", "inclined"]

DEFAULT: Final = "colossus"  # whose prices count for a preset
LOWEST: Final = 450e3  # m
HIGHEST: Final = 1500e3  # m
LEVELS: Final = 43  # altitudes of the tables
NODES: Final = 12  # planes that stand for all nodes of an inclined orbit
BETAS: Final = 5  # angles of the Sun that stand for a year's
TILT: Final = np.deg2rad(30.0)  # of the inclined variant
CHEMISTRY: Final = "nickel"
CELLS: Final = ("silicon", "thin silicon", "III-V")
STOWED_DENSITY: Final = 180.0  # kg/m3, of a design whose stowed volume is not known


@record
class Terms:
    """Prices, rates and lives of one quarter, as the scenario's offers have them; money in USD.

    Parameters
    ----------
    scenario, quarter : str
        Where they come from; quarter of the first day in service.
    rate : 1/yr
        Cost of capital of all that flies, chips too.
    watts, chip_price : W/H100e, USD/H100e
        Of the chips on sale at the order.
    launch, launch_price : Launch, USD
        Vehicle; price of one launch.
    launches, satellites : 1/yr
        That can be ours; that the factory makes, of whatever size.
    platform : USD/W
        The scenario's price of the design's platform at the order; 0 where it offers no such design.
    volume : m3
        Of the design, stowed; 0 where not known.
    life, satellite_loss, chip_failure, utilisation, operations, disposal
        As `core.scenario.orbit.Orbit` and `Chips` have them (yr, 1/yr, 1/yr, -, 1/yr, USD).
    """

    scenario: str
    quarter: str
    rate: float
    watts: float
    chip_price: float
    launch: Launch
    launch_price: float
    launches: float
    satellites: float
    platform: float
    volume: float
    life: float
    satellite_loss: float
    chip_failure: float
    utilisation: float
    operations: float
    disposal: float


@record
class Conditions:
    """What orbits of one kind do to a satellite, by altitude; columns of shape (LEVELS,).

    Parameters
    ----------
    altitude, inclination : m, rad
    columns : mapping
        ``sunlit``, ``shadow`` (s), ``period`` (s), ``albedo``, ``depth`` (of the battery), ``payload`` (kg),
        ``disposal`` (m/s), ``drag`` (logarithm of m/s per s and m2/kg), and by cell ``degradation ...``
        (1/s) and ``hot ...``.
    dose : DoseCurve
        Shapes (k, LEVELS).
    """

    altitude: Floats
    inclination: Floats
    columns: Mapping[str, Floats]
    dose: DoseCurve


@record
class Frame:
    """All that a candidate is judged by.

    Parameters
    ----------
    design : Design
        The start: margins, optics, junction limit, what is not varied.
    terms : Terms
    conditions : mapping of str to Conditions
        By kind of orbit.
    """

    design: Design
    terms: Terms
    conditions: Mapping[Kind, Conditions]


def frame(name: str) -> Frame:
    """The frame of a scenario (its first satellite option is the start) or of a preset or design file.

    Parameters
    ----------
    name : str
        Shipped scenario, preset, or file of either. A preset takes its prices from `DEFAULT`.

    Raises
    ------
    UserError
        For an unknown name, a wrong file, or a scenario without satellites.
    """
    if _is_scenario(name):
        scenario, _ = read(name)
        if not scenario.orbit.satellites:
            raise problem(
                "orbit.satellites", "no satellite", "at least one satellite to start from", f"see {DEFAULT}"
            )
        option = scenario.orbit.satellites[0]
        design, _ = read_design(option.design)
    else:
        design, _ = read_design(name)
        scenario, _ = read(DEFAULT)
        option = next((x for x in scenario.orbit.satellites if x.design == name), None)  # type: ignore[assignment]
    terms = terms_of(scenario, option)
    return Frame(design=design, terms=terms, conditions=conditions_for(terms.launch, terms.life))


def _is_scenario(name: str) -> bool:
    """Whether a name is a scenario's rather than a design's.

    Raises
    ------
    UserError
        If it is neither.
    """
    if name in shipped():
        return True
    if name in presets():
        return False
    if not Path(name).is_file():
        known = f"a scenario ({', '.join(shipped())}), a satellite ({', '.join(presets())}), or a file"
        raise problem("SCENARIO|PRESET", name, known, DEFAULT)
    return any(line.startswith("format: dawndusk-scenario") for line in text_of(name)[0].splitlines())


def terms_of(scenario: Scenario, option: SatelliteOption | None) -> Terms:
    """Prices of a scenario for what is in service in `QUARTER`, or as near to it as can be ordered.

    Parameters
    ----------
    scenario : Scenario
        Central values.
    option : SatelliteOption or None
        Whose platform price and stowed volume count; None if it offers no such satellite.
    """
    axis, orbit = axis_of(scenario), scenario.orbit
    lead = lead_periods(orbit.lead)
    earliest = axis.index(option.first if option else orbit.factory.first) - lead
    order = axis.clip(max(axis.index(QUARTER) - lead, earliest))
    service = axis.clip(order + lead)
    chips, launch, factory = technology(scenario), orbit.launch, orbit.factory
    flights = axis.ramp(launch.flights, launch.growth, axis.index(launch.first))
    made = axis.ramp(factory.output, factory.growth, axis.index(factory.first))
    return Terms(
        scenario=scenario.name,
        quarter=scenario.calendar.label(service),
        rate=float(orbit_rate(scenario)[order]),
        watts=float(chips.watts[order]),
        chip_price=float(chips.price[order]),
        launch=launch,
        launch_price=float(launch_price(scenario)[service]),
        launches=float(flights[service] * PERIODS_PER_YEAR * launch.share),
        satellites=float(made[service] * PERIODS_PER_YEAR),
        platform=float(platform_price(option, scenario)[order]) if option else 0.0,
        volume=option.volume if option else 0.0,
        life=orbit.life,
        satellite_loss=orbit.satellite_loss,
        chip_failure=scenario.chips.failure_orbit,
        utilisation=orbit.utilisation,
        operations=orbit.operations,
        disposal=orbit.disposal_cost,
    )


def conditions_for(launch: Launch, life: float) -> dict[Kind, Conditions]:
    """Tables over altitude for both kinds of orbit; `life` in yr."""
    height = np.linspace(LOWEST, HIGHEST, LEVELS)
    kinds: dict[Kind, Floats] = {
        "dawn-dusk": np.asarray(sun_synchronous_inclination(height)),
        "inclined": np.full(LEVELS, TILT),
    }
    return {kind: _conditions(kind, height, tilt, launch, life) for kind, tilt in kinds.items()}


def _conditions(kind: Kind, height: Floats, tilt: Floats, launch: Launch, life: float) -> Conditions:
    calendar, low, high, longest = _light(kind)
    pack = chemistry(CHEMISTRY)
    depths = calendar.lengths / np.where(calendar.longest > 0, calendar.longest, 1.0)
    cycles = equivalent_orbits(calendar, depths, pack.exponent) * life
    betas = low + (high - low) * np.linspace(0.0, 1.0, BETAS)[:, None]
    bright = albedo_weight(height, betas).mean(axis=0)
    columns = {
        "sunlit": 1.0 - calendar.dark_share,
        "shadow": longest,
        "period": calendar.period,
        "albedo": bright,
        "depth": np.asarray(allowed_depth(pack, cycles=cycles, age=life * YEAR)),
        "payload": np.array(
            [payload(launch, h, i) for h, i in zip(height.tolist(), tilt.tolist(), strict=True)]
        ),
        "disposal": np.asarray(disposal_delta_v(height)),
        "drag": np.log(drag_delta_v(height, 1.0, DRAG_COEFFICIENT)),
    }
    for name in CELLS:
        fading, hot = _ageing(cell(name), height, tilt, bright, life)
        columns |= {f"degradation {name}": fading, f"hot {name}": hot}
    return Conditions(altitude=height, inclination=tilt, columns=columns, dose=_dose(kind))


@cache
def _light(kind: Kind) -> tuple[ShadowCalendar, Floats, Floats, Floats]:
    """Shadows of a kind of orbit by altitude, extremes of the Sun's angle, and the longest shadow."""
    height, ends = np.linspace(LOWEST, HIGHEST, LEVELS), np.array([LOWEST, HIGHEST])
    start = float(seconds_from_utc(f"{YEAR_OF_SUN}-01-01"))
    if kind == "dawn-dusk":
        nodes, tilt = raan_from_ltan(DAWN, start)[None], sun_synchronous_inclination(height)
        year = orbit_year(altitude=ends, ltan=DAWN, year=YEAR_OF_SUN)
    else:
        nodes, tilt = 2.0 * np.pi * np.arange(NODES) / NODES, np.full(LEVELS, TILT)
        year = orbit_year(altitude=ends, inclination=TILT, raan=0.0, year=YEAR_OF_SUN)
    each = shadow_calendar(height[:, None], tilt[:, None], nodes, YEAR_OF_SUN)
    mean = ShadowCalendar(
        lengths=each.lengths.mean(axis=-1),
        orbits=each.orbits.mean(axis=-1),
        longest=each.longest.max(axis=-1),
        period=each.period.mean(axis=-1),
    )
    low, high = (np.interp(height, ends, np.asarray(x)) for x in (year.beta_min, year.beta_max))
    planes = plane_year(height[:, None], tilt[:, None], nodes, YEAR_OF_SUN)
    return mean, low, high, planes.longest_shadow.max(axis=-1)


@cache
def _dose(kind: Kind) -> DoseCurve:
    height = np.linspace(LOWEST, HIGHEST, LEVELS)
    tilt = sun_synchronous_inclination(height) if kind == "dawn-dusk" else TILT
    return dose_curve(height, tilt)


def _ageing(found: Cell, height: Floats, tilt: Floats, bright: Floats, life: float) -> tuple[Floats, Floats]:
    """Loss per time (1/s) that leaves at the end of the life what radiation and ageing leave; hot share."""
    left = np.asarray(array_share(found, ratio=damage_ratio(height, tilt, found), age=life * YEAR))
    sky = wing_sky(height, 0.0, np.pi / 2, albedo_weight=bright)  # seen edge-on, as on average
    hot = hot_share(found, wing_temperature(found, sky, remaining=left))
    yearly = -np.expm1(np.log(np.maximum(left, 1e-3)) / life)
    return np.asarray(yearly / YEAR), np.asarray(hot)
