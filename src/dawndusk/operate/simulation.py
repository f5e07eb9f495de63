"""The plan checked: follow its decisions on fresh paths and record what is really served.

The rule that maps a path's history to decisions: in each period a path takes the child of its last node
whose gates agree and whose interval of demand holds the path's (`Tree.assign`), and follows that node's
orders and contracts, as whole blocks. So decisions never look ahead, and never adapt to failures.

First order: work that cannot be served is refused, none waits (backlog and expired are zero), there are no
usage limits (offered = latent), and failures are independent. Correlated events (a bad batch, a solar
storm, a lost launch) matter more than independent ones and are left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Final

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import Cancelled, problem
from dawndusk.core.offers import POOLS, Supply, compute
from dawndusk.core.paths import Paths
from dawndusk.core.plan import Plan
from dawndusk.core.progress import Cancel, Progress
from dawndusk.core.records import Floats, Ints
from dawndusk.core.seeds import OPERATION
from dawndusk.core.trace import Trace
from dawndusk.core.tree import Tree
from dawndusk.operate import months as monthly
from dawndusk.operate.dispatch import by_value, serve
from dawndusk.operate.environment import MONTHS, monthly_levels, sunlight
from dawndusk.operate.fleet import whole_blocks
from dawndusk.operate.flows import Catalogue, tabulate

BLOCK: Final = 64  # paths simulated together; part of the seeds, so not to be tuned
LIMITS: Final = ("capacity", "eligibility", *monthly.CAUSES)
MET: Final = 1e-9  # unserved share of demand that is rounding


def simulate(
    supply: Supply,
    tree: Tree,
    plan: Plan,
    paths: Paths,
    *,
    calendar: Calendar,
    share: Floats,
    seed: int,
    months: int = MONTHS,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Trace:
    """Operate the plan's fleet, month by month, on fresh paths.

    Parameters
    ----------
    supply : Supply
        Offers as they really are: they may differ from those planned with (other losses), in numbers only.
    tree, plan : Tree, Plan
        Decisions on nodes.
    paths : Paths
        Drawn with another `subsystem` than the tree's.
    calendar : Calendar
        For the month in which the horizon opens.
    share : Floats
        Shape (stream, pool), largest share of a stream's demand that a pool may serve.
    seed : int
        Same seed, same bytes; a path's trace does not depend on how many paths follow it.
    months : int
        Parts of a quarter: 3, or 1 to see a quarter whole as the plan does.
    progress : callable, optional
        Called with the fraction done and a text.
    cancel : callable, optional
        Asked before every period.

    Raises
    ------
    UserError
        Where supply, tree, plan, paths and tables do not belong together.
    Cancelled
        As soon as `cancel` says so.

    Notes
    -----
    Orders become whole blocks by stochastic rounding with the remainder carried along the path; contracts
    follow the plan's active amount, also in whole blocks, until the owner recalls them (drawn per path).
    A block in its n-th month has outlived n - 1 monthly draws, where the plan takes whole quarters: on
    average a third of a quarter's loss less compute than planned. A satellite whose chips failed counts as
    lost whole (right on average, too much scatter). Who draws a short resource runs a part, all the same.
    """
    _check(supply, tree, plan, paths, share, months)
    catalogue = tabulate(supply)
    sun = sunlight(supply.offers, calendar, periods=tree.periods, months=months)
    count = paths.log_demand.shape[0]
    traces = []
    for number, start in enumerate(range(0, count, BLOCK)):
        part = paths.part(slice(start, start + BLOCK))
        size = part.log_demand.shape[0]

        def between(t: int, done: int = start, size: int = size) -> None:
            if cancel is not None and cancel():
                raise Cancelled("the simulation was stopped")
            if progress is not None:
                progress((done + size * t / tree.periods) / count, f"operating {count} paths")

        node = tree.assign(part.log_demand, part.gates)
        key = (OPERATION, number)
        orders = _orders(supply, catalogue, tree, plan, part, node, sun, seed, key)
        found = monthly.run(catalogue, orders, _generators(seed, key, months), between)
        traces.append(_trace(supply, tree, plan, part, node, found.compute, found.lost, share))
    if progress is not None:
        progress(1.0, f"operated {count} paths")
    return _joined(traces)


def follow(supply: Supply, tree: Tree, plan: Plan, paths: Paths, *, share: Floats) -> Trace:
    """What the plan's own capacity would serve on fresh paths: nothing fails, blocks and months are whole.

    The step between planned and operated: planned to followed is the price of demand off the tree,
    followed to operated that of failures, whole blocks, recalls and months. Parameters as in `simulate`.
    """
    _check(supply, tree, plan, paths, share, 1)
    traces = []
    for start in range(0, paths.log_demand.shape[0], BLOCK):
        part = paths.part(slice(start, start + BLOCK))
        node = tree.assign(part.log_demand, part.gates)
        compute = np.moveaxis(plan.delivered[:, node], 0, -1)[:, :, None, :]
        lost = np.zeros((*compute.shape[:3], len(monthly.CAUSES)))
        traces.append(_trace(supply, tree, plan, part, node, compute, lost, share))
    return _joined(traces)


def _joined(traces: list[Trace]) -> Trace:
    """Traces of blocks of paths as one."""
    fields = [field.name for field in dataclasses.fields(Trace) if field.name != "limits"]
    parts = {name: np.concatenate([getattr(x, name) for x in traces]) for name in fields}
    return Trace(**parts, limits=LIMITS)


def _generators(seed: int, key: tuple[int, int], months: int) -> Callable[[int, int], np.random.Generator]:
    """The generator of each month: a month's draws do not hang on how many were needed before."""
    return lambda t, m: _random(seed, (*key, 2 + t * months + m))


