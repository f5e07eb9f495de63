"""From a closed satellite, or a building, to every metric: the whole chain in closed form.

All inputs are numbers (masses, powers, areas, shares) that physics has closed before; every field may be
an array of draws. `in_orbit` and `on_ground` charge the same classes of cost, so that their metrics compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.economics.annuity import present_value
from dawndusk.economics.asset_classes import (
    BUILDING_LIFE,
    CHIP_LIFE,
    COOLING_LIFE,
    ELECTRICAL_LIFE,
    GROUND_SEGMENT_LIFE,
    NRE_LIFE,
    Asset,
    chain_value,
    kept_annuity,
    sale_value,
    yearly_costs,
)
from dawndusk.economics.carbon import CARBON_GRID, Carbon, carbon_in_orbit, carbon_on_ground
from dawndusk.economics.ground_segment import GroundSegment
from dawndusk.economics.launch_cost import LaunchCost
from dawndusk.economics.metrics import ProjectCost
from dawndusk.economics.satellite_cost import SatelliteCost
from dawndusk.economics.waterfall import Shares, Stages, waterfall


@record
class Money:
    """Cost of capital and price of sale, real.

    Parameters
    ----------
    rate : 1/yr
        Of what flies, or of the building.
    chip_rate : 1/yr
        Of the chips.
    discount : 1/yr
        Of the net present value.
    price : USD/(H100e*h)
        At which compute is sold.
    horizon : yr
        Of the net present value.
    chip_decline : 1/yr
        Real price fall of the chips bought later, in the net present value only.
    """

    rate: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    chip_rate: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    discount: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    price: Annotated[Real, Unit("USD/(H100e*h)", 0.0)]
    horizon: Annotated[Real, Unit("yr", 1.0, 50.0)]
    chip_decline: Annotated[Real, Unit("1/yr", 0.0, 0.9)] = 0.0


@record
class Project:
    """A project with what its metrics need, the compute left at each step, and its carbon."""

    account: ProjectCost
    yearly: Mapping[str, Real]
    stages: Stages
    carbon: Carbon


def in_orbit(
    *,
    satellite: SatelliteCost,
    launch: LaunchCost,
    ground: GroundSegment,
    satellites: Real,
    terms: Money,
    power: Real,
    mass: Real,
    installed: Real,
    shares: Shares,
    life: Real,
    loss: Real,
    platform_carbon: Real,
    methane: Real,
    alumina_share: Real,
    interest: Real = 0.0,
) -> Project:
    """One satellite of a fleet, with its share of the ground segment.

    Parameters
    ----------
    satellite, launch, ground : SatelliteCost, LaunchCost, GroundSegment
        Of one satellite; of one satellite; of the whole fleet of `satellites`.
    satellites : Real
        In service.
    terms : Money
    power, mass : Real
        W delivered to the chips on average; kg at launch.
    installed : Real
        H100e on board.
    shares : Shares
        See `economics.waterfall`. `healthy` counts chips only if `loss` counts satellites.
    life, loss : Real
        yr, and satellites lost a year, 1/yr, each replaced with its chips and launch. Chips live as long
        as their satellite: nobody changes them there.
    interest : Real
        USD on what is paid before the first day of service, repaid with it.
    platform_carbon, methane, alumina_share : Real
        See `economics.carbon.carbon_in_orbit`.
    """
    stages = waterfall(installed, shares)
    assets = _flown(satellite, launch.total, ground.capital / satellites, terms, life, loss)
    assets["interest"] = Asset(capital=interest, rate=terms.rate, life=life, loss=loss)
    yearly = yearly_costs(assets)
    yearly["operations"] = ground.running / satellites
    carbon = carbon_in_orbit(
        platform=platform_carbon,
        mass=mass,
        installed=installed,
        hours=stages.used * HOURS_PER_YEAR * life,
        methane=methane,
        alumina_share=alumina_share,
    )
    account = ProjectCost(
        compute=satellite.compute,
        platform=satellite.platform,
        launch=launch.total,
        other=assets["ground segment"].capital,
        charge_power=yearly["platform and launch"] + yearly["nre"],
        charge_compute=yearly["chips"],
        charge_other=yearly["ground segment"] + yearly["operations"] + yearly["interest"],
        power=power,
        delivered=stages.used,
        life=life,
        value=_value(stages.used, yearly["operations"], assets, terms),
        price=terms.price,
        carbon=carbon.per_hour,
    )
    return Project(account=account, yearly=yearly, stages=stages, carbon=carbon)


def _flown(
    satellite: SatelliteCost, launch: Real, fixed: Real, terms: Money, life: Real, loss: Real
) -> dict[str, Asset]:
    """Classes of assets of one satellite; `fixed` is its share of the ground segment's capital."""
    raised = satellite.platform - satellite.nre + launch
    return {
        "platform and launch": Asset(capital=raised, rate=terms.rate, life=life, loss=loss),
        "chips": Asset(capital=satellite.compute, rate=terms.chip_rate, life=life, loss=loss),
        "nre": Asset(capital=satellite.nre, rate=terms.rate, life=NRE_LIFE),
        "ground segment": Asset(capital=fixed, rate=terms.rate, life=GROUND_SEGMENT_LIFE),
    }


