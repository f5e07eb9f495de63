"""What must hold between the numbers of a scenario; each finding says what to write instead.

The checks also run on a scenario whose unreadable numbers are NaN and whose unreadable texts are empty (to
find all mistakes of a file at once): a comparison with NaN is false, so such numbers cause no finding.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from dawndusk.core.calendar import Calendar, quarter_number, quarter_text
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import record
from dawndusk.core.scenario import FORMAT, Scenario
from dawndusk.core.scenario.demand import Demand
from dawndusk.core.scenario.ground import Site

_SLACK = 1e-6  # of a sum of shares written with a few digits
_PERIODS = (1, 80)


@record
class Finding:
    """One thing that does not fit, at a dotted path."""

    path: str
    read: str
    expected: str
    write: str


def _found(path: str, read: str, expected: str, write: str) -> Finding:
    return Finding(path=path, read=read, expected=expected, write=write)


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Everything in a scenario that contradicts something else in it."""
    yield from _format(scenario)
    yield from _demand(scenario.demand)
    yield from _target(scenario)
    yield from _names(scenario)
    yield from _references(scenario)
    yield from _leases(scenario)
    yield from _arrivals(scenario)
    yield from _chips(scenario)
    yield from _sites(scenario.ground.sites)
    yield from _orbit(scenario)


def _format(scenario: Scenario) -> Iterator[Finding]:
    if scenario.format != FORMAT:
        yield _found("format", scenario.format, f"'{FORMAT}'", f"format: {FORMAT}")
    low, high = _PERIODS
    if not low <= scenario.calendar.periods <= high:
        yield _found(
            "calendar.periods",
            f"{scenario.calendar.periods}",
            f"a number of quarters from {low} to {high}",
            "periods: 40",
        )
    if not 2000 <= scenario.finance.base_year <= 2100:
        yield _found(
            "finance.base_year",
            f"{scenario.finance.base_year}",
            "a year from 2000 to 2100",
            "base_year: 2026",
        )


def _quarter(text: str) -> int | None:
    try:
        return quarter_number(text)
    except ValueError:
        return None


def _demand(demand: Demand) -> Iterator[Finding]:
    total = sum(c.share for c in demand.classes)
    if abs(total - 1) > _SLACK or not demand.classes:
        yield _found(
            "demand.classes",
            f"shares that sum to {total:.6g}",
            "shares of the classes that sum to 1",
            _rescaled([c.share for c in demand.classes], total),
        )
    for item in demand.classes:
        yield from _steps(f"demand.classes.{item.name}.steps", item.steps, len(demand.step_values))
    values = demand.step_values
    for i, (before, after) in enumerate(pairwise(values)):
        if after >= before:
            yield _found(
                f"demand.step_values.{i + 1}",
                f"{after / HOURS_PER_YEAR:.4g} USD/(H100e*h) after {before / HOURS_PER_YEAR:.4g}",
                "values that fall from step to step, best paid first",
                "the values in falling order",
            )
    if not values:
        yield _found("demand.step_values", "[]", "at least one step", "[4 USD/(H100e*h)]")


def _steps(path: str, steps: Sequence[float], count: int) -> Iterator[Finding]:
    total = sum(steps)
    if len(steps) != count:
        yield _found(
            path,
            f"{len(steps)} shares",
            f"one share for each of the {count} entries of demand.step_values",
            f"a list of {count} shares",
        )
    elif abs(total - 1) > _SLACK:
        yield _found(path, f"shares that sum to {total:.6g}", "shares that sum to 1", _rescaled(steps, total))


def _rescaled(shares: Sequence[float], total: float) -> str:
    if not total > 0:
        return "shares that sum to 1"
    return f"for example {', '.join(f'{s / total:.4g}' for s in shares)}"


def _target(scenario: Scenario) -> Iterator[Finding]:
    calendar, text = scenario.calendar, scenario.demand.target_from
    at = _index(calendar, text)
    if at is not None and not 0 <= at < calendar.periods:
        yield _found(
            "demand.target_from",
            text,
            f"a quarter of the horizon, {calendar.start} to {calendar.label(calendar.periods - 1)}",
            f"target_from: {calendar.start}",
        )


def _index(calendar: Calendar, text: str) -> int | None:
    """Period index of a quarter; None if one of the two cannot be read."""
    first, quarter = _quarter(calendar.start), _quarter(text)
    return None if first is None or quarter is None else quarter - first


def _lists(scenario: Scenario) -> dict[str, tuple[Any, ...]]:
    """The lists whose items become offers, by path."""
    s = scenario
    return {
        "leases": s.leases,
        "rentals": s.rentals,
        "commitments": s.commitments,
        "colocations": s.colocations,
        "plants": s.plants,
        "capacity": s.capacity,
        "fabs": s.fabs,
        "ground.sites": s.ground.sites,
        "orbit.satellites": s.orbit.satellites,
        "orbit.pads": s.orbit.pads,
    }


def _names(scenario: Scenario) -> Iterator[Finding]:
    """Names make the addresses of numbers, offers and resources: short, plain, and each once."""
    seen: dict[str, str] = {}
    for path, items in _lists(scenario).items():
        yield from _plain_names(path, items, seen)
    for path, items in {
        "gates": scenario.gates,
        "demand.classes": scenario.demand.classes,
        "chips.generations": scenario.chips.generations,
        "orbit.shells": scenario.orbit.shells,
    }.items():
        yield from _plain_names(path, items, {})


