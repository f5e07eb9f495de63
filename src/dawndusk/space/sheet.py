"""One satellite from a preset or a file: closed in its orbit, with ranges, claims and verdict."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from dawndusk.core.constants import HOUR, YEAR, ZERO_CELSIUS
from dawndusk.core.numbers import number
from dawndusk.core.ranges import Distribution
from dawndusk.core.records import Floats, record, replace
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.conditions import Conditions, conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import FailingParts, failing_parts
from dawndusk.physics.spacecraft.shielding import protons_behind
from dawndusk.space.claims import Check, checks, out_of_limits, verdict
from dawndusk.space.impossible import require_closable

YEAR_OF_SUN: Final = int(number("sheet_year_of_sun"))  # the calendar year whose eclipses count
DRAWS: Final = 4000  # 10 and 90 % points within about 1 % of a mass
TAILS: Final = (0.1, 0.5, 0.9)
DRIFTING: Final = (0.0,)  # rad, node at the start of the year of an orbit that is not sun-synchronous
Ranges = Mapping[str, Distribution]


@record
class Sheet:
    """A closed satellite with all that is printed of it.

    Parameters
    ----------
    design, budget : Design, Budget
        Central values.
    conditions : Conditions
        Of its orbit.
    sunlit_fraction, longest_shadow, period, inclination : float
        Of its orbit over the year `YEAR_OF_SUN`; SI.
    found : tuple of Check
        Balances and claims.
    closes, binding : bool, str
        The verdict.
    drawn : mapping
        ``mass``, ``platform``, ``specific`` (10, 50, 90 % points in kg, USD/W, W/kg), ``closes`` (share
        of the draws that close); empty without ranges.
    lighter : float
        Share of the draws at or below the claimed mass.
    """

    design: Design
    budget: Budget
    conditions: Conditions
    sunlit_fraction: float
    longest_shadow: float
    period: float
    inclination: float
    found: tuple[Check, ...]
    closes: bool
    binding: str
    drawn: Mapping[str, tuple[float, ...]]
    lighter: float


def close_sheet(design: Design, ranges: Ranges | None = None, *, seed: int = 1) -> Sheet:
    """Close a design in its own orbit, at central values and over its ranges.

    Parameters
    ----------
    design : Design
        Single numbers, no arrays.
    ranges : mapping, optional
        Dotted path -> Distribution, as `read_design` gives them; drawn independently.
    seed : int
        Of the draws.

    Raises
    ------
    UserError
        For a design that nothing can close (`impossible.require_closable`).
    """
    place = conditions_of(design)
    budget = close(design, place)
    require_closable(design, budget, place)
    found = checks(design, budget, place)
    closes, binding = verdict(found, budget)
    drawn, lighter = _spread(design, ranges or {}, place, seed)
    return Sheet(
        design=design,
        budget=budget,
        conditions=place,
        sunlit_fraction=float(place.sunlit_fraction),
        longest_shadow=float(place.longest_shadow),
        period=float(place.period),
        inclination=float(place.inclination),
        found=found,
        closes=closes,
        binding=binding,
        drawn=drawn,
        lighter=lighter,
    )


def conditions_of(design: Design, year: int = YEAR_OF_SUN) -> Conditions:
    """Conditions in a design's own orbit (single numbers); a dawn-dusk one has LTAN 06:00."""
    orbit = design.orbit
    dawn_dusk = orbit.kind == "dawn-dusk"
    return conditions(
        float(orbit.altitude),
        None if dawn_dusk else float(orbit.inclination),
        None if dawn_dusk else DRIFTING,
        year=year,
        technology=design.array.technology,
    )


def draw_design(design: Design, ranges: Ranges, *, draws: int, seed: int) -> Design:
    """The design with arrays of shape (draws,) where a range stands, drawn independently."""
    generator = np.random.default_rng(np.random.SeedSequence(seed))
    for path in sorted(ranges):
        design = _put(design, path.split("."), ranges[path].quantile(generator.random(draws)))
    return design


def _put(value: Any, path: list[str], number: Floats) -> Any:
    inner = number if len(path) == 1 else _put(getattr(value, path[0]), path[1:], number)
    return replace(value, **{path[0]: inner})


