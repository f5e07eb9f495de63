"""What would have to be true for orbit: prices on the 20, 50 and 80 % demand paths."""

from __future__ import annotations

import numpy as np

from dawndusk.plan.alternatives import path_tree
from dawndusk.plan.thresholds import thresholds
from dawndusk.study.instance import Posed, quantile_demand
from dawndusk.study.result.findings import Threshold

PATHS = {"20 %": 0.2, "50 %": 0.5, "80 %": 0.8}


def orbit_needs(posed: Posed) -> tuple[Threshold, ...]:
    """Prices below which satellites that we build and launch are used, path by path, the gates open."""
    members = [i for i, o in enumerate(posed.supply.offers) if o.design and o.orderable]
    opened = {
        gate.name: (np.arange(posed.tree.periods) >= posed.scenario.calendar.index(gate.resolved)).astype(
            float
        )
        for gate in posed.scenario.gates
    }
    found = []
    for name, level in PATHS.items():
        path = path_tree(posed.tree, quantile_demand(posed, level), opened)
        for each in thresholds(posed.inputs, path, name, members, ["launches"]):
            today, unit, label = _price(posed, each.lever)
            value = today * each.factor
            sentence = _sentence(name, label, unit, today, value)
            found.append(
                Threshold(
                    demand_path=name,
                    lever=label,
                    today=today,
                    value=value,
                    unit=unit,
                    proven=each.proven,
                    sentence=sentence,
                )
            )
    return tuple(found)


def _price(posed: Posed, lever: str) -> tuple[float, str, str]:
    """Today's price behind a lever, in the unit that readers compare."""
    orbit = posed.scenario.orbit
    if lever == "platform":
        return orbit.satellites[0].platform_price, "USD/W", "platform price"
    return orbit.launch.price / orbit.launch.payload_sso, "USD/kg", "launch price"


def _sentence(path: str, label: str, unit: str, today: float, value: float) -> str:
    if value <= 0:
        return f"on the {path} demand path orbit stays out even with a {label} of nothing"
    now = f" (today {today:.3g})"
    if value >= today:
        return f"on the {path} demand path orbit is used up to {value:.3g} {unit} of {label}{now}"
    return f"on the {path} demand path orbit enters below {value:.3g} {unit} of {label}{now}"
