"""A made-up result with the names of a real one: the shape of `study.result.tree`, figures without meaning.

Every number follows from a formula here, so tests may state what the views must say of it.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

PERIODS = 40
FIRST = 2026 * 4 + 1
BRANCHES = {3: "demand", 8: "licence", 11: "demand", 18: "demand", 26: "demand"}
STREAMS = ("interactive", "batch", "training")
POOLS = ("ground", "leased", "cloud", "orbit")
QUARTERS = [f"{n // 4}Q{n % 4 + 1}" for n in range(FIRST, FIRST + PERIODS)]

# name, label, kind, standing, pool, site, option, unit, lead
OFFERS = (
    ("in-use", "Compute in use in 2026Q2", "rent", "operating", "cloud", "", "in-use", "H100e", 0),
    ("colossus-1", "Colossus 1, whole", "lease", "operating", "leased", "", "colossus-1", "facility", 0),
    ("cloud-year", "Cloud, one-year reservation", "rent", "operating", "cloud", "", "cloud-year", "H100e", 0),
    ("queue-texas", "Texas, ERCOT grid: grid queue", "queue", "operating", "", "texas", "texas", "W", 16),
    ("build-texas", "Texas, ERCOT grid: build a shell", "build", "operating", "", "texas", "texas", "W", 6),
    ("chips-texas", "Texas, ERCOT grid: chips", "chip", "operating", "ground", "texas", "texas", "H100e", 2),
    ("queue-nordics", "Nordics, hydro: grid queue", "queue", "operating", "", "nordics", "nordics", "W", 16),
    (
        "chips-nordics",
        "Nordics, hydro: chips",
        "chip",
        "operating",
        "ground",
        "nordics",
        "nordics",
        "H100e",
        2,
    ),
    ("engines", "Gas engines", "power", "operating", "", "campus", "campus", "W", 6),
    ("chips-campus", "Campus: chips", "chip", "building", "ground", "campus", "campus", "H100e", 2),
    ("terafab", "Share of the Terafab", "fab", "announced", "", "", "terafab", "fab", 14),
    ("own-pad", "Own pad with vehicles", "build", "concept", "", "", "own-pad", "pad", 12),
    (
        "ai1-group-4",
        "AI1 in Group 4 of the filing (battery in shadow)",
        "launch",
        "filed",
        "orbit",
        "group-4",
        "ai1-group-4",
        "satellite",
        4,
    ),
)
OPTIONS = {
    "colossus-1": ("Colossus 1, whole", 3.25, 3.25),
    "cloud-year": ("Cloud, one-year reservation", 2.35, 1.1),
    "texas": ("Texas, ERCOT grid", 1.2, 0.62),
    "nordics": ("Nordics, hydro", 1.15, 0.6),
    "campus": ("Off-grid campus, West Texas", 1.3, 0.71),
    "ai1-group-4": ("AI1 in Group 4 of the filing (battery in shadow)", np.nan, 1.05),
}
UNIT_COMPUTE = {"facility": 275e3, "H100e": 1.0, "satellite": 165.0}
OPTION_POOLS = ("leased", "cloud", "ground", "ground", "ground", "orbit")
PARTS = ("chips", "shell", "energy", "satellite", "launch", "rent", "running")
RESOURCES = ("Compute, ground", "Accelerators the market sells us", "Texas, ERCOT grid: facility power",
             "Starship launches for us", "Satellites made for us")  # fmt: skip
LIMITS = ("Accelerators the market sells us", "Texas, ERCOT grid: grid queue", "spending limit",
          "Starship launches for us")  # fmt: skip
NAMES = tuple(x[0] for x in OFFERS)


def tree_arrays() -> dict[str, np.ndarray]:
    """A binary tree; the upper child of a branching has 40 % probability and 2.2 times the demand."""
    parent, period, chance, demand, low, high, licence = [-1], [0], [1.0], [0.7e6], [-np.inf], [np.inf], [0.0]
    layer = [0]
    for t in range(1, PERIODS):
        growth, found = 1.02 + 0.28 * 0.93**t, []
        for node in layer:
            kind = BRANCHES.get(t)
            for up in (0, 1) if kind else (0,):
                parent.append(node)
                period.append(t)
                chance.append(chance[node] * ((0.6, 0.4)[up] if kind else 1.0))
                jump = 2.2 if kind == "demand" and up else 1.0
                demand.append(demand[node] * growth * jump)
                split = np.log(demand[node] * growth * 1.5)
                low.append(split if kind == "demand" and up else -np.inf)
                high.append(split if kind == "demand" and not up else np.inf)
                licence.append(float(up) if kind == "licence" else licence[node])
                found.append(len(parent) - 1)
        layer = found
    return {
        "parent": np.array(parent),
        "node_period": np.array(period),
        "probability": np.array(chance),
        "total": np.array(demand),
        "low": np.array(low),
        "high": np.array(high),
        "licence": np.array(licence),
    }


def decisions(tree: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Orders, exits and what they deliver, by simple rules."""
    t, total, chance = tree["node_period"], tree["total"], tree["probability"]
    row = {name: i for i, name in enumerate(NAMES)}
    size = t.size
    mean = np.zeros(size)
    np.add.at(mean, t, chance * total)
    high = total > mean[t]
    orders, exits = np.zeros((len(NAMES), size)), np.zeros((len(NAMES), size))
    orders[row["colossus-1"], 0] = 1.0
    exits[row["colossus-1"]] = np.where((t == 8) & ~high, 1.0, 0.0)
    orders[row["queue-texas"]] = np.where(t == 0, 0.6e9, np.where((t == 11) & high, 0.5e9, 0.0))
    orders[row["queue-nordics"]] = np.where(t == 0, 0.3e9, 0.0)
    orders[row["build-texas"]] = np.where((t >= 10) & (t < 30), 0.05e9, 0.0)
    orders[row["engines"]] = np.where((t >= 0) & (t < 12), 0.25e9, 0.0)
    for name, share in (("texas", 0.02), ("nordics", 0.01), ("campus", 0.02)):
        orders[row[f"chips-{name}"]] = np.where(t < 36, share * total, 0.0)
    orders[row["cloud-year"]] = np.where(t % 4 == 0, 0.05 * total, 0.0)
    licensed = (tree["licence"] > 0) & high
    orders[row["ai1-group-4"]] = np.where(licensed & (t >= 9) & (t < 34), 30.0 * (t - 8), 0.0)
    delivered = np.zeros_like(orders)
    delivered[row["in-use"]] = 0.7e6 * 0.975**t
    delivered[row["colossus-1"]] = np.where(t < np.where(high, 12, 9), 275e3, 0.0)
    delivered[row["cloud-year"]] = 0.05 * total
    ramp = np.clip((t - 4) / 12, 0, 1)
    for name, share in (("texas", 0.25), ("nordics", 0.12), ("campus", 0.2)):
        delivered[row[f"chips-{name}"]] = share * total * ramp
    delivered[row["ai1-group-4"]] = np.where(licensed, 0.15 * total * np.clip((t - 12) / 20, 0, 1), 0.0)
    return {"orders": orders, "exits": exits, "delivered": delivered}


