"""Random planning problems with every feature of the plan switched on or off."""

from __future__ import annotations

from typing import Any

import numpy as np
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, pose

from dawndusk.core.offers import Contract, Offer, Resource
from dawndusk.core.records import Floats
from dawndusk.core.tree import Tree
from dawndusk.plan.inputs import Inputs

STREAMS = ("talk", "batch")
ALL = {"talk": 1.0, "batch": 1.0}
ORBIT = {"talk": 0.4, "batch": 1.0}


def random_tree(rng: np.random.Generator, periods: int, size: float) -> Tree:
    """Branches at random, with unequal probabilities, a gate that opens for good and a price factor."""
    parent, gate, cheap, demand, probability = [-1], [0.0], [1.0], [1.0], [1.0]
    last = [0]
    for _ in range(1, periods):
        now: list[int] = []
        for node in last:
            ways = int(rng.integers(1, 4)) if len(last) < 7 and rng.random() < 0.5 else 1
            for share in rng.dirichlet(np.ones(ways) * 5):
                parent.append(node)
                probability.append(probability[node] * float(share))
                gate.append(1.0 if gate[node] or rng.random() < 0.4 else 0.0)
                cheap.append(cheap[node] * rng.uniform(0.8, 1.2))
                demand.append(demand[node] * rng.uniform(0.8, 2.0))
                now.append(len(parent) - 1)
        last = now
    wanted = size * np.array(demand) * np.array([[0.6], [0.4]])
    value = np.array([3e4, 1e4, 4e3])[:, None] * 0.95 ** np.arange(periods)[None, :]
    return make_tree(
        parent,
        wanted,
        value=value,
        streams=STREAMS,
        probability=np.array(probability),
        step_share=rng.dirichlet(np.ones(3), 2),
        factors={
            "gate": np.array(gate),
            "half": np.where(np.array(gate) > 0, 1.0, 0.5),
            "cheap": np.array(cheap),
        },
    )  # fmt: skip


