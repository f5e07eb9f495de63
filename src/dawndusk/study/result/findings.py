"""What a run leaves behind, before it is labelled: the records that `study.result.tree` puts together."""

from __future__ import annotations

from collections.abc import Mapping

from dawndusk.core.paths import Paths
from dawndusk.core.plan import Alternatives, Plan
from dawndusk.core.records import record
from dawndusk.core.trace import Trace
from dawndusk.demand.quality import Row
from dawndusk.library.study import Study
from dawndusk.plan.evaluator import Account
from dawndusk.plan.inputs import Inputs
from dawndusk.space.sheet import Sheet
from dawndusk.supply.option_cost import Costs
from dawndusk.supply.scenario import Scenario


@record
class Threshold:
    """What would have to be true for orbit to enter on one demand path.

    Parameters
    ----------
    demand_path : str
        ``20 %``: the share of the futures below it.
    lever : str
        ``launch price``, ``platform price``.
    today, value : float
        The lever's price today, and the one at which orbit enters with all else as it is; 0 if it does
        not enter even for nothing.
    unit : str
        Of both.
    proven : bool
        Whether re-solving showed that orbit enters 1 % below and stays out 1 % above.
    sentence : str
        The same in words.
    """

    demand_path: str
    lever: str
    today: float
    value: float
    unit: str
    proven: bool
    sentence: str


@record
class Settings:
    """What a run was asked for besides its scenario.

    Parameters
    ----------
    seed : int
        Of all random numbers.
    leaves, paths : int
        Leaves of the tree, and fresh paths of the simulation.
    firm_only : bool
        Whether only firm options were allowed.
    """

    seed: int
    leaves: int
    paths: int
    firm_only: bool = False


@record
class Parts:
    """All that goes into a result.

    Parameters
    ----------
    study : Study
        As read, with the changes made on the command line; of paths only the last part is kept.
    settings : Settings
        Seed, sizes, switches.
    inputs : Inputs
        The planning problem: supply, tree, shares, spending limits.
    left_out : tuple of (name, reason)
        From `supply.explain_left_out`.
    sample : Paths
        The sampled paths that the tree was built from.
    quality : tuple of Row
        From `demand.quality.compare`.
    costs : Costs
        From `supply.option_cost.option_costs`.
    plan, account, alternatives : Plan, Account, Alternatives
        From the planner.
    thresholds : tuple of Threshold
        What orbit needs.
    trace, followed : Trace
        From the simulation; and the plan's own capacity on the same demand, without failures, whole units
        or months (`operate.follow`).
    sheets : mapping of str to Sheet
        Name of each satellite option -> its closed design, from `space.sheet.close_sheet`.
    """

    study: Study
    settings: Settings
    inputs: Inputs
    left_out: tuple[tuple[str, str], ...]
    sample: Paths
    quality: tuple[Row, ...]
    costs: Costs
    plan: Plan
    account: Account
    alternatives: Alternatives
    thresholds: tuple[Threshold, ...]
    trace: Trace
    followed: Trace
    sheets: Mapping[str, Sheet]

    @property
    def scenario(self) -> Scenario:
        """The study's scenario."""
        return self.study.scenario
