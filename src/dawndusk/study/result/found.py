"""The groups of a result that say what came out: plan, alternatives, simulation, thresholds, orbit."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.offers import POOLS
from dawndusk.core.records import Floats
from dawndusk.core.scenario.numbers import AS_IN_LEDGER
from dawndusk.core.scenario.orbit import Shell
from dawndusk.operate import planned_service, service
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.environment.dose import KRAD, dose
from dawndusk.physics.environment.drag import drag_life
from dawndusk.physics.environment.trapped import saa_passages
from dawndusk.plan.inputs import fixed_cost
from dawndusk.space.sheet import YEAR_OF_SUN, Sheet
from dawndusk.study.result.findings import Parts
from dawndusk.study.result.labelled import dataset
from dawndusk.study.result.labels import LABELS
from dawndusk.supply.option_cost import entry_costs
from dawndusk.supply.satellite import altitude, inclination, sunlight

TAILS: Final = (0.05, 0.50, 0.95)
SHIELD: Final = 5e-3  # m of aluminium, of the dose that is shown
AREA_TO_MASS: Final = number("dead_area_to_mass")  # m2/kg, of the dead satellite whose life is shown
LIMITS: Final = {"spending": "Spending"}  # words for limits that are neither resource nor offer


def plan_group(parts: Parts) -> xr.Dataset:
    """Decisions, what they serve, prices, and what limits them."""
    plan, inputs = parts.plan, parts.inputs
    values: dict[str, Any] = {
        name: getattr(plan, name)
        for name in ("orders", "exits", "capacity", "delivered", "served", "unserved", "steps", "prices")
    }
    values |= {
        "offer": plan.offers,
        "stream": plan.streams,
        "pool": plan.pools,
        "step": np.arange(1, plan.steps.shape[1] + 1),
        "resource": plan.resources,
        "resource_label": [inputs.supply.resource(name).label for name in plan.resources],
        "resource_unit": [inputs.supply.resource(name).unit for name in plan.resources],
        "limit": list(plan.binding),
        "limit_label": [_limit_words(parts, name) for name in plan.binding],
        "binding": np.array([plan.binding[name] for name in plan.binding]).reshape(-1, inputs.tree.size),
        "by_offer_cost": parts.account.by_offer,
        "spending": parts.account.spending,
        "spending_limit": inputs.spending,
    }
    return dataset("plan", values, _plan_attributes(parts))


def _limit_words(parts: Parts, name: str) -> str:
    supply = parts.inputs.supply
    words = {o.name: o.label for o in supply.offers} | {r.name: r.label for r in supply.resources}
    return words.get(name) or LIMITS.get(name, name)


def _plan_attributes(parts: Parts) -> dict[str, Any]:
    plan, size = parts.plan, parts.plan.size
    worth, fixed = demand_value(parts), fixed_cost(parts.inputs)
    about = {name: getattr(plan, name) for name in ("status", "sentence", "gap")}
    about |= {name: getattr(size, name) for name in ("nodes", "columns", "rows", "nonzeros")}
    for name in ("matrix", "cost", "bound", "right"):
        about[f"{name}_low"], about[f"{name}_high"] = getattr(size, f"{name}_range")
    return about | {
        "objective_usd": plan.objective,
        "bound_usd": plan.bound,
        "cost_usd": plan.cost,
        "lost_value_usd": plan.lost_value,
        "risk_usd": plan.risk,
        "unavoidable_usd": plan.unavoidable,
        "fixed_usd": fixed,
        "controllable_usd": plan.objective - plan.unavoidable,
        "demand_value_usd": worth,
        "service": planned_service(parts.inputs.tree, plan).expected,
        "value_share": served_value(parts) / worth,
        "violation": parts.account.violation,
        "evaluator_difference": abs(parts.account.objective - plan.objective)
        / max(abs(plan.objective), 1e-12),
    }


def demand_value(parts: Parts) -> float:
    """Discounted expected value of all demand, USD."""
    tree = parts.inputs.tree
    return _value(parts, tree.demand[:, None, :] * tree.step_share[:, :, None])


def served_value(parts: Parts) -> float:
    """Discounted expected value of the demand that the plan serves, USD."""
    return _value(parts, parts.plan.steps)


def _value(parts: Parts, steps: Floats) -> float:
    """Value of H100e served on each step, shape (stream, step, node)."""
    tree, inputs = parts.inputs.tree, parts.inputs
    weight = tree.probability * inputs.discount[tree.period] * inputs.hours
    return float(np.einsum("svn,vn,n->", steps, tree.step_value[:, tree.period], weight))


def alternatives_group(parts: Parts) -> xr.Dataset:
    """Near-optimal band, what deciding later is worth, entry prices."""
    found, calendar = parts.alternatives, parts.scenario.calendar
    entries = found.entries
    prices = [entry_costs(e, parts.inputs.supply, calendar) for e in entries]
    numbers = np.array([p[:2] for p in prices], dtype=np.float64).reshape(-1, 2)
    values = {name: [getattr(e, name) for e in entries] for name in ("option", "label", "proven", "sentence")}
    about = {name: getattr(found, name) for name in ("orbit_share", "orbit_low", "orbit_high")}
    return dataset(
        "alternatives",
        values
        | {
            "factor": [e.factor for e in entries],
            "proven": np.array([e.proven for e in entries], dtype=bool),
            "price_now": numbers[:, 0],
            "price_entry": numbers[:, 1],
            "price_unit": [p[2] for p in prices],
        },
        about
        | {
            "open_loop_usd": found.open_loop,
            "adaptivity_usd": found.adaptivity,
            "near_optimal": parts.scenario.finance.near_optimal,
        },
    )


def study_group(parts: Parts) -> xr.Dataset:
    """What would have to be true for orbit to enter."""
    rows = parts.thresholds
    names = ("demand_path", "lever", "unit", "sentence")
    values: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in names}
    values |= {
        "today": np.array([row.today for row in rows], dtype=np.float64),
        "value": np.array([row.value for row in rows], dtype=np.float64),
        "proven": np.array([row.proven for row in rows], dtype=bool),
    }
    return dataset("study", values, {})


def trace_group(parts: Parts) -> xr.Dataset:
    """What the fleet served on fresh paths, beside what the plan said."""
    trace, tree = parts.trace, parts.inputs.tree
    done, planned = service(trace, tree.streams), planned_service(tree, parts.plan)
    flows = ("latent", "offered", "admitted", "served", "backlog", "expired", "delivered", "pool_served")
    values: dict[str, Any] = {name: getattr(trace, name) for name in (*flows, "node", "binding")}
    values |= {
        "path": np.arange(trace.latent.shape[0]),
        "period": parts.scenario.calendar.labels(),
        "stream": tree.streams,
        "pool": POOLS,
        "offer": parts.plan.offers,
        "limit": trace.limits,
        "limit_share": [done.held_back[name] for name in trace.limits],
        "unserved": trace.latent - trace.served,
        "quantile": TAILS,
        "service_quantile": [done.low, done.median, done.high],
        "service_by_stream": [done.by_stream[name] for name in tree.streams],
        "planned_by_stream": [planned.by_stream[name] for name in tree.streams],
        "service_by_pool": [done.by_pool[name] for name in POOLS],
        "planned_by_pool": [planned.by_pool[name] for name in POOLS],
    }
    about = {
        "service": done.expected,
        "planned": planned.expected,
        "followed": service(parts.followed, tree.streams).expected,
        "orbit_share": done.orbit_last_year,
    }
    return dataset("trace", values, about)


def constellation_group(parts: Parts) -> xr.Dataset:
    """The shells as flown: their light over a year, and what each design does in their shadow."""
    scenario = parts.scenario
    shells, calendar = scenario.orbit.shells, scenario.calendar
    year = calendar.year(calendar.periods // 2)
    light = [sunlight(shell, year) for shell in shells]
    designs = [x.name for x in scenario.orbit.satellites]
    values: dict[str, Any] = {
        name: [getattr(s, name) for s in shells]
        for name in ("label", "altitude_low", "altitude_high", "sun_synchronous", "satellites")
    }
    values |= {
        name: [float(getattr(x, name)) for x in light]
        for name in ("sunlit_fraction", "longest_shadow", "days_with_shadow")
    }
    heights, tilts = np.array([altitude(s) for s in shells]), np.array([inclination(s) for s in shells])
    drag = (AREA_TO_MASS, AS_IN_LEDGER.drag_coefficient)
    values |= {
        "shell": [s.name for s in shells],
        "month": np.arange(1, 13),
        "design": designs,
        "altitude": heights,
        "inclination": tilts,
        "sunlit_edge": [x.edge for x in light],
        "dose": dose(heights, tilts, SHIELD).rate * YEAR / KRAD,
        "dose_factor": dose(heights, tilts, SHIELD).factor,
        "anomaly": saa_passages(heights, tilts).share,
        "dead_life": drag_life(heights, *drag) / YEAR,
        "disposal": disposal_delta_v(heights),
        "inclination_filed": [s.inclination for s in shells],
        "nodal_period": [float(x.period) for x in light],
        "sunlit_by_month": np.array([x.sunlit_by_month for x in light]).reshape(-1, 12),
        "strategy": np.array([[_strategy(parts, d, s) for s in shells] for d in designs], dtype=str).reshape(
            len(designs), len(shells)
        ),
    }
    return dataset("constellation", values, {"year": year, "gate": scenario.orbit.gate})


def _strategy(parts: Parts, design: str, shell: Shell) -> str:
    """What the design does in this shell's shadow; "" without an offer."""
    offers = parts.inputs.supply.offers
    return next((o.strategy for o in offers if o.design == design and o.site == shell.name), "")


