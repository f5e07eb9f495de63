"""From a study to its result: planned, operated, written, or found again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dawndusk.core.errors import UserError, problem
from dawndusk.core.progress import Cancel, Progress
from dawndusk.core.records import replace
from dawndusk.core.trace import Trace
from dawndusk.demand import quality
from dawndusk.library.draw import draw
from dawndusk.library.read import read
from dawndusk.library.study import Study
from dawndusk.operate import follow, simulate
from dawndusk.plan.solve import Answer, solve
from dawndusk.space.sheet import Sheet, close_sheet
from dawndusk.study.counts import check_counts
from dawndusk.study.instance import Posed, fresh_paths, pose
from dawndusk.study.orbit_thresholds import orbit_needs
from dawndusk.study.result.digest import program_digest
from dawndusk.study.result.file import require_writable
from dawndusk.study.result.findings import Parts, Settings
from dawndusk.study.result.result import FILE, RUNS, Result, folder_name, run_folder
from dawndusk.study.result.tree import assemble
from dawndusk.supply import assemble as assemble_supply
from dawndusk.supply import explain_left_out
from dawndusk.supply.option_cost import option_costs

LEAVES, PATHS, SEED = 64, 40, 1
LONGEST_LABEL = 80
COST_DRAWS = 400


def run(
    scenario: str | Path | Study,
    *,
    paths: int = PATHS,
    leaves: int = LEAVES,
    seed: int = SEED,
    out: str | Path | None = RUNS,
    firm_only: bool = False,
    changes: Mapping[str, object] | None = None,
    label: str = "",
    again: bool = True,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Result:
    """Plan a scenario, check the plan on fresh paths, and save the result.

    Parameters
    ----------
    scenario : str, path or Study
        Scenario file, the name of a shipped one (``colossus``), or what `library.read.read` gave.
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
        Values to replace, by address: ``{"orbit.launch.price": "30e6 USD/launch"}``.
    label : str
        The user's own word for the run, one line of at most 80 signs; kept in the result.
    again : bool
        Compute also where `out` already holds this very result; else that one is loaded.
    progress : callable, optional
        ``(share done, text)``.
    cancel : callable, optional
        Asked between steps; True stops with `Cancelled` and nothing is written.

    Raises
    ------
    UserError
        For mistakes in the scenario or the arguments; NoOptimum if no plan exists.
    """
    check_counts(paths=paths, leaves=leaves, seed=seed)
    if out is not None:
        require_writable(Path(out))
    say = progress or (lambda _share, _text: None)
    study = labelled(read(scenario), label)
    study = study.set(changes) if changes else study
    settings = Settings(seed=seed, leaves=leaves, paths=paths, firm_only=firm_only)
    if not again and out is not None and (kept := found_again(study, settings, Path(out))) is not None:
        say(1.0, f"found again: {kept.path}")
        return kept
    say(0.01, f"{study.name}: sampling demand, closing satellites")
    posed = pose(study, leaves=leaves, seed=seed, firm_only=firm_only)
    answer = solve(
        posed.inputs,
        posed.options,
        posed.labels,
        study.scenario.calendar.labels(),
        progress=lambda share, words: say(0.05 + 0.75 * share, words),
        cancel=cancel,
    )
    say(0.82, f"operating the plan on {paths} fresh paths")
    trace, followed = operated(posed, answer, paths=paths, seed=seed, cancel=cancel)
    say(0.9, "unit costs, and what orbit needs")
    made = assemble(parts_of(study, posed, answer, (trace, followed), settings))
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
        cancel=cancel,
    )
    return done, follow(posed.supply, posed.tree, answer.plan, fresh, share=share)


def parts_of(
    study: Study, posed: Posed, answer: Answer, traces: tuple[Trace, Trace], settings: Settings
) -> Parts:
    """All that goes into the result; `traces` as `operated` gives them."""
    scenario, ranges = posed.scenario, posed.uncertainty
    drawn = assemble_supply(
        draw(scenario, ranges, COST_DRAWS, settings.seed), posed.designs, firm_only=settings.firm_only
    )
    return Parts(
        study=study,
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
        sheets=closed_sheets(study),
    )


def closed_sheets(study: Study) -> dict[str, Sheet]:
    """The closed design of each satellite option; one that several options fly is closed once."""
    closed = {name: close_sheet(each.design, each.ranges) for name, each in study.flown.items()}
    return {option.name: closed[option.design] for option in study.scenario.orbit.satellites}


def labelled(study: Study, label: str) -> Study:
    """The study with the user's own word.

    Raises
    ------
    UserError
        If it is longer than a line or holds signs that do not print.
    """
    if len(label) > LONGEST_LABEL or not label.isprintable():
        read = f"{len(label)} signs" if label.isprintable() else "signs that do not print"
        raise problem("--label", read, f"one line of at most {LONGEST_LABEL} printable signs", "--label base")
    return replace(study, label=label) if label else study


def found_again(study: Study, settings: Settings, out: Path) -> Result | None:
    """The result of this very study and program, where `out` holds it; None where it does not."""
    wanted = study.fingerprint(settings)
    folder = out / folder_name(study.name, wanted, study.label)
    if not (folder / FILE).is_file():
        return None
    try:
        kept = Result.load(folder / FILE)
    except UserError:  # a damaged or older file: it is made anew
        return None
    about = kept.tree["meta"].attrs
    same = (about["fingerprint"], about["program"], about["label"]) == (
        wanted,
        program_digest(),
        study.label,
    )
    return kept if same else None
