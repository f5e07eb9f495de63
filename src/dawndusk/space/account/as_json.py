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
from dawndusk.space.account.account import Account, Refused
from dawndusk.space.claims import out_of_limits
from dawndusk.space.sheet import Sheet

PRICE_MODEL: Final = (
    "the design's own prices; its price of the body is split by mass, margin and development are in no line"
)
HOURS: Final = ("usd_per_h100e_h", "planner_usd_per_h100e_h")
BOUNDARIES: Final = {
    "interest": "on satellite and chips, from their payment to the first day of service",
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
    money = account.money
    repaid = float(annuity(money.rate, account.sheet.design.life / YEAR))
    chips = float(annuity(money.chip_rate, account.sheet.design.life / YEAR))
    early = Line(
        name="interest",
        group="interest until the first day",
        capital=0.0,
        yearly=float(account.flown.project.yearly["interest"]),
        boundary=BOUNDARIES["interest"],
    )
    return (*_hardware(account, repaid, chips), *_launch(account, repaid), early, *_segment(account))


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
    repaid = float(annuity(account.money.rate, GROUND_SEGMENT_LIFE))
    satellites = float(account.flown.fleet)
    for name in SEGMENT:
        paid = float(getattr(account.flown.segment, name)) / satellites
        once = name in {"gateways", "licence"}
        yield Line(
            name=name,
            group="gateways and licence" if once else "operations, spectrum, disposal",
            capital=paid if once else 0.0,
            yearly=paid * repaid if once else paid,
            boundary=ground_segment.BOUNDARIES[name],
        )


def account_json(sheet: Sheet, account: Account | Refused) -> dict[str, Any]:
    """Keys that an account adds to the sheet's JSON; null or empty, with the reason, where there is none."""
    if isinstance(account, Refused):
        empty = ("waterfall", "metrics", "cost_by_subsystem", "asset_classes", "bridge")
        nothing = ("terms", "carbon", "links", "delivered", "cost_model", "planner", *HOURS)
        broken = [*out_of_limits(sheet.found), *account.beyond]
        return (
            dict.fromkeys(nothing)
            | {key: [] for key in empty}
            | {"not_costed": account.why, "closes": sheet.closes and not account.beyond}
            | {"out_of_limits": [dataclasses.asdict(x) for x in broken]}
        )
    return {
        "not_costed": None,
        **_bridge(account),
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


def _bridge(account: Account) -> dict[str, Any]:
    """The satellite's own cost of an hour, the planner's, and the walk from the one to the other."""
    own = next(float(x.value) for x in account.in_orbit if x.name == "compute")
    found = account.bridge
    if found is None:
        return dict.fromkeys(HOURS) | {
            "usd_per_h100e_h": own,
            "bridge": [],
            "planner": {"reason": account.no_bridge},
        }
    return {
        "usd_per_h100e_h": own,
        "planner_usd_per_h100e_h": found.planner,
        "bridge": [{"label": x.label, "usd_per_h100e_h": x.hour} for x in found.lines],
        "planner": {
            "scenario": account.terms.scenario,
            "offer": found.offer,
            "ordered": found.ordered,
            "flown": found.flown,
            "own_orbit_usd_per_h100e_h": found.own_orbit,
            "loss_per_quarter": found.loss,
            "loss_fit_error": found.fit,
            "words": planner_words(account),
        },
    }


def planner_words(account: Account) -> str:
    """What the planner's number is, in a sentence."""
    found, terms = account.bridge, account.terms
    if found is None:
        return f"The planner has no number for it: {account.no_bridge}"
    said = f"{found.offer}, ordered {found.ordered} for service in {terms.quarter}"
    if not found.flown:
        said += (
            f"; no satellite of {terms.scenario} is this design: its number is made with the terms of that "
            "scenario and the design's own platform cost"
        )
    return said


def _terms(account: Account) -> dict[str, Any]:
    terms, launch = account.terms, account.flown.launch
    return {
        "scenario": terms.scenario,
        "first_delivery": terms.quarter,
        "workload": account.workload,
        "satellites": account.flown.fleet,
        "vehicle": terms.launch.label,
        "launch_usd": terms.launch_price,
        "payload_kg": account.payload,
        "usable_m3": terms.launch.volume,
        "satellites_per_launch": launch.per_launch,
        "filled_by": "mass" if launch.by_mass else "volume",
        "launch_reliability": terms.launch.reliability,
        "insurance_premium_usd": account.premium,
        "orbit_rate_per_yr": account.money.rate,
        "ground_rate_per_yr": account.on_ground_terms.money.rate,
        "discount_per_yr": account.money.discount,
        "horizon_yr": account.money.horizon,
        "price_usd_per_h100e_h": account.money.price,
        "ground_site": account.on_ground_terms.label,
        "link_time_share": terms.utilisation,
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
    yearly, money = account.flown.project.yearly, account.money
    life = account.sheet.design.life / YEAR
    cost, launch, segment = account.flown.cost, account.flown.launch, account.flown.segment
    rows = (
        ("chips", cost.compute, money.chip_rate, life),
        ("platform and launch", cost.platform + launch.total, money.rate, life),
        ("ground segment", segment.capital / account.flown.fleet, money.rate, GROUND_SEGMENT_LIFE),
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
        "mean": account.flown.plain,
        "band": "5 to 95 % over fleets that share batches and storms",
        "boundary": "per satellite that works at first, none replaced: chips, boards, pumps, upsets, losses",
    }


def stage_texts() -> dict[str, str]:
    """What each stage of the waterfall counts."""
    return dict(waterfall.BOUNDARIES)
