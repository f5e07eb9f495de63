"""The result in one screen: a dictionary for ``--json`` and the same in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from dawndusk.core.records import record
from dawndusk.report import words
from dawndusk.report.capacity import capacity_numbers
from dawndusk.report.decisions import Trigger, part_label, phrases, triggers
from dawndusk.report.measures import (
    Order,
    binding_shares,
    controllable,
    first_order,
    given_up,
    number,
    option_price,
    orbit_share,
    orbital_offers,
    prices_by_year,
    root_orders,
    service,
    unit_costs,
)
from dawndusk.report.quality import tree_quality, tree_texts
from dawndusk.report.view import AbstractResult, View, view_of
from dawndusk.supply.scenario import words_of

MOST_NODES: Final = 0.8  # a limit that binds in more of the nodes is what the study is about


@record
class Line:
    """One line of the summary: what it is about, and sentences that each stand on a line of their own."""

    title: str
    texts: tuple[str, ...]


def summarise(
    result: AbstractResult | xr.DataTree | View,
    *,
    build_s: float | None = None,
    solve_s: float | None = None,
    result_path: Path | str | None = None,
    report_path: Path | str | None = None,
) -> dict[str, Any]:
    """The headline numbers of a result as plain texts and numbers, undefined ones None.

    Parameters
    ----------
    result : Result, its tree or a View
        The result.
    build_s, solve_s : float or None
        Seconds of assembling and solving; no time stands in a result file.
    result_path, report_path : path or None
        Where result and report were written.
    """
    view = view_of(result)
    result_path = result_path or getattr(result, "path", None)
    more = view.alternatives
    share = orbit_share(view)
    found = first_order(view, orbital_offers(view))
    low, high = number(more, "orbit_low"), number(more, "orbit_high")
    return {
        "scenario": view.name,
        "title": view.title,
        "start": view.quarters[0],
        "end": view.quarters[-1],
        "seed": view.meta.get("seed"),
        "leaves": view.meta.get("tree_leaves", view.meta.get("leaves")),
        "paths": view.meta.get("paths"),
        "label": view.meta.get("label", ""),
        "changes": [
            {"address": str(x["change"]), "was": str(x["change_was"]), "now": str(x["change_now"])}
            for x in view.changes
        ],
        "plan": plan_numbers(view) | {"build_s": build_s, "solve_s": solve_s},
        "service": service(view),
        "orbit": {
            "share_final_year": share,
            "share_band_2pct": [low, high],
            "near_optimal": number(more, "near_optimal"),
            "first_order": None if found is None else {"period": found[0], "probability": found[1]},
        },
        "adaptivity_usd": number(more, "adaptivity_usd"),
        "capacity": capacity_numbers(view),
        "tree": tree_quality(view),
        "now": [_now(view, order) for order in root_orders(view)],
        "unit_cost_usd_per_h100e_h": unit_costs(view),
        "binding": binding_shares(view),
        "lines": {line.title: list(line.texts) for line in lines(view)},
        "result_path": str(result_path) if result_path else None,
        "report_path": str(report_path) if report_path else None,
    }


def plan_numbers(view: View) -> dict[str, Any]:
    """Status, money and size of the plan."""
    attrs = view.plan.attrs
    money = ("objective_usd", "bound_usd", "gap", "cost_usd", "lost_value_usd", "unavoidable_usd")
    sizes = ("nodes", "columns", "rows", "nonzeros")
    return (
        {"status": attrs.get("status", "")}
        | {key: number(attrs, key) for key in money}
        | {"controllable_usd": controllable(view)}
        | {key: attrs.get(key) for key in sizes}
    )


def _now(view: View, order: Order) -> dict[str, Any]:
    offers, price = view.offers, option_price(view, order.offer)
    return {
        "option": offers.name[order.offer],
        "label": offers.label[order.offer],
        "amount": order.amount,
        "unit": offers.unit[order.offer],
        "unit_cost_usd_per_h100e_h": price if np.isfinite(price) else None,
    }


def lines(result: AbstractResult | xr.DataTree | View) -> tuple[Line, ...]:
    """The summary in sentences, each line under its title."""
    view = view_of(result)
    made = (
        ("Changed", change_texts(view)),
        ("Do now", now_texts(view)),
        ("Watch", watch_texts(view)),
        ("Served", served_texts(view)),
        ("Orbit", orbit_texts(view)),
        ("It needs", need_texts(view)),
        (f"Cost {view.offers.attrs.get('quarter', '')[:4]}".strip(), cost_texts(view)),
        ("Binding", binding_texts(view)),
        ("Worth", worth_texts(view)),
        ("Total", total_texts(view)),
        ("Tree", tree_texts(view)),
    )
    return tuple(Line(title=title, texts=tuple(texts)) for title, texts in made if texts)


def change_texts(view: View) -> list[str]:
    """What was set after reading, and what the file says there."""
    return [
        f"{x['change']} = {x['change_now']}"
        + (f" (the file says {x['change_was']})" if x["change_was"] else "")
        for x in view.changes
    ]


def headline(view: View) -> str:
    """The answer in one sentence."""
    chief = [o for o in root_orders(view) if words_of(view.offers.kind[o.offer]).chief]
    do = phrases(view, tuple(chief)) or phrases(view, root_orders(view), 2)
    start = f"{words.capital(words.listing(do))} now" if do else "Order nothing now"
    found = first_order(view, orbital_offers(view))
    if found is None:
        return f"{start}; orbit is ordered in no future of this study."
    share = words.percent(orbit_share(view))
    return (
        f"{start}; orbit is first ordered in {found[0]}, in {words.percent(found[1])} of futures, and serves "
        f"{share} of the demand of the last year."
    )


def now_texts(view: View) -> list[str]:
    """What to order in the first quarter."""
    orders = root_orders(view)
    if not orders:
        return [f"order nothing in {view.quarters[0]}"]
    whole = [o for o in orders if words_of(view.offers.kind[o.offer]).form == "whole"]
    rest = tuple(o for o in orders if o not in whole)
    found = [whole_text(view, o) for o in whole]
    return [*found, "; ".join(phrases(view, rest))] if rest else found


def whole_text(view: View, order: Order) -> str:
    """A facility taken whole, with its size, its price, and in how many futures it is given up by when."""
    name = view.offers.label[order.offer]
    compute = np.nan_to_num(view.offers.compute[order.offer])
    facts = []
    if compute.size and compute[0] > 0:
        facts.append(words.compute(order.amount * float(compute[0])))
    price = option_price(view, order.offer)
    if np.isfinite(price):
        facts.append(f"at {words.unit_price(price)} $/H100e-h")
    share, quarter = given_up(view, order.offer)
    left = f"given up by {quarter} in {words.percent(share)} of futures" if share > 0 else "kept to its end"
    part = "" if order.amount > 0.98 else f"{words.percent(order.amount)} of "
    verb = words_of(view.offers.kind[order.offer]).verb
    return f"{verb} {part}{name} ({' '.join(facts)}{'; ' if facts else ''}{left})"


def watch_texts(view: View, most: int = 3) -> list[str]:
    """The outcomes that change the plan most, in the order of their dates: two of demand, one of a gate."""
    every = [x for x in triggers(view) if x.more]
    gates = [x for x in every if x.kind == "gate"][:1]
    # A planner watches for more demand than planned; the other outcomes stand in the table of the report.
    demand = sorted((x for x in every if x.kind != "gate"), key=lambda x: x.kind != "above")
    chosen = list({x.period: x for x in reversed(demand)}.values())[::-1]
    chosen = sorted(chosen[: most - len(gates)] + gates, key=lambda x: x.period)
    return [trigger_text(view, x) for x in chosen]


def trigger_text(view: View, trigger: Trigger, most: int = 3) -> str:
    """What is seen, and what is then ordered more than otherwise."""
    more = phrases(view, trigger.more, most, "+")
    text = f"{trigger.condition} ({words.percent(trigger.probability)} of futures): "
    return text + (words.listing(more) or "order less than otherwise")


def served_texts(view: View) -> list[str]:
    """How much of demand is served, planned and operated."""
    found = service(view)
    planned, low, high = (found[k] or 0.0 for k in ("planned", "planned_low", "planned_high"))
    text = f"{words.percent(planned)} of demand {words.band(low, high, words.percentage)}".rstrip()
    if found["value"] is not None:
        text += f", {words.percent(found['value'])} of its value"
    if found["operated"] is not None:
        text += f"; planned {words.percentage(planned, 1)}; on {view.meta.get('paths')} fresh paths"
        text += f"{_followed(found)} operated {words.percentage(found['operated'], 1)}"
    return [text]


def _followed(found: Mapping[str, float | None]) -> str:
    """The plan's own capacity on the fresh paths: tells luck of the paths from operation."""
    share = found["followed"]
    return "" if share is None else f" the plan's capacity would serve {words.percentage(share, 1)},"


