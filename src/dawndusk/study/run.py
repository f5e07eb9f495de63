"""A study from scenario to result: the one door for command line, web and notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.progress import Cancel, Progress
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import Floats, replace
from dawndusk.core.trace import Trace
from dawndusk.demand import quality
from dawndusk.library import read as scenarios
from dawndusk.library.design import read_design
from dawndusk.library.draw import draw
from dawndusk.operate import follow, simulate
from dawndusk.plan.solve import Answer, solve
from dawndusk.space.sheet import Sheet, close_sheet
from dawndusk.study.instance import Posed, fresh_paths, pose
from dawndusk.study.orbit_thresholds import orbit_needs
from dawndusk.study.result.file import require_writable
from dawndusk.study.result.findings import Parts, Settings
from dawndusk.study.result.result import RUNS, Result, run_folder
from dawndusk.study.result.tree import assemble
from dawndusk.supply import assemble as assemble_supply
from dawndusk.supply import explain_left_out
from dawndusk.supply.option_cost import option_costs
from dawndusk.supply.satellite import sunlight
from dawndusk.supply.scenario import Scenario

LEAVES, PATHS, SEED = 64, 40, 1
COST_DRAWS = 400


def run(
    scenario: str | Path,
    *,
    paths: int = PATHS,
    leaves: int = LEAVES,
    seed: int = SEED,
    out: str | Path | None = RUNS,
    firm_only: bool = False,
    changes: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Result:
    """Plan a scenario, check the plan on fresh paths, and save the result.

    Parameters
    ----------
    scenario : str or path
        Scenario file, or the name of a shipped one (``colossus``).
    paths : int
        Fresh paths of the operational simulation, at least 1.
    leaves : int
        Leaves of the scenario tree, at least 1.
    seed : int
        Same scenario and seed, same numbers.
    out : str, path or None
        Folder for runs; None keeps the result in memory.
    firm_only : bool
        Plan without what is only announced, filed or a concept.
    changes : mapping, optional
        Values to replace, by address, as text: ``{"orbit.launch.price": "30e6 USD/launch"}``.
    progress : callable, optional
        ``(share done, text)``.
    cancel : callable, optional
        Asked between steps; True stops with `Cancelled` and nothing is written.

    Raises
    ------
    UserError
        For mistakes in the scenario or the arguments; NoOptimum if no plan exists.
    """
    _check_counts(paths=paths, leaves=leaves, seed=seed)
    if out is not None:
        require_writable(Path(out))
    say = progress or (lambda _share, _text: None)
    text, file = scenarios.text_of(scenario)
    read, ranges = scenarios.read(scenario)
    if changes:
        read, ranges = scenarios.set_values(read, ranges, changes)
    say(0.01, f"{read.name}: sampling demand, closing satellites")
    posed = pose(read, ranges, leaves=leaves, seed=seed, firm_only=firm_only)
    answer = solve(
        posed.inputs,
        posed.options,
        posed.labels,
        read.calendar.labels(),
        progress=lambda share, words: say(0.05 + 0.75 * share, words),
        cancel=cancel,
    )
    say(0.82, f"operating the plan on {paths} fresh paths")
    trace, followed = operated(posed, answer, paths=paths, seed=seed, cancel=cancel)
    say(0.9, "unit costs, and what orbit needs")
    settings = Settings(seed=seed, leaves=leaves, paths=paths, firm_only=firm_only)
    made = assemble(parts_of(posed, answer, (trace, followed), settings, text, file))
    result = replace(made, timings={"build_s": answer.plan.build_s, "solve_s": answer.plan.solve_s})
    if cancel is not None and cancel():
        from dawndusk.core.errors import Cancelled

        raise Cancelled
    say(0.97, "writing the result")
    return result if out is None else result.save(run_folder(result, out))


def operated(
    posed: Posed, answer: Answer, *, paths: int, seed: int, cancel: Cancel | None = None
) -> tuple[Trace, Trace]:
    """The plan's fleet on fresh paths, and the plan's own capacity on the same demand."""
    fresh = fresh_paths(posed.scenario, posed.uncertainty, paths, seed)
    share = posed.inputs.share
    done = simulate(
        posed.supply,
        posed.tree,
        answer.plan,
        fresh,
        calendar=posed.scenario.calendar,
        share=share,
        seed=seed,
        sunlit=monthly_sunlight(posed),
        cancel=cancel,
    )
    return done, follow(posed.supply, posed.tree, answer.plan, fresh, share=share)


def monthly_sunlight(posed: Posed) -> dict[str, Floats]:
    """Sunlight of each month relative to the year's mean, by satellite offer, shape (12,)."""
    year = posed.scenario.calendar.year(posed.tree.periods // 2)
    by_shell = {}
    for shell in posed.scenario.orbit.shells:
        months = np.asarray(sunlight(shell, year).sunlit_by_month, dtype=float)
        by_shell[shell.name] = months / months.mean()
    return {o.name: by_shell[o.site] for o in posed.supply.offers if o.pool == "orbit" and o.site in by_shell}


def parts_of(
    posed: Posed, answer: Answer, traces: tuple[Trace, Trace], settings: Settings, text: str, file: str
) -> Parts:
    """All that goes into the result; `traces` as `operated` gives them."""
    scenario, ranges = posed.scenario, posed.uncertainty
    drawn = assemble_supply(
        draw(scenario, ranges, COST_DRAWS, settings.seed), posed.designs, firm_only=settings.firm_only
    )
    return Parts(
        scenario=scenario,
        uncertainty=ranges,
        text=text,
        file=file,
        settings=settings,
        inputs=posed.inputs,
        left_out=explain_left_out(scenario, posed.designs, firm_only=settings.firm_only),
        sample=posed.paths,
        quality=quality.compare(posed.tree, posed.paths, scenario.calendar),
        costs=option_costs(posed.supply, scenario.calendar, drawn),
        plan=answer.plan,
        account=answer.account,
        alternatives=answer.alternatives,
        thresholds=orbit_needs(posed),
        trace=traces[0],
        followed=traces[1],
        sheets=closed_sheets(scenario),
    )


def closed_sheets(scenario: Scenario) -> dict[str, Sheet]:
    """The closed design of each satellite option."""
    return {o.name: close_sheet(*read_design(o.design)) for o in scenario.orbit.satellites}


def _check_counts(**counts: int) -> None:
    for name, value in counts.items():
        low = 0 if name == "seed" else 1
        if value < low:
            raise problem(f"--{name}", value, f"a whole number of at least {low}", f"--{name} {max(low, 1)}")


def evaluate(
    scenario: str | Path | Scenario,
    uncertainty: Uncertainty | None = None,
    *,
    draws: int = 10_000,
    seed: int = SEED,
    progress: Progress | None = None,
) -> dict[str, Floats]:
    """Unit cost of every option with drawn inputs, without a plan: physics and money only.

    Parameters
    ----------
    scenario : str, path or Scenario
        With `uncertainty` if it is a record.
    draws : int
        Number of draws, at least 1.
    seed : int
        Same seed, same draws.

    Returns
    -------
    dict
        Option -> USD per delivered H100e-hour of what is in service in 2030 (or the last quarter),
        shape (draws,).
    """
    from dawndusk.supply.option_cost import drawn_costs

    _check_counts(draws=draws, seed=seed)
    say = progress or (lambda _share, _text: None)
    read, ranges = (
        (scenario, uncertainty or Uncertainty(ranges={}, ledger={}))
        if isinstance(scenario, Scenario)
        else scenarios.read(scenario)
    )
    say(0.1, f"drawing {draws:,} sets of inputs")
    designs = {o.design: read_design(o.design)[0] for o in read.orbit.satellites}
    supply = assemble_supply(draw(read, ranges, draws, seed), designs)
    say(0.7, "unit costs")
    return drawn_costs(supply, read.calendar, draws, assemble_supply(read, designs))
