"""`dawndusk run`: plan a scenario, check the plan, write result and report."""

from __future__ import annotations

import time

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats
from dawndusk.cli.progress import Progress


@click.command()
@click.argument("scenario", shell_complete=names_of("scenarios"))
@click.option("--leaves", type=int, default=64, show_default=True, help="Leaves of the scenario tree.")
@click.option("--paths", type=int, default=40, show_default=True, help="Fresh paths of the simulation.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same scenario and seed, same numbers.")
@click.option("--out", default="runs", show_default=True, help="Folder for the run's files.")
@click.option("--firm-only", is_flag=True, help="Without what is only announced, filed or a concept.")
@click.option(
    "--set", "changes", multiple=True, metavar="PATH=VALUE", help="Replace a value of the scenario."
)
@click.option(
    "--label", default="", help="Your own word for the run; kept in the result, part of its folder."
)
@click.option("--again", is_flag=True, help="Compute also what --out already holds.")
@formats
def command(
    scenario: str,
    leaves: int,
    paths: int,
    seed: int,
    out: str,
    firm_only: bool,
    changes: tuple[str, ...],
    label: str,
    again: bool,
    form: Form,
) -> None:
    """Plan SCENARIO (a file, or a shipped name such as colossus) and check the plan.

    Writes result.nc and report.html into a folder below --out. What is already there, of the same files,
    changes, sizes, seed and program, is shown and not computed again.
    """
    from dawndusk.report import page, summary
    from dawndusk.report.run import document
    from dawndusk.study.run import run

    started = time.perf_counter()
    with Progress(quiet=form is not None) as progress:
        result = run(
            scenario,
            leaves=leaves,
            paths=paths,
            seed=seed,
            out=out,
            firm_only=firm_only,
            changes=_changes(changes),
            label=label,
            again=again,
            progress=progress.say,
        )
        assert result.path is not None
        progress.say(0.98, "drawing the report")
        written = page.write(result, result.path.parent)
    seconds = time.perf_counter() - started
    spent = result.timings
    data = summary.summarise(
        result, build_s=spent.get("build_s"), solve_s=spent.get("solve_s"), report_path=written
    )
    answer("run", form, data, document(result, seconds=seconds, report=written))


def _changes(texts: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in texts:
        path, sign, value = text.partition("=")
        if not sign or not path.strip():
            raise click.BadParameter(f"'{text}' is no PATH=VALUE", param_hint="--set")
        found[path.strip()] = value.strip()
    return found
