"""What must hold between the numbers of a scenario; each finding says what to write instead.

The checks also run on a scenario whose unreadable numbers are NaN and whose unreadable texts are empty (to
find all mistakes of a file at once): a comparison with NaN is false, so such numbers cause no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from dawndusk.core.calendar import Calendar
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.errors import Problem
from dawndusk.core.scenario.demand import Demand
from dawndusk.supply.kinds import known, quarter_or_none, wrong
from dawndusk.supply.scenario import FORMAT, KINDS, Scenario, items

_SLACK = 1e-6  # of a sum of shares written with a few digits
_PERIODS = (1, 80)


def findings(scenario: Scenario) -> Iterator[Problem]:
    """Everything in a scenario that contradicts something else in it."""
    yield from _format(scenario)
    yield from _demand(scenario.demand)
    yield from _target(scenario)
    yield from _names(scenario)
    yield from _chips(scenario)
    yield from _orbit(scenario)
    for kind, item in items(scenario):
        for found in kind.checks(item, scenario):
            yield replace(found, path=f"{kind.block}.{item.name}.{found.path}")


def _format(scenario: Scenario) -> Iterator[Problem]:
    if scenario.format != FORMAT:
        yield wrong("format", scenario.format, f"'{FORMAT}'", f"format: {FORMAT}")
    low, high = _PERIODS
    if not low <= scenario.calendar.periods <= high:
        yield wrong(
            "calendar.periods",
            f"{scenario.calendar.periods}",
            f"a number of quarters from {low} to {high}",
            "periods: 40",
        )
    if not 2000 <= scenario.finance.base_year <= 2100:
        yield wrong(
            "finance.base_year",
            f"{scenario.finance.base_year}",
            "a year from 2000 to 2100",
            "base_year: 2026",
        )


def _demand(demand: Demand) -> Iterator[Problem]:
    total = sum(c.share for c in demand.classes)
    if abs(total - 1) > _SLACK or not demand.classes:
        yield wrong(
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
            yield wrong(
                f"demand.step_values.{i + 1}",
                f"{after / HOURS_PER_YEAR:.4g} USD/(H100e*h) after {before / HOURS_PER_YEAR:.4g}",
                "values that fall from step to step, best paid first",
                "the values in falling order",
            )
    if not values:
        yield wrong("demand.step_values", "[]", "at least one step", "[4 USD/(H100e*h)]")


def _steps(path: str, steps: Sequence[float], count: int) -> Iterator[Problem]:
    total = sum(steps)
    if len(steps) != count:
        yield wrong(
            path,
            f"{len(steps)} shares",
            f"one share for each of the {count} entries of demand.step_values",
            f"a list of {count} shares",
        )
    elif abs(total - 1) > _SLACK:
        yield wrong(path, f"shares that sum to {total:.6g}", "shares that sum to 1", _rescaled(steps, total))


def _rescaled(shares: Sequence[float], total: float) -> str:
    if not total > 0:
        return "shares that sum to 1"
    return f"for example {', '.join(f'{s / total:.4g}' for s in shares)}"


def _target(scenario: Scenario) -> Iterator[Problem]:
    calendar, text = scenario.calendar, scenario.demand.target_from
    at = _index(calendar, text)
    if at is not None and not 0 <= at < calendar.periods:
        yield wrong(
            "demand.target_from",
            text,
            f"a quarter of the horizon, {calendar.start} to {calendar.label(calendar.periods - 1)}",
            f"target_from: {calendar.start}",
        )


def _index(calendar: Calendar, text: str) -> int | None:
    """Period index of a quarter; None if one of the two cannot be read."""
    first, quarter = quarter_or_none(calendar.start), quarter_or_none(text)
    return None if first is None or quarter is None else quarter - first


def _names(scenario: Scenario) -> Iterator[Problem]:
    """Names make the addresses of numbers, offers and resources: short, plain, and each once."""
    seen: dict[str, str] = {}
    for kind in KINDS:
        yield from _plain_names(kind.block, kind.items(scenario), seen)
    for path, named in {
        "gates": scenario.gates,
        "demand.classes": scenario.demand.classes,
        "chips.generations": scenario.chips.generations,
        "orbit.shells": scenario.orbit.shells,
    }.items():
        yield from _plain_names(path, named, {})


def _plain_names(path: str, items: tuple[Any, ...], seen: dict[str, str]) -> Iterator[Problem]:
    for i, item in enumerate(items):
        where = f"{path}.{i}.name"
        if not item.name or not item.name.replace("-", "").replace("_", "").isalnum() or item.name.isdigit():
            yield wrong(
                where,
                f"'{item.name}'",
                "a name of letters, digits, '-' and '_', not digits alone",
                f"name: {_plain(item.name)}",
            )
        elif item.name in seen:
            yield wrong(
                where,
                f"'{item.name}', which {seen[item.name]} has too",
                "each name once",
                f"name: {item.name}-2",
            )
        seen.setdefault(item.name, path)


def _plain(name: str) -> str:
    """A name that may stand, as near to this one as can be."""
    found = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")
    return found if found and not found.isdigit() else f"item-{found}".strip("-")


def _chips(scenario: Scenario) -> Iterator[Problem]:
    generations = scenario.chips.generations
    if not generations:
        yield wrong("chips.generations", "[]", "at least one generation", "one generation")
        return
    dates = [quarter_or_none(g.start) for g in generations]
    for i, (before, after) in enumerate(pairwise(dates)):
        if before is not None and after is not None and after <= before:
            yield wrong(
                f"chips.generations.{generations[i + 1].name}.start",
                f"{generations[i + 1].start}, not after {generations[i].start}",
                "generations in the order of their start",
                "the generations in rising order",
            )
    at = _index(scenario.calendar, generations[0].start)
    if at is not None and at > 0:
        yield wrong(
            f"chips.generations.{generations[0].name}.start",
            f"{generations[0].start}, after the horizon's start {scenario.calendar.start}",
            "a first generation that can be ordered from the start",
            f"start: {scenario.calendar.start}",
        )


def _orbit(scenario: Scenario) -> Iterator[Problem]:
    gates = [gate.name for gate in scenario.gates]
    yield from known("orbit.gate", scenario.orbit.gate, gates, "gate", blank=True)
    for shell in scenario.orbit.shells:
        path = f"orbit.shells.{shell.name}"
        if shell.altitude_low > shell.altitude_high:
            yield wrong(
                f"{path}.altitude_high",
                f"{shell.altitude_high / 1e3:g} km, below altitude_low {shell.altitude_low / 1e3:g} km",
                "altitude_low <= altitude_high",
                f"altitude_high: {shell.altitude_low / 1e3:g} km",
            )
        if shell.satellites < 0:
            yield wrong(
                f"{path}.satellites",
                f"{shell.satellites}",
                "a number of satellites, 0 or more",
                "satellites: 0",
            )
    launch = scenario.orbit.launch
    if launch.price_floor > launch.price:
        yield wrong(
            "orbit.launch.price_floor",
            f"{launch.price_floor:g} USD/launch, above the price {launch.price:g}",
            "a floor not above the price",
            f"price_floor: {launch.price:g} USD/launch",
        )
