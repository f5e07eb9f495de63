"""A satellite in service: cost, the planner's number, metrics, waterfall, carbon, links, ages."""

from __future__ import annotations

from math import isfinite
from typing import Final

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import replace
from dawndusk.economics.carbon import BOUNDARIES
from dawndusk.report import words
from dawndusk.report.document import Cell, Column, Marked, Section, Table, Text, table, texts
from dawndusk.space.account.account import Account, Refused
from dawndusk.space.account.as_json import lines, planner_words, stage_texts

LARGE: Final = 1e5  # USD; from here on an amount is said in MUSD
HOUR: Final = Column(label="", unit="USD/H100e-h", good="down")


def sections(found: Account | Refused) -> tuple[Section, ...]:
    """What an account shows; of one that was refused, why."""
    if isinstance(found, Refused):
        return (Section(parts=(Text(words=f"{found.why}.", lead="Not costed"),)),)
    parts: list[Table | Text] = [_noted(_cost(found), _under_cost(found)), *_bridge(found)]
    if found.flown.project.stages.installed > 0:
        parts += [
            _noted(_metrics(found), _beside(found)),
            _noted(_waterfall(found), _under_waterfall(found)),
            _noted(_ages(found), UNDER_AGES),
            _carbon(found),
            _noted(_links(found), _under_links(found)),
        ]
    else:
        parts.append(_metrics(found))
    return tuple(Section(parts=(part,)) for part in parts)


def _noted(made: Table, note: str) -> Table:
    return replace(made, note=note)


def _cost(account: Account) -> Table:
    """Cost by group: once, each year, and in an hour."""
    hours = float(account.flown.project.stages.used) * HOURS_PER_YEAR
    groups: dict[str, list[float]] = {}
    for line in lines(account):
        row = groups.setdefault(line.group, [0.0, 0.0])
        row[0], row[1] = row[0] + line.capital, row[1] + line.yearly
    launch = account.flown.launch
    filled = "full by mass" if launch.by_mass else "full by volume"
    shown = {"launch": f"launch, {launch.per_launch:.0f} on a {account.terms.launch.label}, {filled}"}
    sums = [sum(x) for x in zip(*groups.values(), strict=True)]
    rows: list[tuple[Cell, ...]] = [
        (
            shown.get(name, name),
            once or None,
            yearly or None,
            yearly / hours if hours > 0 and yearly else None,
        )
        for name, (once, yearly) in [*groups.items(), ("total", sums)]
    ]
    columns = (
        *texts("Cost of one satellite in service"),
        Column(label="once", unit="MUSD", factor=1e-6),
        Column(label="each year", unit="MUSD", factor=1e-6),
        Column(label="in an hour", unit="USD/H100e-h", good="down"),
    )
    return table(columns, rows, key="cost_in_service", sums=1)


def _under_cost(account: Account) -> str:
    terms, power = account.terms, float(account.sheet.budget.power.compute)
    own, parts = (float(x.platform) / power for x in (account.flown.cost, account.by_parts))
    return (
        f"Terms of {terms.scenario}: in service {terms.quarter}, {float(account.flown.fleet):,.0f} "
        f"satellites, a launch at {float(terms.launch_price) / 1e6:.0f} MUSD, capital at "
        f"{100 * float(terms.rate):.0f} % a year. The satellite at the design's own prices, {own:.0f} USD/W; "
        f"by parts with margin and development it would be {parts:.0f}. An insurer would ask "
        f"{words.figure(account.premium / 1e6)} MUSD instead of buying lost launches again."
    )


def _bridge(account: Account) -> tuple[Table | Text, ...]:
    """From its own cost of an hour to the planner's, line by line."""
    found = account.bridge
    if found is None:
        return (Text(words=_under_bridge(account), tone="dim"),)
    own = next(float(x.value) for x in account.in_orbit if x.name == "compute")
    rows: list[tuple[Cell, ...]] = [("this satellite, its own chips and prices", own)]
    rows += [(line.label, Marked(value=line.hour, text=f"{line.hour:+.3f}")) for line in found.lines]
    rows.append(("the planner's", found.planner))
    columns = (*texts("From this number to the planner's"), Column(label="", unit=HOUR.unit, places=3))
    return (table(columns, rows, key="bridge", sums=1, note=_under_bridge(account)),)


def _under_bridge(account: Account) -> str:
    said, found = planner_words(account), account.bridge
    if found is not None:
        said += (
            f". It loses {100 * found.loss:.1f} % a quarter, within {100 * found.fit:.1f} % of a new "
            "satellite's compute of the curve by age below"
        )
    return f"{said}."