def orbit_texts(view: View) -> list[str]:
    """When orbit is first ordered, its share, and the range of shares that is as good."""
    found, share = first_order(view, orbital_offers(view)), orbit_share(view)
    text = (
        f"first order {found[0]} in {words.percent(found[1])} of futures; "
        f"{words.percent(share)} of the demand of the year to {view.quarters[-1]}"
        if found
        else "not ordered in any future"
    )
    low, high = (number(view.alternatives, k) for k in ("orbit_low", "orbit_high"))
    slack = number(view.alternatives, "near_optimal")
    if low is not None and high is not None and slack is not None:
        span = f"{words.percentage(low)} to {words.percent(high)}"
        text += f"; {span} costs at most {words.rounded(100 * slack)} % more"
    return [text]


def need_texts(view: View) -> list[str]:
    """What would have to be true for orbit to enter, by demand path; paths that say the same together."""
    by_path: dict[str, list[Mapping[str, Any]]] = {}
    for row in view.thresholds:
        by_path.setdefault(str(row["demand_path"]), []).append(row)
    inside = {k: v for k, v in by_path.items() if _is_in(v)}
    said: dict[str, list[str]] = {}
    for path, levers in by_path.items():
        if path not in inside:
            said.setdefault(_needs(levers), []).append(path)
    found = [f"{words.listing(paths)} demand path: {text}" for text, paths in said.items()]
    if inside:
        today = words.listing([f"{x['lever']} {_price(x, 'today')}" for x in next(iter(inside.values()))])
        out = [f"{_limits(levers)} on the {path} demand path" for path, levers in inside.items()]
        found.append(f"in at today's {today}; out above {', '.join(out)}")
    if found:
        return found
    orbital = {view.offers.option[i] for i in orbital_offers(view)}
    return [str(e["sentence"]) for e in view.entries if str(e.get("option", "")) in orbital][:2]