def _random(seed: int, key: tuple[int, ...]) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def _orders(
    supply: Supply,
    catalogue: Catalogue,
    tree: Tree,
    plan: Plan,
    paths: Paths,
    node: Ints,
    sun: Floats,
    seed: int,
    key: tuple[int, int],
) -> monthly.Orders:
    """Decisions and circumstances of a block of paths."""
    shape = (node.shape[0], len(catalogue.names))
    dither = _random(seed, (*key, 0)).random(shape)
    fate = _random(seed, (*key, 1)).random(shape)
    ordered = np.where(catalogue.contract[None, :, None], 0.0, np.moveaxis(plan.orders[:, node], 0, 1))
    active = np.moveaxis(plan.capacity[:, node], 0, 1) - catalogue.initial * catalogue.size[:, None]
    held = np.where(catalogue.contract[None, :, None], active, 0.0)
    time = np.arange(tree.periods)
    kept = fate[:, :, None] < np.power(1.0 - catalogue.recall[None, :, None], time)
    gates = [_factor(o.factors.get("limit", ""), tree, paths, node) for o in supply.offers]
    factors = [_factor(r.factor, tree, paths, node) for r in supply.resources]
    return monthly.Orders(
        blocks=whole_blocks(np.cumsum(np.maximum(ordered, 0.0), axis=2), catalogue.size, dither),
        contracts=whole_blocks(held, catalogue.size, dither),
        kept=kept,
        gate=np.stack(gates, axis=1),
        supply=catalogue.supply * np.stack(factors, axis=1),
        sun=sun,
    )


def _factor(name: str, tree: Tree, paths: Paths, node: Ints) -> Floats:
    """A factor on each path (P, T): the path's own gate, or the factor of the node that is followed."""
    if not name:
        return np.ones(node.shape)
    return paths.gates[name] if name in paths.gates else tree.factors[name][node]


