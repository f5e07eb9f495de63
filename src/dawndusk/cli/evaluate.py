"""`dawndusk evaluate`: unit cost of every option with drawn inputs, without a plan."""

from __future__ import annotations

import time

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats


@click.command(
    epilog="SCENARIO is a file of yours, or the name of a shipped one, such as colossus. Inputs are drawn "
    "independently of each other from the ranges in the file."
)
@click.argument("scenario", shell_complete=names_of("scenarios"))
@click.option("--draws", type=int, default=10_000, show_default=True, help="Sets of inputs to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same scenario and seed, same numbers.")
@formats
def command(scenario: str, draws: int, seed: int, form: Form) -> None:
    """Unit cost of every option of SCENARIO with drawn inputs, without a plan.

    Example: dawndusk evaluate colossus --draws 10000
    """
    from dawndusk.library.read import read
    from dawndusk.report.evaluate import document, points_json
    from dawndusk.study.evaluate import evaluate
    from dawndusk.supply.option_cost import QUARTER

    started = time.perf_counter()
    study = read(scenario)
    made = study.scenario
    costs = evaluate(study, draws=draws, seed=seed)
    last = made.calendar.periods - 1
    quarter = made.calendar.label(min(max(made.calendar.index(QUARTER), 0), last))
    data = {
        "scenario": made.name,
        "seed": seed,
        "draws": draws,
        "quarter": quarter,
        "unit_cost_usd_per_h100e_h": points_json(costs),
    }
    seconds = time.perf_counter() - started if form is None else None  # the same files, the same text
    answer("evaluate", form, data, document(data, seconds=seconds))