def _is_in(levers: list[Mapping[str, Any]]) -> bool:
    return all(float(x["value"]) > float(x["today"]) for x in levers)


def _price(row: Mapping[str, Any], key: str) -> str:
    """A price of a threshold with its unit."""
    return f"{words.rounded(float(row[key]), 3)} {str(row['unit']).replace('USD', '$')}"


def _limits(levers: list[Mapping[str, Any]]) -> str:
    proof = ["" if x.get("proven") else " (not proven)" for x in levers]
    return words.listing([_price(x, "value") + y for x, y in zip(levers, proof, strict=True)], "or")


def _needs(levers: list[Mapping[str, Any]]) -> str:
    """The prices of one demand path at which orbit enters, in words."""
    real = [x for x in levers if float(x["value"]) > 0]
    if not real:
        return f"{words.listing([str(x['lever']) for x in levers], 'or')} of nothing is still too much"
    return words.listing(
        [f"{x['lever']} below {_limits([x])} (today {_price(x, 'today')})" for x in real], "or"
    )


def cost_texts(view: View, most: int = 7) -> list[str]:
    """Cost of a delivered H100e-hour by option, cheapest of each pool first."""
    offers = view.offers
    cost = offers.unit_cost_2030
    order = [int(i) for i in np.argsort(cost) if np.isfinite(cost[i])]
    best = list({offers.option_pools[i]: i for i in reversed(order)}.values())
    chosen = sorted(set(best) | set([i for i in order if i not in best][: most - len(best)]), key=order.index)
    sites = set(offers.site)
    parts = []
    for i in chosen[:most]:
        name = words.brief(offers.option_labels[i], place=offers.options[i] in sites)
        span = words.band(offers.low_2030[i], offers.high_2030[i], words.unit_price)
        parts.append(f"{name} {words.unit_price(cost[i])} {span}".strip())
    return ["$/H100e-h: " + ", ".join(parts)] if parts else []


