"""A design choice as plain numbers with units in their names: for JSON, the terminal and the picture."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from dawndusk.core.constants import ZERO_CELSIUS
from dawndusk.physics.environment.dose import KRAD
from dawndusk.space.design.candidates import Way
from dawndusk.space.design.choice import STEP, Choice, binding
from dawndusk.space.design.prices import Assessed
from dawndusk.space.design.search import Found, number

WARM: Final = 0.5  # K above its limit that a chip is not yet called too hot
SHORT: Final = 1e-9  # relative; a balance that is met exactly misses by rounding


def choice_json(found: Choice) -> dict[str, Any]:
    """What ``dawndusk design --json`` prints."""
    terms, best = found.frame.terms, found.best
    return {
        "scenario": terms.scenario,
        "quarter": terms.quarter,
        "from": found.frame.design.name,
        "best": variables(best) | figures(best.assessed),
        "usd_per_h100e_h": best.hour,
        "kw_per_t": 1.0 / number(best.assessed.specific),
        "cost_usd_per_h100e_h": shares(best.assessed),
        "binding": binding(found),
        "limits": [{"limit": x.name, "saving_pct": 100.0 * x.saving, "words": x.words} for x in found.limits],
        "front": [point_json(x) for x in found.front],
        "sensitivity": [
            {
                "variable": x.variable,
                "unit": x.unit,
                "step_pct": 100.0 * (-STEP if k % 2 == 0 else STEP),
                "value": x.value,
                "usd_per_h100e_h": x.hour,
                "usd_per_h100e_h_alone": x.alone,
                "breaks": list(x.short),
            }
            for k, x in enumerate(found.steps)
        ],
        "alternatives": [point_json(x) for x in found.alternatives],
        "by_size": [point_json(x) for x in found.sizes],
        "by_altitude": [point_json(x) for x in found.altitudes],
        "preset": own_json(found),
        "evaluated": found.evaluated,
    }


def variables(found: Found) -> dict[str, Any]:
    """What was chosen, in the units people use."""
    altitude, _, junction, shield = found.point
    return named(found.way) | {
        "altitude_km": altitude / 1e3,
        "size_kw": number(found.assessed.budget.power.compute) / 1e3,
        "junction_limit_c": junction - ZERO_CELSIUS,
        "shield_mm": shield * 1e3,
    }


def named(way: Way) -> dict[str, Any]:
    """What is chosen by name."""
    return {"orbit": way.kind, "array": way.cells, "eclipse": way.eclipse}


def figures(a: Assessed) -> dict[str, Any]:
    """What follows from the choice."""
    budget, heat = a.budget, a.budget.temperature
    return {
        "junction_c": number(heat.junction_peak) - ZERO_CELSIUS,
        "hbm_c": number(heat.hbm_peak) - ZERO_CELSIUS,
        "radiator_c": number(heat.radiator) - ZERO_CELSIUS,
        "radiator_m2": number(budget.area.radiator),
        "array_m2": number(budget.area.array),
        "array_kw": number(budget.power.array_bol) / 1e3,
        "array_left_pct": 100.0 * number(budget.array_remaining),
        "mass_t": number(budget.mass.total) / 1e3,
        "shielding_kg": number(budget.mass.shielding),
        "wall_mm": 1e3 * number(budget.shield_wall),
        "stowed_m3": number(a.volume),
        "satellites_per_launch": number(a.launch.per_launch),
        "satellites_in_service": number(a.fleet),
        "dose_krad": number(a.dose) / KRAD,
        "platform_usd_per_w": number(a.cost.platform) / number(budget.power.compute),
        "launch_usd_per_w": number(a.launch.total) / number(budget.power.compute),
        "delivered_share": number(a.project.stages.used) / number(a.project.stages.installed),
        "kgco2e_per_h100e_h": number(a.project.carbon.per_hour),
    }


def shares(a: Assessed) -> dict[str, float]:
    """USD per delivered H100e-hour by class of cost; they add up to the whole."""
    parts = {name: number(x) for name, x in a.project.yearly.items() if number(x) > 0.0}
    whole = number(a.project.account.charge)
    return {name: x / whole * number(a.hour) for name, x in parts.items()}


def point_json(found: Found) -> dict[str, Any]:
    """A point of a list: what was chosen, cost and mass."""
    specific = number(found.assessed.specific)
    return variables(found) | {
        "usd_per_h100e_h": found.hour,
        "kg_per_kw": specific * 1e3,
        "kw_per_t": 1.0 / specific,
        "satellites_per_launch": number(found.assessed.launch.per_launch),
    }


def broken(found: Choice) -> list[str]:
    """What the frame's design breaks that candidates must keep."""
    heat, plate = found.own.budget.temperature, found.frame.design.plate
    hot = {
        "junction": number(heat.junction_peak) > plate.junction_limit + WARM,
        "memory": number(heat.hbm_peak) > plate.hbm_limit + WARM,
    }
    short = [k for k, v in found.own.short.items() if number(v) > SHORT]
    return short + [k for k, v in hot.items() if v]


def own_json(found: Choice) -> dict[str, Any]:
    """The frame's design as its maker has it, at the same prices."""
    own, design = found.own, found.frame.design
    return {
        "name": design.name,
        "orbit": design.orbit.kind,
        "array": f"{design.array.areal_power:.0f} W/m2, {design.array.specific_power:.0f} W/kg",
        "eclipse": design.battery.eclipse,
        "altitude_km": design.orbit.altitude / 1e3,
        "size_kw": number(own.budget.power.compute) / 1e3,
        "usd_per_h100e_h": number(own.hour),
        "kw_per_t": 1.0 / number(own.specific),
        "kg_per_kw": number(own.specific) * 1e3,
        "breaks": broken(found),
        "scenario_platform_usd_per_w": found.frame.terms.platform or None,
        "terms": {k: v for k, v in dataclasses.asdict(found.frame.terms).items() if isinstance(v, float)},
    } | figures(own)
