"""The plan operated: equal to the plan where nothing happens, worse where something does."""

import numpy as np
import pytest
from tests.operate.instance import (
    ANYTHING,
    CALENDAR,
    STREAMS,
    company,
    offer,
    own_paths,
    plan_by_hand,
    planned,
    pools,
    resource,
    single_path,
)

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import Cancelled, UserError
from dawndusk.core.offers import POOLS, Contract, Draw, Supply
from dawndusk.core.records import fingerprint, replace
from dawndusk.operate import follow, planned_service, service, simulate

FLOWS = ("latent", "served", "delivered", "pool_served", "node", "binding")


def operate(*, loss=0.01, actual=None, seed=1, copies=4, **more):
    """(trace, tree, plan) of the company's plan, with the actual supply in place of the planned one."""
    supply, known, share, plan = planned(loss=loss)
    paths = own_paths(known, copies)
    trace = simulate(actual or supply, known, plan, paths, calendar=CALENDAR, share=share, seed=seed, **more)
    return trace, known, plan


def single(offers, orders, *, periods, paths=1, level=1e9, **more):
    """Trace of offers with orders (offer, period) on one path of constant demand for batch work."""
    known, fresh = single_path(periods, level)
    supply = Supply(offers=offers, resources=pools(periods))
    plan = plan_by_hand(supply, known, np.array(orders, float), more.pop("capacity", None))
    settings = {"calendar": Calendar(start="2026Q1", periods=periods), "seed": 1}
    share = more.pop("share", np.ones((1, 4)))
    return simulate(supply, known, plan, fresh(paths), share=share, **(settings | more))


def satellites(periods, loss=0.0, **known):
    """An offer of satellites that each give 1 H100e from the period of the order on."""
    return offer(
        periods, name="s", pool="orbit", unit="satellite", life=80, loss=loss, serves=ANYTHING,
        gives={"compute:orbit": np.ones(periods)}, **known,
    )  # fmt: skip


def test_without_failures_and_blocks_the_plan_comes_true():
    """On the tree's own paths, with nothing rounded or lost, every plan figure is met to 1e-6."""
    supply, known, share, plan = planned(loss=0.0, blocks=False)
    assert plan.capacity[supply.names().index("satellite")].max() > 10
    trace = simulate(supply, known, plan, own_paths(known), calendar=CALENDAR, share=share, seed=1, months=1)
    scale = known.demand.max()
    for found, promised in (
        (trace.delivered, plan.delivered),
        (trace.served, plan.served.sum(axis=1)),
        (trace.pool_served, plan.served.sum(axis=0)),
    ):
        assert np.abs(found - np.moveaxis(promised[:, trace.node], 0, 2)).max() < 1e-6 * scale
    assert service(trace, STREAMS).expected == pytest.approx(planned_service(known, plan).expected, rel=1e-6)


def test_months_only_cost():
    """Demand that moves within the quarter is served at most as well as its mean."""
    supply, known, share, plan = planned(loss=0.0, blocks=False)
    trace = simulate(supply, known, plan, own_paths(known), calendar=CALENDAR, share=share, seed=1)
    best = plan.served.sum(axis=(0, 1))[trace.node]
    total = trace.served.sum(axis=2)
    assert np.all(total <= best * (1 + 1e-6))
    assert 0.97 < total.sum() / best.sum() < 1.0


def test_doubled_failures_hurt_operation_but_not_the_plan():
    """Twice the failures in truth: operated service falls, what the plan promises stays."""
    usual, known, plan = operate(loss=0.02)
    before = fingerprint(plan)
    harder, _, _ = operate(loss=0.02, actual=company(loss=0.04))
    assert fingerprint(plan) == before
    promised = planned_service(known, plan).expected
    assert service(harder, STREAMS).expected < service(usual, STREAMS).expected - 0.005
    assert service(usual, STREAMS).expected < promised
    chips = plan.offers.index("chips")
    assert harder.delivered[:, -1, chips].mean() < 0.95 * usual.delivered[:, -1, chips].mean()


def test_follow_repeats_the_plan_on_its_own_paths():
    """The plan's own capacity on its own paths serves what the plan serves, class by class."""
    supply, known, share, plan = planned()
    trace = follow(supply, known, plan, own_paths(known), share=share)
    found, promised = service(trace, STREAMS), planned_service(known, plan)
    assert found.expected == pytest.approx(promised.expected, rel=1e-9)
    assert [found.by_stream[s] for s in STREAMS] == pytest.approx([promised.by_stream[s] for s in STREAMS])
    assert [found.by_pool[p] for p in POOLS] == pytest.approx([promised.by_pool[p] for p in POOLS])


