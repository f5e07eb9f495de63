"""`dawndusk check`: read a scenario file and say what it holds, or everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import emit

if TYPE_CHECKING:
    from dawndusk.core.scenario import Scenario
    from dawndusk.library.contents import Summary

_MEANING = {
    "guess": "our judgement, no source",
    "choice": "yours to make, no fact about the world",
    "file": "stated in the file alone",
    "company claim": "said by those who sell it",
    "believed": "not read in a source",
}


@click.command(epilog="FILE is a scenario of yours, or the name of a shipped one, such as colossus.")
@click.argument("file", shell_complete=names_of("scenarios"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: str, *, as_json: bool) -> None:
    """Read a scenario FILE and say what it holds, or everything that is wrong with it."""
    from dawndusk.library.contents import summarise
    from dawndusk.library.read import read

    scenario, uncertainty = read(file)
    summary = summarise(scenario, uncertainty)
    if as_json:
        return emit("check", {"valid": True, "file": file, "scenario": _fields(summary)})
    return click.echo("\n".join(_page(file, scenario, summary)))


def _fields(summary: Summary) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(summary)


def _page(file: str, scenario: Scenario, summary: Summary) -> list[str]:
    gates = [f"{g.label}, known from {g.resolved}, {100 * g.probability:.0f} % open" for g in scenario.gates]
    lines = [
        f"{file} can be run.",
        "",
        f"  {summary.name}: {summary.title}",
        f"  Horizon  {summary.start} to {summary.end}, {summary.periods} quarters",
        f"  Demand   {scenario.demand.in_use / 1e6:.3g} million H100e at the start; "
        + ", ".join(f"{c.name} {100 * c.share:.0f} %" for c in scenario.demand.classes),
        *(f"  Gate     {text}" for text in gates),
        f"  Orbit    {summary.satellites:,} satellites at most; shells: {summary.shells}",
        "",
        *_options(summary),
        "",
        *_evidence(summary),
    ]
    return [*lines, "", f"  Next: dawndusk run {file}"]


def _options(summary: Summary) -> list[str]:
    """Options by standing; a column for each standing that occurs."""
    used = {s for row in summary.options.values() for s in row}
    columns = [
        s for s in ("operating", "contracted", "building", "announced", "filed", "concept") if s in used
    ]
    lines = [f"  {'Options':20}" + "".join(f"{s:>12}" for s in columns)]
    for name, row in summary.options.items():
        if row:
            lines.append(f"  {name:20}" + "".join(f"{row.get(s, '') or '-':>12}" for s in columns))
    return lines


def _evidence(summary: Summary) -> list[str]:
    lines = [f"  {summary.numbers} numbers, {summary.ranges} of them with a range; they rest on"]
    for kind, count in summary.evidence.items():
        meaning = _MEANING.get(kind, "")
        lines.append(f"    {count:5}  {kind:14} {f'({meaning})' if meaning else ''}".rstrip())
    return lines
