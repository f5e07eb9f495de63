"""A finished run of the shipped `tiny` scenario, small enough for tests; its parts are made once."""

from __future__ import annotations

from functools import cache

from dawndusk.core.records import replace
from dawndusk.demand import quality
from dawndusk.operate import simulate
from dawndusk.plan.solve import solve
from dawndusk.study import scenario as scenarios
from dawndusk.study.costs import option_costs
from dawndusk.study.draw import draw
from dawndusk.study.parts import Parts, Settings, Threshold
from dawndusk.study.posing import fresh_paths, pose
from dawndusk.study.result import Result
from dawndusk.study.results import assemble
from dawndusk.study.satellite import close_sheet, read_design
from dawndusk.supply import assemble as assemble_supply
from dawndusk.supply import explain_left_out

SETTINGS = Settings(seed=3, leaves=4, paths=5)


@cache
def parts() -> Parts:
    """All parts of a run with 4 leaves and 5 fresh paths."""
    text, file = scenarios.text_of("tiny")
    scenario, ranges = scenarios.read("tiny")
    posed = pose(scenario, ranges, leaves=SETTINGS.leaves, seed=SETTINGS.seed)
    answer = solve(posed.inputs, posed.options, posed.labels, scenario.calendar.labels())
    drawn = assemble_supply(draw(scenario, ranges, 50, SETTINGS.seed), posed.designs)
    return Parts(
        scenario=scenario,
        uncertainty=ranges,
        text=text,
        file=f"some/folder/{file}",
        settings=SETTINGS,
        inputs=posed.inputs,
        left_out=explain_left_out(scenario, posed.designs),
        sample=posed.paths,
        quality=quality.compare(posed.tree, posed.paths, scenario.calendar),
        costs=option_costs(posed.supply, scenario.calendar, drawn),
        plan=answer.plan,
        account=answer.account,
        alternatives=answer.alternatives,
        thresholds=(needed(),),
        trace=simulate(
            posed.supply,
            posed.tree,
            answer.plan,
            fresh_paths(scenario, ranges, SETTINGS.paths, SETTINGS.seed),
            calendar=scenario.calendar,
            share=posed.inputs.share,
            seed=SETTINGS.seed,
        ),
        sheets={o.name: close_sheet(*read_design(o.design)) for o in scenario.orbit.satellites},
    )


def needed() -> Threshold:
    """A made-up threshold."""
    return Threshold(
        demand_path="20 %",
        lever="launch price",
        today=600.0,
        value=310.0,
        unit="USD/kg",
        proven=True,
        sentence="orbit enters below 310 USD/kg",
    )


@cache
def result() -> Result:
    """The same as a result tree, in memory."""
    return assemble(parts())


def changed(**changes: object) -> Result:
    """The result of the same run with some parts changed."""
    return assemble(replace(parts(), **changes))