def satellite_set() -> xr.Dataset:
    """Two satellites: one closes, one does not."""
    parts = ("array", "battery", "radiator", "compute", "structure")
    mass = np.array([[700.0, 120.0, 620.0, 900.0, 660.0], [900.0, 60.0, 1900.0, 1200.0, 940.0]])
    sheet = {
        "note": ["as shown", "our own closure"],
        "mass_total": [3000.0, 5000.0],
        "mass_claimed": [2100.0, 0.0],
        "cost_total": [4.6e6, 5.1e6],
        "platform_price": [22.0, 30.0],
        "junction_temperature": [349.0, 362.0],
        "junction_limit": [353.0, 353.0],
        "radiator_temperature": [322.0, 330.0],
        "heat": [128e3, 64e3],
        "compute_h100e": [165.0, 80.0],
        "label": ["AI1 as shown in June 2026", "Conservative design"],
        "compute": [120e3, 60e3],
        "array_bol": [152e3, 84e3],
        "array_eol": [137e3, 70e3],
        "bus": [131e3, 66e3],
        "radiator_area": [210.0, 260.0],
        "kw_per_t": [40.0, 12.0],
        "binding": ["the junction stays 4 K below its limit", "the junction is 9 K above its limit"],
    }
    variables = {k: ("satellite", np.array(v, dtype=object if k in ("label", "note", "binding") else float))
                 for k, v in sheet.items()}  # fmt: skip
    variables["closes"] = ("satellite", np.array([1, 0]))
    variables["mass"] = (("satellite", "part"), mass)
    variables["cost"] = (("satellite", "part"), mass * 900.0)
    return xr.Dataset(variables, coords={"satellite": ["ai1", "conservative"], "part": list(parts)})


