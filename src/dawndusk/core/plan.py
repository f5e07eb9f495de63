"""Plan: the decisions on the tree, their value, and what limits them."""

from __future__ import annotations

from collections.abc import Mapping

from dawndusk.core.records import Floats, record


@record
class Size:
    """Size and numeric ranges of the linear program, printed before the solve.

    Ranges are (smallest, largest) absolute non-zero values after scaling.
    """

    nodes: int
    columns: int
    rows: int
    nonzeros: int
    matrix_range: tuple[float, float]
    cost_range: tuple[float, float]
    bound_range: tuple[float, float]
    right_range: tuple[float, float]


@record
class Plan:
    """Decisions, duals, bound and gap.

    Parameters
    ----------
    offers, resources, pools, streams : tuple of str
        Names along the axes below.
    orders : Floats
        Shape (offer, node), units ordered.
    exits : Floats
        Shape (offer, node), units given notice.
    capacity : Floats
        Shape (offer, node), units in service (ordered units whose life runs, without losses).
    delivered : Floats
        Shape (offer, node), H100e delivered (after losses, recall and availability); 0 without compute.
    served : Floats
        Shape (stream, pool, node), H100e.
    unserved : Floats
        Shape (stream, node), H100e.
    steps : Floats
        Shape (stream, step, node), H100e served on each step of the value curve.
    prices : Floats
        Shape (resource, node): dual value in USD per unit, divided by probability and discount.
    binding : mapping
        Name of a limit -> (node,) bool, where it binds.
    objective, bound, gap : float
        USD: discounted expected cost plus value of unserved demand plus the risk term; the dual bound
        and their relative difference.
    cost, lost_value, risk : float
        The three parts of the objective, USD.
    unavoidable : float
        Lost value that no plan could have served, USD (with its risk term). The *controllable* cost is
        the objective less this.
    status, sentence : str
        Solver status, and what it means.
    size : Size
        Size and ranges.
    build_s, solve_s : float
        Seconds to assemble and to solve (not part of the result file).
    """

    offers: tuple[str, ...]
    resources: tuple[str, ...]
    pools: tuple[str, ...]
    streams: tuple[str, ...]
    orders: Floats
    exits: Floats
    capacity: Floats
    delivered: Floats
    served: Floats
    unserved: Floats
    steps: Floats
    prices: Floats
    binding: Mapping[str, Floats]
    objective: float
    bound: float
    gap: float
    cost: float
    lost_value: float
    risk: float
    unavoidable: float
    status: str
    sentence: str
    size: Size
    build_s: float
    solve_s: float


@record
class EntryPrice:
    """The price at which an unused option would enter the plan.

    Parameters
    ----------
    option, label : str
        Key and words.
    factor : float
        Entry price as a multiple of the option's own price today (capital and running cost without the
        resources it draws); 0 if it would not enter even for nothing.
    proven : bool
        Whether re-solving showed that it enters 1 % below and stays out 1 % above.
    sentence : str
        The same in words.
    """

    option: str
    label: str
    factor: float
    proven: bool
    sentence: str


@record
class Alternatives:
    """What else could be done, and what knowing or waiting is worth.

    Parameters
    ----------
    open_loop : float
        Cost in USD when every order is fixed by date today and only dispatch is free.
    adaptivity : float
        open_loop - objective, USD.
    orbit_share, orbit_low, orbit_high : float
        Orbit's share of demand in the last year: of the plan, and the least and most among plans whose
        controllable cost is at most `near_optimal` above the best.
    entries : tuple of EntryPrice
        Of the options that the plan does not use.
    seconds : float
        Wall time of all linear programs behind these numbers (not part of the result file).
    """

    open_loop: float
    adaptivity: float
    orbit_share: float
    orbit_low: float
    orbit_high: float
    entries: tuple[EntryPrice, ...]
    seconds: float
