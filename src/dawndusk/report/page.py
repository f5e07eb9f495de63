"""The report as one HTML file that needs nothing else: no request, no font, no script but a filter."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
import xarray as xr

from dawndusk.formats.aside import write_text
from dawndusk.report import csv, figures, html, measures, satellites, strips, summary, tables, words
from dawndusk.report.document import Figure
from dawndusk.report.measures import number
from dawndusk.report.view import AbstractResult, View, view_of

FILE = "report.html"
_KEY = re.compile(r"\b[A-Z]\d{3}[a-z]?\b")


def write(result: AbstractResult | xr.DataTree | View, folder: str | Path) -> Path:
    """Write ``report.html`` into a folder, aside first and then renamed; its path.

    Raises
    ------
    UserError
        If the folder cannot be made or written.
    """
    return write_text(Path(folder) / FILE, page(view_of(result)))


def page(view: View) -> str:
    """The whole page as text; the same view gives the same text."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dawndusk.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"table": html.table, "csv_link": csv.link}
    return environment.get_template("report.html.j2").render(context(view))


def context(view: View) -> dict[str, Any]:
    """All that the template shows."""
    charts = (
        figures.capacity(view),
        strips.orders(view),
        figures.costs(view),
        figures.orbit(view),
        figures.operation(view),
        strips.binding(view),
        satellites.chart(view),
    )
    return {
        "view": view,
        "headline": summary.headline(view),
        "lines": summary.lines(view),
        "tiles": tiles(view),
        "charts": {c.key: c for c in charts if isinstance(c, Figure)},
        "triggers": tables.trigger_table(view),
        "thresholds": tables.thresholds(view),
        "entries": tables.entries(view),
        "costs_now": tables.unit_costs_now(view),
        "prices": tables.prices(view),
        "worth": summary.worth_texts(view),
        "shells": tables.shells(view),
        "quality": tables.quality(view),
        "left_out": tables.left_out(view),
        "solution": solution(view),
        "assumptions": [assumption(row, _sources(view)) for row in view.assumptions],
        "sources": [source(row) for row in view.ledger],
        "command": command(view),
        "elsewhere": _own_file(view),
    }


def tiles(view: View) -> list[tuple[str, str, str]]:
    """Three numbers at the top: title, value, and what to hold it against."""
    served, attrs = measures.service(view), view.plan.attrs
    total, mine = number(attrs, "objective_usd"), measures.controllable(view)
    planned, low, high = (served[k] or 0.0 for k in ("planned", "planned_low", "planned_high"))
    spread = f"{words.percentage(low)} to {words.percent(high)} over the futures"
    run = "not operated" if served["operated"] is None else f"operated {words.percent(served['operated'], 1)}"
    orbit = view.alternatives
    share = [number(orbit, k) for k in ("orbit_low", "orbit_high")]
    slack = words.rounded(100 * (number(orbit, "near_optimal") or 0.0))
    good = (
        f"{words.percentage(share[0])} to {words.percent(share[1])} costs at most {slack} % more"
        if share[0] is not None and share[1] is not None
        else ""
    )
    return [
        ("Demand served", words.percent(planned), f"{spread}; {run}"),
        (
            "Cost in our hands",
            words.money(mine if mine is not None else float("nan")),
            f"of {words.money(total or 0.0)} in all, value not served included",
        ),
        ("Orbit, last year", words.percent(measures.orbit_share(view)), good),
    ]


