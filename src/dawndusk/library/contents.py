"""What a scenario file holds, counted: for ``dawndusk check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, get_args

from dawndusk.core.offers import Standing
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import fingerprint, record
from dawndusk.library.origins import origins
from dawndusk.supply.scenario import KINDS, Scenario

STANDINGS: tuple[str, ...] = get_args(Standing)


@record
class Summary:
    """A scenario in counts.

    Parameters
    ----------
    name, title, fingerprint, start, end : str
        Identity, and first and last quarter.
    periods : int
        Quarters of the horizon.
    options : mapping of str to mapping
        What is offered -> standing -> how many.
    shells, satellites : int
        Orbital shells, and satellites filed for them.
    numbers, ranges : int
        Numbers in the file, and how many have a range.
    evidence : mapping
        Kind of evidence -> how many numbers rest on it, most first.
    """

    name: str
    title: str
    fingerprint: str
    start: str
    end: str
    periods: int
    options: dict[str, dict[str, int]]
    shells: int
    satellites: int
    numbers: int
    ranges: int
    evidence: dict[str, int]


def summarise(scenario: Scenario, uncertainty: Uncertainty) -> Summary:
    """Counts of a scenario."""
    calendar, orbit = scenario.calendar, scenario.orbit
    found = list(origins(scenario, uncertainty))
    return Summary(
        name=scenario.name,
        title=scenario.title,
        fingerprint=fingerprint(scenario),
        start=calendar.start,
        end=calendar.label(calendar.periods - 1),
        periods=calendar.periods,
        options={kind.title: _standing(kind.items(scenario)) for kind in KINDS},
        shells=len(orbit.shells),
        satellites=sum(shell.satellites for shell in orbit.shells),
        numbers=len(found),
        ranges=len(uncertainty.ranges),
        evidence=dict(Counter(o.evidence for o in found).most_common()),
    )


def _standing(items: Iterable[Any]) -> dict[str, int]:
    counted = Counter(item.standing for item in items)
    return {standing: counted[standing] for standing in STANDINGS if counted[standing]}
