"""A small company: one site, a lease, rentals, satellites; a tree whose paths can be followed exactly."""

from __future__ import annotations

from functools import cache

import numpy as np

from dawndusk.core.calendar import HOURS_PER_PERIOD, Calendar
from dawndusk.core.offers import POOLS, Contract, Draw, Offer, Resource, Share, Supply
from dawndusk.core.paths import Paths
from dawndusk.core.plan import Plan, Size
from dawndusk.core.records import replace
from dawndusk.core.scenario.demand import Demand, DemandClass, Regime
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.tree import Tree
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import prepare
from dawndusk.plan.outcome import plan_of, require_optimal
from dawndusk.plan.session import Session

T = 12
STREAMS = ("interactive", "batch", "training")
CALENDAR = Calendar(start="2026Q2", periods=T)
ANYTHING = {s: Share(share=1.0, reason="") for s in STREAMS}
IN_ORBIT = {
    "interactive": Share(share=0.5, reason=""),
    "batch": Share(share=1.0, reason=""),
    "training": Share(share=0.1, reason=""),
}


def offer(periods=T, **known):
    """An offer with nothing in it but what is given."""
    table = {name: np.full(periods, float(x)) for name, x in (("zero", 0), ("none", np.inf), ("rate", 0.1))}
    fields = {
        "label": "", "kind": "build", "standing": "operating", "pool": "", "site": "", "unit": "W",
        "unit_size": 1.0, "first": 0, "last": periods - 1, "lead": 0, "life": 20, "loss": 0.0, "gives": {},
        "draws": (), "capital": table["zero"], "payments": ((0, 1.0),), "rate": table["rate"],
        "asset_life": 5.0, "running": table["zero"], "serves": {}, "limit_order": table["none"],
        "limit_total": table["none"], "limit_service": table["none"], "initial": table["zero"],
        "contract": None, "factors": {}, "source": "",
    }  # fmt: skip
    fields |= {"cash": "all" if known.get("kind") in ("lease", "rent") else "capital"} | known
    fields["last"] = min(fields["last"], periods - 1 - fields["lead"])
    return Offer(**fields)


def resource(name, unit, supply=0.0, price=0.0, *, kind="flow", periods=T):
    """A resource with constant tables."""
    tables = {"supply": np.full(periods, float(supply)), "price": np.full(periods, float(price))}
    return Resource(name=name, unit=unit, label=name, kind=kind, **tables)


def pools(periods=T):
    """The four compute resources."""
    return tuple(resource(f"compute:{p}", "H100e", periods=periods) for p in POOLS)


def company(*, blocks=True, loss=0.0):
    """The supply; without blocks every offer can be had in any amount."""
    one, time = np.ones(T), np.arange(T)
    watts = 1000.0 * 0.95**time
    offers = (
        offer(name="existing", kind="rent", pool="cloud", unit="H100e", last=-1, serves=ANYTHING,
              gives={"compute:cloud": one}, initial=2e5 * 0.95**time),
        offer(name="queue", kind="queue", site="texas", lead=2, life=80, unit_size=2e6,
              gives={"power:texas": 0.8 * one}, capital=0.05 * one, limit_total=3e8 + 5e7 * time),
        offer(name="build", site="texas", lead=2, life=80, unit_size=2e7, gives={"shell:texas": one},
              capital=12 * one),
        offer(name="chips", kind="chip", pool="ground", site="texas", unit="H100e", lead=1, life=8, loss=loss,
              gives={"compute:ground": 0.95 * one}, capital=2000 * one, serves=ANYTHING,
              draws=(Draw(resource="market", amount=one, when="order"),
                     Draw(resource="shell:texas", amount=watts, when="service"),
                     Draw(resource="power:texas", amount=1.2 * watts, when="service"))),
        offer(name="lease", kind="lease", pool="leased", unit="facility", last=2, life=10, serves=ANYTHING,
              gives={"compute:leased": 5e4 * one}, running=5e4 * 0.8 * HOURS_PER_PERIOD * one,
              limit_total=one, contract=Contract(end=10, earliest_exit=2, notice=1, recall=0.0)),
        offer(name="hour", kind="rent", pool="cloud", unit="H100e", life=1, gives={"compute:cloud": one},
              running=3.0 * HOURS_PER_PERIOD * one, limit_service=2e4 * one, serves=ANYTHING),
        offer(name="fab", kind="fab", unit="fab", unit_size=0.01, lead=3, life=40,
              gives={"market": 1e5 * one}, capital=2e9 * one, limit_total=one),
        offer(name="pad", kind="build", unit="pad", lead=2, life=40, gives={"launches": one * 5},
              capital=one * 2e7, limit_total=10 * one),
        offer(name="satellite", kind="launch", pool="orbit", unit="satellite", first=1, lead=2, life=20,
              loss=2 * loss, gives={"compute:orbit": 1e5 / watts}, serves=IN_ORBIT, capital=5e5 * one,
              draws=(Draw(resource="market", amount=1.1e5 / watts, when="order"),
                     Draw(resource="launches", amount=0.05 * one, when="delivery"),
                     Draw(resource="slots", amount=one, when="service")),
              limit_order=1e5 * one, factors={"limit": "licence"}),
    )  # fmt: skip
    if not blocks:
        offers = tuple(replace(o, unit_size=o.unit_size * 1e-9) for o in offers)
    shared = (
        resource("market", "H100e", 4e4, 2.5e4),
        resource("shell:texas", "W"),
        resource("power:texas", "W"),
        resource("launches", "launch", 3.0, 5e6),
        resource("slots", "satellite", 5e3),
    )
    return Supply(offers=offers, resources=(*pools(), *shared))


