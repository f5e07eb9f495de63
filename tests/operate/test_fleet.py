"""Whole blocks, failures, waiting and short sites."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.operate.instance import ANYTHING, offer, pools, resource

from dawndusk.core.errors import UserError
from dawndusk.core.offers import Contract, Draw, Supply
from dawndusk.core.records import replace
from dawndusk.operate.fleet import cells, deliver, empty, expire, place, running_share, thin, whole_blocks
from dawndusk.operate.flows import amounts, granted, tabulate

T = 6
ONE = np.ones(T)


def catalogue(*offers, **supplies):
    """A catalogue with a flow of each amount in `supplies`."""
    shared = (resource(name, "W", amount, periods=T) for name, amount in supplies.items())
    return tabulate(Supply(offers=offers, resources=(*pools(T), *shared)))


def named(name, **known):
    """An offer over the periods of this file."""
    return offer(T, name=name, **known)


orders = hnp.arrays(np.float64, (1, 2, 20), elements=st.floats(0.0, 50.0))
dithers = hnp.arrays(np.float64, (1, 2), elements=st.floats(0.0, 1.0, exclude_max=True))


@given(orders, dithers)
def test_blocks_stay_within_one_of_the_plan(units, dither):
    """Along a path the blocks ordered so far are whole, never fall, and differ by less than one block."""
    size = np.array([1.0, 7.0])
    total = np.cumsum(units, axis=2)
    blocks = whole_blocks(total, size, dither)
    assert np.all(np.diff(blocks, axis=2) >= 0)
    assert np.all(np.abs(blocks - total / size[:, None]) < 1.0 + 1e-9)


def test_rounding_is_right_on_average():
    """A tenth of a hall per quarter is a hall in a tenth of the cases, at every date."""
    dither = (np.arange(1000) + 0.5)[:, None] / 1000
    total = np.cumsum(np.full((1000, 1, 25), 3.0), axis=2)
    blocks = whole_blocks(total, np.array([30.0]), dither)
    assert blocks.mean(axis=0)[0] == pytest.approx(np.arange(1, 26) / 10, abs=1e-9)


def test_a_million_satellites_fail_as_a_binomial():
    """At 4.38 % a year 957,145 of 1e6 are left after twelve months, with a spread of 203."""
    random = np.random.default_rng(5)
    working = np.full((400, 1, 1), 10**6)
    for _ in range(12):
        working = thin(working, np.array([1.0 - np.exp(-0.0438 / 12)]), random)
    left = working[:, 0, 0]
    assert abs(left[0] - 957_145) < 3 * 203
    assert left.mean() == pytest.approx(957_145, abs=4 * 203 / 20)
    assert left.std() == pytest.approx(202.5, rel=0.15)


def test_cohorts_leave_at_the_end_of_their_life():
    """What arrives in period 1 and lives two periods is there in 1 and 2, with its vintage's technology."""
    table = catalogue(
        named(
            "a",
            lead=1,
            life=2,
            unit_size=2.0,
            gives={"compute:ground": 10.0 ** np.arange(T)},
            serves=ANYTHING,
        )
    )
    fleet = empty(table, 1)
    found = []
    for t in range(4):
        expire(fleet, table, t)
        deliver(fleet, table, t, np.array([True]), np.full((1, 4), np.inf))
        place(fleet, table, t, np.array([[3]]), np.ones((1, 1)), np.full((1, 4), np.inf))
        found.append(float(amounts(table.compute, fleet.working, np.zeros((1, 1)), t).sum()))
    assert found == [0.0, 6.0, 6.0, 0.0]


def test_satellites_wait_for_launches():
    """Ten satellites due with two launches of three each: six fly, the others in the next period."""
    draw = Draw(resource="launches", amount=ONE / 3, when="delivery")
    table = catalogue(named("s", draws=(draw,), gives={"compute:orbit": ONE}), launches=2.0)
    fleet = empty(table, 1)
    have = table.supply[None, :, 0]
    for t, flown in ((0, 6), (1, 10), (2, 10)):
        place(fleet, table, t, np.array([[10]]), np.ones((1, 1)), have)
        used = deliver(fleet, table, t, np.array([True]), have)
        assert fleet.arrived[0, 0] == flown
        assert np.all(used <= have + 1e-9)