def solution(view: View) -> list[tuple[str, str]]:
    """How the plan was computed, as pairs of words."""
    attrs, meta = view.plan.attrs, view.meta
    size = ", ".join(f"{attrs[k]:,} {k}" for k in ("nodes", "columns", "rows", "nonzeros") if k in attrs)
    ranges = "; ".join(
        f"{name} {attrs[f'{name}_low']:.0e} to {attrs[f'{name}_high']:.0e}"
        for name in ("matrix", "cost", "bound", "right")
        if f"{name}_low" in attrs and f"{name}_high" in attrs
    )
    saved, mine = number(view.alternatives, "adaptivity_usd"), measures.controllable(view)
    rows = [
        ("Scenario", f"{view.name}: {view.title}" if view.title else view.name),
        ("Horizon", f"{view.quarters[0]} to {view.quarters[-1]}, {len(view.quarters)} quarters"),
        ("Seed", str(meta.get("seed"))),
        ("Tree", f"{meta.get('tree_leaves', meta.get('leaves'))} leaves, {meta.get('nodes')} nodes"),
        ("Paths of the simulation", str(meta.get("paths"))),
        ("Options", "firm only" if meta.get("firm_only") else "all, also announced, filed and concepts"),
        ("Linear program", size),
        ("Ranges after scaling", ranges),
        ("Status", f"{attrs.get('status', '')}: {attrs.get('sentence', '')}"),
        ("Objective", words.money(number(attrs, "objective_usd") or float("nan"))),
        ("Gap to the bound", f"{attrs['gap']:.1e}" if "gap" in attrs else ""),
        ("Largest violation, recomputed", f"{attrs['violation']:.1e}" if "violation" in attrs else ""),
        (
            "Objective recomputed apart",
            f"differs by {attrs['evaluator_difference']:.1e}" if "evaluator_difference" in attrs else "",
        ),
        (
            "Lost value that no plan could serve",
            words.money(number(attrs, "unavoidable_usd") or 0.0),
        ),
        ("In our hands", words.money(mine) if mine is not None else ""),
        (
            "Deciding later is worth",
            f"{words.money(saved)}, {words.percent(saved / mine)} of what is in our hands"
            if saved and mine
            else "",
        ),
        ("Program", f"dawndusk {view.version}"),
        ("Fingerprint", str(meta.get("fingerprint", ""))),
    ]
    return [(name, text) for name, text in rows if text]


def _own_file(view: View) -> str:
    """Name of the user's scenario file; "" for a shipped one."""
    file, call = (str(view.scenario.get(key) or "") for key in ("file", "call"))
    return file if file == call else ""


def command(view: View) -> str:
    """The command that makes this result again."""
    meta = view.meta
    words = ["dawndusk", "run", str(view.scenario.get("call") or view.name)]
    for key in ("leaves", "paths", "seed"):
        words += [f"--{key}", str(meta.get(key))]
    words += ["--firm-only"] if meta.get("firm_only") else []
    words += ["--label", str(meta["label"])] if meta.get("label") else []
    for change in view.changes:
        words += ["--set", f"{change['change']}={change['change_now']}"]
    return shlex.join(words)


def _sources(view: View) -> dict[str, str]:
    return {str(x["key"]): f"s-{x['key']}" for x in view.ledger if _KEY.fullmatch(str(x["key"]))}


def assumption(row: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """One assumption: value, range, kind of evidence, why, and links to its sources."""
    low, high = str(row.get("low") or ""), str(row.get("high") or "")
    keys = _KEY.findall(f"{row.get('origin', '')} {row.get('basis', '')}")
    return {
        "path": str(row["path"]),
        "value": str(row["value"]),
        "range": f"{low} to {high}" if low and high else "",
        "evidence": str(row.get("evidence") or row.get("origin", "")),
        "reason": str(row.get("reason") or ""),
        "keys": [(k, known.get(k, "")) for k in dict.fromkeys(keys)],
    }


def source(row: Mapping[str, Any]) -> dict[str, str]:
    """One row of the ledger; an address only if it is one of the web."""
    found = {k: "" if v is None or str(v) == "nan" else str(v) for k, v in row.items()}
    address = found.get("source_address", "")
    found["address"] = address if re.match(r"https?://", address) else ""
    low, high = found.get("low", ""), found.get("high", "")
    found["range"] = f"{low} to {high}" if low and high else ""
    return found
