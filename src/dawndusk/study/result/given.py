"""The groups of a result that say what went in: ledger rows, assumptions, offers, demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, Final

import numpy as np
import xarray as xr

from dawndusk import ledger
from dawndusk.core.offers import Offer
from dawndusk.core.records import Floats, replace
from dawndusk.core.units import Unit, UnitError
from dawndusk.demand.process import expected_path, planned_path
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.library.addresses import numbers
from dawndusk.library.design import design_address
from dawndusk.library.find import Source
from dawndusk.library.origins import Origin, origins, spelled
from dawndusk.library.study import Change
from dawndusk.study.result.findings import Parts
from dawndusk.study.result.labelled import dataset
from dawndusk.supply import group_of, option_of
from dawndusk.supply.scenario import items
from dawndusk.supply.unit_cost import PARTS

FAN: Final = np.array([0.05, 0.20, 0.50, 0.80, 0.95])
NOWHERE: Final = (np.nan, np.nan)
CHANGED: Final = "changed"  # evidence of a number that was set after reading
Texts = tuple[str, str, str]  # low, central, high as a file writes them


def ledger_group(parts: Parts) -> xr.Dataset:
    """Rows that the scenario and its satellites lean on, in the ledger's order, then their guesses."""
    found = _assumptions(parts)
    named = [key for o, _ in found for key in o.basis] + [
        word for offer in parts.inputs.supply.offers for word in offer.source.split()
    ]
    rows = [_row(ledger.entry(key)) for key in ledger.entries() if key in set(named)]
    rows += [_guess(o, said) for o, said in found if o.evidence == "guess"]
    return dataset("ledger", _columns(rows, LEDGER), {"recorded": ledger.RECORDED})


LEDGER: Final = (
    "key",
    "quantity",
    "low",
    "central",
    "high",
    "unit",
    "year",
    "source_title",
    "source_address",
    "evidence",
    "confidence",
    "note",
)


def _row(entry: ledger.Entry) -> dict[str, str]:
    renamed = {"source_title": entry.source, "source_address": entry.address}
    return {name: renamed.get(name, getattr(entry, name, "")) for name in LEDGER}


def _guess(origin: Origin, said: Texts) -> dict[str, str]:
    low, central, high = said
    return dict.fromkeys(LEDGER, "") | {
        "key": origin.path,
        "quantity": origin.path.replace(".", " ").replace("_", " "),
        "low": low,
        "central": central,
        "high": high,
        "evidence": origin.evidence,
        "note": origin.reason,
    }


def scenario_group(parts: Parts) -> xr.Dataset:
    """The scenario file, and every number of it and of its satellite designs with its origin."""
    rows, found = [], _assumptions(parts)
    for origin, (low, central, high) in found:
        rows.append(
            {
                "path": origin.path,
                "value": central,
                "low": low,
                "high": high,
                "origin": origin.ledger or origin.evidence,
                "evidence": origin.evidence,
                "basis": " ".join(origin.basis),
                "reason": origin.reason,
            }
        )
    names = ("path", "value", "low", "high", "origin", "evidence", "basis", "reason")
    study = parts.study
    about = {
        "text": study.source.text,
        "file": PurePath(study.source.file).name,
        "call": study.source.name if study.source.shipped else PurePath(study.source.file).name,
        "note": parts.scenario.note,
        "guesses": sum(o.evidence == "guess" for o, _ in found),
        "sourced": sum(bool(o.basis) for o, _ in found),
    }
    files = {
        "source": [PurePath(source.file).name for source in study.sources],
        "source_text": [source.text for source in study.sources],
        "change": [change.address for change in study.changes],
        "change_was": [change.was for change in study.changes],
        "change_now": [change.now for change in study.changes],
    }
    return dataset("scenario", _columns(rows, names) | files, about)


def _assumptions(parts: Parts) -> list[tuple[Origin, Texts]]:
    """Every number of the scenario and of the designs it flies, and how its file writes it."""
    study = parts.study
    now = {change.address: change for change in study.changes}
    said = _Said(study.scenario, study.source)
    found = [_told(o, said, now) for o in origins(study.scenario, study.uncertainty)]
    for name, each in study.flown.items():
        under = design_address(name)
        said = _Said(each.design, each.source, under=under)
        found += [(o, said.range(o)) for o in origins(each.design, each.uncertainty, under)]
    return found


