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
    found = scenarios.read("tiny")
    study = replace(found, source=replace(found.source, file=f"some/folder/{found.source.file}"))
    posed = pose(study, leaves=SETTINGS.leaves, seed=SETTINGS.seed)
    answer = solve(posed.inputs, posed.options, posed.labels, study.scenario.calendar.labels())
    traces = operated(posed, answer, paths=SETTINGS.paths, seed=SETTINGS.seed)
    made = parts_of(study, posed, answer, traces, SETTINGS)
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
    """The result of the same run with some parts changed; `scenario` and `text` are those of its study."""
    study = parts().study
    if "scenario" in changes:
        study = replace(study, scenario=changes.pop("scenario"))
    if "text" in changes:
        study = replace(study, source=replace(study.source, text=changes.pop("text")))
    return assemble(replace(parts(), study=study, **changes))