def texts(dim: str, **columns: list[object]) -> xr.Dataset:
    """A table: one variable a column."""
    made = {}
    for name, values in columns.items():
        array = np.array(values, dtype=object) if isinstance(values[0], str) else np.array(values)
        made[name] = (dim, array)
    return xr.Dataset(made)


def demand_group(tree: dict[str, np.ndarray]) -> xr.Dataset:
    """The demand group."""
    t, total, chance = tree["node_period"], tree["total"], tree["probability"]
    mean = np.bincount(t, weights=chance * total)
    spread = 0.08 * np.arange(PERIODS) ** 0.8
    fan = mean * np.exp(np.array([-1.64, -0.84, 0.0, 0.84, 1.64])[:, None] * spread)
    data = xr.Dataset(
        {
            "parent": ("node", tree["parent"]),
            "node_period": ("node", t),
            "probability": ("node", chance),
            "low": ("node", tree["low"]),
            "high": ("node", tree["high"]),
            "demand": (("stream", "node"), np.outer([0.45, 0.2, 0.35], total)),
            "fan": (("quantile", "period"), fan),
            "planned": ("period", 0.7e6 * 10.0 ** (np.arange(PERIODS) / 4)),
            "mean": ("period", mean),
            "expected": ("period", mean * 0.9),
            "step_share": (("stream", "step"), np.tile([0.25, 0.25, 0.2, 0.15, 0.15], (3, 1))),
            "step_value": (
                ("step", "period"),
                np.outer([8.0, 6.0, 4.0, 2.0, 1.0], 0.8 ** (np.arange(PERIODS) / 4)),
            ),
            "factors": (("gate", "node"), tree["licence"][None, :]),
            "stream_label": ("stream", np.array(["Interactive", "Batch", "Training"], dtype=object)),
            "gate_label": ("gate", np.array(["FCC licence"], dtype=object)),
        },
        coords={
            "stream": list(STREAMS),
            "quantile": [0.05, 0.2, 0.5, 0.8, 0.95],
            "period": QUARTERS,
            "gate": ["licence"],
        },
    )
    quality = texts(
        "check",
        check_period=["2028Q4", "2030Q4", "2036Q1"],
        statistic=["mean", "5 %", "95 %"],
        tree=[16.1, 15.2, 19.9],
        sample=[16.11, 15.1, 19.8],
        error_sd=[0.01, 0.08, 0.2],
        allowed=[0.05, 0.15, 0.15],
    )
    return data.merge(quality)


def plan_group(tree: dict[str, np.ndarray]) -> xr.Dataset:
    """The plan group."""
    made, t, total = decisions(tree), tree["node_period"], tree["total"]
    by_pool = np.stack(
        [made["delivered"][[i for i, o in enumerate(OFFERS) if o[4] == p]].sum(0) for p in POOLS]
    )
    by_pool *= np.minimum(total / np.maximum(by_pool.sum(0), 1.0), 1.0)
    served = np.array([0.45, 0.2, 0.35])[:, None, None] * by_pool
    demand = np.outer([0.45, 0.2, 0.35], total)
    limits = ("chips", "queue-texas", "spending", "launches")
    binding = np.stack([t < 14, t == 0, (t > 5) & (t < 9), (tree["licence"] > 0) & (t > 20)]).astype(float)
    resources = ("compute:ground", "chips", "power:texas", "launches", "satellites")
    prices = np.array([2000.0, 9e3, 0.4, 21e6, 0.4e6])[:, None] * np.exp(-((t - 12.0) ** 2) / 200)
    return xr.Dataset(
        {
            "orders": (("offer", "node"), made["orders"]),
            "exits": (("offer", "node"), made["exits"]),
            "capacity": (("offer", "node"), made["orders"].cumsum(axis=1) * 0),
            "delivered": (("offer", "node"), made["delivered"]),
            "served": (("stream", "pool", "node"), served),
            "unserved": (("stream", "node"), np.maximum(demand - served.sum(1), 0.0)),
            "prices": (("resource", "node"), prices),
            "binding": (("limit", "node"), binding),
            "resource_label": ("resource", np.array(RESOURCES, dtype=object)),
            "resource_unit": (
                "resource",
                np.array(["H100e", "H100e", "W", "launch", "satellite"], dtype=object),
            ),
            "limit_label": ("limit", np.array(LIMITS, dtype=object)),
            "by_offer_cost": ("offer", np.linspace(4e9, 40e9, len(OFFERS))),
            "spending": ("node", 1e9 + 0.0 * t),
        },
        coords={
            "offer": list(NAMES),
            "stream": list(STREAMS),
            "pool": list(POOLS),
            "resource": list(resources),
            "limit": list(limits),
        },
        attrs={
            "objective_usd": 412e9,
            "bound_usd": 411.998e9,
            "gap": 5e-6,
            "cost_usd": 180e9,
            "lost_value_usd": 232e9,
            "risk_usd": 0.0,
            "unavoidable_usd": 181e9,
            "controllable_usd": 231e9,
            "demand_value_usd": 1933e9,
            "service": 0.71,
            "value_share": 0.88,
            "nodes": t.size,
            "columns": 41200,
            "rows": 36800,
            "nonzeros": 412000,
            "status": "optimal",
            "sentence": "the plan is optimal",
            "violation": 2e-7,
            "evaluator_difference": 3e-9,
            "matrix_low": 1e-3,
            "matrix_high": 40.0,
        },
    )