def test_accounts_balance():
    """All work is served or refused, and no pool serves more than it delivers, to 1e-9."""
    trace, known, _ = operate(copies=10)
    demand = trace.latent.sum()
    assert np.all(trace.offered == trace.latent)
    assert np.all(trace.admitted <= trace.offered)
    assert np.abs(trace.admitted - trace.served - trace.expired - trace.backlog).sum() <= 1e-9 * demand
    assert np.abs(trace.served.sum(axis=2) - trace.pool_served.sum(axis=2)).max() <= 1e-9 * demand
    belongs = np.array([o.pool for o in company().offers])
    for q, pool in enumerate(POOLS):
        there = trace.delivered[:, :, belongs == pool].sum(axis=2)
        assert np.all(trace.pool_served[:, :, q] <= there * (1 + 1e-9) + 1e-9)
    assert np.all(trace.served >= 0)
    assert np.all(trace.served <= trace.latent * (1 + 1e-12))
    assert trace.latent.sum(axis=2) == pytest.approx(known.demand.sum(axis=0)[trace.node], rel=1e-12)


def test_same_seed_same_bytes():
    """The trace is a function of its inputs and the seed."""
    first, again, other = operate(seed=3)[0], operate(seed=3)[0], operate(seed=4)[0]
    assert fingerprint(first) == fingerprint(again)
    assert fingerprint(first) != fingerprint(other)


@pytest.mark.parametrize("few", [5, 64, 70])
def test_more_paths_change_none_of_the_first(few):
    """The first paths' traces are the same to the last bit however many follow."""
    supply, known, share, plan = planned()
    every = own_paths(known, 20)
    part = every.part(slice(few))
    long, short = (
        simulate(supply, known, plan, p, calendar=CALENDAR, share=share, seed=2) for p in (every, part)
    )
    assert long.served.shape[0] > few
    for name in FLOWS:
        assert np.array_equal(getattr(long, name)[:few], getattr(short, name))


@pytest.mark.parametrize(("months", "left_of"), [(1, [12]), (3, [12, 13, 14])])
def test_a_million_satellites_and_a_hall_go_the_same_way(months, left_of):
    """957,145 of 1e6 satellites are left after a year at 4.38 %; one hall of thirty blocks stays whole."""
    periods = 6
    hall = offer(
        periods, name="h", pool="ground", unit="W", unit_size=1.0, life=80, serves=ANYTHING,
        gives={"compute:ground": np.full(periods, 2.0)},
    )  # fmt: skip
    orders = np.zeros((2, periods))
    orders[:, 0] = 1e6, 30.0
    fleet = (satellites(periods, loss=1 - np.exp(-0.0438 / 4)), hall)
    trace = single(fleet, orders, periods=periods, paths=100, months=months)
    left = trace.delivered[:, 4, 0]
    expected = 1e6 * np.exp(-0.0438 * np.array(left_of) / 12).mean()
    assert months == 3 or expected == pytest.approx(957_145, abs=1)
    assert np.all(np.abs(left - expected) <= 5 * 215)
    assert left.mean() == pytest.approx(expected, abs=4 * 215 / 10)
    assert np.all(trace.delivered[:, :, 1] == 60.0)


@pytest.mark.parametrize(("kind", "ordered"), [("stock", 3.0), ("flow", 1.0)])
def test_stocks_carry_over_and_flows_do_not(kind, ordered):
    """Three blocks ordered in the third period find three periods' supply of a stock, one of a flow."""
    periods = 3
    fleet = satellites(periods, draws=(Draw(resource="parts", amount=np.ones(periods), when="order"),))
    parts = resource("parts", "H100e", 1.0, kind=kind, periods=periods)
    known, fresh = single_path(periods)
    supply = Supply(offers=(fleet,), resources=(*pools(periods), parts))
    trace = simulate(
        supply,
        known,
        plan_by_hand(supply, known, np.array([[0.0, 0.0, 3.0]])),
        fresh(1),
        calendar=Calendar(start="2026Q1", periods=periods),
        share=np.ones((1, 4)),
        seed=1,
    )
    assert trace.delivered[0, :, 0] == pytest.approx([0.0, 0.0, ordered])


