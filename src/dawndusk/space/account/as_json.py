"""An account as tables: cost by line with what each holds, and what ``dawndusk satellite --json`` prints."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Final

from dawndusk.core.constants import YEAR
from dawndusk.core.records import record
from dawndusk.economics import carbon, ground_segment, launch_cost, satellite_cost, waterfall
from dawndusk.economics.annuity import annuity
from dawndusk.economics.asset_classes import GROUND_SEGMENT_LIFE
from dawndusk.space.account.account import Account

PRICE_MODEL: Final = (
    "the design's own prices; its price of the body is split by mass, margin and development are in no line"
)
BOUNDARIES: Final = {
    "chips": "as flown; they live as long as their satellite, as nobody changes them",
    "platform and launch": "satellite without chips, launch, and what launches lose",
    "ground segment": "gateways and licence, a satellite's share",
}
SEGMENT: Final = ("gateways", "licence", "operations", "spectrum", "disposal")


@record
class Line:
    """One line of cost: once (USD), each year (USD/yr, repaid over its life or running), and what it holds.

    `group` is the row of the short table that it belongs to.
    """

    name: str
    group: str
    capital: float
    yearly: float
    boundary: str


def lines(account: Account) -> tuple[Line, ...]:
    """Cost of one satellite in service by line; years add up to the charge behind the metrics.

    Notes
    -----
    The upkeep of gateways is in `operations`. Satellites lost in service are in what is delivered.
    """
    money = account.terms.money
    repaid = float(annuity(money.rate, account.sheet.design.life / YEAR))
    chips = float(annuity(money.chip_rate, account.sheet.design.life / YEAR))
    return (*_hardware(account, repaid, chips), *_launch(account, repaid), *_segment(account))


def _hardware(account: Account, repaid: float, chips: float) -> Iterator[Line]:
    for part, text in satellite_cost.BOUNDARIES.items():
        paid = float(getattr(account.flown.cost, part))
        if paid > 0.0:
            compute = part == "compute"
            yield Line(
                name=part,
                group="chips" if compute else "satellite without chips",
                capital=paid,
                yearly=paid * (chips if compute else repaid),
                boundary=text,
            )


def _launch(account: Account, repaid: float) -> Iterator[Line]:
    launch = account.flown.launch
    for name, group, paid in (
        ("launch", "launch", launch.launch),
        ("loss", "lost launches, bought again", launch.risk),
    ):
        yield Line(
            name=name,
            group=group,
            capital=float(paid),
            yearly=float(paid) * repaid,
            boundary=launch_cost.BOUNDARIES[name],
        )


def _segment(account: Account) -> Iterator[Line]:
    repaid = float(annuity(account.terms.money.rate, GROUND_SEGMENT_LIFE))
    satellites = float(account.terms.satellites)
    for name in SEGMENT:
        paid = float(getattr(account.flown.ground_segment, name)) / satellites
        once = name in {"gateways", "licence"}
        yield Line(
            name=name,
            group="gateways and licence" if once else "operations, spectrum, disposal",
            capital=paid if once else 0.0,
            yearly=paid * repaid if once else paid,
            boundary=ground_segment.BOUNDARIES[name],
        )


def account_json(account: Account | None) -> dict[str, Any]:
    """Keys that an account adds to the sheet's JSON; null or empty where there is no account."""
    if account is None:
        empty = ("waterfall", "metrics", "cost_by_subsystem", "asset_classes")
        nothing = ("terms", "carbon", "links", "delivered", "cost_model")
        return dict.fromkeys(nothing) | {key: [] for key in empty}
    return {
        "terms": _terms(account),
        "cost_model": _model(account),
        "cost_by_subsystem": [
            {"name": x.name, "usd": x.capital, "usd_per_yr": x.yearly, "boundary": x.boundary}
            for x in lines(account)
        ],
        "asset_classes": _classes(account),
        "metrics": _metrics(account),
        "waterfall": _waterfall(account),
        "carbon": _carbon(account),
        "links": _links(account),
        "delivered": _ages(account),
    }


