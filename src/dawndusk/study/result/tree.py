"""From the records of a run to one labelled tree.

Nothing is modelled here: records become arrays with names, and shares of sums that every view needs are
taken once.
"""

from __future__ import annotations

from dawndusk.study.result.digest import program_digest
from dawndusk.study.result.findings import Parts, Settings, Threshold
from dawndusk.study.result.found import (
    alternatives_group,
    constellation_group,
    plan_group,
    satellite_group,
    study_group,
    trace_group,
)
from dawndusk.study.result.given import demand_group, ledger_group, offers_group, scenario_group
from dawndusk.study.result.labelled import attributes, dataset
from dawndusk.study.result.labels import FORMAT
from dawndusk.study.result.result import Result, run_folder

__all__ = ["Parts", "Result", "Settings", "Threshold", "assemble", "run_folder"]


def assemble(parts: Parts) -> Result:
    """The result tree of a run; its groups and variables are those of `study.result.labels`."""
    import xarray as xr

    scenario = parts.scenario
    root = {
        "Conventions": "CF-1.11",
        "format": FORMAT,
        "scenario": scenario.name,
        "title": scenario.title,
        "version": version(),
        "history": f"dawndusk {version()}: run of {scenario.name} with seed {parts.settings.seed}",
    }
    groups = {
        "/": xr.Dataset(attrs=attributes("", root)),
        "meta": dataset("meta", {}, meta(parts)),
        "ledger": ledger_group(parts),
        "scenario": scenario_group(parts),
        "offers": offers_group(parts),
        "demand": demand_group(parts),
        "plan": plan_group(parts),
        "alternatives": alternatives_group(parts),
        "trace": trace_group(parts),
        "study": study_group(parts),
        "constellation": constellation_group(parts),
        "satellite": satellite_group(parts),
    }
    return Result(tree=xr.DataTree.from_dict(groups))


def meta(parts: Parts) -> dict[str, str | int | float]:
    """What was asked for, and how it ended."""
    scenario, settings, tree = parts.scenario, parts.settings, parts.inputs.tree
    calendar = scenario.calendar
    return {
        "fingerprint": parts.study.fingerprint(settings),
        "seed": settings.seed,
        "leaves": settings.leaves,
        "tree_leaves": int(tree.leaves.size),
        "nodes": tree.size,
        "samples": int(parts.sample.log_demand.shape[0]),
        "paths": settings.paths,
        "firm_only": settings.firm_only,
        "label": parts.study.label,
        "program": program_digest(),
        "start": calendar.start,
        "end": calendar.label(calendar.periods - 1),
        "periods": calendar.periods,
        "base_year": scenario.finance.base_year,
        "discount": scenario.finance.discount,
        "status": parts.plan.status,
        "sentence": parts.plan.sentence,
        "planned_objective_usd": parts.plan.objective,
    }


def version() -> str:
    """Version of the installed package."""
    from importlib.metadata import version as installed

    return installed("dawndusk")
