"""Make Offers from a scenario."""

from __future__ import annotations

from dawndusk.supply.assembly import assemble, explain_left_out, group_of, option_of
from dawndusk.supply.unit_cost import cost_stacks, earliest_service, unit_costs

__all__ = [
    "assemble",
    "cost_stacks",
    "earliest_service",
    "explain_left_out",
    "group_of",
    "option_of",
    "unit_costs",
]