def offers_group() -> xr.Dataset:
    """The offers group."""
    fields = ("label", "kind", "standing", "pool", "site", "offer_option", "unit")
    columns = {
        name: ("offer", np.array([o[1 + k] for o in OFFERS], dtype=object)) for k, name in enumerate(fields)
    }
    cost = np.array([x[2] for x in OPTIONS.values()])
    part = np.linspace(1.0, 3.0, len(OPTIONS) * len(PARTS)).reshape(len(OPTIONS), len(PARTS))
    return xr.Dataset(
        columns
        | {
            "compute": (
                ("offer", "period"),
                np.outer([UNIT_COMPUTE.get(o[7], 0.0) for o in OFFERS], np.ones(PERIODS)),
            ),
            "lead": ("offer", np.array([o[8] for o in OFFERS])),
            "life": ("offer", np.full(len(OFFERS), 20)),
            "capital": (("offer", "period"), np.full((len(OFFERS), PERIODS), 10.0)),
            "source": ("offer", np.full(len(OFFERS), "P040 guess", dtype=object)),
            "option_label": ("option", np.array([x[0] for x in OPTIONS.values()], dtype=object)),
            "option_pool": ("option", np.array(OPTION_POOLS, dtype=object)),
            "unit_cost": ("option", np.array([x[1] for x in OPTIONS.values()])),
            "unit_cost_2030": ("option", cost),
            "unit_cost_2030_low": ("option", 0.8 * cost),
            "unit_cost_2030_high": ("option", 1.6 * cost),
            "cost_stack": (("option", "part"), part / part.sum(1, keepdims=True) * cost[:, None]),
        },
        coords={"offer": list(NAMES), "option": list(OPTIONS), "part": list(PARTS), "period": QUARTERS},
        attrs={"quarter": "2030Q1", "draws": 200},
    )


def trace_group(paths: int = 10) -> xr.Dataset:
    """Fresh paths that get a little less than the plan promised."""
    grow = np.exp(np.linspace(0, 4, PERIODS))[None, :] * np.linspace(0.6, 1.6, paths)[:, None] * 0.7e6
    latent = grow[..., None] * np.array([0.45, 0.2, 0.35])
    served = latent * np.array([0.9, 0.5, 0.6]) * np.linspace(1.05, 0.9, paths)[:, None, None]
    axes = ("path", "period", "stream")
    pools = np.stack([served.sum(2) * x for x in (0.7, 0.05, 0.1, 0.15)], axis=2)
    delivered = np.zeros((paths, PERIODS, len(OFFERS)))
    share = served.sum((1, 2)) / latent.sum((1, 2))
    return xr.Dataset(
        {
            "latent": (axes, latent),
            "served": (axes, served),
            "unserved": (axes, latent - served),
            "pool_served": (("path", "period", "pool"), pools),
            "delivered": (("path", "period", "offer"), delivered),
            "node": (("path", "period"), np.zeros((paths, PERIODS), dtype=int)),
            "service_by_stream": ("stream", served.sum((0, 1)) / latent.sum((0, 1))),
            "planned_by_stream": ("stream", np.array([0.9, 0.5, 0.6])),
            "service_quantile": ("quantile", np.quantile(share, [0.05, 0.5, 0.95])),
        },
        coords={
            "stream": list(STREAMS),
            "pool": list(POOLS),
            "offer": list(NAMES),
            "period": QUARTERS,
            "quantile": [0.05, 0.5, 0.95],
        },
        attrs={"service": float(share.mean()), "planned": 0.71, "orbit_share": 0.11},
    )


