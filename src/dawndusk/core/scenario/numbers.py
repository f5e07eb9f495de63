"""Numbers of the world that a scenario may state otherwise; what it does not say is as in the ledger."""

from __future__ import annotations

from typing import Annotated, Final

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

Share = Annotated[Real, Unit("1", 0.0, 0.9)]
Time = Annotated[Real, Unit("s", 0.0, 1e6)]
Shape = Annotated[Real, Unit("1", 1.0, 30.0)]
Wear = Annotated[Real, Unit("yr", 0.1, 1e4)]


@record
class Numbers:
    """Each is a row of `numbers.csv` by the same name, which has its range and reason.

    Parameters
    ----------
    drag_coefficient : 1
        Of satellites.
    wing_flow_share_dawn_dusk, wing_flow_share_inclined : 1
        Share of the array's area that meets the air, in sun-synchronous and in other orbits.
    request_time, chips_per_request : s, 1
        What one request takes, and the chips that wait for each other in it: an upset throws it away.
    chip_early_loss, board_early_loss, pump_early_loss, satellite_early_loss : 1
        Share lost in the first year beyond accidents and wear-out.
    board_loss_rate, pump_mean_time : 1/yr, h
        Accidents; those of chips and satellites are `chips.failure_orbit` and `orbit.satellite_loss`.
    chip_wear_time, board_wear_time, pump_wear_time : yr
        At which wear-out alone leaves 37 %.
    chip_wear_shape, board_wear_shape, pump_wear_shape : 1
        The larger, the sharper.
    checkpoint_time, checkpoint_verification, checkpoint_restart, chip_reset_time : s
        To write, check and load a state, and to bring back a hung chip.
    checked_compute, caught_errors : 1
        Compute spent on checks of results, and share of silent errors that they find.
    sold_share, stowed_density : 1, kg/m3
        Of the compute on offer that is sold, and of a satellite whose volume the scenario does not state; in
        the account of one satellite.
    carbon_per_chip, carbon_spacecraft, carbon_grid : kg, kg/kg, kg/kWh
        CO2e of an H100e, of a satellite without chips, of power from the grid; in the same account.
    """

    drag_coefficient: Annotated[Real, Unit("1", 1.0, 4.0)] = number("drag_coefficient")
    wing_flow_share_dawn_dusk: Annotated[Real, Unit("1", 0.0, 1.0)] = number("wing_flow_share_dawn_dusk")
    wing_flow_share_inclined: Annotated[Real, Unit("1", 0.0, 1.0)] = number("wing_flow_share_inclined")
    request_time: Annotated[Real, Unit("s", 0.01, 1e5)] = number("request_time")
    chips_per_request: Annotated[Real, Unit("1", 1.0, 1e5)] = number("chips_per_request")
    chip_early_loss: Share = number("chip_early_loss")
    board_early_loss: Share = number("board_early_loss")
    pump_early_loss: Share = number("pump_early_loss")
    satellite_early_loss: Share = number("satellite_early_loss")
    board_loss_rate: Annotated[Real, Unit("1/yr", 0.0, 10.0)] = number("board_loss_rate")
    pump_mean_time: Annotated[Real, Unit("h", 1e3, 1e9)] = number("pump_mean_time")
    chip_wear_time: Wear = number("chip_wear_time")
    board_wear_time: Wear = number("board_wear_time")
    pump_wear_time: Wear = number("pump_wear_time")
    chip_wear_shape: Shape = number("chip_wear_shape")
    board_wear_shape: Shape = number("board_wear_shape")
    pump_wear_shape: Shape = number("pump_wear_shape")
    checkpoint_time: Time = number("checkpoint_time")
    checkpoint_verification: Time = number("checkpoint_verification")
    checkpoint_restart: Time = number("checkpoint_restart")
    chip_reset_time: Time = number("chip_reset_time")
    checked_compute: Annotated[Real, Unit("1", 0.0, 0.99)] = number("checked_compute")
    caught_errors: Annotated[Real, Unit("1", 0.0, 1.0)] = number("caught_errors")
    sold_share: Annotated[Real, Unit("1", 0.0, 1.0)] = number("sold_share")
    stowed_density: Annotated[Real, Unit("kg/m3", 10.0, 2000.0)] = number("stowed_density")
    carbon_per_chip: Annotated[Real, Unit("kg", 0.0)] = number("carbon_per_chip")
    carbon_spacecraft: Annotated[Real, Unit("1", 0.0)] = number("carbon_spacecraft")
    carbon_grid: Annotated[Real, Unit("kg/kWh", 0.0)] = number("carbon_grid")


AS_IN_LEDGER: Final = Numbers()
