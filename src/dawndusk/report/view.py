"""A result tree as plain arrays and texts: the only place that knows the names inside a result file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

import numpy as np
import xarray as xr

from dawndusk.core.records import Floats, Ints, record

Texts = tuple[str, ...]
Row = Mapping[str, Any]


class AbstractResult(Protocol):
    """Anything that holds a result tree, such as `study.result.tree.Result`."""

    @property
    def tree(self) -> xr.DataTree:
        """The tree."""


@record
class Offers:
    """What can be ordered; arrays along offer, then along option.

    Parameters
    ----------
    name, label, kind, standing, pool, site, option, unit : tuple of str
        Per offer.
    lead : Ints
        Quarters from order to service.
    compute : Floats
        Shape (offer, period), H100e given by one unit; NaN or 0 without compute.
    cost : Floats
        Shape (offer,), discounted expected cost in the plan, USD.
    options, option_labels, option_pools : tuple of str
        Per option of the reader.
    unit_cost, unit_cost_2030, low_2030, high_2030 : Floats
        USD per H100e-hour by option; NaN where not computed.
    parts, stack : tuple of str, Floats
        Parts of the cost and their amounts, shape (option, part), USD per H100e-hour.
    attrs : mapping
        Attributes of the group.
    """

    name: Texts
    label: Texts
    kind: Texts
    standing: Texts
    pool: Texts
    site: Texts
    option: Texts
    unit: Texts
    lead: Ints
    compute: Floats
    cost: Floats
    options: Texts
    option_labels: Texts
    option_pools: Texts
    unit_cost: Floats
    unit_cost_2030: Floats
    low_2030: Floats
    high_2030: Floats
    parts: Texts
    stack: Floats
    attrs: Row


@record
class Demand:
    """The unknown: tree arrays along node, sampled demand along period.

    Parameters
    ----------
    parent, period : Ints
        Shape (node,).
    probability, low, high, total : Floats
        Shape (node,); low and high are natural logs of H100e, total is H100e.
    demand : Floats
        Shape (stream, node), H100e.
    streams, stream_labels, gates, gate_labels : tuple of str
        Names and words.
    factors : Floats
        Shape (gate, node).
    levels, fan : Floats
        Quantile levels, and demand at them, shape (level, period), H100e.
    planned, expected : Floats
        Shape (period,), H100e.
    """

    parent: Ints
    period: Ints
    probability: Floats
    low: Floats
    high: Floats
    demand: Floats
    total: Floats
    streams: Texts
    stream_labels: Texts
    gates: Texts
    gate_labels: Texts
    factors: Floats
    levels: Floats
    fan: Floats
    planned: Floats
    expected: Floats


@record
class Decisions:
    """The plan: arrays along node, and its attributes."""

    orders: Floats
    exits: Floats
    delivered: Floats
    served: Floats
    pools: Texts
    resources: Texts
    resource_labels: Texts
    resource_units: Texts
    prices: Floats
    limits: Texts
    limit_labels: Texts
    binding: Floats
    attrs: Row


@record
class Operation:
    """The simulation on fresh paths, summed up: shares of demand served, and orbit's part."""

    planned: Floats
    operated: Floats
    by_path: Floats
    quantiles: Floats
    attrs: Row


@record
class View:
    """All that the views show.

    Parameters
    ----------
    name, title, version : str
        Scenario and program.
    meta : mapping
        Seed, sizes, status.
    quarters : tuple of str
        The periods.
    years : Ints
        Calendar year of each period.
    offers, demand, plan : records
        What can be ordered, the unknown, the decisions.
    operation : Operation or None
        None if the plan was not simulated.
    alternatives : mapping
        Adaptivity, orbit's band.
    entries, thresholds, ledger, assumptions, changes, sources, quality, shells, left_out : tuple of mappings
        Tables, one mapping a row.
    satellites : tuple of mappings
        One mapping a design, with `mass` and `cost` by part inside.
    scenario : mapping
        Text and name of the scenario file.
    """

    name: str
    title: str
    version: str
    meta: Row
    quarters: Texts
    years: Ints
    offers: Offers
    demand: Demand
    plan: Decisions
    operation: Operation | None
    alternatives: Row
    entries: tuple[Row, ...]
    thresholds: tuple[Row, ...]
    ledger: tuple[Row, ...]
    assumptions: tuple[Row, ...]
    changes: tuple[Row, ...]
    sources: tuple[Row, ...]
    quality: tuple[Row, ...]
    shells: tuple[Row, ...]
    left_out: tuple[Row, ...]
    satellites: tuple[Row, ...]
    scenario: Row


