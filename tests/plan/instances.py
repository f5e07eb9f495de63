"""Small planning problems: makers with defaults, the hand-solved plan, and random ones with every feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dawndusk.core.offers import POOLS, Draw, Offer, Resource, Share, Supply
from dawndusk.core.records import Floats
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.tree import Tree
from dawndusk.plan.evaluator import Account
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs, eligible_share, spending_limit
from dawndusk.plan.outcome import plan_of
from dawndusk.plan.session import Session

RENTED = ("lease", "rent", "colocation", "capacity contract")
TABLES = ("capital", "rate", "running", "limit_order", "limit_total", "limit_service", "initial")


def table(periods: int, value: float | Sequence[float] | Floats) -> Floats:
    """A number or a table as a table by period."""
    return np.array(np.broadcast_to(np.asarray(value, dtype=np.float64), periods))


def make_offer(periods: int, name: str, **changes: Any) -> Offer:
    """An offer of compute on the ground that costs nothing; numbers stand for constant tables."""
    fields: dict[str, Any] = {
        "label": name, "kind": "build", "standing": "operating", "pool": "ground", "site": "",
        "unit": "H100e", "unit_size": 1.0, "first": 0, "last": periods - 1, "lead": 0, "life": 1, "loss": 0.0,
        "gives": {"compute:ground": 1.0}, "draws": (), "capital": 0.0, "payments": ((0, 1.0),), "rate": 0.0,
        "running": 0.0, "serves": {"all": 1.0}, "limit_order": np.inf, "limit_total": np.inf,
        "limit_service": np.inf, "initial": 0.0, "contract": None, "factors": {}, "source": "guess",
    }  # fmt: skip
    fields |= changes
    fields.setdefault("cash", "all" if fields["kind"] in RENTED else "capital")
    fields.setdefault("asset_life", fields["life"] / 4.0)
    for key in TABLES:
        fields[key] = table(periods, fields[key])
    fields["gives"] = {key: table(periods, x) for key, x in fields["gives"].items()}
    fields["serves"] = {key: Share(share=x, reason="") for key, x in fields["serves"].items()}
    fields["draws"] = tuple(
        Draw(resource=resource, when=when, amount=table(periods, x)) for resource, when, x in fields["draws"]
    )
    return Offer(name=name, **fields)


def make_resource(periods: int, name: str, **changes: Any) -> Resource:
    """A flow without supply or price; numbers stand for constant tables."""
    fields: dict[str, Any] = {"unit": "H100e", "kind": "flow", "supply": 0.0, "price": 0.0, "factor": ""}
    fields |= changes
    for key in ("supply", "price"):
        fields[key] = table(periods, fields[key])
    return Resource(name=name, label=name, **fields)


def make_supply(periods: int, offers: Sequence[Offer], *resources: Resource) -> Supply:
    """Offers with the compute of every pool, and other resources."""
    computes = tuple(make_resource(periods, f"compute:{pool}") for pool in POOLS)
    return Supply(offers=tuple(offers), resources=(*computes, *resources))


def make_tree(parent: Sequence[int], demand: Any, **changes: Any) -> Tree:
    """A tree from its parents and the demand of its nodes; children are equally likely.

    `value` (steps,) or (steps, T) is in USD per H100e and period.
    """
    above = np.array(parent)
    period = np.zeros(above.size, dtype=np.int64)
    probability = np.ones(above.size)
    children = np.bincount(above[above >= 0], minlength=above.size)
    for n in range(1, above.size):
        period[n] = period[above[n]] + 1
        probability[n] = probability[above[n]] / children[above[n]]
    wanted = np.atleast_2d(np.asarray(demand, dtype=float))
    value = np.asarray(changes.pop("value", [10.0]), dtype=float)
    value = value[:, None] if value.ndim == 1 else value
    fields: dict[str, Any] = {
        "streams": ("all",),
        "step_share": np.full((wanted.shape[0], value.shape[0]), 1.0 / value.shape[0]),
        "step_value": np.broadcast_to(value, (value.shape[0], int(period.max()) + 1)),
        "factors": {}, "probability": probability,
        "low": np.full(above.size, -np.inf), "high": np.full(above.size, np.inf),
    }  # fmt: skip
    return Tree(parent=above, period=period, demand=wanted, **(fields | changes))


def make_finance(**changes: Any) -> Finance:
    """No discounting, no limits, no risk aversion."""
    fields: dict[str, Any] = {
        "base_year": 2026, "discount": 0.0, "ground_rate": 0.0, "orbit_rate_early": 0.0,
        "orbit_rate_late": 0.0, "orbit_rate_from": "2031Q1", "spending": np.inf, "spending_share": 0.0,
        "cvar_weight": 0.0, "cvar_level": 0.9, "terminal_loss": 0.0, "near_optimal": 0.02,
    }  # fmt: skip
    return Finance(**(fields | changes))


def pose(tree: Tree, supply: Supply, *, target: float = 0.0, quarter: int = 0, **finance: Any) -> Inputs:
    """A planning problem; the first period is this quarter of its year (0 to 3)."""
    periods, money = tree.periods, make_finance(**finance)
    year = (quarter + np.arange(periods)) // 4
    wanted = np.full((len(tree.streams), periods), target)
    return Inputs(
        supply=supply,
        tree=tree,
        finance=money,
        ancestors=tree.ancestors(),
        discount=(1.0 + money.discount) ** (-np.arange(periods) / 4.0),
        hours=1.0,
        spending=spending_limit(money, tree),
        year=year,
        year_end=np.append(year[1:] != year[:-1], True),
        share=eligible_share(supply, tree.streams),
        target=wanted,
        value=np.zeros_like(tree.step_value) if target else np.array(tree.step_value),
    )


def solved(inputs: Inputs) -> tuple[Any, Account]:
    """Plan and account of a problem that has an optimum."""
    model = build(inputs)
    found = Session(model).first()
    assert found.optimal, found.status
    return plan_of(inputs, model, found, unavoidable=0.0, build_s=0.0)


def optimum(inputs: Inputs) -> float:
    """Objective of the best plan, USD."""
    return float(solved(inputs)[0].objective)


# --- the hand-solved plan: 2 options, 3 quarters, 4 leaves (worked out in test_hand_solved.py)
HAND_PARENT = (-1, 0, 0, 1, 1, 2, 2)
HAND_DEMAND = (0.0, 4.0, 1.0, 8.0, 4.0, 3.0, 0.0)


def hand_offers(lead: int = 1, **changes: Any) -> list[Offer]:
    """Build: 2 a period for two periods, a period after the order. Rent: 5 a period, at most 2, at once."""
    return [
        make_offer(3, "build", lead=lead, life=2, capital=4.0, **changes),
        make_offer(
            3, "rent", kind="rent", pool="cloud", gives={"compute:cloud": 1.0}, running=5.0, limit_order=2.0
        ),
    ]


def hand_inputs(scale: float = 1.0, dollar: float = 1.0, **finance: Any) -> Inputs:
    """The hand-solved plan, with demand times `scale` and money times `dollar`."""
    offers = [
        make_offer(3, "build", lead=1, life=2, capital=4.0 * dollar),
        make_offer(
            3,
            "rent",
            kind="rent",
            pool="cloud",
            gives={"compute:cloud": 1.0},
            running=5.0 * dollar,
            limit_order=2.0 * scale,
        ),
    ]
    tree = make_tree(HAND_PARENT, np.array(HAND_DEMAND) * scale, value=[10.0 * dollar])
    return pose(tree, make_supply(3, offers), **finance)
