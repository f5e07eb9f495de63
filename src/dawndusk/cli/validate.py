"""`dawndusk validate`: published numbers beside ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from dawndusk.cli.output import Form, answer, formats
from dawndusk.cli.progress import Progress
from dawndusk.core.errors import problem

CALCULATOR = "mccalip"  # the case that is a calculator: it takes settings


@click.command()
@click.argument("case", required=False)
@click.option("--all", "every", is_flag=True, help="Every row of every case.")
@click.option(
    "--set", "changes", multiple=True, metavar="NAME=VALUE", help="A setting of the calculator `mccalip`."
)
@formats
def command(case: str | None, changes: tuple[str, ...], *, every: bool, form: Form) -> None:
    """Published numbers beside ours: reproduced, refuted, or not reproducible, and why.

    Without a CASE one line for each; with one its story, its rows and the reasons. The calculator of the
    case `mccalip` takes other settings: dawndusk validate mccalip --set launch_usd_per_kg=1000
    """
    from dawndusk.report import validate
    from dawndusk.validation import cases

    if changes and case != CALCULATOR:
        raise problem("--set", " ".join(changes), "the case mccalip: only its calculator has settings",
                      f"dawndusk validate mccalip --set {changes[0]}")  # fmt: skip
    extra = _calculator(changes) if case == CALCULATOR else {}
    with Progress(quiet=form is not None or case is not None) as progress:
        found = cases.rows(case, progress.say)
    rows = [validate.row_json(row) for row in found]
    told = {"story": cases.story(case)} if case else {}
    document = (
        validate.one_case(case, rows, told["story"], extra)
        if case
        else validate.all_cases(rows, cases.HEADLINES, cases.TOPICS, every=every)
    )
    answer(
        "validate",
        form,
        {"cases": rows, "summary": validate.summary_json(rows, cases.HEADLINES)} | told | extra,
        document,
    )


def _calculator(changes: Sequence[str]) -> dict[str, Any]:
    from dawndusk.validation import mccalip

    pairs = {}
    for text in changes:
        name, sign, value = text.partition("=")
        if not sign:
            raise problem("--set", text, "NAME=VALUE", "--set launch_usd_per_kg=1000")
        pairs[name.strip()] = value.strip()
    chosen = mccalip.settings(pairs)
    return {"inputs": mccalip.inputs(chosen)} | mccalip.outputs(chosen)
