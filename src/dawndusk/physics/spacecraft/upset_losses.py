"""Compute lost to upsets: work thrown away and repeated, checks, restarts; of one chip and of a job of many.

`environment.upsets` gives events per chip and second behind a shield. Here they become shares of compute: of
one chip that serves requests, and of a job of N chips in step, which stops when any of them does. What a
chip loses for good is in `hazards`.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.records import Real, record
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.core.units import Unit
from dawndusk.physics.environment.upsets import Event, upset_rate

End = Literal["low", "central", "high"]

LONGEST: Final = YEAR  # s, between checkpoints of a job without errors


@record
class Upsets:
    """Events per chip (1/s).

    Parameters
    ----------
    silent : float or array
        Wrong results without a sign.
    memory : float or array
        Memory errors past the code: what runs is lost, the page is retired.
    hang : float or array
        The chip must be reset.
    host : float or array
        Crashes of the host (processor or memory), as each of its chips sees them.
    """

    silent: Real
    memory: Real
    hang: Real
    host: Real

    @property
    def stops(self) -> Real:
        """All that end a chip's work with a sign (1/s)."""
        return self.memory + self.hang + self.host


@record
class Recovery:
    """What it costs to go on after an upset.

    Parameters
    ----------
    checkpoint, verification : float or array
        To write the state of all chips, and to check it before (s).
    restart : float or array
        To load a checkpoint or a model after an error (s).
    reset : float or array
        To bring back a hung chip or host (s).
    checked : float or array
        Share of compute spent on checking results as they are made, 0 to 1.
    caught : float or array
        Share of silent errors that the check finds, 0 to 1.
    """

    checkpoint: Annotated[Real, Unit("s", 0.0)] = AS_IN_LEDGER.checkpoint_time
    verification: Annotated[Real, Unit("s", 0.0)] = AS_IN_LEDGER.checkpoint_verification
    restart: Annotated[Real, Unit("s", 0.0)] = AS_IN_LEDGER.checkpoint_restart
    reset: Annotated[Real, Unit("s", 0.0)] = AS_IN_LEDGER.chip_reset_time
    checked: Annotated[Real, Unit("1", 0.0, 0.9)] = AS_IN_LEDGER.checked_compute
    caught: Annotated[Real, Unit("1", 0.0, 1.0)] = AS_IN_LEDGER.caught_errors


def recovery_of(numbers: Numbers) -> Recovery:
    """Recovery as a scenario's numbers have it."""
    return Recovery(
        checkpoint=numbers.checkpoint_time,
        verification=numbers.checkpoint_verification,
        restart=numbers.checkpoint_restart,
        reset=numbers.chip_reset_time,
        checked=numbers.checked_compute,
        caught=numbers.caught_errors,
    )


def upsets(proton_dose: Real, *, end: End = "central") -> Upsets:
    """Upsets of one chip and its host behind a shield, by dose.

    Parameters
    ----------
    proton_dose : float or array
        Dose rate of protons there (Gy/s), `shielding.protons_behind`.
    end : {"low", "central", "high"}
        Which end of the beam test's range; AP8 adds a factor of 2 either way, other chips another.
    """
    rates: dict[Event, Real] = {}
    events: tuple[Event, ...] = ("silent_corruption", "hbm_uncorrectable", "hang", "host_cpu", "host_ram")
    for event in events:
        found = upset_rate(event, proton_dose)
        rates[event] = {"low": found.low, "central": found.central, "high": found.high}[end]
    return Upsets(
        silent=rates["silent_corruption"],
        memory=rates["hbm_uncorrectable"],
        hang=rates["hang"],
        host=rates["host_cpu"] + rates["host_ram"],
    )


def chip_availability(found: Upsets, recovery: Recovery) -> Real:
    """Share of time that a chip serving by itself is up.

    Parameters
    ----------
    found : Upsets
        Of the chip and its host.
    recovery : Recovery
        Memory errors cost a restart; hangs and host crashes a reset.

    Notes
    -----
    Alternating renewal: 1 / (1 + sum of rate x time down), exact for any law of the times down.
    """
    down: Real = found.memory * recovery.restart + (found.hang + found.host) * recovery.reset
    return 1.0 / (1.0 + down)


def serving_share(found: Upsets, recovery: Recovery, *, request: Real, chips: Real = 1.0) -> Real:
    """Share of compute that ends in answers kept, where each request is served by a few chips.

    Parameters
    ----------
    found : Upsets
        Of one chip and its host.
    recovery : Recovery
        With the share spent on checks, and the share of silent errors that they find.
    request : float or array
        Time that one takes (s): an error in it throws all of it away.
    chips : float or array
        That hold one model; all wait when one is down, and each has a host of its own (pessimistic).

    Notes
    -----
    A request meets an error found with probability 1 - exp(-rate x time) and is done again from its start,
    so exp(rate x time) attempts are made on average.
    """
    rate = chips * (found.stops + recovery.caught * found.silent)
    up = chip_availability(found, recovery) ** chips
    share: Real = up * (1.0 - recovery.checked) * np.exp(-rate * request)
    return share