def _told(origin: Origin, said: _Said, now: Mapping[str, Change]) -> tuple[Origin, Texts]:
    """The origin with its texts; of what was changed after reading it says so."""
    address = next((a for a in now if origin.path == a or origin.path.startswith(f"{a}.")), None)
    texts = said.range(origin)
    if address is None:
        return origin, texts
    change = now[address]
    reason = f"set for this run: {address} = {change.now} (the file says {change.was or 'nothing'})"
    return replace(origin, evidence=CHANGED, basis=(), reason=reason), texts


class _Said:
    """How a file itself writes a number: ``60 USD/MWh``, not ``1.7e-08 USD/J``."""

    def __init__(self, record: object, source: Source, under: str = "") -> None:
        self._document: Document = read_document(source.text, source.file)
        self._units = {path: unit for path, _, unit in numbers(record)}
        self._under = f"{under}." if under else ""

    def range(self, origin: Origin) -> Texts:
        """Low, central and high as texts with their unit; low and high are empty without a range."""
        texts = self._texts(origin)
        values = (origin.low, origin.central, origin.high)
        low, central, high = (
            self._checked(text, value, origin) for text, value in zip(texts, values, strict=True)
        )
        return (low, central, high) if origin.low != origin.high else ("", central, "")

    def _path(self, origin: Origin) -> str:
        """The address within the file."""
        return origin.path.removeprefix(self._under)

    def _texts(self, origin: Origin) -> tuple[object, object, object]:
        here = self._document.data
        for word in self._document.position(self._path(origin)):
            try:
                here = here[word]
            except (KeyError, IndexError, TypeError):
                return None, None, None
        if not isinstance(here, Mapping):
            return here, here, here
        if origin.ledger:
            low, central, high, unit = ledger.range_of(origin.ledger)
            return _as_recorded(low, unit), _as_recorded(central, unit), _as_recorded(high, unit)
        return here.get("low"), here.get("mode"), here.get("high")

    def _checked(self, text: object, value: float, origin: Origin) -> str:
        """The text if it still says the value (not after ``--set``), else the value as people write it."""
        try:
            read = self._units.get(self._path(origin), Unit("1")).read(text)
        except UnitError:
            return spelled(value, origin.unit)
        return str(text) if np.isclose(read, value, rtol=1e-9, atol=0.0) else spelled(value, origin.unit)


def _as_recorded(value: float, unit: str) -> str:
    """A number of the ledger in the unit of its row."""
    return f"{value:.6g}" if unit == "1" else f"{value:.6g} {unit}"


def _columns(rows: list[dict[str, str]], names: Iterable[str]) -> dict[str, list[str]]:
    return {name: [row[name] for row in rows] for name in names}


def offers_group(parts: Parts) -> xr.Dataset:
    """All offers, the reader's options, and what the options' compute costs."""
    offers, calendar = parts.inputs.supply.offers, parts.scenario.calendar
    plain = ("label", "kind", "standing", "pool", "site", "unit", "unit_size", "lead", "life", "loss")
    tables = ("capital", "running", "limit_order", "limit_total", "limit_service", "initial")
    values: dict[str, Any] = {name: [getattr(o, name) for o in offers] for name in (*plain, "source")}
    values |= {name: np.stack([getattr(o, name) for o in offers]) for name in tables}
    values |= {
        "offer": [o.name for o in offers],
        "period": calendar.labels(),
        "offer_option": [option_of(o) for o in offers],
        "offer_group": [group_of(o) for o in offers],
        "first": [calendar.label(o.first) if o.orderable else "" for o in offers],
        "last": [calendar.label(o.last) if o.orderable else "" for o in offers],
        "orderable": [o.orderable for o in offers],
        "compute": np.stack([_compute(o) for o in offers]),
        "left_out": [name for name, _ in parts.left_out],
        "left_out_reason": [reason for _, reason in parts.left_out],
    }
    about = {"quarter": parts.costs.quarter, "draws": parts.costs.draws}
    return dataset("offers", values | _options(parts), about)