def random_offers(rng: np.random.Generator, periods: int, size: float) -> list[Offer]:
    """Leases, rents, commitments, a campus with queue, shell, chips and fab, and orbit with launches."""

    def wave(mean: float, spread: float = 0.3) -> Floats:
        return mean * rng.uniform(1 - spread, 1 + spread, periods)

    def lead(most: int) -> int:
        return int(rng.integers(0, most + 1))

    def contract(*, leaves: bool) -> Contract:
        return Contract(
            end=int(rng.integers(2, periods + 1)) if rng.random() < 0.5 else -1,
            earliest_exit=lead(2) if leaves else -1,
            notice=int(rng.integers(1, 3)),
            recall=rng.choice([0.0, 0.05]),
        )

    def some(name: str, **changes: Any) -> Offer:
        return make_offer(periods, name, **({"serves": ALL} | changes))

    leased, cloud, orbit = ({f"compute:{p}": 1.0} for p in ("leased", "cloud", "orbit"))
    facility = {"compute:leased": wave(0.2 * size)}
    return [
        some("lease", kind="lease", pool="leased", unit="facility", lead=lead(1), life=periods,
             gives=facility, running=wave(800 * size), limit_total=1.0, initial=rng.choice([0.0, 0.3]),
             contract=contract(leaves=True)),
        some("term lease", kind="lease", pool="leased", lead=lead(1), life=int(rng.integers(1, 6)),
             gives=leased, capital=wave(3e3), running=wave(6e3), limit_order=0.1 * size,
             limit_service=0.25 * size, contract=contract(leaves=rng.random() < 0.5)),
        some("rent", kind="rent", pool="cloud", life=2, loss=0.1, gives=cloud, running=wave(8e3),
             limit_service=wave(0.3 * size)),
        some("committed rent", kind="rent", pool="cloud", life=3, gives=cloud, capital=wave(2e4),
             payments=((0, 0.4), (1, 0.3), (2, 0.3)), limit_order=0.1 * size),
        some("existing", kind="rent", pool="cloud", gives=cloud, last=-1, life=periods, running=3e3,
             initial=size * 0.8 ** np.arange(periods)),
        some("existing pad", kind="launch", pool="", unit="facility", last=-1, life=periods, initial=1.0,
             gives={"launches": size / 1e4}),
        some("queue", kind="queue", pool="", unit="W", lead=lead(3), life=200, asset_life=12.3, rate=0.08,
             gives={"power": wave(0.8, 0.1)}, capital=wave(0.05), limit_total=np.cumsum(wave(600 * size))),
        some("shell", pool="", unit="W", lead=2, life=80, rate=0.1, gives={"shell": 1.0}, capital=wave(6.0),
             running=wave(0.05), payments=((0, 0.3), (2, 0.6), (3, 0.1)), limit_order=700 * size,
             factors={"capital": "cheap"}),
        some("chips", kind="chip", lead=1, life=4, loss=0.03, rate=0.1, capital=wave(900),
             gives={"compute:ground": wave(0.95, 0.05)},
             draws=(("chips", "order", wave(1.0, 0.1)), ("shell", "service", wave(700)),
                    ("power", "service", wave(750)), ("energy", "service", wave(750)))),
        some("fab", kind="fab", pool="", unit="facility", lead=lead(3), life=periods, rate=0.15,
             asset_life=10.0,
             gives={"chips": 0.5 * size}, capital=wave(2e3 * size), limit_total=1.0),
        some("satellites", kind="launch", pool="orbit", unit="satellite", lead=1, life=4, loss=0.02,
             serves=ORBIT, gives={"compute:orbit": wave(100.0)}, capital=wave(8e5), running=wave(1e4),
             rate=np.where(np.arange(periods) > 3, 0.1, 0.15), limit_order=wave(size / 200),
             draws=(("chips", "order", 110.0), ("launches", "delivery", 1 / 30), ("slots", "service", 1.0)),
             factors={"limit": "half", "capital": "cheap"}),
        some("orbit contract", kind="capacity contract", pool="orbit", lead=1, life=3, serves=ORBIT,
             gives=orbit,
             capital=wave(2e4), payments=((1, 0.5), (2, 0.5)), limit_order=0.1 * size,
             limit_service=0.15 * size, contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0),
             factors={"limit": "gate"}),
    ]  # fmt: skip


def random_resources(rng: np.random.Generator, periods: int, size: float) -> list[Resource]:
    """Chips to stock, launches behind a factor, slots, and energy at a price."""
    return [
        make_resource(periods, "chips", kind=rng.choice(["stock", "flow"]),
                      supply=size * rng.uniform(0.1, 0.6, periods), price=2e4 * 0.93 ** np.arange(periods)),
        make_resource(periods, "power", unit="W", supply=100 * size),
        make_resource(periods, "shell", unit="W", supply=rng.choice([0.0, 100 * size])),
        make_resource(periods, "energy", unit="W", supply=np.inf, price=0.15),
        make_resource(periods, "launches", unit="launch", supply=size / 5e3, price=6e7 * rng.uniform(0.1, 1),
                      factor="half"),
        make_resource(periods, "slots", unit="satellite", supply=size / 80),
    ]  # fmt: skip


def random_inputs(seed: int, *, size: float = 1e6, risky: bool = True, target: float = 0.0) -> Inputs:
    """A random problem of 4 to 9 periods; `risky` adds CVaR, a loss at the horizon and a spending limit."""
    rng = np.random.default_rng(seed)
    periods = int(rng.integers(4, 10))
    supply = make_supply(periods, random_offers(rng, periods, size), *random_resources(rng, periods, size))
    finance: dict[str, Any] = {"discount": 0.08}
    if risky:
        finance |= {
            "cvar_weight": rng.choice([0.0, 0.5]), "cvar_level": 0.8, "terminal_loss": rng.choice([0.0, 0.3]),
            "spending": 4 * size * rng.uniform(2e3, 2e4), "spending_share": 0.7,
        }  # fmt: skip
    quarter = int(rng.integers(0, 4))
    return pose(random_tree(rng, periods, size), supply, target=target, quarter=quarter, **finance)
