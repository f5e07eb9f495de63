"""From a scenario to the planning problem: supply, sampled demand, tree, and the names of options."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from dawndusk.core.offers import Supply
from dawndusk.core.paths import Paths
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import Floats, record
from dawndusk.core.scenario.demand import Demand
from dawndusk.core.seeds import FRESH_INPUTS, FRESH_PATHS, TREE_PATHS
from dawndusk.core.tree import Tree
from dawndusk.demand import process, tree
from dawndusk.library.draw import draw
from dawndusk.library.study import Study
from dawndusk.physics.spacecraft.design import Design
from dawndusk.plan.inputs import Inputs, prepare
from dawndusk.supply import assemble, group_of
from dawndusk.supply.scenario import Scenario

SAMPLED = 10_000  # paths that the tree is reduced from
STRATUM = 50  # sampled paths behind each fresh one


@record
class Posed:
    """A scenario ready to be planned.

    Parameters
    ----------
    scenario, uncertainty : records
        As read.
    designs : mapping
        Satellite designs by the name the scenario gives them.
    supply : Supply
        All offers and resources.
    demand : Demand
        With ranges drawn, shape (SAMPLED,).
    paths : Paths
        The sampled paths behind the tree.
    tree : Tree
        Their reduction.
    inputs : Inputs
        The planning problem.
    options, labels : mapping
        Offer -> the reader's option for entry prices (a site, a satellite design, the offer itself), and
        option -> words.
    """

    scenario: Scenario
    uncertainty: Uncertainty
    designs: Mapping[str, Design]
    supply: Supply
    demand: Demand
    paths: Paths
    tree: Tree
    inputs: Inputs
    options: Mapping[str, str]
    labels: Mapping[str, str]


def pose(study: Study, *, leaves: int, seed: int, firm_only: bool = False) -> Posed:
    """The planning problem of a scenario."""
    scenario, uncertainty, designs = study.scenario, study.uncertainty, study.designs
    supply = assemble(scenario, designs, firm_only=firm_only)
    demand = drawn_demand(scenario, uncertainty, SAMPLED, seed)
    paths = process.sample(
        demand, scenario.gates, scenario.calendar, n=SAMPLED, seed=seed, subsystem=TREE_PATHS
    )
    made = tree.build(paths, demand, scenario.gates, scenario.calendar, leaves=leaves)
    options = {o.name: group_of(o) for o in supply.offers}
    return Posed(
        scenario=scenario,
        uncertainty=uncertainty,
        designs=designs,
        supply=supply,
        demand=demand,
        paths=paths,
        tree=made,
        inputs=prepare(supply, made, scenario.finance, scenario.demand, scenario.calendar),
        options=options,
        labels=option_labels(scenario, supply, options),
    )


def drawn_demand(scenario: Scenario, uncertainty: Uncertainty, n: int, seed: int) -> Demand:
    """Demand with its ranges drawn, shape (n,)."""
    return draw(scenario, uncertainty, n, seed, only=("demand",)).demand


def fresh_paths(scenario: Scenario, uncertainty: Uncertainty, n: int, seed: int) -> Paths:
    """Paths that the tree has not seen: other draws of the ranges, other noise.

    Stratified: of `STRATUM` times as many paths, ordered by their demand over the horizon, one at random
    from each n-th part. Every path is as likely as any other, so means over paths stay unbiased, and a
    few paths already hold high and low demand in their right shares.
    """
    many = n * STRATUM
    demand = drawn_demand(scenario, uncertainty, many, seed + FRESH_INPUTS)
    paths = process.sample(
        demand, scenario.gates, scenario.calendar, n=many, seed=seed, subsystem=FRESH_PATHS
    )
    order = np.argsort(np.exp(paths.log_demand).sum(axis=1), kind="stable").reshape(n, STRATUM)
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(FRESH_PATHS, 1)))
    chosen = order[np.arange(n), random.integers(STRATUM, size=n)]
    return paths.part(chosen)


def option_labels(scenario: Scenario, supply: Supply, options: Mapping[str, str]) -> dict[str, str]:
    """Words for each option."""
    named = {item.name: item.label for item in _named(scenario)}
    first = {
        option: next(o.label for o in supply.offers if options[o.name] == option)
        for option in options.values()
    }
    return {option: named.get(option, label) for option, label in first.items()}


def _named(value: object) -> list[Any]:
    """All records with a name and a label inside a record."""
    found: list[Any] = []
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        if hasattr(value, "name") and hasattr(value, "label"):
            found.append(value)
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            for part in item if isinstance(item, tuple) else (item,):
                found += _named(part)
    return found


def quantile_demand(posed: Posed, level: float) -> Floats:
    """Demand by stream along the path that holds a quantile of the sampled demand in each period.

    Shape (stream, T), H100e. No sampled path need look like it; it is the reader's "20 % path".
    """
    total = np.exp(np.quantile(posed.paths.log_demand, level, axis=0))
    share = posed.tree.demand[:, :1] / posed.tree.demand[:, :1].sum()
    return np.asarray(share * total[None, :], dtype=np.float64)
