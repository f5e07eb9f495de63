"""The second half of `dawndusk satellite`: cost in service, metrics, waterfall, carbon, links, ages."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dawndusk.space.account.account import Account, Refused

BAR = 10  # characters of a full bar


def sections(account: Account) -> list[RenderableType]:
    """What an account shows, for a screen of 80 columns."""
    blocks: list[tuple[RenderableType, ...]] = [(_cost(account), _under_cost(account))]
    blocks.append((_bridge(account), _under_bridge(account)))
    if account.flown.project.stages.installed > 0:
        blocks += [(_metrics(account), _beside(account)), (_waterfall(account), _under_waterfall(account))]
        blocks += [(_ages(account), _under_ages()), (_carbon(account),)]
        blocks += [(_links(account), _under_links(account))]
    else:
        blocks.append((_metrics(account),))
    return [Padding(Group(*block), (1, 0, 0, 0)) for block in blocks]


def refusal(found: Refused) -> list[RenderableType]:
    """Why a satellite is not costed."""
    return [Padding(Text.assemble(("Not costed: ", "bold"), found.why, "."), (1, 0, 0, 0))]


def _bridge(account: Account) -> Table:
    """From its own cost of an hour to the planner's, line by line."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("From this number to the planner's", header_style="bold")
    table.add_column("USD/H100e-h", justify="right", header_style="dim", no_wrap=True)
    own = next(float(x.value) for x in account.in_orbit if x.name == "compute")
    found = account.bridge
    if found is None:
        return table
    table.add_row("this satellite, its own chips and prices", f"{own:.3f}")
    for line in found.lines:
        table.add_row(line.label, f"{line.hour:+.3f}")
    table.add_row("[bold]the planner's[/]", f"[bold]{found.planner:.3f}[/]")
    return table


def _under_bridge(account: Account) -> Text:
    from dawndusk.space.account.as_json import planner_words

    words, found = planner_words(account), account.bridge
    if found is not None:
        words += (
            f". It loses {100 * found.loss:.1f} % a quarter, within {100 * found.fit:.1f} % of a new "
            "satellite's compute of the curve by age below"
        )
    return Text(words + ".", style="dim")


def _table(*titles: str, left: Iterable[int] = (0,)) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    for k, title in enumerate(titles):
        justify: Any = "left" if k in set(left) else "right"
        table.add_column(title, justify=justify, header_style="bold" if k == 0 else "dim")
    return table


def _figure(value: float) -> str:
    """About three digits, without exponents; a dash for what is undefined or nothing."""
    value = float(value)
    if not isfinite(value) or value == 0:
        return "-"
    size = abs(value)
    if size >= 1e6:
        return f"{value / 1e6:,.1f} M"
    return f"{value:,.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 3}f}"


def _cost(account: Account) -> Table:
    from dawndusk.core.constants import HOURS_PER_YEAR
    from dawndusk.space.account.as_json import lines

    hours = float(account.flown.project.stages.used) * HOURS_PER_YEAR
    groups: dict[str, list[float]] = {}
    for line in lines(account):
        row = groups.setdefault(line.group, [0.0, 0.0])
        row[0], row[1] = row[0] + line.capital, row[1] + line.yearly
    launch = account.flown.launch
    filled = "full by mass" if launch.by_mass else "full by volume"
    shown = {"launch": f"launch, {launch.per_launch:.0f} on a {account.terms.launch.label}, {filled}"}
    table = _table("Cost of one satellite in service", "MUSD", "MUSD/yr", "USD/H100e-h")
    for name, (once, yearly) in groups.items():
        hour = yearly / hours if hours > 0 else 0.0
        table.add_row(shown.get(name, name), _figure(once / 1e6), _figure(yearly / 1e6), _figure(hour))
    once, yearly = (sum(x) for x in zip(*groups.values(), strict=True))
    total = [_figure(x) for x in (once / 1e6, yearly / 1e6, yearly / hours if hours > 0 else 0.0)]
    table.add_row("[bold]total[/]", *(f"[bold]{x}[/]" for x in total))
    return table


def _under_cost(account: Account) -> Text:
    terms, power = account.terms, float(account.sheet.budget.power.compute)
    own, parts = (float(x.platform) / power for x in (account.flown.cost, account.by_parts))
    asked = _figure(account.premium / 1e6)
    return Text(
        f"Terms of {terms.scenario}: in service {terms.quarter}, {float(account.flown.fleet):,.0f} "
        f"satellites, a launch at {float(terms.launch_price) / 1e6:.0f} MUSD, capital at "
        f"{100 * float(terms.rate):.0f} % a year. The satellite at the design's own prices, {own:.0f} "
        "USD/W; by parts with margin and "
        f"development it would be {parts:.0f}. An insurer would ask {asked} MUSD instead of buying lost "
        "launches again.",
        style="dim",
    )