def view_of(result: AbstractResult | xr.DataTree | View) -> View:
    """The view of a result, of its tree, or the same view again."""
    if isinstance(result, View):
        return result
    tree = result if isinstance(result, xr.DataTree) else result.tree
    groups = {name: node.to_dataset() for name, node in tree.children.items()}
    quarters = texts(groups["demand"], "period")
    satellite, constellation = groups.get("satellite"), groups.get("constellation")
    return View(
        name=str(tree.attrs.get("scenario", "")),
        title=str(tree.attrs.get("title", "")),
        version=str(tree.attrs.get("version", "")),
        meta=attributes(groups.get("meta")),
        quarters=quarters,
        years=np.array([int(q[:4]) for q in quarters]),
        offers=_offers(groups["offers"], groups["plan"]),
        demand=_demand(groups["demand"]),
        plan=_decisions(groups["plan"]),
        operation=_operation(groups.get("trace")),
        alternatives=attributes(groups.get("alternatives")),
        entries=rows(groups.get("alternatives"), "entry"),
        thresholds=rows(groups.get("study"), "threshold"),
        ledger=rows(groups.get("ledger"), "row"),
        assumptions=rows(groups.get("scenario"), "assumption"),
        changes=rows(groups.get("scenario"), "change"),
        sources=rows(groups.get("scenario"), "source"),
        quality=rows(groups["demand"], "check"),
        shells=_with_strategy(constellation),
        left_out=rows(groups["offers"], "left_out"),
        satellites=_satellites(satellite),
        scenario=attributes(groups.get("scenario")),
    )


def texts(data: xr.Dataset, name: str) -> Texts:
    """A variable of texts; empty where the group has none."""
    return tuple(str(x) for x in data[name].values) if name in data.variables else ()


def attributes(data: xr.Dataset | None) -> Row:
    """Attributes of a group as plain numbers and texts; numpy scalars become Python's."""
    found = {} if data is None else data.attrs
    return {str(k): v.item() if isinstance(v, np.generic) else v for k, v in found.items()}


def rows(data: xr.Dataset | None, dim: str) -> tuple[Row, ...]:
    """The variables along one dimension as rows of a table."""
    if data is None or dim not in data.dims:
        return ()
    columns = {str(k): v.values.tolist() for k, v in data.variables.items() if v.dims == (dim,)}
    count = data.sizes[dim]
    return tuple({name: values[i] for name, values in columns.items()} for i in range(count))


def _numbers(data: xr.Dataset, name: str, *dims: str) -> Floats:
    """A variable of numbers with its dimensions in this order; NaN everywhere if the group has none."""
    if name not in data.variables:
        return np.full([data.sizes.get(d, 0) for d in dims], np.nan)
    return np.asarray(data[name].transpose(*dims).values, dtype=np.float64)


def _offers(data: xr.Dataset, plan: xr.Dataset) -> Offers:
    fields = ("label", "kind", "standing", "pool", "site", "unit")
    words = {name: texts(data, name) for name in fields}
    return Offers(
        **words,
        name=texts(data, "offer"),
        option=texts(data, "offer_option"),
        lead=_numbers(data, "lead", "offer").astype(np.int64),
        compute=_numbers(data, "compute", "offer", "period"),
        cost=_numbers(plan, "by_offer_cost", "offer"),
        options=texts(data, "option"),
        option_labels=texts(data, "option_label"),
        option_pools=texts(data, "option_pool"),
        unit_cost=_numbers(data, "unit_cost", "option"),
        unit_cost_2030=_numbers(data, "unit_cost_2030", "option"),
        low_2030=_numbers(data, "unit_cost_2030_low", "option"),
        high_2030=_numbers(data, "unit_cost_2030_high", "option"),
        parts=texts(data, "part"),
        stack=_numbers(data, "cost_stack", "option", "part"),
        attrs=attributes(data),
    )


