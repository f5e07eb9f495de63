"""The whole answer on one tree: plan, independent account, alternatives, entry prices."""

from __future__ import annotations

import time
from collections.abc import Mapping

import numpy as np

from dawndusk.core.errors import Cancelled
from dawndusk.core.plan import Alternatives, EntryPrice, Plan, Size
from dawndusk.core.progress import Cancel, Progress
from dawndusk.core.records import record
from dawndusk.plan.alternatives import near_optimal_band, open_loop, orbit_share_row, unavoidable_loss
from dawndusk.plan.conflict import explain
from dawndusk.plan.entry_prices import entry_prices, option_groups, own_price
from dawndusk.plan.evaluator import Account
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.outcome import plan_of, require_optimal
from dawndusk.plan.session import Session
from dawndusk.plan.solver import size_of


@record
class Answer:
    """A plan with everything that was asked about it."""

    plan: Plan
    account: Account
    alternatives: Alternatives


def describe(size: Size) -> str:
    """Problem size and numeric ranges in a line, printed before the solve."""
    low, high = size.matrix_range
    return (
        f"{size.nodes:,} nodes, {size.columns:,} columns, {size.rows:,} rows, {size.nonzeros:,} non-zeros; "
        f"matrix {low:.0e}..{high:.0e}, cost {size.cost_range[0]:.0e}..{size.cost_range[1]:.0e}, "
        f"right side {size.right_range[0]:.0e}..{size.right_range[1]:.0e}"
    )


def solve(
    inputs: Inputs,
    options: Mapping[str, str],
    labels: Mapping[str, str],
    periods: list[str],
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Answer:
    """Plan on the tree and answer the standing questions about the plan.

    Parameters
    ----------
    inputs : Inputs
        The problem.
    options : mapping
        Offer name -> option of the reader (a site, or the offer itself).
    labels : mapping
        Option -> words.
    periods : list of str
        Name of each period, for messages.
    progress, cancel : callable, optional
        Called between steps with the share done and a text; `cancel` returning True stops.

    Raises
    ------
    NoOptimum
        If there is no optimal plan, with the limits that clash.
    """
    say = _speaker(progress, cancel)
    started = time.perf_counter()
    model = build(inputs)
    build_s = time.perf_counter() - started
    say(0.05, describe(size_of(model, inputs.tree.size)))
    session = Session(model)
    best = session.first()
    if best.status in ("Infeasible", "Primal infeasible or unbounded"):
        raise explain(model, inputs, periods)
    require_optimal(best, "plan")
    solve_s = session.seconds
    say(0.35, f"assembled in {build_s:.2f} s, solved in {solve_s:.1f} s; next: what no plan could serve")
    unavoidable = unavoidable_loss(model, inputs)
    plan, account = plan_of(inputs, model, best, unavoidable=unavoidable, build_s=build_s)
    say(0.5, "entry prices of unused options, each proven by re-solving")
    entries = _entries(session, inputs, options, labels, best.x)
    say(0.65, "near-optimal range of orbit's share")
    controllable = best.objective - unavoidable / model.money
    slack = inputs.finance.near_optimal * max(controllable, 0.0)
    low, high = near_optimal_band(session, inputs, best, slack)
    say(0.85, "the same plan with every order fixed today")
    fixed = open_loop(model, inputs).objective * model.money
    alternatives = Alternatives(
        open_loop=fixed,
        adaptivity=fixed - plan.objective,
        orbit_share=float(orbit_share_row(model, inputs) @ best.x),
        orbit_low=low,
        orbit_high=high,
        entries=tuple(entries),
        seconds=time.perf_counter() - started - build_s - solve_s,
    )
    return Answer(plan=plan, account=account, alternatives=alternatives)


def _speaker(progress: Progress | None, cancel: Cancel | None) -> Progress:
    def say(share: float, text: str) -> None:
        if cancel is not None and cancel():
            raise Cancelled
        if progress is not None:
            progress(share, text)

    return say


def _entries(
    session: Session, inputs: Inputs, options: Mapping[str, str], labels: Mapping[str, str], x: np.ndarray
) -> list[EntryPrice]:
    groups = option_groups(inputs, options)
    levers = [
        own_price(session.model, inputs, name, labels[name], members) for name, members in groups.items()
    ]
    return entry_prices(session, levers, x)