def test_existing_units_of_a_contract_count_once():
    """The plan's capacity holds what exists and what is under contract; both are operated, once."""
    deal = Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0)
    lease = offer(
        3, name="l", pool="leased", serves=ANYTHING, gives={"compute:leased": np.full(3, 5.0)},
        contract=deal, initial=np.array([2.0, 1.0, 0.0]),
    )  # fmt: skip
    held = np.array([[2.0, 4.0, 3.0]])
    trace = single((lease,), 0 * held, periods=3, capacity=held)
    assert trace.delivered[0, :, 0] == pytest.approx([10.0, 20.0, 15.0])


def test_small_orders_add_up():
    """A tenth of a satellite per quarter over ten years is four satellites on every path."""
    trace = single((satellites(40),), np.full((1, 40), 0.1), periods=40, paths=50)
    assert np.all(trace.delivered[:, -1, 0] == pytest.approx(4.0))
    assert 0.02 < trace.delivered[:, 0, 0].mean() < 0.25


def test_shut_gate_grounds_the_fleet():
    """Where the licence is refused no satellite delivers, whatever the plan would have ordered."""
    trace, known, _ = operate(copies=20)
    orbit = trace.pool_served[:, :, POOLS.index("orbit")]
    opened = known.factors["licence"][trace.node] > 0
    assert orbit[opened].max() > 0
    assert np.all(orbit[~opened] == 0)


def test_a_paths_own_gate_overrules_the_node():
    """On a tree that knows one outcome only, a path's shut gate stops orders and contracts."""
    gated = {"factors": {"limit": "licence"}, "limit_order": np.full(3, 1e3)}
    deal = offer(
        3, name="d", pool="orbit", unit="H100e", serves=ANYTHING, gives={"compute:orbit": np.ones(3)},
        contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0), **gated,
    )  # fmt: skip
    known, fresh = single_path(3)
    known = replace(known, factors={"licence": np.ones(3)})
    supply = Supply(offers=(satellites(3, **gated), deal), resources=pools(3))
    plan = plan_by_hand(supply, known, np.array([[7.0, 0, 0], [0, 0, 0]]), np.array([[7.0] * 3, [5.0] * 3]))
    paths = replace(fresh(2), gates={"licence": np.array([[0.0] * 3, [0.0, 1.0, 1.0]])})
    settings = {"calendar": Calendar(start="2026Q1", periods=3), "share": np.ones((1, 4)), "seed": 1}
    trace = simulate(supply, known, plan, paths, **settings)
    assert np.all(trace.delivered[0] == 0)
    assert trace.delivered[1].tolist() == pytest.approx(np.array([[0, 0], [7, 5], [7, 5]]))


def test_first_cohort_leaves_in_time():
    """What arrives in the first period and lives two delivers in two."""
    fleet = replace(satellites(4), life=2)
    trace = single((fleet,), [[3.0, 0.0, 0.0, 1.0]], periods=4)
    assert trace.delivered[0, :, 0] == pytest.approx([3.0, 3.0, 0.0, 1.0])


def test_a_launch_carries_one_payload():
    """Satellites ordered today and those ordered a quarter ago share the launches of the period."""
    one = np.ones(3)
    draws = (Draw(resource="launches", amount=one, when="delivery"),)
    late = replace(satellites(3, draws=draws, lead=1), name="late")
    known, fresh = single_path(3)
    supply = Supply(
        offers=(late, satellites(3, draws=draws)),
        resources=(*pools(3), resource("launches", "launch", 4.0, periods=3)),
    )
    plan = plan_by_hand(supply, known, np.array([[3.0, 0, 0], [0, 3.0, 0]]))
    settings = {"calendar": Calendar(start="2026Q1", periods=3), "share": np.ones((1, 4)), "seed": 1}
    trace = simulate(supply, known, plan, fresh(1), **settings)
    assert trace.delivered[0].sum(axis=1) == pytest.approx([0.0, 4.0, 6.0])


def test_owner_recalls_contracts_at_the_hazard():
    """Of 2,000 leases recalled at 5 % a quarter about 0.95^10 still run after ten, and none comes back."""
    periods = 11
    lease = offer(
        periods, name="l", pool="leased", unit="facility", unit_size=1.0, serves=ANYTHING,
        gives={"compute:leased": np.full(periods, 5.0)},
        contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.05),
    )  # fmt: skip
    held = np.ones((1, periods))
    trace = single((lease,), 0 * held, periods=periods, paths=2000, capacity=held)
    runs = trace.delivered[:, :, 0] > 0
    assert np.all(runs[:, 1:] <= runs[:, :-1])
    assert runs[:, 0].all()
    assert runs[:, 10].mean() == pytest.approx(0.95**10, abs=4 * 0.011)
    assert np.all(trace.binding[~runs] == trace.limits.index("capacity"))