def _value(delivered: Real, running: Real, assets: Mapping[str, Asset], terms: Money) -> Real:
    """Net present value; as many years of each class are charged as lie within the horizon."""
    rate, horizon = terms.discount, terms.horizon
    years = present_value(rate, horizon)
    outlay: Real = 0.0
    for name, asset in assets.items():
        paid = asset.capital * kept_annuity(rate, asset.life, asset.loss) * years
        outlay = outlay + (paid * _cheaper(asset.life, terms) if name == "chips" else paid)
    receipts = sale_value(terms.price, compute=delivered, hours=HOURS_PER_YEAR, running=running, years=years)
    return receipts - outlay


def _cheaper(life: Real, terms: Money) -> Real:
    """Outlay for chips whose price falls, per outlay at a constant price."""
    if not isinstance(terms.chip_decline, np.ndarray) and terms.chip_decline == 0.0:
        return 1.0
    span = {"rate": terms.discount, "life": life, "horizon": terms.horizon}
    return chain_value(1.0, **span, decline=terms.chip_decline) / chain_value(1.0, **span)


def on_ground(
    *,
    terms: Money,
    power: Real,
    installed: Real,
    shares: Shares,
    chips: Real,
    building: Real,
    electrical: Real,
    cooling: Real,
    energy_price: Real,
    pue: Real,
    upkeep: Real,
    chip_life: Real = CHIP_LIFE,
    failures: Real = 0.0,
    grid: Real = CARBON_GRID,
) -> Project:
    """The same compute in a building.

    Parameters
    ----------
    terms : Money
    power : Real
        Mean IT power, W.
    installed : Real
        H100e.
    shares : Shares
        See `economics.waterfall`.
    chips, building, electrical, cooling : Real
        Capital, USD: by class, as their lives differ.
    energy_price : Real
        USD/J at the meter.
    pue : Real
        1 and more.
    upkeep : Real
        USD/yr of staff, spares and repair.
    chip_life, failures : Real
        yr; 1/yr of chips that fail and are replaced.
    grid : Real
        kgCO2e/kWh.
    """
    stages = waterfall(installed, shares)
    assets = {
        "chips": Asset(capital=chips, rate=terms.chip_rate, life=chip_life, loss=failures),
        "building": Asset(capital=building, rate=terms.rate, life=BUILDING_LIFE),
        "electrical": Asset(capital=electrical, rate=terms.rate, life=ELECTRICAL_LIFE),
        "cooling": Asset(capital=cooling, rate=terms.rate, life=COOLING_LIFE),
    }
    yearly = yearly_costs(assets)
    yearly["energy"] = energy_price * power * pue * HOURS_PER_YEAR * 3600.0
    yearly["upkeep"] = upkeep
    carbon = carbon_on_ground(
        power=power,
        installed=installed,
        hours=stages.used * HOURS_PER_YEAR * chip_life,
        life=chip_life,
        pue=pue,
        building_life=BUILDING_LIFE,
        grid=grid,
    )
    account = ProjectCost(
        compute=chips,
        platform=building + electrical + cooling,
        launch=0.0,
        other=0.0,
        charge_power=yearly["building"] + yearly["electrical"] + yearly["cooling"] + yearly["energy"],
        charge_compute=yearly["chips"],
        charge_other=yearly["upkeep"],
        power=power,
        delivered=stages.used,
        life=chip_life,
        value=_value(stages.used, yearly["energy"] + yearly["upkeep"], assets, terms),
        price=terms.price,
        carbon=carbon.per_hour,
    )
    return Project(account=account, yearly=yearly, stages=stages, carbon=carbon)
