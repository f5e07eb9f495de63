"""The same project in eight numbers, each with what it counts and what it leaves out.

Most of the gap between optimists and sceptics is the choice of one of these. Values are in the unit that
they are quoted in (this is the edge where SI ends); undefined ones raise no error but are infinite.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

H100_BF16: Final = number("h100_bf16_rate")  # FLOP/s dense, of 1 H100e (G001)
H100_FP8: Final = number("h100_fp8_rate")  # FLOP/s dense (G001)
FLOP_PER_PARAMETER: Final = number("flop_per_parameter")  # FLOP per active parameter and token (G017)
MODEL_PARAMETERS: Final = number("model_parameters")  # active ones, of the stated workload
SERVING_USE: Final = number("serving_utilisation")  # share of dense FP8 peak that serving reaches
Precision = Literal["BF16", "FP8"]


@record
class TokenModel:
    """What a token is: without it a price per token means nothing.

    Parameters
    ----------
    name : str
        Model, length and batch in words.
    parameters : float
        Active parameters per token.
    use : float
        Share of the dense FP8 peak that serving reaches, batching and waiting in it; 0.03 to 0.25.
    """

    name: str = "mixture of experts, 37e9 active parameters, batched interactive serving"
    parameters: Annotated[Real, Unit("1", 1e6)] = MODEL_PARAMETERS
    use: Annotated[Real, Unit("1", 1e-4, 1.0)] = SERVING_USE


@record
class ProjectCost:
    """All that the metrics need of one project, on orbit or on the ground.

    Parameters
    ----------
    compute, platform, launch, other : USD
        Capital: chips; satellite or building; launch with insurance or losses; ground segment and licence.
    charge_power, charge_compute, charge_other : USD/yr
        What a year costs, repaid by class of asset (`economics.asset_classes`), running cost in it: of all
        that delivers electricity and takes away heat; of the chips; of the rest.
    power : W
        Delivered to the chips on average.
    delivered : H100e
        Mean over the life (`economics.waterfall`).
    life : yr
        Of the satellite or of the chips.
    value : USD
        Net present value at the stated price.
    price : USD/(H100e*h)
        That price.
    carbon : kg/(H100e*h)
        `economics.carbon`.
    """

    compute: Annotated[Real, Unit("USD", 0.0)]
    platform: Annotated[Real, Unit("USD", 0.0)]
    launch: Annotated[Real, Unit("USD", 0.0)]
    other: Annotated[Real, Unit("USD", 0.0)]
    charge_power: Annotated[Real, Unit("USD/yr", 0.0)]
    charge_compute: Annotated[Real, Unit("USD/yr", 0.0)]
    charge_other: Annotated[Real, Unit("USD/yr", 0.0)]
    power: Annotated[Real, Unit("W", 0.0)]
    delivered: Annotated[Real, Unit("H100e", 0.0)]
    life: Annotated[Real, Unit("yr", 0.0)]
    value: Annotated[Real, Unit("USD")]
    price: Annotated[Real, Unit("USD/(H100e*h)", 0.0)]
    carbon: Annotated[Real, Unit("kg/(H100e*h)", 0.0)]

    @property
    def charge(self) -> Real:
        """All that a year costs, USD/yr."""
        return self.charge_power + self.charge_compute + self.charge_other


@record
class Metric:
    """One number, its unit, and in words what it counts and leaves out."""

    name: str
    value: Real
    unit: str
    boundary: str


def launched_power_price(launch: Real, *, power: Real, life: Real) -> Real:
    """Launch alone per power and time, undiscounted, USD/(W yr) (Suncatcher, arXiv 2511.19468, table 1)."""
    return launch / (power * life)


def energy_cost(charge: Real, *, power: Real) -> Real:
    """Levelised cost of electricity delivered to the chips, USD/J."""
    return charge / (power * HOURS_PER_YEAR * 3600.0)


def compute_cost(charge: Real, *, delivered: Real) -> Real:
    """Levelised cost of a delivered H100e-hour, USD."""
    return charge / (delivered * HOURS_PER_YEAR)


def pflop_day_cost(hour: Real, *, precision: Precision = "BF16") -> Real:
    """Cost of 1 PFLOP/s of dense peak for a day from the cost of an H100e-hour, USD.

    Parameters
    ----------
    hour : Real
        USD per delivered H100e-hour.
    precision : str
        Which dense peak of an H100 counts.
    """
    peak = H100_BF16 if precision == "BF16" else H100_FP8
    return hour * 24.0 * 1e15 / peak


def tokens_per_second(workload: TokenModel) -> Real:
    """Tokens per second of one H100e: use x dense FP8 peak / (2 FLOP x active parameters).

    Notes
    -----
    Epoch AI's rule (G017); attention over long contexts is not in it. The best published batch run (GB300,
    G018) gives 2,300 per H100e at 37e9 parameters, interactive serving 3 to 30 times less.
    """
    return workload.use * H100_FP8 / (FLOP_PER_PARAMETER * workload.parameters)


def million_tokens_cost(hour: Real, workload: TokenModel) -> Real:
    """USD per million tokens from the cost of an H100e-hour."""
    return hour / (tokens_per_second(workload) * 3600.0) * 1e6


def metrics(account: ProjectCost, workload: TokenModel | None = None) -> tuple[Metric, ...]:
    """All metrics of a project side by side, each with its boundary."""
    served = workload or TokenModel()
    return (*_capital(account), *_levelised(account, served), *_others(account))


def _capital(a: ProjectCost) -> tuple[Metric, ...]:
    without = a.platform + a.launch + a.other
    return (
        Metric(
            name="launched power",
            value=launched_power_price(a.launch, power=a.power, life=a.life) * 1e3,
            unit="USD/(kW*yr)",
            boundary="launch only, per power at the chips and year of life; no satellite, chips, interest",
        ),
        Metric(
            name="capital without chips",
            value=without / a.power,
            unit="USD/W",
            boundary="satellite or building, launch, ground segment; per power at the chips, without chips",
        ),
        Metric(
            name="capital with chips",
            value=(without + a.compute) / a.power,
            unit="USD/W",
            boundary="all that is bought before the first hour; no interest, running cost or replacement",
        ),
    )


def _levelised(a: ProjectCost, workload: TokenModel) -> tuple[Metric, ...]:
    hour = compute_cost(a.charge, delivered=a.delivered)
    return (
        Metric(
            name="electricity",
            value=energy_cost(a.charge_power, power=a.power) * 3.6e9,
            unit="USD/MWh",
            boundary="at the chips' plugs, with what cools them, capital by class and running cost; no chips",
        ),
        Metric(
            name="compute",
            value=hour,
            unit="USD/(H100e*h)",
            boundary="every cost by class of asset, over hours delivered after the whole waterfall",
        ),
        Metric(
            name="PFLOP-day",
            value=pflop_day_cost(hour),
            unit="USD/(PFLOP*day)",
            boundary="as compute, per 1e15 FLOP/s of dense BF16 peak for a day; in FP8 half, no sparsity",
        ),
        Metric(
            name="million tokens",
            value=million_tokens_cost(hour, workload),
            unit="USD",
            boundary=f"as compute, per million tokens of: {workload.name}; no margin, no network",
        ),
    )


def _others(a: ProjectCost) -> tuple[Metric, ...]:
    return (
        Metric(
            name="net present value",
            value=a.value,
            unit="USD",
            boundary="at a constant real price per delivered H100e-hour, all costs in it; before tax",
        ),
        Metric(
            name="carbon",
            value=a.carbon,
            unit="kgCO2e/(H100e*h)",
            boundary="manufacture, launch, electricity; no black carbon, no re-entry chemistry",
        ),
    )
