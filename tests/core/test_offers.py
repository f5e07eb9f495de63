"""Offers: what can be decided, and how they are found by name."""

from __future__ import annotations

from typing import Any

import pytest
from tests.plan.instances import make_offer, make_resource, make_supply

from dawndusk.core.offers import FIRM, POOLS, Contract


@pytest.mark.parametrize(
    ("changes", "orderable"),
    [({}, True), ({"last": -1}, False), ({"limit_order": 0.0}, False), ({"limit_order": [0.0, 1.0]}, True)],
)
def test_orderable(changes: dict[str, Any], orderable: bool):
    """An offer with an empty window or without any limit above zero leaves nothing to decide."""
    assert make_offer(2, "x", **changes).orderable is orderable


@pytest.mark.parametrize(("earliest", "leaves"), [(0, True), (2, True), (-1, False)])
def test_leaves_early(earliest: int, leaves: bool):
    """Only a contract with an earliest exit may be left early."""
    contract = Contract(end=-1, earliest_exit=earliest, notice=1, recall=0.0)
    assert make_offer(2, "x", contract=contract).leaves_early is leaves
    assert not make_offer(2, "x").leaves_early


def test_supply_by_name():
    """Offers and resources are found by name; an unknown name raises."""
    supply = make_supply(2, [make_offer(2, "a"), make_offer(2, "b")], make_resource(2, "chips"))
    assert supply.names() == ["a", "b"]
    assert supply.offer("b").label == "b"
    assert supply.resource("chips").kind == "flow"
    with pytest.raises(KeyError):
        supply.offer("c")


def test_firm_standings_and_pools():
    """Firm means operating, contracted or building; there are four pools."""
    assert FIRM == ("operating", "contracted", "building")
    assert POOLS == ("ground", "leased", "cloud", "orbit")
