"""One satellite, closed: the first half of what ``dawndusk satellite`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import degrees, isfinite
from typing import Final

from dawndusk.core.constants import ZERO_CELSIUS
from dawndusk.core.records import Real
from dawndusk.report import account as in_service
from dawndusk.report.document import (
    Cell,
    Column,
    Document,
    Marked,
    Section,
    Table,
    Text,
    facts,
    paragraph,
    table,
    texts,
)
from dawndusk.space.account.account import Account, Refused
from dawndusk.space.claims import Check, out_of_limits
from dawndusk.space.sheet import Sheet

SMALL: Final = 0.015  # parts below this share of the total are shown together as `other`
PLACES: Final = {"t": 2, "kW": 1}


def document(sheet: Sheet, found: Account | Refused) -> Document:
    """The design sheet, its claims, its limits, and its account in service."""
    design = sheet.design
    if not isfinite(sheet.budget.mass.total):
        return Document(
            title=design.name, verdict=Marked(value="does not close", tone="bad"), sentence=sheet.binding
        )
    mass = f" at {sheet.budget.mass.total / 1e3:.2f} t"
    fits = sheet.closes and not isinstance(found, Refused)
    verdict = Marked(value=("closes" if fits else "out of limits") + mass, tone="good" if fits else "bad")
    reasons = "\n".join(x[0].upper() + x[1:] for x in sheet.binding.split("; "))
    return Document(
        title=design.name,
        verdict=verdict,
        sentence=_orbit(sheet),
        sections=(
            *([paragraph(design.note, tone="dim")] if design.note else []),
            Section(parts=(_power(sheet), _heat(sheet)), beside=True),
            Section(parts=(_mass(sheet), _cost(sheet)), beside=True),
            Section(parts=(_claims(sheet.found),)),
            Section(parts=(_summary(sheet),)),
            *in_service.sections(found),
            *_beyond(sheet, found),
            Section(parts=(Text(words=f"Verdict: {verdict.value}", tone=verdict.tone), Text(words=reasons))),
        ),
    )


def _orbit(sheet: Sheet) -> str:
    design = sheet.design
    shadow = "carried by battery" if design.battery.eclipse == "battery" else "compute switched off"
    return (
        f"{design.orbit.kind}, {design.orbit.altitude / 1e3:g} km, {degrees(sheet.inclination):.2f} deg; in "
        f"light {100 * sheet.sunlit_fraction:.1f} % of the year;\nlongest shadow "
        f"{sheet.longest_shadow / 60:.1f} of {sheet.period / 60:.1f} min, {shadow}"
    )


def _power(sheet: Sheet) -> Table:
    power = sheet.budget.power
    rows = [
        ("compute, orbit average", power.compute),
        ("compute while running", power.run),
        ("compute, peak", power.peak),
        ("bus", power.bus),
        ("battery charging", power.charge),
        ("array, begin of life", power.array_bol),
        ("array, end of life", power.array_eol),
    ]
    columns = (*texts("Power"), Column(label="", unit="kW", places=1, factor=1e-3))
    return table(columns, [(name, float(x)) for name, x in rows], key="power")


def _heat(sheet: Sheet) -> Table:
    budget, heat = sheet.budget, sheet.budget.temperature
    limit = sheet.design.plate.junction_limit - ZERO_CELSIUS

    def degc(kelvin: Real) -> float:
        return float(kelvin) - ZERO_CELSIUS

    rows: list[tuple[Cell, ...]] = [
        ("to reject", Marked(value=float(budget.power.heat) / 1e3, places=1), "kW"),
        ("radiator, both faces used", float(budget.area.radiator), "m2"),
        ("rejected per planform", float(budget.radiator_flux), "W/m2"),
        ("radiator", degc(heat.radiator), "degC"),
        ("coolant", degc(heat.coolant), "degC"),
        ("junction", degc(heat.junction), "degC"),
        ("junction at peak", degc(heat.junction_peak), f"of {limit:.0f} degC"),
    ]
    return table((*texts("Heat"), Column(label="", places=0), *texts("")), rows, key="heat")


def _shares(name: str, column: Column, parts: Mapping[str, float], total: float, key: str) -> Table:
    """Parts of a whole, the small ones together, each with a bar."""
    large = {part: x for part, x in parts.items() if x >= SMALL * total}
    rest = sum(parts.values()) - sum(large.values())
    shown = dict(sorted(large.items(), key=lambda x: -x[1])) | ({"other": rest} if rest > 0 else {})
    most = max(shown.values(), default=1.0)
    rows: list[tuple[Cell, ...]] = [(part, x, x / most) for part, x in shown.items()]
    rows.append(("total", total, None))
    return table((*texts(name), column, Column(label="", kind="bar")), rows, key=key, sums=1)


def _mass(sheet: Sheet) -> Table:
    mass = {k: float(v) for k, v in asdict(sheet.budget.mass).items() if k not in ("total", "dry")}
    shown = {"coolant loop" if k == "loop" else k: v for k, v in mass.items() if v > 0}
    column = Column(label="", unit="kg", places=0, good="down")
    return _shares("Mass", column, shown, float(sheet.budget.mass.total), "mass")


def _cost(sheet: Sheet) -> Table:
    cost = {k: float(v) for k, v in asdict(sheet.budget.cost).items() if k not in ("total", "platform")}
    column = Column(label="", unit="MUSD", places=2, factor=1e-6, good="down")
    return _shares("Cost, not launched", column, cost, float(sheet.budget.cost.total), "cost")


def _claims(found: tuple[Check, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for check in found:
        mark = (
            Marked(value="holds", tone="good")
            if check.holds
            else Marked(value="fails", tone="bad")
            if check.balance
            else Marked(value="differs", tone="warn")
        )
        places = PLACES.get(check.unit, 0)
        said, ours = (Marked(value=float(x), places=places) for x in (check.said, check.ours))
        rows.append((check.name, said, ours, check.unit, mark))
    columns = (*texts("Claim or limit"), Column(label="said"), Column(label="ours"), *texts("unit", ""))
    return table(columns, rows, key="claims")


def _beyond(sheet: Sheet, found: Account | Refused) -> tuple[Section, ...]:
    """What breaks its limit, and by how much."""
    rows = [*out_of_limits(sheet.found), *(found.beyond if isinstance(found, Refused) else ())]
    if not rows:
        return ()
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        places, apart = PLACES.get(row.unit, 0), "K" if row.unit == "degC" else row.unit
        here = [Marked(value=x, unit=row.unit, places=places) for x in (row.value, row.limit)]
        cells.append((row.what, *here, Marked(value=row.by, unit=apart, places=places, tone="bad")))
    columns = (*texts("Out of limits"), *(Column(label=name) for name in ("is", "limit", "by")))
    return (Section(parts=(table(columns, cells, key="out_of_limits"),)),)


def _summary(sheet: Sheet) -> Table:
    """Figures that stand for the whole satellite."""
    budget = sheet.budget
    per_tonne = 1 / budget.mass.total
    averages = (x * per_tonne for x in (budget.power.compute, budget.power.array_bol))
    price = budget.cost.platform / budget.power.compute
    rows: list[tuple[str, Cell]] = [
        ("Per tonne", "{:.1f} kW of average compute, {:.1f} kW of array".format(*averages)),
        ("Platform", f"{price:.0f} USD per W of average compute, without launch"),
    ]
    if budget.compute > 0:
        new = f"{budget.compute:.0f} H100e on {budget.gpus:.0f} GPUs when new, on orbit average"
        rows.append(("Compute", new))
    if sheet.drawn:
        rows.append(("10-90 %", _spread(sheet)))
    return facts(rows, key="summary")


def _spread(sheet: Sheet) -> str:
    low, _, high = (x / 1e3 for x in sheet.drawn["mass"])
    cheap, _, dear = sheet.drawn["platform"]
    share = 100 * sheet.drawn["closes"][0]
    reached = f"{100 * sheet.lighter:.1f} % reach" if sheet.lighter > 0 else "none reaches"
    light = f"; {reached} the claimed mass" if sheet.design.claim.mass else ""
    return (
        f"{low:.1f} to {high:.1f} t, {cheap:.0f} to {dear:.0f} USD/W over the ranges of the inputs; "
        f"the junction stays in its limit in {share:.0f} % of the draws{light}"
    )
