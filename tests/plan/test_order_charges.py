"""What one ordered unit is charged: annuities, payments, draws, and what is left at the horizon."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, pose

from dawndusk.plan.charges import annuity_factor, drawn_payments, order_charges

RATE = 0.1
Q = 1.1**0.25 - 1


def charges(periods: int, offer: Any, *resources: Any, **finance: Any):
    """Charges of an offer on a single path."""
    tree = make_tree(range(-1, periods - 1), np.ones(periods))
    return order_charges(offer, pose(tree, make_supply(periods, [offer], *resources), **finance))


def test_annuity_of_five_years_at_ten_percent():
    """Capital of 1 over 20 quarters at 10 % a year is 0.0621 a quarter (annual factor 0.2638)."""
    offer = make_offer(1, "x", life=20, rate=RATE)
    quarterly = annuity_factor(offer)[0]
    assert quarterly == pytest.approx(Q / (1 - 1.1**-5) / (1 + Q), rel=1e-12)
    # Park (2016), table A: (A/P, 10 %, 5) = 0.2638; four payments are worth one at the end of a year
    assert quarterly * (1 + Q) * ((1 + Q) ** 4 - 1) / Q == pytest.approx(0.2638, abs=5e-5)


def test_capital_is_charged_in_full_within_a_long_horizon():
    """Discounted at its own rate an asset is charged exactly its capital."""
    found = charges(16, make_offer(16, "x", lead=3, life=8, rate=RATE, capital=1000.0), discount=RATE)
    assert found.capital[:6] == pytest.approx(1000.0 * 1.1 ** (-np.arange(6) / 4), rel=1e-12)


def test_payments_bear_interest_until_service():
    """Half at the order and half two quarters after service are worth 1.1^0.25 and 1.1^-0.5 of it then."""
    plain = charges(8, make_offer(8, "x", lead=1, life=4, rate=RATE, capital=1000.0, payments=((1, 1.0),)))
    split = make_offer(8, "x", lead=1, life=4, rate=RATE, capital=1000.0, payments=((0, 0.5), (3, 0.5)))
    ratio = charges(8, split).capital[0] / plain.capital[0]
    assert ratio == pytest.approx(0.5 * 1.1**0.25 + 0.5 * 1.1**-0.5, rel=1e-12)


def test_horizon_cuts_the_charges():
    """An asset in service for 3 of 8 quarters at no interest is charged 3/8 of its capital."""
    found = charges(4, make_offer(4, "x", lead=1, life=8, capital=800.0))
    assert found.capital == pytest.approx([300.0, 200.0, 100.0, 0.0])


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_loss_at_the_horizon(share: float):
    """At no interest the book value at the horizon is the capital not yet charged; `share` of it is lost."""
    found = charges(4, make_offer(4, "x", lead=1, life=8, capital=800.0), terminal_loss=share)
    assert found.capital == pytest.approx(
        [300.0 + 500 * share, 200 + 600 * share, 100 + 700 * share, 0.0], rel=1e-12
    )


def test_rent_fixed_at_the_order_is_charged_as_rent():
    """Rent written as capital without interest, paid evenly, is the order's price in each quarter served."""
    price = np.array([8.0, 6.0, 4.0, 2.0])
    offer = make_offer(
        4, "x", kind="rent", life=2, capital=price * 2, payments=((0, 0.5), (1, 0.5)), running=0.0
    )
    assert charges(4, offer).capital == pytest.approx([16.0, 12.0, 8.0, 2.0])


def test_running_cost_falls_with_what_is_lost():
    """Running cost is that of the calendar quarter, less the units lost by then."""
    offer = make_offer(4, "x", life=3, loss=0.1, running=[1.0, 10.0, 100.0, 1000.0])
    assert charges(4, offer).running == pytest.approx([1 + 9 + 81, 10 + 90 + 810, 100 + 900, 1000])


def test_draws_are_bought_at_their_date():
    """Chips are bought at the order's price, launches at the delivery's, energy in each quarter."""
    price = np.array([1.0, 2.0, 4.0, 8.0])
    resources = [
        make_resource(4, name, supply=np.inf, price=price) for name in ("chips", "launches", "energy")
    ]
    offer = make_offer(
        4, "x", lead=1, life=2,
        draws=(("chips", "order", 10.0), ("launches", "delivery", 10.0), ("energy", "service", 10.0)),
    )  # fmt: skip
    found = charges(4, offer, *resources).drawn
    assert found["chips"] == pytest.approx([10.0, 20.0, 20.0, 0.0])  # the third serves one quarter of two
    assert found["launches"] == pytest.approx([20.0, 40.0, 40.0, 0.0])
    assert found["energy"] == pytest.approx([60.0, 120.0, 80.0, 0.0])
    inputs = pose(make_tree(range(-1, 3), np.ones(4)), make_supply(4, [offer], *resources))
    due = drawn_payments(offer, inputs)
    assert [(x.lag, x.usd.tolist()) for x in due] == [(0, [10, 20, 40, 80]), (1, [0, 20, 40, 80])]