MASS: Final = (
    "compute",
    "array",
    "battery",
    "radiator",
    "loop",
    "bus",
    "shielding",
    "propulsion",
    "structure",
    "margin",
    "propellant",
)
COST: Final = ("compute", "array", "battery", "radiator", "body", "propellant", "assembly")
SUBSYSTEMS: Final = (*MASS, "body", "assembly")


def satellite_group(parts: Parts) -> xr.Dataset:
    """The satellite options, each closed in the orbit of its own design."""
    sheets = parts.sheets
    options = [x for x in parts.scenario.orbit.satellites if x.name in sheets]
    rows = [_sheet(sheets[x.name]) for x in options]
    values: dict[str, Any] = {
        "satellite": [x.name for x in options],
        "label": [x.label for x in options],
        "design": [x.design for x in options],
        "platform_price": np.array([x.platform_price for x in options], dtype=np.float64),
        "part": SUBSYSTEMS,
        "mass": _by_part([sheets[x.name].budget.mass for x in options], MASS),
        "cost": _by_part([sheets[x.name].budget.cost for x in options], COST),
        "note": [sheets[x.name].design.note for x in options],
        "binding": [sheets[x.name].binding for x in options],
        "closes": np.array([sheets[x.name].closes for x in options], dtype=bool),
    }
    numbers = [path.split("/")[1] for path in LABELS if path.startswith("satellite/")]
    values |= {
        name: np.array([row[name] for row in rows], dtype=np.float64)
        for name in numbers
        if name not in values
    }
    return dataset("satellite", values, {"year": YEAR_OF_SUN})