def _compute(offer: Offer) -> Floats:
    """H100e per unit by vintage; 0 for offers without compute."""
    given = [offer.gives[name] for name in offer.computes]
    return np.sum(given, axis=0) if given else np.zeros(offer.capital.shape)


def _options(parts: Parts) -> dict[str, Any]:
    costs, members = parts.costs, _members(parts.inputs.supply.offers)
    names = list(members)
    chief = {name: next((o for o in found if o.pool), found[0]) for name, found in members.items()}
    now, later = (
        np.array([table.get(name, NOWHERE) for name in names]).reshape(-1, 2)
        for table in (costs.now_range, costs.later_range)
    )
    return {
        "option": names,
        "option_label": [_words(parts, name, chief[name]) for name in names],
        "option_pool": [chief[name].pool for name in names],
        "option_standing": [chief[name].standing for name in names],
        "part": list(PARTS),
        "cost_stack": [[_part(costs.later, name, part) for part in PARTS] for name in names],
        "unit_cost": [costs.now.get(name, np.nan) for name in names],
        "unit_cost_low": now[:, 0],
        "unit_cost_high": now[:, 1],
        "unit_cost_2030": [sum(costs.later[x].values()) if x in costs.later else np.nan for x in names],
        "unit_cost_2030_order": [costs.ordered.get(name, "") for name in names],
        "unit_cost_2030_low": later[:, 0],
        "unit_cost_2030_high": later[:, 1],
    }


def _members(offers: tuple[Offer, ...]) -> dict[str, list[Offer]]:
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(option_of(offer), []).append(offer)
    return found


def _part(stacks: Mapping[str, Mapping[str, float]], option: str, part: str) -> float:
    """Cost of a part: 0 if the option does without it, NaN if it has no cost at all."""
    return stacks[option].get(part, 0.0) if option in stacks else np.nan


def _words(parts: Parts, option: str, offer: Offer) -> str:
    """The option in words: its item's label, or its only offer's."""
    named: dict[str, str] = {item.name: item.label for _, item in items(parts.scenario)}
    return named.get(option, offer.label)


def demand_group(parts: Parts) -> xr.Dataset:
    """The tree, the sampled paths behind it, and how well it stands for them."""
    scenario, tree, rows = parts.scenario, parts.inputs.tree, parts.quality
    demand, calendar, gates = scenario.demand, scenario.calendar, scenario.gates
    labels = {x.name: x.label for x in demand.classes}
    values = {name: getattr(tree, name) for name in ("parent", "probability", "low", "high", "demand")}
    values |= {
        "node_period": tree.period,
        "period": calendar.labels(),
        "stream": tree.streams,
        "stream_label": [labels.get(name, name) for name in tree.streams],
        "step": np.arange(1, tree.step_share.shape[1] + 1),
        "step_share": tree.step_share,
        "step_value": tree.step_value,
        "gate": [g.name for g in gates],
        "gate_label": [g.label for g in gates],
        "gate_resolved": [g.resolved for g in gates],
        "gate_probability": np.array([g.probability for g in gates], dtype=np.float64),
        "factors": np.array([tree.factors[g.name] for g in gates]).reshape(len(gates), tree.size),
        "quantile": FAN,
        "fan": np.exp(np.quantile(parts.sample.log_demand, FAN, axis=0, method="inverted_cdf")),
        "mean": np.exp(parts.sample.log_demand).mean(axis=0),
        "expected": np.exp(expected_path(demand, calendar)),
        "planned": np.exp(planned_path(demand, calendar)),
        "check_period": [r.period for r in rows],
        "statistic": [r.statistic for r in rows],
        "tree": np.array([r.tree for r in rows], dtype=np.float64),
        "sample": np.array([r.sample for r in rows], dtype=np.float64),
        "error_sd": np.array([r.error for r in rows], dtype=np.float64),
        "allowed": np.array([r.allowed for r in rows], dtype=np.float64),
    }
    return dataset("demand", values, {"service": demand.service})
