"""`dawndusk latency`: round-trip times between two places over a satellite network."""

from __future__ import annotations

import click

from dawndusk.cli.output import Form, answer, formats
from dawndusk.core.errors import problem

MOST = 100_000  # instants in one call


@click.command()
@click.argument("origin", metavar="FROM")
@click.argument("destination", metavar="TO")
@click.option("--network", default="kuiper-630", show_default=True, help="kuiper-630, or a constellation.")
@click.option(
    "--start", type=float, default=0.0, show_default=True, help="Seconds after the network's epoch."
)
@click.option("--duration", type=float, default=200.0, show_default=True, help="Length of the series (s).")
@click.option("--step", type=float, default=1.0, show_default=True, help="Between two instants (s).")
@formats
def command(
    origin: str, destination: str, network: str, start: float, duration: float, step: float, form: Form
) -> None:
    """Round-trip times of light between two places over laser links between satellites.

    FROM and TO are cities, or latitude and longitude in degrees such as "51.5,-0.13"; TO may be `orbit`, the
    nearest satellite in sight. Over a constellation's name links are ours, as no filing has any.

    Example: dawndusk latency Manila Dalian
    """
    import numpy as np

    from dawndusk.core.records import Floats
    from dawndusk.report.latency import document, series_json
    from dawndusk.space.latency import latency

    if not (step > 0.0 and duration >= 0.0 and duration / step < MOST):
        read = f"{duration:g} s in steps of {step:g} s"
        raise problem("--duration, --step", read, f"fewer than {MOST:,} steps above 0 s", "--step 1")
    seconds: Floats = start + step * np.arange(int(duration / step + 1e-9) + 1, dtype=np.float64)
    trips = latency(origin, destination, network=network, seconds=seconds)
    data = series_json(origin, destination, network, seconds=seconds, trips=trips)
    answer("latency", form, data, document(data))