def _trace(
    supply: Supply,
    tree: Tree,
    plan: Plan,
    paths: Paths,
    node: Ints,
    compute: Floats,
    lost: Floats,
    share: Floats,
) -> Trace:
    """Dispatch month by month, averaged over periods."""
    level = monthly_levels(np.exp(paths.log_demand), compute.shape[2])
    mix = tree.demand / tree.demand.sum(axis=0)
    demand = level[..., None] * mix.T[node][:, :, None, :]
    capacity = compute @ _pools(supply)
    parts = by_value(demand, tree.step_share, _steps(tree), _planned_share(tree, plan)[node][:, :, None])
    preferred = capacity * _planned_use(supply, plan)[node][:, :, None]
    served, used = serve(demand, capacity, share, parts, preferred)
    latent, met = demand.mean(axis=2), served.mean(axis=2)
    return Trace(
        latent=latent,
        offered=latent,
        admitted=met,
        served=met,
        backlog=np.zeros_like(met),
        expired=np.zeros_like(met),
        delivered=compute.mean(axis=2),
        pool_served=used.mean(axis=2),
        node=node,
        binding=_binding(demand.sum(axis=-1), served.sum(axis=-1), (capacity - used).sum(axis=-1), lost),
        limits=LIMITS,
    )


def _steps(tree: Tree) -> Ints:
    """Steps of the value curve, best paid first."""
    return np.argsort(-tree.step_value[:, 0], kind="stable")


def _planned_share(tree: Tree, plan: Plan) -> Floats:
    """Share of a stream's demand that the plan serves on each step, shape (node, stream, step)."""
    demand = tree.demand[:, None, :]
    share = np.where(demand > 0, plan.steps / np.where(demand > 0, demand, 1.0), 0.0)
    return np.moveaxis(np.clip(share, 0.0, 1.0), 2, 0)


def _planned_use(supply: Supply, plan: Plan) -> Floats:
    """Share of each pool's compute that the plan uses, shape (node, pool)."""
    there = plan.delivered.T @ _pools(supply)
    used = plan.served.sum(axis=0).T
    return np.clip(np.where(there > 0, used / np.where(there > 0, there, 1.0), 0.0), 0.0, 1.0)


def _pools(supply: Supply) -> Floats:
    """Which pool an offer's compute belongs to, shape (I, Q) of 0 and 1."""
    return np.array(
        [[float(compute(pool) in offer.gives) for pool in POOLS] for offer in supply.offers],
        dtype=np.float64,
    )


def _binding(demand: Floats, served: Floats, idle: Floats, lost: Floats) -> Ints:
    """What held service back in each period (P, T): index into `LIMITS`, -1 for nothing.

    The cause that alone would have covered most of what was not served, if it covers half of it: compute
    that idled because it may not serve what was left (eligibility), blocks lost to failures, contracts
    recalled, halls or power short, months in shadow. Otherwise too little had been ordered (capacity).
    """
    unserved = demand - served
    causes = np.minimum(np.concatenate([idle[..., None], lost], axis=-1), unserved[..., None]).mean(axis=2)
    missing = unserved.mean(axis=2)
    largest = causes.argmax(axis=-1)
    enough = causes.max(axis=-1) >= 0.5 * missing
    found = np.where(enough, largest + 1, 0)
    return np.where(missing > MET * demand.mean(axis=2), found, -1).astype(np.int64)


def _check(supply: Supply, tree: Tree, plan: Plan, paths: Paths, share: Floats, months: int) -> None:
    """Refuse parts that do not belong together."""
    if months not in (1, MONTHS):
        raise problem("months", months, "3 months in a quarter, or the quarter whole", "3")
    if tuple(supply.names()) != plan.offers or plan.orders.shape[1] != tree.size:
        raise problem("plan", f"{len(plan.offers)} offers", "the plan of this supply and tree", "plan first")
    if paths.log_demand.shape[1] != tree.periods or not np.all(np.isfinite(paths.log_demand)):
        raise problem(
            "paths",
            f"shape {paths.log_demand.shape}",
            f"finite log demand over {tree.periods} periods",
            "paths of the tree's calendar",
        )
    if share.shape != (len(tree.streams), len(POOLS)) or not np.all((share >= 0) & (share <= 1)):
        raise problem(
            "share", share.shape, "shares in [0, 1] of (stream, pool)", "the plan's eligible shares"
        )
    unknown = {o.factors["limit"] for o in supply.offers if "limit" in o.factors}
    unknown |= {r.factor for r in supply.resources if r.factor}
    unknown -= set(paths.gates) | set(tree.factors)
    if unknown:
        raise problem("gates", ", ".join(sorted(unknown)), "a gate of the paths or the tree", "its state")