def _spread(
    design: Design, ranges: Ranges, place: Conditions, seed: int
) -> tuple[dict[str, tuple[float, ...]], float]:
    if not ranges:
        return {}, 0.0
    drawn = draw_design(
        design, {k: v for k, v in ranges.items() if k != "orbit.altitude"}, draws=DRAWS, seed=seed
    )
    budget = close(drawn, place)
    columns = {
        "mass": budget.mass.total,
        "platform": budget.cost.platform / budget.power.compute,
        "specific": budget.power.compute / budget.mass.total,
    }
    points = {
        name: tuple(
            float(x) for x in np.quantile(np.broadcast_to(column, DRAWS), TAILS, method="inverted_cdf")
        )
        for name, column in columns.items()
    }
    points["closes"] = (float(np.mean(budget.closes)),)
    return points, float(np.mean(np.asarray(budget.mass.total) <= design.claim.mass))


def parts_of(sheet: Sheet) -> FailingParts:
    """What can fail of it in its own orbit, at its own rates."""
    wall = np.asarray(sheet.budget.shield_wall) + sheet.design.body.housing
    return failing_parts(
        sheet.design,
        radiator=sheet.budget.area.radiator,
        altitude=float(sheet.conditions.altitude),
        protons=protons_behind(sheet.conditions.dose, wall),
    )


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """What ``dawndusk satellite --json`` prints: units in the keys, undefined as null."""
    design, budget = sheet.design, sheet.budget
    power, mass = budget.power, budget.mass
    return {
        "name": design.name,
        "note": design.note,
        "source": design.source,
        "closes": sheet.closes,
        "out_of_limits": [dataclasses.asdict(x) for x in out_of_limits(sheet.found)],
        "binding": sheet.binding,
        "orbit": _orbit(sheet),
        "eclipse": design.battery.eclipse,
        "power_w": dataclasses.asdict(power),
        "area_m2": dataclasses.asdict(budget.area),
        "temperature_c": {k: v - ZERO_CELSIUS for k, v in dataclasses.asdict(budget.temperature).items()}
        | {
            "junction_limit": design.plate.junction_limit - ZERO_CELSIUS,
            "hbm_limit": design.plate.hbm_limit - ZERO_CELSIUS,
        },
        "mass_kg": _parts(mass, "dry"),
        "mass_dry_kg": mass.dry,
        "cost_usd": _parts(budget.cost, "platform"),
        "platform_cost_usd": budget.cost.platform,
        "battery_kwh": budget.battery_energy / (1e3 * HOUR),
        "kw_per_t": power.compute / mass.total,
        "array_kw_per_t": power.array_bol / mass.total,
        "battery_depth": budget.battery_depth,
        "array_remaining": budget.array_remaining,
        "fin_efficiency": budget.fin_efficiency,
        "shield_mm": 1e3 * budget.shield_wall,
        "radiator_w_per_m2": budget.radiator_flux,
        "radiator_limit_w": budget.heat_limit,
        "gpus": budget.gpus,
        "compute_h100e": budget.compute,
        "life_yr": design.life / YEAR,
        "checks": [dataclasses.asdict(c) for c in sheet.found],
        "range": _range(sheet),
    }


def _parts(table: Any, subtotal: str) -> dict[str, Any]:
    """By subsystem and total, so that the parts add up to the total: without the subtotal."""
    return {k: v for k, v in dataclasses.asdict(table).items() if k != subtotal}


def _orbit(sheet: Sheet) -> dict[str, Any]:
    return {
        "kind": sheet.design.orbit.kind,
        "altitude_km": sheet.design.orbit.altitude / 1e3,
        "inclination_deg": float(np.degrees(sheet.inclination)),
        "period_s": sheet.period,
        "sunlit_fraction": sheet.sunlit_fraction,
        "longest_shadow_s": sheet.longest_shadow,
        "year": YEAR_OF_SUN,
    }


def _range(sheet: Sheet) -> dict[str, Any] | None:
    """10, 50 and 90 % points over the draws."""
    if not sheet.drawn:
        return None
    return {
        "draws": DRAWS,
        "mass_kg": sheet.drawn["mass"],
        "platform_usd_per_w": sheet.drawn["platform"],
        "kw_per_t": sheet.drawn["specific"],
        "share_that_closes": sheet.drawn["closes"][0],
        "share_at_claimed_mass": sheet.lighter if sheet.design.claim.mass else None,
    }
