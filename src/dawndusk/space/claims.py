"""A maker's claims beside our closure of the same satellite, and the verdict in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from dawndusk.core.constants import YEAR, ZERO_CELSIUS
from dawndusk.core.numbers import number
from dawndusk.core.records import record
from dawndusk.physics.spacecraft.balances import network_of, taken_in
from dawndusk.physics.spacecraft.closure import Budget
from dawndusk.physics.spacecraft.conditions import Conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.thermal import settled

FIGURE_TOLERANCE: Final = number("claim_tolerance")  # masses and prices agree within 5 %


@record
class Check:
    """One balance or claim: what is said, what our closure gives, and whether it can hold.

    Parameters
    ----------
    name, unit : str
        What is compared, and the unit of both numbers.
    said, ours : float
        Claimed (or allowed), and closed by us.
    holds : bool
    balance : bool
        True for power and heat, which decide `closes`; False for figures that only stand beside ours.
    short : float
        By how much it fails, as a share of what is needed; below 0 with room to spare.
    words : str
        One clause.
    """

    name: str
    unit: str
    said: float
    ours: float
    holds: bool
    balance: bool
    short: float
    words: str


@record
class Beyond:
    """What breaks its limit: value, limit and by how much, in one unit."""

    what: str
    value: float
    limit: float
    by: float
    unit: str


def checks(design: Design, budget: Budget, place: Conditions) -> tuple[Check, ...]:
    """Every check of a closed satellite (single numbers, no arrays), balances first."""
    found = (*_balances(design, budget), *_figures(design, budget, place))
    return tuple(sorted(found, key=lambda c: not c.balance))


def _check(name: str, unit: str, said: float, ours: float, words: str, *, most: bool, balance: bool) -> Check:
    """`most`: what is said is the most that ours may be; otherwise the least."""
    short = (ours - said) / ours if most else (said - ours) / said
    if math.isinf(ours):
        short = math.inf
    return Check(
        name=name,
        unit=unit,
        said=said,
        ours=ours,
        holds=short <= (1e-6 if balance else FIGURE_TOLERANCE),
        balance=balance,
        short=short,
        words=words,
    )


def _balances(design: Design, budget: Budget) -> Iterator[Check]:
    power, heat, claim = budget.power, budget.temperature, design.claim
    average, limit = design.payload.average, design.plate.junction_limit
    kw, years = float(power.compute) / 1e3, design.life / YEAR
    yield _check(
        "compute, orbit average",
        "kW",
        average / 1e3,
        kw,
        f"{kw:.1f} of {average / 1e3:.1f} kW wanted, peak in sunlight {design.payload.peak / 1e3:.1f} kW",
        most=False,
        balance=True,
    )
    area, rejected = float(budget.area.radiator), float(power.heat) / 1e3
    held = float(power.held) / 1e3
    nearest = "" if power.held >= power.run else f"; it can hold {held:.0f} of the {power.run / 1e3:.0f} kW"
    yield _check(
        "junction temperature",
        "degC",
        limit - ZERO_CELSIUS,
        float(heat.junction) - ZERO_CELSIUS,
        f"{rejected:.0f} kW of heat on {area:.0f} m2 bring the junction to "
        f"{heat.junction - ZERO_CELSIUS:.0f} degC, {limit - ZERO_CELSIUS:.0f} allowed{nearest}",
        most=True,
        balance=True,
    )
    hbm, most = float(heat.hbm) - ZERO_CELSIUS, design.plate.hbm_limit - ZERO_CELSIUS
    yield _check(
        "memory temperature",
        "degC",
        most,
        hbm,
        f"the same bring its memory stacks to {hbm:.0f} degC, {most:.0f} allowed",
        most=True,
        balance=True,
    )
    yield from _at_peak(design, budget)
    if design.array.area:
        yield _array_given(design, budget, kw, years)
    if claim.array_power:
        need, has = float(power.array_bol) / 1e3, claim.array_power / 1e3
        yield _check(
            "array power, begin of life",
            "kW",
            has,
            need,
            f"{kw:.0f} kW average for {years:.0f} yr needs {need:.1f} kW of array at begin of life, "
            f"{has:.1f} kW claimed",
            most=True,
            balance=True,
        )
    if claim.array_area:
        need = float(budget.area.array)
        yield _check(
            "array area",
            "m2",
            claim.array_area,
            need,
            f"{kw:.0f} kW average needs {need:.0f} m2 of array, {claim.array_area:.0f} m2 claimed",
            most=True,
            balance=True,
        )
    if claim.coolant_inlet:
        inlet, supply = claim.coolant_inlet - ZERO_CELSIUS, float(heat.supply) - ZERO_CELSIUS
        yield _check(
            f"coolant, inlet {inlet:.0f} degC",
            "degC",
            inlet,
            supply,
            f"{rejected:.0f} kW of heat on {area:.0f} m2 bring the coolant back to the chips at "
            f"{supply:.0f} degC, {inlet:.0f} claimed",
            most=True,
            balance=True,
        )


def _at_peak(design: Design, budget: Budget) -> Iterator[Check]:
    """Limits of junction and memory while peak compute is held."""
    heat, plate, peak = budget.temperature, design.plate, design.payload.peak / 1e3
    for name, limit, hot in (
        ("junction", plate.junction_limit, heat.junction_peak),
        ("memory", plate.hbm_limit, heat.hbm_peak),
    ):
        allowed, found = limit - ZERO_CELSIUS, float(hot) - ZERO_CELSIUS
        yield _check(
            f"{name} temperature at peak",
            "degC",
            allowed,
            found,
            f"{peak:.0f} kW of peak compute, held, bring it to {found:.0f} degC, {allowed:.0f} allowed",
            most=True,
            balance=True,
        )


def _array_given(design: Design, budget: Budget, kw: float, years: float) -> Check:
    need, has = float(budget.array_needed), design.array.area
    return _check(
        "array area given",
        "m2",
        has,
        need,
        f"{kw:.0f} kW average for {years:.0f} yr need {need:.0f} m2 of array, {has:.0f} m2 given",
        most=True,
        balance=True,
    )


def _figures(design: Design, budget: Budget, place: Conditions) -> Iterator[Check]:
    power, claim = budget.power, design.claim
    steady = float(power.held)
    yield _check(
        "peak compute, held steadily",
        "kW",
        design.payload.peak / 1e3,
        steady / 1e3,
        f"{steady / 1e3:.0f} kW of the {design.payload.peak / 1e3:.0f} kW peak can be held for long",
        most=False,
        balance=False,
    )
    if claim.radiator_flux:
        yield _flux(design, budget, place)
    if claim.mass:
        ours, said = float(budget.mass.total) / 1e3, claim.mass / 1e3
        yield _check(
            "mass at launch",
            "t",
            said,
            ours,
            f"closes at {ours:.2f} t, {said:.2f} t claimed",
            most=True,
            balance=False,
        )
    if claim.platform_price:
        ours = float(budget.cost.platform / power.compute)
        yield _check(
            "platform without compute",
            "USD/W",
            claim.platform_price,
            ours,
            f"platform costs {ours:.0f} USD/W, {claim.platform_price:.0f} USD/W quoted",
            most=True,
            balance=False,
        )


def _flux(design: Design, budget: Budget, place: Conditions) -> Check:
    """Radiator flux: the junction temperature that the claimed rejection would need."""
    taken, emissivity = taken_in(design, place, design.life)
    area = float(budget.area.radiator)
    steady = settled(
        network_of(design),
        chip_power=design.payload.gpu_power,
        heat=design.claim.radiator_flux * area,
        area=area,
        taken=taken,
        emissivity=emissivity,
    )
    root, needed = float(steady.root), float(steady.junction) - ZERO_CELSIUS
    allowed = design.plate.junction_limit - ZERO_CELSIUS
    return _check(
        f"junction at {design.claim.radiator_flux:.0f} W/m2",
        "degC",
        allowed,
        needed,
        f"{design.claim.radiator_flux:.0f} W/m2 needs the radiator at {root - ZERO_CELSIUS:.0f} degC and the "
        f"junction at {needed:.0f} degC, {allowed:.0f} allowed",
        most=True,
        balance=False,
    )


def out_of_limits(found: tuple[Check, ...]) -> tuple[Beyond, ...]:
    """What breaks its limit, worst first."""
    failed = sorted((c for c in found if c.balance and not c.holds), key=lambda c: -c.short)
    return tuple(
        Beyond(what=c.name, value=c.ours, limit=c.said, by=abs(c.ours - c.said), unit=c.unit) for c in failed
    )


def verdict(found: tuple[Check, ...], budget: Budget) -> tuple[bool, str]:
    """Whether the satellite closes, and the binding balance in words."""
    if not math.isfinite(float(budget.mass.total)):
        return (
            False,
            "mass: no radiator is large enough, or structure, margin and tanks take more than the whole",
        )
    beside = [c.words for c in found if not c.balance and not c.holds]
    failed = sorted((c for c in found if c.balance and not c.holds), key=lambda c: -c.short)
    if failed:
        worst = "; ".join(f"{c.name}: {c.words} ({_percent(c)})" for c in failed)
        return False, "; ".join([worst, *beside])
    tight = max((c for c in found if c.balance and c.short < -1e-6), key=lambda c: c.short, default=None)
    first = f"tightest is {tight.name}: {tight.words}" if tight else "every part is sized to fit"
    return True, "; ".join([first, *beside])


def _percent(check: Check) -> str:
    if check.unit == "degC":
        return f"{check.ours - check.said:.0f} K too hot"
    return f"{100 * check.short:.0f} % short"