def test_light_moves_compute_by_month():
    """Satellites that see 10 % less sun in the first quarter deliver that much less then, and no other."""
    light = np.concatenate([np.full(3, 0.9), np.full(9, 31 / 30)])
    fleet, orders = (satellites(8, profile=light),), np.array([[100.0, 0, 0, 0, 0, 0, 0, 0]])
    trace = single(fleet, orders, periods=8)
    assert trace.delivered[0, :, 0] == pytest.approx(100 * light[::3][[0, 1, 2, 3, 0, 1, 2, 3]])


@pytest.mark.parametrize(
    ("cause", "more"),
    [
        ("capacity", {"level": 400.0}),
        ("eligibility", {"level": 120.0, "share": np.full((1, 4), 0.5)}),
        ("failures", {"level": 100.0, "loss": 0.3}),
        ("shadow", {"level": 99.0, "profile": np.tile([0.8, 1.2], 6)}),
        (None, {"level": 90.0}),
    ],
)
def test_trace_says_what_held_service_back(cause, more):
    """A hundred satellites: too few, not eligible, failed, in shadow, or enough."""
    made = {name: more.pop(name) for name in ("loss", "profile") if name in more}
    trace = single((satellites(2, **made),), [[100.0, 0.0]], periods=2, **more)
    expected = -1 if cause is None else trace.limits.index(cause)
    assert trace.binding[0, 1] == expected


def test_short_power_is_named_and_shared():
    """Chips that find half of their power run by half, and the trace says that the site was short."""
    one = np.ones(3)
    chips = offer(
        3, name="c", pool="ground", unit="H100e", serves=ANYTHING, gives={"compute:ground": one},
        draws=(Draw(resource="power", amount=700.0 * one, when="service"),),
    )  # fmt: skip
    known, fresh = single_path(3, 90.0)
    supply = Supply(offers=(chips,), resources=(*pools(3), resource("power", "W", 35e3, periods=3)))
    plan = plan_by_hand(supply, known, np.array([[100.0, 0.0, 0.0]]))
    trace = simulate(
        supply,
        known,
        plan,
        fresh(1),
        calendar=Calendar(start="2026Q1", periods=3),
        share=np.ones((1, 4)),
        seed=1,
    )
    assert trace.served[0, :, 0] == pytest.approx([50.0, 50.0, 50.0])
    assert np.all(trace.binding == trace.limits.index("site"))


def test_satellites_serve_no_more_than_their_share():
    """Compute that may serve half of the demand serves half of it and idles otherwise."""
    trace = single((satellites(2),), [[100.0, 0.0]], periods=2, level=60.0, share=np.full((1, 4), 0.5))
    assert trace.served[0, :, 0] == pytest.approx([30.0, 30.0])


def test_progress_and_cancel():
    """Progress rises to 1, and a stop is heard at the next period."""
    seen = []
    operate(progress=lambda share, text: seen.append((share, text)))
    shares = [x for x, _ in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    count = iter(range(100))
    with pytest.raises(Cancelled):
        operate(cancel=lambda: next(count) >= 5)
    assert next(count) == 6


def test_parts_that_do_not_belong_together_are_refused():
    """Another supply, paths of another length, a share out of range and an unknown gate are named."""
    supply, known, share, plan = planned()
    paths = own_paths(known)
    settings = {"calendar": CALENDAR, "share": share, "seed": 1}
    with pytest.raises(UserError, match="plan"):
        simulate(Supply(offers=supply.offers[1:], resources=supply.resources), known, plan, paths, **settings)
    with pytest.raises(UserError, match="paths"):
        simulate(supply, known, plan, replace(paths, log_demand=paths.log_demand[:, :5]), **settings)
    with pytest.raises(UserError, match="paths"):
        simulate(supply, known, plan, replace(paths, log_demand=paths.log_demand * np.nan), **settings)
    with pytest.raises(UserError, match="share"):
        simulate(supply, known, plan, paths, **(settings | {"share": share * 2}))
    with pytest.raises(UserError, match="months"):
        simulate(supply, known, plan, paths, months=2, **settings)
    strange = tuple(replace(o, factors={"limit": "treaty"}) for o in supply.offers)
    with pytest.raises(UserError, match="treaty"):
        simulate(Supply(offers=strange, resources=supply.resources), known, plan, paths, **settings)