def _terms(account: Account) -> dict[str, Any]:
    terms, launch = account.terms, account.flown.launch
    return {
        "scenario": terms.scenario,
        "first_delivery": terms.date,
        "workload": account.workload,
        "satellites": terms.satellites,
        "vehicle": terms.vehicle_label,
        "launch_usd": terms.vehicle.price,
        "payload_kg": terms.vehicle.payload,
        "usable_m3": terms.vehicle.volume,
        "satellites_per_launch": launch.per_launch,
        "filled_by": "mass" if launch.by_mass else "volume",
        "launch_reliability": terms.vehicle.reliability,
        "insurance_premium_usd": account.premium,
        "orbit_rate_per_yr": terms.money.rate,
        "ground_rate_per_yr": terms.ground.money.rate,
        "discount_per_yr": terms.money.discount,
        "horizon_yr": terms.money.horizon,
        "price_usd_per_h100e_h": terms.money.price,
        "ground_site": terms.ground.label,
        "link_time_share": terms.reachable,
        "sold_share": terms.sold,
    }


def _model(account: Account) -> dict[str, Any]:
    power = account.sheet.budget.power.compute
    parts = account.by_parts
    return {
        "used": PRICE_MODEL,
        "platform_usd_per_w": account.flown.cost.platform / power,
        "by_parts_usd_per_w": parts.platform / power,
        "by_parts_usd": dataclasses.asdict(parts),
    }


def _classes(account: Account) -> list[dict[str, Any]]:
    yearly, money = account.flown.project.yearly, account.terms.money
    life = account.sheet.design.life / YEAR
    cost, launch, segment = account.flown.cost, account.flown.launch, account.flown.ground_segment
    rows = (
        ("chips", cost.compute, money.chip_rate, life),
        ("platform and launch", cost.platform + launch.total, money.rate, life),
        ("ground segment", segment.capital / account.terms.satellites, money.rate, GROUND_SEGMENT_LIFE),
    )
    return [
        {
            "name": name,
            "capital_usd": capital,
            "rate_per_yr": rate,
            "life_yr": years,
            "usd_per_yr": yearly[name],
            "boundary": BOUNDARIES[name],
        }
        for name, capital, rate, years in rows
    ]


def _metrics(account: Account) -> list[dict[str, Any]]:
    return [
        {
            "name": mine.name,
            "value": mine.value,
            "unit": mine.unit,
            "boundary": mine.boundary,
            "ground": theirs.value,
            "range": account.spread.get(mine.name),
            "ground_range": account.spread_ground.get(mine.name),
        }
        for mine, theirs in zip(account.in_orbit, account.on_ground, strict=True)
    ]


def _waterfall(account: Account) -> list[dict[str, Any]]:
    mine, theirs = account.flown.project.stages, account.ground.stages
    if not mine.installed > 0.0:
        return []
    return [
        {
            "stage": name,
            "h100e": left,
            "share": share,
            "ground_h100e": getattr(theirs, name),
            "ground_share": getattr(theirs, name) / theirs.installed,
            "boundary": text,
        }
        for name, left, share, text in mine.table()
    ]


def _carbon(account: Account) -> dict[str, Any]:
    def side(found: carbon.Carbon) -> dict[str, Any]:
        named = dataclasses.asdict(found)
        return {f"{k}_kg": v for k, v in named.items() if k != "per_hour"} | {
            "kg_per_h100e_h": found.per_hour
        }

    return {
        "orbit": side(account.flown.project.carbon),
        "ground": side(account.ground.carbon),
        "boundary": dict(carbon.BOUNDARIES),
    }


def _links(account: Account) -> dict[str, Any]:
    links = account.links
    return {
        "one_site_bit_per_s": {"upload": links.one_site_upload, "download": links.one_site_download},
        "mesh_bit_per_s": links.mesh,
        "mesh_is_claimed": links.claimed,
        "mesh_source": links.source,
        "workloads": [
            {
                "workload": row.workload,
                "needs_bit_per_s": {"upload": row.upload, "download": row.download},
                "usable_share": {"one_site": row.one_site, "mesh": row.mesh},
                "sites_for_the_fleet": row.sites,
                "words": {"one_site": row.one_site_words, "mesh": row.mesh_words},
            }
            for row in links.rows
        ],
        "training": links.training,
    }


def _ages(account: Account) -> dict[str, Any] | None:
    ages = account.ages
    if not account.flown.project.stages.installed > 0.0:
        return None
    return {
        "age_yr": ages.years,
        "share": ages.mean,
        "low": ages.low,
        "high": ages.high,
        "mean": account.flown.health.plain,
        "band": "5 to 95 % over fleets that share batches and storms",
        "boundary": "per satellite that works at first, none replaced: chips, boards, pumps, upsets, losses",
    }


def stage_texts() -> dict[str, str]:
    """What each stage of the waterfall counts."""
    return dict(waterfall.BOUNDARIES)
