"""What a scenario file holds: what ``dawndusk check`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dawndusk.library.contents import Summary
from dawndusk.report.document import Cell, Column, Document, Section, Text, facts, table, texts
from dawndusk.supply.scenario import Scenario

MEANING: Final[Mapping[str, str]] = {
    "guess": "our judgement, no source",
    "choice": "yours to make, no fact about the world",
    "file": "stated in the file alone",
    "company claim": "said by those who sell it",
    "believed": "not read in a source",
}
STANDINGS: Final = ("operating", "contracted", "building", "announced", "filed", "concept")


def document(file: str, scenario: Scenario, summary: Summary) -> Document:
    """A scenario that can be run: what it asks, its options by standing, and what its numbers rest on."""
    used = {s for row in summary.options.values() for s in row}
    standings = [s for s in STANDINGS if s in used]
    options = [
        (name, *(row.get(s) for s in standings)) for name, row in summary.options.items() if any(row.values())
    ]
    evidence = [(kind, count, MEANING.get(kind, "")) for kind, count in summary.evidence.items()]
    return Document(
        title=f"{file} can be run.",
        sentence=f"{summary.name}: {summary.title}",
        sections=(
            Section(parts=(facts(_asked(scenario, summary), caption="What it asks", key="scenario"),)),
            Section(
                parts=(
                    table(
                        (*texts("options"), *(Column(label=s) for s in standings)),
                        options,
                        caption="Options by standing",
                        key="options",
                    ),
                )
            ),
            Section(
                parts=(
                    table(
                        (*texts("evidence"), Column(label="numbers"), *texts("meaning")),
                        evidence,
                        caption=f"{summary.numbers} numbers, {summary.ranges} with a range, rest on",
                        key="evidence",
                    ),
                )
            ),
            Section(parts=(Text(words=f"Next: dawndusk run {file}"),)),
        ),
    )


def _asked(scenario: Scenario, summary: Summary) -> list[tuple[str, Cell]]:
    classes = ", ".join(f"{c.name} {100 * c.share:.0f} %" for c in scenario.demand.classes)
    gates = [
        ("Gate", f"{g.label}, known from {g.resolved}, {100 * g.probability:.0f} % open")
        for g in scenario.gates
    ]
    return [
        ("Horizon", f"{summary.start} to {summary.end}, {summary.periods} quarters"),
        ("Demand", f"{scenario.demand.in_use / 1e6:.3g} million H100e at the start; {classes}"),
        *gates,
        ("Orbit", f"{summary.satellites:,} satellites at most; shells: {summary.shells}"),
    ]