def _metrics(account: Account) -> Text:
    """Two lines for each: its figures, and what it counts."""
    page = Text(f"{'Metrics, each with what it counts':34}", style="")
    page.stylize("bold")
    page.append(f"{'orbit':>10}{'10 to 90 %':>19}{'ground':>10}", style="not bold dim")
    for mine, theirs in zip(account.in_orbit, account.on_ground, strict=True):
        if isfinite(float(mine.value)):
            scale, unit = (1e-6, "MUSD") if abs(float(mine.value)) >= 1e5 else (1.0, _spoken(mine.unit))
            low, _, high = (scale * x for x in account.spread.get(mine.name, (float("nan"),) * 3))
            band = f"{_figure(low)} to {_figure(high)}" if isfinite(low) else ""
            figures = (_figure(scale * float(mine.value)), band, _figure(scale * float(theirs.value)))
            page.append(
                "\n{:34}{:>10}{:>19}{:>10}".format(f"{mine.name}, {unit}", *figures), style="not bold"
            )
            for row in wrap(mine.boundary, 76):
                page.append(f"\n  {row}", style="not bold dim")
    return page


def _spoken(unit: str) -> str:
    """A unit as people write it: USD/H100e-h for USD/(H100e*h)."""
    return unit.replace("(", "").replace(")", "").replace("*", "-")


def _beside(account: Account) -> Text:
    money = account.money
    text = (
        f"Ground: the same chips at {account.on_ground_terms.label}. Value: sold at {float(money.price):.2f} "
        f"USD/H100e-h for {money.horizon:.0f} years."
    )
    if account.spread:
        share = 100 * account.cheaper
        often = f"{share:.1f} %" if share > 0 else "none"
        text += f" Orbit delivers the cheaper hour in {often} of the draws."
        hour = next(x for x in account.in_orbit if x.name == "compute")
        if float(hour.value) < account.spread["compute"][0]:
            text += " The ranges lean to the dear side: fewer than one draw in ten is as cheap as the "
            text += "central values together."
    return Text(text, style="dim")


def _waterfall(account: Account) -> Table:
    from dawndusk.space.account.as_json import stage_texts

    mine, theirs = account.flown.project.stages, account.ground.stages
    table = _table("Delivered", "H100e", "", "orbit", "ground", "", left=(0, 2, 5))
    for name, text in stage_texts().items():
        left, below = (float(getattr(s, name)) for s in (mine, theirs))
        share = left / float(mine.installed)
        table.add_row(
            name,
            f"{left:.0f}",
            "█" * round(BAR * share),
            f"{100 * share:.0f} %",
            f"{100 * below / float(theirs.installed):.0f} %",
            Text(text, style="dim"),
        )
    return table


def _under_waterfall(account: Account) -> Text:
    terms = account.terms
    return Text(
        f"Of the time {100 * float(terms.utilisation):.0f} % have links, and {100 * float(terms.sold):.0f} % "
        f"of what is on offer is sold; the links carry {account.workload} (--workload). On the ground dead "
        "chips are replaced, at a price that is in the hour.",
        style="dim",
    )


def _ages(account: Account) -> Table:
    ages = account.ages
    table = _table("Compute by age", *(f"{age:.0f} yr" for age in ages.years))
    table.add_row("mean, none replaced, %", *(f"{100 * x:.0f}" for x in ages.mean))
    band = zip(ages.low, ages.high, strict=True)
    table.add_row("5 to 95 % of fleets, %", *(f"{100 * a:.0f}-{100 * b:.0f}" for a, b in band))
    return table


def _under_ages() -> Text:
    return Text(
        "Per satellite that came to work: satellites, chips, boards, pumps, upsets. The fleets share bad "
        "batches and storms; the ranges of the rates are not in their band.",
        style="dim",
    )


def _carbon(account: Account) -> Table:
    from dawndusk.economics.carbon import BOUNDARIES

    sides = (account.flown.project.carbon, account.ground.carbon)
    table = _table("Carbon, gCO2e per H100e-hour", "orbit", "ground", "", left=(0, 3))
    for name, text in BOUNDARIES.items():
        parts = (1e3 * float(x.per_hour * getattr(x, name) / x.total) for x in sides)
        table.add_row(name, *map(_figure, parts), Text(text, style="dim"))
    total = (f"[bold]{_figure(1e3 * float(x.per_hour))}[/]" for x in sides)
    alumina = f"beside it {float(sides[0].alumina):.0f} kg of alumina per re-entry"
    table.add_row("[bold]total[/]", *total, Text(alumina, style="dim"))
    return table


def _links(account: Account) -> Table:
    table = _table("Links, needs in Mbit/s", "up", "down", "one site", "mesh", "sites for the fleet")
    for row in account.links.rows:
        used = (f"{100 * x:.0f} %" if x >= 0.01 else "<1 %" for x in (row.one_site, row.mesh))
        need = (_figure(rate / 1e6) for rate in (row.upload, row.download))
        table.add_row(row.workload, *need, *used, f"{row.sites:,.0f}")
    return table


def _under_links(account: Account) -> Text:
    links = account.links
    said = "as its maker claims" if links.claimed else "one laser as Starlink has them"
    training = links.training[:1].upper() + links.training[1:]
    return Text(
        f"Shares of compute left usable. One optical site gives {links.one_site_upload / 1e6:.0f} Mbit/s up "
        f"and {links.one_site_download / 1e6:.0f} down on the mean, with passes, clouds and losses. The mesh "
        f"of satellites takes {links.mesh / 1e9:,.0f} Gbit/s, {said} ({links.source}). {training}.",
        style="dim",
    )