def _demand(data: xr.Dataset) -> Demand:
    wanted = _numbers(data, "demand", "stream", "node")
    streams, gates = texts(data, "stream"), texts(data, "gate")
    return Demand(
        parent=_numbers(data, "parent", "node").astype(np.int64),
        period=_numbers(data, "node_period", "node").astype(np.int64),
        probability=_numbers(data, "probability", "node"),
        low=_numbers(data, "low", "node"),
        high=_numbers(data, "high", "node"),
        demand=wanted,
        total=wanted.sum(axis=0),
        streams=streams,
        stream_labels=texts(data, "stream_label") or streams,
        gates=gates,
        gate_labels=texts(data, "gate_label") or gates,
        factors=_numbers(data, "factors", "gate", "node"),
        levels=_numbers(data, "quantile", "quantile"),
        fan=_numbers(data, "fan", "quantile", "period"),
        planned=_numbers(data, "planned", "period"),
        expected=_numbers(data, "expected", "period"),
    )


def _decisions(data: xr.Dataset) -> Decisions:
    resources, limits = texts(data, "resource"), texts(data, "limit")
    return Decisions(
        orders=_numbers(data, "orders", "offer", "node"),
        exits=_numbers(data, "exits", "offer", "node"),
        delivered=_numbers(data, "delivered", "offer", "node"),
        served=_numbers(data, "served", "stream", "pool", "node"),
        pools=texts(data, "pool"),
        resources=resources,
        resource_labels=texts(data, "resource_label") or resources,
        resource_units=texts(data, "resource_unit"),
        prices=_numbers(data, "prices", "resource", "node"),
        limits=limits,
        limit_labels=texts(data, "limit_label") or limits,
        binding=_numbers(data, "binding", "limit", "node"),
        attrs=attributes(data),
    )


def _operation(data: xr.Dataset | None) -> Operation | None:
    if data is None or "served" not in data.variables:
        return None
    served = _numbers(data, "served", "path", "period", "stream").sum(axis=1)
    latent = _numbers(data, "latent", "path", "period", "stream").sum(axis=1)
    return Operation(
        planned=_numbers(data, "planned_by_stream", "stream"),
        operated=_numbers(data, "service_by_stream", "stream"),
        by_path=(served / latent).T,
        quantiles=_numbers(data, "service_quantile", "quantile"),
        attrs=attributes(data),
    )


def _with_strategy(data: xr.Dataset | None) -> tuple[Row, ...]:
    """The shells, each with what every design does in its shadow."""
    if data is None or "strategy" not in data.variables:
        return rows(data, "shell")
    choice = data["strategy"].transpose("shell", "design").values
    designs = texts(data, "design")
    return tuple(
        {**row, "strategy": dict(zip(designs, map(str, choice[i]), strict=True))}
        for i, row in enumerate(rows(data, "shell"))
    )


def _satellites(data: xr.Dataset | None) -> tuple[Row, ...]:
    if data is None or "satellite" not in data.dims:
        return ()
    parts = texts(data, "part")
    amounts = {name: _numbers(data, name, "satellite", "part") for name in ("mass", "cost")}
    return tuple(
        {**row, **{name: dict(zip(parts, amounts[name][i].tolist(), strict=True)) for name in amounts}}
        for i, row in enumerate(rows(data, "satellite"))
    )


def leaf_paths(view: View) -> Ints:
    """Nodes on the way to each leaf, shape (leaf, period)."""
    parent, period = view.demand.parent, view.demand.period
    here = np.flatnonzero(period == period.max())
    way = [here]
    for _ in range(int(period.max())):
        here = parent[here]
        way.append(here)
    return cast("Ints", np.stack(way[::-1], axis=1))
