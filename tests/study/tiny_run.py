"""A finished run of the shipped `tiny` scenario, small enough for tests; its parts are made once."""

from __future__ import annotations

from functools import cache

from dawndusk.core.records import replace
from dawndusk.library import read as scenarios
from dawndusk.plan.solve import solve
from dawndusk.study.instance import pose
from dawndusk.study.result.findings import Parts, Settings, Threshold
from dawndusk.study.result.result import Result
from dawndusk.study.result.tree import assemble
from dawndusk.study.run import operated, parts_of

SETTINGS = Settings(seed=3, leaves=4, paths=5)


@cache
def parts() -> Parts:
    """All parts of a run with 4 leaves and 5 fresh paths."""
    text, file = scenarios.text_of("tiny")
    scenario, ranges = scenarios.read("tiny")
    posed = pose(scenario, ranges, leaves=SETTINGS.leaves, seed=SETTINGS.seed)
    answer = solve(posed.inputs, posed.options, posed.labels, scenario.calendar.labels())
    traces = operated(posed, answer, paths=SETTINGS.paths, seed=SETTINGS.seed)
    made = parts_of(posed, answer, traces, SETTINGS, text, f"some/folder/{file}")
    return replace(made, thresholds=(needed(),))


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