def _by_part(records: list[Any], known: tuple[str, ...]) -> Floats:
    """Shape (satellite, part); NaN where a part does not count."""
    table = [[float(getattr(r, p)) if p in known else np.nan for p in SUBSYSTEMS] for r in records]
    return np.array(table, dtype=np.float64).reshape(len(records), len(SUBSYSTEMS))


def _sheet(sheet: Sheet) -> dict[str, float]:
    budget, design = sheet.budget, sheet.design
    power, warm = budget.power, budget.temperature
    found = {
        name: getattr(power, name)
        for name in ("compute", "run", "peak", "bus", "array_bol", "array_eol", "heat")
    }
    found |= {
        "mass_total": budget.mass.total,
        "mass_claimed": design.claim.mass,
        "cost_total": budget.cost.total,
        "platform_cost": budget.cost.platform / power.compute,
        "compute_h100e": budget.compute,
        "array_area": budget.area.array,
        "radiator_area": budget.area.radiator,
        "radiator_temperature": warm.radiator,
        "coolant_temperature": warm.coolant,
        "junction_temperature": warm.junction,
        "junction_limit": design.plate.junction_limit,
        "kw_per_t": power.compute / budget.mass.total,
        "life": design.life / YEAR,
        "altitude": design.orbit.altitude,
        "sunlit_fraction": sheet.sunlit_fraction,
    }
    return {name: float(x) for name, x in found.items()}
