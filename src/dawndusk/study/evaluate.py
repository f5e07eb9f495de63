"""Unit cost of every option with drawn inputs, without a plan: physics and money only."""

from __future__ import annotations

from pathlib import Path

from dawndusk.core.progress import Progress
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import Floats
from dawndusk.library.draw import draw
from dawndusk.library.read import as_study
from dawndusk.library.study import Study
from dawndusk.study.counts import check_counts
from dawndusk.supply import assemble
from dawndusk.supply.option_cost import drawn_costs
from dawndusk.supply.scenario import Scenario

SEED = 1


def evaluate(
    scenario: str | Path | Study | Scenario,
    uncertainty: Uncertainty | None = None,
    *,
    draws: int = 10_000,
    seed: int = SEED,
    progress: Progress | None = None,
) -> dict[str, Floats]:
    """Unit cost of every option with drawn inputs, without a plan: physics and money only.

    Parameters
    ----------
    scenario : str, path, Study or Scenario
        With `uncertainty` if it is a Scenario; its designs are then read by the names it gives.
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
    check_counts(draws=draws, seed=seed)
    say = progress or (lambda _share, _text: None)
    study = as_study(scenario, uncertainty)
    say(0.1, f"drawing {draws:,} sets of inputs")
    plain, ranges, designs = study.scenario, study.uncertainty, study.designs
    supply = assemble(draw(plain, ranges, draws, seed), designs)
    say(0.7, "unit costs")
    return drawn_costs(supply, plain.calendar, draws, assemble(plain, designs))