def build_tree() -> xr.DataTree:
    """The whole result."""
    tree = tree_arrays()
    ledger = texts(
        "row",
        key=["P040", "L007"],
        quantity=["Colossus 1 power", "Starship cost per kg"],
        low=["", "250"],
        central=["300", "600"],
        high=["", "1600"],
        unit=["MW", "USD/kg"],
        year=["2026", "2026"],
        source_title=["Company announcement", "Notes <of> an analyst"],
        source_address=["https://example.org/colossus", "javascript:alert(1)"],
        evidence=["company claim", "estimate"],
        confidence=["high", "low"],
        note=["", "near term"],
    )
    assumptions = texts(
        "assumption",
        path=["leases.colossus-1.power", "demand.trend", "orbit.launch.price"],
        value=["300 MW", "2.2", "60e6 USD/launch"],
        low=["", "1.8", "25e6 USD/launch"],
        high=["", "2.8", "160e6 USD/launch"],
        origin=["P040", "guess", "L007"],
        evidence=["company claim", "guess", "estimate"],
        basis=["P040", "", "L007 L008"],
        reason=["as announced", "between the pace of the world stock and of chips", "near term"],
    )
    assumptions.attrs = {
        "text": "format: dawndusk-scenario-1\nname: colossus # <b>\n",
        "file": "colossus.yaml",
    }
    entries = texts(
        "entry",
        option=["own-pad"],
        label=["Own pad with vehicles"],
        factor=[0.4],
        proven=[1],
        sentence=["Own pad with vehicles enters below 0.4 times its price"],
        price_now=[3e9],
        price_entry=[1.2e9],
        price_unit=["USD"],
    )
    entries.attrs = {
        "adaptivity_usd": 14e9,
        "open_loop_usd": 426e9,
        "orbit_share": 0.12,
        "orbit_low": 0.04,
        "orbit_high": 0.19,
        "near_optimal": 0.02,
    }
    study = texts(
        "threshold",
        demand_path=["20 %", "20 %"],
        lever=["launch price", "platform price"],
        today=[600.0, 22.0],
        value=[310.0, 9.0],
        unit=["USD/kg", "USD/W"],
        proven=[1, 1],
        sentence=["orbit enters below 310 USD/kg", "orbit enters below 9 USD/W"],
    )
    shells = texts(
        "shell",
        label=["Group 4 of the filing", "Group 3 of the filing"],
        altitude=[725e3, 702e3],
        inclination=[1.7156, 0.5236],
        sunlit_fraction=[0.994, 0.67],
        sunlit_edge=[0.8, 0.67],
        dose=[0.72, 0.81],
        dead_life=[5.0, 3.7],
        disposal=[189.0, 183.0],
        longest_shadow=[1080.0, 2140.0],
        days_with_shadow=[72.0, 365.0],
        satellites=[244860.0, 249750.0],
    )
    designs = np.array([["battery", "shed"], ["shed", ""]], dtype=object)
    shells["strategy"] = (("design", "shell"), designs)
    shells = shells.assign_coords(design=["ai1", "conservative"])
    meta = {
        "seed": 1,
        "leaves": 32,
        "tree_leaves": int((tree["node_period"] == PERIODS - 1).sum()),
        "end": QUARTERS[-1],
        "paths": 10,
        "firm_only": 0,
        "start": "2026Q2",
        "periods": PERIODS,
        "base_year": 2026,
        "fingerprint": "7f3a",
        "nodes": int(tree["parent"].size),
        "discount": 0.08,
        "status": "optimal",
        "sentence": "the plan is optimal",
        "planned_objective_usd": 412e9,
    }
    root = {"format": "dawndusk-result-1", "scenario": "colossus", "title": "What next?", "version": "0.1.0"}
    return xr.DataTree.from_dict(
        {
            "/": xr.Dataset(attrs=root),
            "/meta": xr.Dataset(attrs=meta),
            "/ledger": ledger,
            "/scenario": assumptions.assign(
                source=("source", ["colossus.yaml"]), source_text=("source", [assumptions.attrs["text"]])
            ),
            "/offers": offers_group(),
            "/demand": demand_group(tree),
            "/plan": plan_group(tree),
            "/alternatives": entries,
            "/study": study,
            "/trace": trace_group(),
            "/constellation": shells,
            "/satellite": satellite_set(),
        }
    )