def _metrics(account: Account) -> Table:
    """Each metric in orbit, over the ranges, and on the ground; below it what it counts."""
    columns = (
        *texts("Metrics, each with what it counts"),
        Column(label="orbit"),
        Column(label="10 %"),
        Column(label="90 %"),
        Column(label="ground"),
        Column(label="counts", kind="below"),
    )
    rows: list[tuple[Cell, ...]] = []
    for mine, theirs in zip(account.in_orbit, account.on_ground, strict=True):
        value, ground = float(mine.value), float(theirs.value)
        if isfinite(value):
            scale, unit = (1e-6, "MUSD") if abs(value) >= LARGE else (1.0, _spoken(mine.unit))
            low, _, high = account.spread.get(mine.name, (float("nan"),) * 3)
            numbers = (value, low, high, ground)
            cells = (scale * float(x) if isfinite(x) else None for x in numbers)
            rows.append((f"{mine.name}, {unit}", *cells, mine.boundary))
    return table(columns, rows, key="metrics")


def _spoken(unit: str) -> str:
    """A unit as people write it: USD/H100e-h for USD/(H100e*h)."""
    return unit.replace("(", "").replace(")", "").replace("*", "-")


def _beside(account: Account) -> str:
    money = account.money
    text = (
        f"Ground: the same chips at {account.on_ground_terms.label}. Value: sold at "
        f"{float(money.price):.2f} USD/H100e-h for {money.horizon:.0f} years."
    )
    if account.spread:
        share = 100 * account.cheaper
        often = f"{share:.1f} %" if share > 0 else "none"
        text += f" Orbit delivers the cheaper hour in {often} of the draws."
        hour = next(x for x in account.in_orbit if x.name == "compute")
        if float(hour.value) < account.spread["compute"][0]:
            text += " The ranges lean to the dear side: fewer than one draw in ten is as cheap as the "
            text += "central values together."
    return text


def _waterfall(account: Account) -> Table:
    """What is left of the compute after each loss."""
    mine, theirs = account.flown.project.stages, account.ground.stages
    columns = (
        *texts("Delivered"),
        Column(label="", unit="H100e", places=0),
        Column(label="", kind="bar"),
        Column(label="orbit", unit="%", places=0, factor=100.0),
        Column(label="ground", unit="%", places=0, factor=100.0),
        *texts("what it counts"),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, text in stage_texts().items():
        left, below = (float(getattr(s, name)) for s in (mine, theirs))
        share = left / float(mine.installed)
        rows.append((name, left, share, share, below / float(theirs.installed), text))
    return table(columns, rows, key="waterfall")


def _under_waterfall(account: Account) -> str:
    terms = account.terms
    return (
        f"Of the time {100 * float(terms.utilisation):.0f} % have links, and {100 * float(terms.sold):.0f} % "
        f"of what is on offer is sold; the links carry {account.workload} (--workload). On the ground "
        "dead chips are replaced, at a price that is in the hour."
    )


UNDER_AGES: Final = (
    "Per satellite launched: launches, satellites, chips, boards, pumps, upsets. The fleets share bad "
    "batches, storms and launches; the ranges of the rates are not in their band."
)


def _ages(account: Account) -> Table:
    ages = account.ages
    columns = (
        *texts("Compute by age"),
        *(Column(label=f"{age:.0f} yr", places=0, factor=100.0) for age in ages.years),
    )
    rows: list[tuple[Cell, ...]] = [
        ("mean, none replaced, %", *map(float, ages.mean)),
        ("5 % of fleets, %", *map(float, ages.low)),
        ("95 % of fleets, %", *map(float, ages.high)),
    ]
    return table(columns, rows, key="ages")


def _carbon(account: Account) -> Table:
    sides = (account.flown.project.carbon, account.ground.carbon)
    columns = (
        *texts("Carbon"),
        *(Column(label=name, unit="gCO2e/H100e-h", factor=1e3, good="down") for name in ("orbit", "ground")),
        *texts("what it counts"),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, text in BOUNDARIES.items():
        parts = (float(x.per_hour * getattr(x, name) / x.total) or None for x in sides)
        rows.append((name, *parts, text))
    alumina = f"beside it {float(sides[0].alumina):.0f} kg of alumina per re-entry"
    rows.append(("total", *(float(x.per_hour) for x in sides), alumina))
    return table(columns, rows, key="carbon", sums=1)


def _links(account: Account) -> Table:
    columns = (
        *texts("Links"),
        Column(label="needs up", unit="Mbit/s", factor=1e-6),
        Column(label="needs down", unit="Mbit/s", factor=1e-6),
        Column(label="one site", unit="%", digits=2, factor=100.0),
        Column(label="mesh", unit="%", digits=2, factor=100.0),
        Column(label="sites for the fleet", places=0),
    )
    rows: list[tuple[Cell, ...]] = [
        (row.workload, *map(float, (row.upload, row.download, row.one_site, row.mesh, row.sites)))
        for row in account.links.rows
    ]
    return table(columns, rows, key="links")


def _under_links(account: Account) -> str:
    links = account.links
    said = "as its maker claims" if links.claimed else "one laser as Starlink has them"
    training = links.training[:1].upper() + links.training[1:]
    return (
        f"Shares of compute left usable. One optical site gives {links.one_site_upload / 1e6:.0f} Mbit/s up "
        f"and {links.one_site_download / 1e6:.0f} down on the mean, with passes, clouds and losses. The mesh "
        f"of satellites takes {links.mesh / 1e9:,.0f} Gbit/s, {said} ({links.source}). {training}."
    )