def binding_texts(view: View, most: int = 5) -> list[str]:
    """In which share of the nodes each limit binds."""
    shares = binding_shares(view)
    if not shares:
        return ["no limit binds anywhere"]
    text = ", ".join(f"{limit_label(view, k)} {words.percentage(v)}" for k, v in list(shares.items())[:most])
    found = [f"% of nodes: {text}"]
    heavy = [limit_label(view, k) for k, v in shares.items() if v > MOST_NODES]
    if heavy:
        found.append(f"this study is about {words.listing(heavy)}: binding in more than 80 % of the nodes")
    return found


def limit_label(view: View, name: str) -> str:
    """A limit in few words."""
    if name in view.offers.name:
        return part_label(view, view.offers.name.index(name))
    return name.replace("energy:", "energy ").replace("grid:", "grid ").replace("slots:", "places in ")


def worth_texts(view: View) -> list[str]:
    """Duals in words: what one more chip, launch or megawatt is worth in the year it is worth most."""
    parts = []
    for text, value, year in worth(view):
        parts.append(f"{text} {words.money(value)} in {year}")
    return ["one more " + ", ".join(parts[:4])] if parts else []


def worth(view: View) -> list[tuple[str, float, int]]:
    """Words for one more unit, its expected worth in USD, and the year in which that is highest."""
    units = {"chips": ("chip (H100e)", 1.0, 10.0), "launches": ("launch", 1.0, 1e5)}
    units["satellites"] = ("satellite", 1.0, 1e4)
    prices = prices_by_year(view)
    years = np.unique(view.years)
    found = []
    for k, name in enumerate(view.plan.resources):
        words_of, factor, least = units.get(name, ("", 0.0, 1.0))
        if name.startswith("power:"):
            place = words.brief(view.plan.resource_labels[k], place=True)
            words_of, factor = f"MW for a quarter in {place}", 1e6
        if factor and prices[k].max() * factor >= least:
            best = int(prices[k].argmax())
            found.append((words_of, float(prices[k, best]) * factor, int(years[best])))
    shared = [x for x in found if not x[0].startswith("MW")]
    return shared + sorted((x for x in found if x[0].startswith("MW")), key=lambda x: -x[1])


def total_texts(view: View) -> list[str]:
    """Both totals, and what deciding later is worth."""
    objective, mine = number(view.plan.attrs, "objective_usd"), controllable(view)
    if objective is None:
        return []
    text = f"{words.money(objective)} cost and value not served"
    if mine is not None:
        text += f", of it {words.money(mine)} in our hands"
    saved = number(view.alternatives, "adaptivity_usd")
    if saved is not None and mine:
        text += f"; deciding later saves {words.money(saved)} ({words.percent(saved / mine)} of that)"
    return [text]