def _plain_names(path: str, items: tuple[Any, ...], seen: dict[str, str]) -> Iterator[Finding]:
    for i, item in enumerate(items):
        where = f"{path}.{i}.name"
        if not item.name or not item.name.replace("-", "").replace("_", "").isalnum() or item.name.isdigit():
            yield _found(
                where,
                f"'{item.name}'",
                "a name of letters, digits, '-' and '_', not digits alone",
                "name: colossus-1",
            )
        elif item.name in seen:
            yield _found(
                where,
                f"'{item.name}', which {seen[item.name]} has too",
                "each name once",
                f"name: {item.name}-2",
            )
        seen.setdefault(item.name, path)


def _references(scenario: Scenario) -> Iterator[Finding]:
    """Names that point at a gate or a site."""
    gates = [g.name for g in scenario.gates]
    sites = [x.name for x in scenario.ground.sites]
    yield from _known("orbit.gate", scenario.orbit.gate, gates, "gate", blank=True)
    for contract in scenario.capacity:
        yield from _known(f"capacity.{contract.name}.gate", contract.gate, gates, "gate", blank=True)
    for plant in scenario.plants:
        yield from _known(f"plants.{plant.name}.site", plant.site, sites, "site of ground.sites")


def _known(path: str, name: str, names: list[str], what: str, *, blank: bool = False) -> Iterator[Finding]:
    if name in names or (blank and not name):
        return
    near = difflib.get_close_matches(name, names, n=1) or names[:1] or ['""']
    listed = ", ".join(names) or "there is none"
    yield _found(
        path,
        f"'{name}'",
        f"the name of a {what} ({listed}{', or empty for none' if blank else ''})",
        f"{path.rsplit('.', 1)[-1]}: {near[0]}",
    )


def _leases(scenario: Scenario) -> Iterator[Finding]:
    for lease in scenario.leases:
        first, last, end = (_quarter(x) for x in (lease.first, lease.last, lease.end))
        if first is None or last is None or end is None:
            continue
        path = f"leases.{lease.name}"
        if last < first:
            yield _found(
                f"{path}.last",
                f"{lease.last}, before the first quarter {lease.first}",
                "the last quarter in which the lease may be taken, not before `first`",
                f"last: {lease.first}",
            )
        start = first + (0 if math.isnan(lease.lead) else round(lease.lead * 4))
        if end < max(start, first):
            yield _found(
                f"{path}.end",
                f"{lease.end}, before it starts in {quarter_text(max(start, first))}",
                "the last quarter of the contract, not before its start",
                f"end: {quarter_text(start + 11)}",
            )
        elif end < last:
            yield _found(
                f"{path}.last",
                f"{lease.last}, after the contract's end {lease.end}",
                "a quarter before the contract ends",
                f"last: {lease.end}",
            )


def _arrivals(scenario: Scenario) -> Iterator[Finding]:
    for commitment in scenario.commitments:
        dates = [_quarter(a.start) for a in commitment.arrivals]
        for i, (before, after) in enumerate(pairwise(dates)):
            if before is not None and after is not None and after <= before:
                yield _found(
                    f"commitments.{commitment.name}.arrivals.{i + 1}.start",
                    f"{commitment.arrivals[i + 1].start}, not after {commitment.arrivals[i].start}",
                    "arrivals in the order of their dates",
                    "the arrivals in rising order",
                )


def _chips(scenario: Scenario) -> Iterator[Finding]:
    generations = scenario.chips.generations
    if not generations:
        yield _found("chips.generations", "[]", "at least one generation", "one generation")
        return
    dates = [_quarter(g.start) for g in generations]
    for i, (before, after) in enumerate(pairwise(dates)):
        if before is not None and after is not None and after <= before:
            yield _found(
                f"chips.generations.{generations[i + 1].name}.start",
                f"{generations[i + 1].start}, not after {generations[i].start}",
                "generations in the order of their start",
                "the generations in rising order",
            )
    at = _index(scenario.calendar, generations[0].start)
    if at is not None and at > 0:
        yield _found(
            f"chips.generations.{generations[0].name}.start",
            f"{generations[0].start}, after the horizon's start {scenario.calendar.start}",
            "a first generation that can be ordered from the start",
            f"start: {scenario.calendar.start}",
        )


def _sites(sites: tuple[Site, ...]) -> Iterator[Finding]:
    for site in sites:
        if site.flexible_limit > 0 and site.queue_first > 0 and site.flexible_lead >= site.queue_lead:
            yield _found(
                f"ground.sites.{site.name}.flexible_lead",
                f"{site.flexible_lead:g} yr, not before the queue's {site.queue_lead:g} yr",
                "an early connection that comes before the ordinary one",
                "a shorter lead, or flexible_limit: 0 GW for none",
            )


def _orbit(scenario: Scenario) -> Iterator[Finding]:
    for shell in scenario.orbit.shells:
        path = f"orbit.shells.{shell.name}"
        if shell.altitude_low > shell.altitude_high:
            yield _found(
                f"{path}.altitude_high",
                f"{shell.altitude_high / 1e3:g} km, below altitude_low {shell.altitude_low / 1e3:g} km",
                "altitude_low <= altitude_high",
                f"altitude_high: {shell.altitude_low / 1e3:g} km",
            )
        if shell.satellites < 0:
            yield _found(
                f"{path}.satellites",
                f"{shell.satellites}",
                "a number of satellites, 0 or more",
                "satellites: 0",
            )
    launch = scenario.orbit.launch
    if launch.price_floor > launch.price:
        yield _found(
            "orbit.launch.price_floor",
            f"{launch.price_floor:g} USD/launch, above the price {launch.price:g}",
            "a floor not above the price",
            f"price_floor: {launch.price:g} USD/launch",
        )