def test_orders_wait_for_chips_and_gates():
    """A shut gate and a market that sells four let orders wait, never lapse; the window ends them."""
    draw = Draw(resource="chips", amount=ONE, when="order")
    table = catalogue(named("s", draws=(draw,), last=3, gives={"compute:orbit": ONE}), chips=4.0)
    fleet = empty(table, 1)
    for t, gate, ordered in ((0, 0.0, 0), (1, 1.0, 4), (2, 1.0, 8), (3, 1.0, 12), (4, 1.0, 12)):
        place(fleet, table, t, np.array([[15]]), np.array([[gate]]), table.supply[None, :, t])
        assert fleet.placed[0, 0, t + 1] == ordered


def test_largest_order_holds_for_what_waited():
    """Orders caught up later respect the limit of a period, scaled by the gate's factor."""
    table = catalogue(named("s", limit_order=3.0 * ONE, gives={"compute:orbit": ONE}))
    fleet = empty(table, 1)
    place(fleet, table, 0, np.array([[10]]), np.array([[1.0]]), np.full((1, 4), np.inf))
    place(fleet, table, 1, np.array([[10]]), np.array([[2.0]]), np.full((1, 4), np.inf))
    assert fleet.placed[0, 0, :3].tolist() == [0, 3, 9]


def test_short_connection_cuts_energy_then_chips():
    """Half a grid connection gives half the energy; chips run on that and on what else there is."""
    energy = named("energy", gives={"power": ONE}, draws=(Draw(resource="grid", amount=ONE, when="service"),))
    chips = named(
        "chips", gives={"compute:ground": ONE}, draws=(Draw(resource="power", amount=ONE, when="service"),)
    )
    table = catalogue(energy, chips, grid=50.0, power=20.0)
    given, drawn = np.array([[100.0, 120.0]]), np.array([[100.0, 120.0]])
    share, left = running_share(table, given, drawn, table.supply[None, :, 0], 2)
    assert share[0] == pytest.approx([0.5, 70.0 / 120.0])
    assert left[0, 4:] == pytest.approx([0.0, 0.0], abs=1e-9)


@given(hnp.arrays(np.float64, (3, 4), elements=st.floats(0.0, 1e6)), st.floats(0.0, 1e6))
def test_what_is_granted_fits(wanted, have):
    """Shares keep what is used within what is there, and cut nobody where enough is there."""
    offers = [
        named(f"o{i}", gives={"compute:ground": ONE}, draws=(Draw(resource="r", amount=ONE, when="order"),))
        for i in range(4)
    ]
    table = catalogue(*offers, r=1.0)
    there = np.full((3, 5), have)
    share = granted(table.order, wanted, there, 4)
    assert np.all((wanted * share).sum(axis=1) <= have * (1 + 2e-6) + 1e-9)
    assert np.all(share[wanted.sum(axis=1) <= have] == 1.0)


def test_cells_list_whole_cohorts():
    """The census of a path names offer, vintage, blocks and months in service."""
    table = catalogue(named("a", lead=1, unit_size=5.0, gives={"compute:ground": ONE}))
    fleet = empty(table, 2)
    fleet.working[1, 0, 2] = 7
    found = cells(fleet, table, path=1, period=3)
    assert (found.offer[0], found.vintage[0], found.units[0], found.unit_size[0], found.age[0]) == (
        0,
        1,
        7,
        5.0,
        6,
    )
    assert cells(fleet, table, path=0, period=3).units.size == 0


def test_what_cannot_be_simulated_is_refused():
    """Compute from nowhere and blocks without size are the user's errors."""
    lease = named(
        "l", gives={"compute:ground": ONE}, contract=Contract(end=3, earliest_exit=1, notice=1, recall=0)
    )
    free = (resource("compute:ground", "H100e", 5.0, periods=T), *pools(T)[1:])
    with pytest.raises(UserError, match="an offer gives"):
        tabulate(Supply(offers=(lease,), resources=free))
    with pytest.raises(UserError, match=r"offers\.l"):
        tabulate(Supply(offers=(replace(lease, unit_size=0.0),), resources=pools(T)))
