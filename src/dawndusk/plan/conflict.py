"""Why no plan exists: the limits that clash, from the cheapest relaxation of the service targets."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from dawndusk.core.errors import NoOptimum, Problem, UserError
from dawndusk.core.offers import pool_of
from dawndusk.core.records import Floats, Ints, replace
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.program import Model
from dawndusk.plan.session import Session
from dawndusk.plan.solver import Solution

PRICED = 1e-7  # dual of the relaxation above which a limit takes part in the clash
NAMED = 5  # limits named in the message


def explain(model: Model, inputs: Inputs, labels: Sequence[str]) -> UserError:
    """The error for a plan without optimum: which target is missed, where first, and what holds it back.

    The targets are relaxed at a price of 1 per missing H100e and everything else is free, so the
    duals of that program name the limits that must give.

    Parameters
    ----------
    labels : sequence of str
        Name of each period.
    """
    block = model.rows.get("target")
    if block is None or not (block.index >= 0).any():
        return _stated(
            "the plan", "no plan meets the stated limits together", "check limits and contracts for a clash"
        )
    rows = block.index[block.index >= 0]
    slack = sparse.csc_matrix(
        (np.ones(rows.size), (rows, np.arange(rows.size))), shape=(model.row_lower.size, rows.size)
    )
    count = rows.size
    relaxed = replace(
        model,
        cost=np.concatenate([np.zeros(model.cost.size), np.ones(count)]),
        lower=np.concatenate([model.lower, np.zeros(count)]),
        upper=np.concatenate([model.upper, np.full(count, np.inf)]),
        matrix=sparse.hstack([model.matrix, slack], format="csc"),
        offset=0.0,
    )
    found = Session(relaxed).first()
    if not found.optimal:
        return _stated(
            "the plan", "limits clash even without service targets", "check limits and contracts for a clash"
        )
    missing = np.where(
        block.index >= 0,
        found.x[model.cost.size :][np.maximum(np.searchsorted(rows, block.index), 0) % count],
        0.0,
    )
    missing = np.where(block.index >= 0, missing, 0.0)
    return _clash(inputs, model, found, missing * block.scale, labels)


def _clash(
    inputs: Inputs, model: Model, found: Solution, missing: Floats, labels: Sequence[str]
) -> UserError:
    tree = inputs.tree
    names = ", ".join(_holding(inputs, model, found)[:NAMED]) or "lead times"
    problems = []
    for s, stream in enumerate(tree.streams):
        short = np.flatnonzero(missing[s] > 1e-6 * tree.demand[s])
        if not short.size:
            continue
        part = missing[s, short] / tree.demand[s, short]
        first = labels[int(tree.period[short].min())]
        reached = max(0, math.floor(100 * float((inputs.target[s, tree.period[short]] - part).min())))
        problems.append(
            Problem(
                path=f"demand.classes.{stream}.target",
                read=f"target {inputs.target[s].max():.0%} from the stated quarter on",
                expected=f"a target that the limits allow; they clash with: {names}",
                write=f"at most {reached} %, or a later target_from than {first} "
                f"(first shortfall; {part.max():.0%} at worst)",
            )
        )
    if problems:
        return UserError(*problems)
    return _stated("the plan", "no plan meets the targets", "lower a target")


def _holding(inputs: Inputs, model: Model, found: Solution) -> list[str]:
    """Limits with a dual in the relaxation, the one that explains most of the shortfall first.

    By strong duality the shortfall is the sum of duals times limits; what has no supply of its own is
    only named if nothing can be ordered that gives it (otherwise the limit lies with those offers).
    """
    given = {name for o in inputs.supply.offers if o.orderable for name in o.gives}
    own = {r.name for r in inputs.supply.resources if (r.supply > 0).any()}
    weight: dict[str, float] = {}
    for name, block in model.rows.items():
        kind, _, what = name.partition(":")
        hidden = kind == "balance" and (pool_of(what) or (what in given and what not in own))
        if kind not in ("balance", "spending") or hidden:
            continue
        row = block.index[block.index >= 0]
        side = np.where(np.isfinite(model.row_lower[row]), model.row_lower[row], model.row_upper[row])
        _weigh(weight, what or kind, found.duals[row], side)
    for name, block in model.columns.items():
        kind, _, what = name.partition(":")
        if kind in ("total", "service"):
            _weigh_columns(weight, what, block.index, model, found)
    for i, offer in enumerate(inputs.supply.offers):
        _weigh_columns(weight, offer.name, model.columns["order"].index[i], model, found)
    return sorted(weight, key=lambda name: -weight[name])


def _weigh_columns(weight: dict[str, float], name: str, index: Ints, model: Model, found: Solution) -> None:
    column = index[index >= 0]
    column = column[np.isfinite(model.upper[column])]
    _weigh(weight, name, np.minimum(found.reduced[column], 0.0), model.upper[column])


def _weigh(weight: dict[str, float], name: str, dual: Floats, side: Floats) -> None:
    if (np.abs(dual) > PRICED).any():
        size = np.abs(np.where(np.isfinite(side), side, 0.0))
        weight[name] = weight.get(name, 0.0) + float(np.abs(dual) @ size)


def _stated(path: str, read: str, write: str) -> UserError:
    return NoOptimum(
        Problem(path=path, read=read, expected="limits and targets that a plan can meet", write=write)
    )
