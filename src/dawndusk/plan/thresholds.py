"""What would have to be true for orbit: prices at which it enters on a single demand path.

One path is a small program (one node a period), so each price can be searched for and proven by
re-solving in well under a second.
"""

from __future__ import annotations

from dawndusk.core.records import record
from dawndusk.core.tree import Tree
from dawndusk.plan.alternatives import on_tree
from dawndusk.plan.entry_prices import USED, Lever, drawn_price, entry_price, own_price
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.outcome import require_optimal
from dawndusk.plan.session import Session


@record
class Threshold:
    """The factor on a price at which a group of offers enters on a path.

    Parameters
    ----------
    path : str
        Name of the demand path.
    lever : str
        ``platform`` (the offers' own price) or a resource's name (``launches``).
    enters : bool
        Whether the group is used at today's prices.
    factor : float
        Price below which it is used, as a multiple of today's (above 1 if it is used at today's prices);
        0 if not even for nothing.
    proven : bool
        By re-solving 1 % below and 1 % above.
    """

    path: str
    lever: str
    enters: bool
    factor: float
    proven: bool


def thresholds(
    inputs: Inputs, path: Tree, name: str, members: list[int], resources: list[str]
) -> list[Threshold]:
    """Entry factors of a group of offers on one demand path: its own price, and drawn prices."""
    if not members:
        return []
    single = on_tree(inputs, path)
    model = build(single)
    session = Session(model)
    best = session.first()
    require_optimal(best, f"plan on the {name} path")
    levers: list[tuple[str, Lever]] = [
        ("platform", own_price(model, single, "platform", "platform", members))
    ]
    levers += [(r, drawn_price(model, single, r, r, members)) for r in resources]
    found = []
    for key, lever in levers:
        if not lever.cost.any():
            continue
        enters = float(lever.cost @ best.x) > USED
        entry = entry_price(session, lever)
        found.append(Threshold(path=name, lever=key, enters=enters, factor=entry.factor, proven=entry.proven))
    return found