def tree():
    """Demand branches at periods 4 and 8, a licence is decided at period 6."""
    parent, period, chance, level, gate, low, high = (
        [-1],
        [0],
        [1.0],
        [np.log(2.5e5)],
        [0.0],
        [-np.inf],
        [np.inf],
    )
    last = [0]
    for t in range(1, T):
        new = []
        for n in last:
            for shift, opens in _ways(t):
                parent.append(n)
                period.append(t)
                chance.append(chance[n] / len(_ways(t)))
                level.append(level[n] + 0.06 + shift)
                gate.append(max(gate[n], opens))
                low.append(level[n] if shift > 0 else -np.inf)
                high.append(level[n] if shift < 0 else np.inf)
                new.append(len(parent) - 1)
        last = new
    values = np.array([9.0, 4.0, 1.5])[:, None] * 0.95 ** np.arange(T)
    return Tree(
        parent=np.array(parent),
        period=np.array(period),
        probability=np.array(chance),
        streams=STREAMS,
        demand=np.array([0.45, 0.2, 0.35])[:, None] * np.exp(np.array(level)),
        step_share=np.array([[0.5, 0.3, 0.2], [0.1, 0.4, 0.5], [0.3, 0.4, 0.3]]),
        step_value=values,
        factors={"licence": np.array(gate)},
        low=np.array(low),
        high=np.array(high),
    )


def _ways(t):
    """(shift of log demand, gate) of each child."""
    if t in (4, 8):
        return ((-0.5, 0.0), (0.4, 0.0))
    return ((0.0, 0.0), (0.0, 1.0)) if t == 6 else ((0.0, 0.0),)


def own_paths(known, copies=1):
    """The tree's own ways to its leaves, each as often as told (leaves have equal probability)."""
    ways = np.repeat(np.stack([known.path(int(x)) for x in known.leaves]), copies, axis=0)
    total = np.log(known.demand.sum(axis=0))[ways]
    return Paths(log_demand=total, gates={k: x[ways] for k, x in known.factors.items()})


@cache
def planned(*, loss=0.01, blocks=True):
    """(supply, tree, share, plan) of the company, solved."""
    supply, known = company(loss=loss, blocks=blocks), tree()
    money = Finance(
        base_year=2026, discount=0.08, ground_rate=0.1, orbit_rate_early=0.15, orbit_rate_late=0.1,
        orbit_rate_from="2031Q1", spending=8e9, spending_share=1.0, cvar_weight=0.0, cvar_level=0.9,
        terminal_loss=0.0, near_optimal=0.02,
    )  # fmt: skip
    inputs = prepare(supply, known, money, _demand(known), CALENDAR)
    model = build(inputs)
    solution = Session(model).first()
    require_optimal(solution, "plan")
    plan, account = plan_of(inputs, model, solution, unavoidable=0.0, build_s=0.0)
    assert account.violation < 1e-6
    return supply, known, inputs.share, plan


def _demand(known):
    """What `prepare` reads of it: the classes and how service is judged."""
    quiet = Regime(probability=0.0, growth=1.0, duration=1.0)
    classes = tuple(
        DemandClass(name=s, label=s, share=1 / 3, steps=tuple(x), target=0.9)
        for s, x in zip(STREAMS, known.step_share, strict=True)
    )
    return Demand(
        in_use=2.5e5, usage_growth=1.0, efficiency_growth=1.0, planned_growth=1.0, trend=1.0, trend_end=1.0,
        trend_half_life=1.0, excess_half_life=1.0, noise_sd=0.0, noise_correlation=0.0, stagnation=quiet,
        surge=quiet, world_stock=1e9, world_growth=1.0, world_growth_end=1.0, world_half_life=1.0,
        world_share=1.0, classes=classes, step_values=(1.0, 1.0, 1.0), value_decline=0.0, service="value",
        target_from="2026Q2",
    )  # fmt: skip


def plan_by_hand(supply, known, orders, capacity=None):
    """A plan of given orders (offer, node) that promises nothing else."""
    shape = (len(supply.offers), known.size)
    zero = np.zeros(shape)
    return Plan(
        offers=tuple(supply.names()), resources=tuple(r.name for r in supply.resources), pools=POOLS,
        streams=known.streams, orders=orders, exits=zero, capacity=zero if capacity is None else capacity,
        delivered=zero, served=np.zeros((len(known.streams), len(POOLS), known.size)), unserved=known.demand,
        steps=np.zeros((*known.step_share.shape, known.size)),
        prices=np.zeros((len(supply.resources), known.size)), binding={}, objective=0.0, bound=0.0, gap=0.0,
        cost=0.0, lost_value=0.0, risk=0.0, unavoidable=0.0, status="by hand", sentence="",
        size=Size(nodes=known.size, columns=0, rows=0, nonzeros=0, matrix_range=(1.0, 1.0),
                  cost_range=(1.0, 1.0), bound_range=(1.0, 1.0), right_range=(1.0, 1.0)),
        build_s=0.0, solve_s=0.0,
    )  # fmt: skip


def single_path(periods, level=1e9):
    """(tree, paths): one path of constant demand, all of it for batch work."""
    known = Tree(
        parent=np.arange(periods) - 1,
        period=np.arange(periods),
        probability=np.ones(periods),
        streams=("batch",),
        demand=np.full((1, periods), float(level)),
        step_share=np.ones((1, 1)),
        step_value=np.ones((1, periods)),
        factors={},
        low=np.full(periods, -np.inf),
        high=np.full(periods, np.inf),
    )

    def paths(n):
        logs = np.full((n, periods), np.log(level))
        return Paths(log_demand=logs, gates={})

    return known, paths