def checkpoint_interval(cost: Real, stops: Real, silent: Real = 0.0, restart: Real = 0.0) -> Real:
    """Work between checkpoints that wastes least (s), to first order.

    Parameters
    ----------
    cost : float or array
        Of a checkpoint with its verification (s), above 0.
    stops : float or array
        Errors of the whole job that stop it (1/s); half an interval is lost on average.
    silent : float or array
        Errors found only by the verification (1/s); the whole interval is lost.
    restart : float or array
        After each error (s).

    Returns
    -------
    array
        Infinite where there are no errors.

    Notes
    -----
    Young (1974), *A first order approximation to the optimum checkpoint interval*, Comm. ACM 17, 530,
    doi:10.1145/361147.361115, is the case without silent errors, sqrt(2 cost / stops); with them
    sqrt(cost / (silent + stops / 2)) (Aupy et al. 2013, arXiv:1310.8486), and restarts add
    restart (silent + stops)^2 / 2 to that sum (second order of `useful_share` in the interval). The useful
    share is flat about it: within 1 % of the best up to a cost of a tenth of the time between errors.
    """
    wasted = np.asarray(silent + 0.5 * stops + 0.5 * restart * (silent + stops) ** 2)
    with np.errstate(divide="ignore"):
        return np.asarray(np.sqrt(cost / wasted), dtype=np.float64)[()]


def daly_interval(cost: Real, mean_time: Real) -> Real:
    """Work between checkpoints that wastes least (s), to higher order, without silent errors.

    Parameters
    ----------
    cost : float or array
        Of a checkpoint (s), not negative.
    mean_time : float or array
        Between errors of the whole job (s), above 0.

    Notes
    -----
    Daly (2006), *A higher order estimate of the optimum checkpoint interval for restart dumps*, Future
    Gener. Comput. Syst. 22, 303, eq. 37, doi:10.1016/j.future.2004.11.016: below twice the mean time
    sqrt(2 c M) (1 + sqrt(c / 2M) / 3 + c / 18M) - c, otherwise M.
    """
    ratio = np.asarray(cost / (2.0 * mean_time))
    best = np.sqrt(2.0 * cost * mean_time) * (1.0 + np.sqrt(ratio) / 3.0 + ratio / 9.0) - cost
    return np.where(ratio < 1.0, best, mean_time)[()]


def useful_share(
    interval: Real, *, checkpoint: Real, verification: Real, restart: Real, stops: Real, silent: Real
) -> Real:
    """Share of time that a job spends on work it keeps.

    Parameters
    ----------
    interval : float or array
        Work between checkpoints (s), above 0 and finite.
    checkpoint, verification, restart : float or array
        s. The verification comes before the checkpoint and finds every silent error counted here.
    stops, silent : float or array
        Of the whole job (1/s).

    Notes
    -----
    A stretch of work and verification succeeds with probability q = exp(-stops (W + V) - silent W), takes
    A = (1 - exp(-stops (W + V))) / stops on average, and is tried 1/q times with a restart between:
    W q / (A + R (1 - q) + C q). Exact for errors at random that spare checkpoints and restarts; with
    errors in those too it is lower by about stops x (C + R) of itself.
    """
    stretch = interval + verification
    kept = np.exp(-stops * stretch - silent * interval)
    spent = stretch * _mean_decay(stops * stretch)
    share: Real = interval * kept / (spent + restart * (1.0 - kept) + checkpoint * kept)
    return share


def _mean_decay(x: Real) -> Real:
    """(1 - exp(-x)) / x, also at 0."""
    safe = np.where(np.asarray(x) > 0.0, x, 1.0)
    return np.where(np.asarray(x) > 0.0, -np.expm1(-safe) / safe, 1.0)[()]


def job_share(
    found: Upsets, recovery: Recovery, *, chips: Real, chips_per_host: Real, failure: Real = 0.0
) -> Real:
    """Share of compute that a job of N chips in step keeps, with checkpoints at the best interval.

    Parameters
    ----------
    found : Upsets
        Of one chip, and of one host.
    recovery : Recovery
        Checkpoint, verification (which finds the silent errors), restart and reset; a stop costs the mean of
        restart and reset by how often each is needed.
    chips : float or array
        N, at least 1.
    chips_per_host : float or array
        At least 1.
    failure : float or array
        Permanent failures of a chip (1/s); a spare takes over and costs a reset.

    Notes
    -----
    Silent errors that the verification misses are not in it. Where errors come faster
    than a restart takes, nothing is kept and the share goes to 0.
    """
    resets = chips * (found.hang + failure) + chips / chips_per_host * found.host
    stops = chips * found.memory + resets
    silent = chips * found.silent * recovery.caught
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(np.asarray(stops) > 0.0, np.divide(resets, stops), 0.0)
    restart = recovery.restart + part * (recovery.reset - recovery.restart)
    cost = recovery.checkpoint + recovery.verification
    best = np.minimum(checkpoint_interval(cost, stops, silent, restart), LONGEST)
    return useful_share(
        best,
        checkpoint=recovery.checkpoint,
        verification=recovery.verification,
        restart=restart,
        stops=stops,
        silent=silent,
    )
