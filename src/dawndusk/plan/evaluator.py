"""The plan's cost and feasibility, recomputed from the decisions alone.

Independent of the matrix builder (which it may not import): every cohort is charged period by period
along the tree, nothing is folded, and each limit is checked as it reads in the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.offers import POOLS, Offer, compute
from dawndusk.core.records import Floats, Ints, record
from dawndusk.plan.inputs import Inputs


@record
class Decisions:
    """What a plan decides, in real units.

    Parameters
    ----------
    orders, exits, active : Floats
        Shape (offer, node): units ordered, given notice, and running under contracts.
    served : Floats
        Shape (stream, pool, node), H100e.
    steps : Floats
        Shape (stream, step, node), H100e.
    """

    orders: Floats
    exits: Floats
    active: Floats
    served: Floats
    steps: Floats


@record
class Account:
    """What the decisions cost and how far they violate any limit.

    Parameters
    ----------
    cost, lost_value, risk, objective : float
        USD; discounted expectation, CVaR part, and the sum.
    by_offer : Floats
        Shape (offer,), discounted expected cost in USD.
    violation : float
        Largest violation of any limit, relative to the size of that limit's terms.
    violations : mapping
        Name of the limit -> its largest relative violation.
    capacity, delivered : Floats
        Shape (offer, node): units in service, and H100e delivered.
    spending : Floats
        Shape (node,), USD paid.
    """

    cost: float
    lost_value: float
    risk: float
    objective: float
    by_offer: Floats
    violation: float
    violations: Mapping[str, float]
    capacity: Floats
    delivered: Floats
    spending: Floats


def evaluate(inputs: Inputs, decisions: Decisions) -> Account:
    """Recompute everything from the decisions alone."""
    tree, offers = inputs.tree, inputs.supply.offers
    capacity = np.zeros(decisions.orders.shape)
    delivered = np.zeros(decisions.orders.shape)
    by_offer = np.zeros(len(offers))
    spending = np.zeros(tree.size)
    flows = {r.name: (r.supply[tree.period] * _factor(inputs, r.factor)) for r in inputs.supply.resources}
    sizes = {name: np.where(np.isfinite(flow), np.abs(flow), 0.0) for name, flow in flows.items()}
    checks: dict[str, float] = {}
    for i, offer in enumerate(offers):
        ledger = _Ledger(inputs, offer, decisions, i)
        capacity[i], delivered[i] = ledger.capacity(), ledger.delivered()
        by_offer[i] = float(tree.probability @ ledger.discounted_cost())
        spending += ledger.spending()
        for name, amount in ledger.flows():
            flows[name] = flows[name] + amount
            sizes[name] = np.maximum(sizes[name], np.abs(amount))
        checks |= {f"{offer.name}: {k}": v for k, v in ledger.checks().items()}
    checks |= _service_checks(inputs, decisions, flows, sizes)
    checks |= _balance_checks(inputs, flows, sizes)
    checks["spending"] = _spending_check(inputs, spending)
    lost, risk = _lost(inputs, decisions)
    cost = float(by_offer.sum())
    return Account(
        cost=cost,
        lost_value=float(tree.probability @ lost),
        risk=risk,
        objective=cost + float(tree.probability @ lost) + risk,
        by_offer=by_offer,
        violation=max(checks.values(), default=0.0),
        violations={k: v for k, v in checks.items() if v > 1e-9},
        capacity=capacity,
        delivered=delivered,
        spending=spending,
    )


def _factor(inputs: Inputs, name: str) -> Floats:
    return inputs.tree.factors[name] if name else np.ones(inputs.tree.size)


class _Ledger:
    """One offer's cohorts: units by age on every node, and what follows from them."""

    def __init__(self, inputs: Inputs, offer: Offer, decisions: Decisions, i: int) -> None:
        self.inputs, self.offer, self.tree = inputs, offer, inputs.tree
        self.orders, self.exits = decisions.orders[i], decisions.exits[i]
        self.active = decisions.active[i] if offer.contract is not None else None
        self.t = inputs.tree.period

    def cohort(self, k: int) -> tuple[Floats, Ints]:
        """Units ordered k periods ago on each node, and the vintage they are of."""
        if k >= self.inputs.ancestors.shape[0]:
            return np.zeros(self.tree.size), np.zeros(self.tree.size, dtype=np.int64)
        source = self.inputs.ancestors[k]
        inside = source >= 0
        where = np.maximum(source, 0)
        return np.where(inside, self.orders[where], 0.0), np.where(inside, self.t[where], 0)

    def ages(self) -> range:
        return range(min(self.offer.life, self.tree.periods))

    def recall(self) -> Floats:
        hazard = self.offer.contract.recall if self.offer.contract else 0.0
        return np.asarray(np.power(1.0 - hazard, self.t), dtype=np.float64)

    def capacity(self) -> Floats:
        units = self.offer.initial[self.t].copy()
        if self.active is not None:
            return np.asarray(units + self.active, dtype=np.float64)
        for k in self.ages():
            units += self.cohort(self.offer.lead + k)[0]
        return units

    def given(self, name: str) -> Floats:
        """What is given of a resource on each node."""
        amount = self.offer.gives[name]
        total = self.offer.initial[self.t] * amount[self.t]
        if self.active is not None:
            return np.asarray(total + self.active * amount[self.t] * self.recall(), dtype=np.float64)
        for k in self.ages():
            units, vintage = self.cohort(self.offer.lead + k)
            total = total + units * amount[vintage] * (1.0 - self.offer.loss) ** k
        return total

    def delivered(self) -> Floats:
        total = np.zeros(self.tree.size)
        for name in self.offer.computes:
            total += self.given(name)
        return total

    def flows(self) -> list[tuple[str, Floats]]:
        found = [(name, self.given(name)) for name in self.offer.gives]
        for draw in self.offer.draws:
            if draw.when == "service":
                total = self.offer.initial[self.t] * draw.amount[self.t]
                for k in self.ages():
                    units, vintage = self.cohort(self.offer.lead + k)
                    total = total + units * draw.amount[vintage]
                found.append((draw.resource, -total))
            else:
                units, vintage = self.cohort(0 if draw.when == "order" else self.offer.lead)
                found.append((draw.resource, -units * draw.amount[vintage]))
        return found

    def _recovery(self) -> Floats:
        """Annuity per USD of capital: one over the present value of a dollar in each quarter of life."""
        return 1.0 / _annuity_worth(self.offer.rate, np.full(self.tree.periods, self.offer.asset_life * 4))

    def _payments(self) -> list[tuple[int, Floats]]:
        """(periods after the order, USD per unit by ordering node) of every payment of one unit."""
        offer, t = self.offer, self.t
        capital = offer.capital[t] * _factor(self.inputs, offer.factors.get("capital", ""))
        found = [(lag, share * capital) for lag, share in offer.payments]
        for draw in offer.draws:
            if draw.when != "service":
                lag = 0 if draw.when == "order" else offer.lead
                at = np.minimum(t + lag, self.tree.periods - 1)
                price = self.inputs.supply.resource(draw.resource).price[at]
                found.append((lag, draw.amount[t] * price))
        return found

    def discounted_cost(self) -> Floats:
        """Discounted charges of each node's period, USD."""
        offer, discount = self.offer, self.inputs.discount[self.t]
        rate = offer.rate[self.t]
        value = sum(
            (usd * (1.0 + rate) ** ((offer.lead - lag) / 4.0) for lag, usd in self._payments()),
            np.zeros(self.tree.size),
        )
        annuity = value * self._recovery()[self.t]
        total = offer.initial[self.t] * offer.running[self.t]
        if self.active is not None:
            total = total + self.active * offer.running[self.t] * self.recall()
        for k in self.ages():
            source = self.inputs.ancestors[offer.lead + k] if offer.lead + k < self.tree.periods else None
            if source is None:
                break
            units, vintage = self.cohort(offer.lead + k)
            due = annuity[np.maximum(source, 0)]
            if self.active is None:
                due = due + offer.running[self.t] * (1.0 - offer.loss) ** k
            for draw in offer.draws:
                if draw.when == "service":
                    due = (
                        due + draw.amount[vintage] * self.inputs.supply.resource(draw.resource).price[self.t]
                    )
            total = total + units * due
        return total * discount + self._terminal(annuity)

    def _terminal(self, annuity: Floats) -> Floats:
        """Part of the book value at the horizon's end that is lost, booked at the ordering node."""
        share, offer = self.inputs.finance.terminal_loss, self.offer
        periods = self.tree.periods
        if share == 0:
            return np.zeros(self.tree.size)
        left = np.maximum(self.t + offer.lead + offer.asset_life * 4 - periods, 0.0)
        worth = _annuity_worth(offer.rate[self.t], left)
        lasts = self.t + offer.lead < periods
        return np.where(lasts, self.orders * annuity * worth * share * self.inputs.discount[-1], 0.0)

    def spending(self) -> Floats:
        """USD paid in each node's period that counts against the spending limit."""
        total = np.zeros(self.tree.size)
        for lag, usd in self._payments():
            if lag < self.tree.periods:
                source = self.inputs.ancestors[lag]
                due = self.orders * usd
                total += np.where(source >= 0, due[np.maximum(source, 0)], 0.0)
        if self.offer.cash == "all":
            if self.active is not None:
                total += self.active * self.offer.running[self.t] * self.recall()
                return total
            for k in self.ages():
                total += (
                    self.cohort(self.offer.lead + k)[0]
                    * self.offer.running[self.t]
                    * (1 - self.offer.loss) ** k
                )
        return total

    def checks(self) -> dict[str, float]:
        """Relative violations of the offer's own limits."""
        offer, t = self.offer, self.t
        gate = _factor(self.inputs, offer.factors.get("limit", ""))
        limit = np.where(gate > 0, offer.limit_order[t] * np.where(gate > 0, gate, 1.0), 0.0)
        size = max(1e-12, float(np.abs(self.orders).max()))
        window = (t >= offer.first) & (t <= offer.last)
        found = {
            "negative order": float(-self.orders.min()) / size,
            "order limit": _over(self.orders, np.where(window, limit, 0.0), size),
        }
        summed = sum((self.cohort(k)[0] for k in range(self.tree.periods)), np.zeros(self.tree.size))
        found["total limit"] = _over(summed, offer.limit_total[t], size)
        found["service limit"] = _over(self.capacity() - offer.initial[t], offer.limit_service[t], size)
        if self.active is not None:
            found |= self._contract_checks(size)
        return found

    def _contract_checks(self, size: float) -> dict[str, float]:
        offer, contract = self.offer, self.offer.contract
        assert contract is not None
        assert self.active is not None
        end = contract.end if contract.end >= 0 else self.tree.periods
        parent = self.inputs.ancestors[1] if self.tree.periods > 1 else np.full(self.tree.size, -1)
        before = np.where(parent >= 0, self.active[np.maximum(parent, 0)], 0.0)
        left = np.zeros(self.tree.size)
        if contract.notice < self.tree.periods:
            source = self.inputs.ancestors[max(contract.notice, 1)]
            left = np.where(source >= 0, self.exits[np.maximum(source, 0)], 0.0)
        most = before + self.cohort(offer.lead)[0] - left
        running = self.t < end
        expired = self.cohort(offer.lead + offer.life)[0]
        window = sum((self.cohort(offer.lead + k)[0] for k in self.ages()), np.zeros(self.tree.size))
        minimum = min(contract.earliest_exit + contract.notice, offer.life)
        held = range(minimum) if contract.earliest_exit >= 0 else range(0)
        bound = sum((self.cohort(offer.lead + k)[0] for k in held), np.zeros(self.tree.size))
        return {
            "negative contract or notice": max(0.0, -float(min(self.active.min(), self.exits.min()))) / size,
            "contract grows by orders only": _over(np.where(running, self.active, 0.0), most, size),
            "contract falls by notice or expiry": _over(
                np.where(running, most - expired, 0.0), self.active, size
            ),
            "contract term": _over(self.active, np.where(running, window, 0.0), size),
            "minimum term": _over(np.where(running, bound, 0.0), self.active, size),
        }


def _annuity_worth(rate: Floats, quarters: Floats) -> Floats:
    """Present value of a dollar at the start of each quarter, the last one in part; shapes (K,), (K,)."""
    growth = (1.0 + rate) ** 0.25
    whole = np.floor(quarters + 1e-9)
    k = np.arange(1, int(whole.max(initial=0.0)) + 1)
    due = np.where(k <= whole[:, None], np.power(growth[:, None], -k), 0.0).sum(axis=1)
    part = np.clip(quarters - whole, 0.0, None)
    share = np.where(growth > 1, (1 - growth**-part) / np.where(growth > 1, 1 - 1 / growth, 1.0), part)
    return np.asarray(growth * (due + growth ** (-whole - 1) * share), dtype=np.float64)


def _over(amount: Floats, limit: Floats, size: float) -> float:
    """Largest excess of amount over limit, relative to `size`."""
    excess = np.where(np.isfinite(limit), amount - np.where(np.isfinite(limit), limit, 0.0), 0.0)
    return max(0.0, float(excess.max(initial=0.0))) / size


def _service_checks(
    inputs: Inputs, decisions: Decisions, flows: dict[str, Floats], sizes: dict[str, Floats]
) -> dict[str, float]:
    tree = inputs.tree
    size = float(tree.demand.max())
    for p, pool in enumerate(POOLS):
        name = compute(pool)
        if name in flows:
            used = decisions.served[:, p].sum(axis=0)
            flows[name] = flows[name] - used
            sizes[name] = np.maximum(sizes[name], used)
    most = inputs.share[:, :, None] * tree.demand[:, None, :]
    on_step = tree.step_share[:, :, None] * tree.demand[:, None, :]
    total = decisions.steps.sum(axis=1)
    wanted = inputs.target[:, tree.period] * tree.demand
    return {
        "eligible share": _over(decisions.served, most, size),
        "value step": _over(decisions.steps, on_step, size),
        "negative service": max(0.0, -float(min(decisions.served.min(), decisions.steps.min()))) / size,
        "served twice": float(np.abs(decisions.served.sum(axis=1) - total).max()) / size,
        "service target": _over(wanted, total, size),
    }


def _balance_checks(inputs: Inputs, flows: dict[str, Floats], sizes: dict[str, Floats]) -> dict[str, float]:
    found = {}
    for resource in inputs.supply.resources:
        flow, size = flows[resource.name], max(1e-12, float(sizes[resource.name].max()))
        left = flow.copy()
        if resource.kind == "stock":
            for t in range(1, inputs.tree.periods):
                here = np.flatnonzero(inputs.tree.period == t)
                left[here] += left[inputs.tree.parent[here]]
        found[f"balance {resource.name}"] = (
            max(0.0, -float(left.min())) / size if np.isfinite(left).any() else 0.0
        )
    return found


def _spending_check(inputs: Inputs, spending: Floats) -> float:
    tree = inputs.tree
    left = np.zeros(tree.size)
    worst = 0.0
    for t in range(tree.periods):
        here = np.flatnonzero(tree.period == t)
        parent = tree.parent[here]
        carried = left[parent] if t and inputs.year[t] == inputs.year[t - 1] else np.zeros(here.size)
        left[here] = inputs.spending[here] + carried - spending[here]
        finite = np.isfinite(left[here]) & inputs.year_end[t]
        over = -left[here][finite] / np.maximum(inputs.spending[here][finite], 1.0)
        worst = max(worst, float(over.max(initial=0.0)))
    return worst


def _lost(inputs: Inputs, decisions: Decisions) -> tuple[Floats, float]:
    """Discounted value lost in each node's period (N,), and the risk term."""
    tree = inputs.tree
    short = tree.step_share[:, :, None] * tree.demand[:, None, :] - decisions.steps
    lost = np.einsum("svn,vn->n", short, inputs.value[:, tree.period]) * inputs.discount[tree.period]
    if inputs.finance.cvar_weight == 0:
        return lost, 0.0
    along = lost.copy()
    for t in range(1, tree.periods):
        here = np.flatnonzero(tree.period == t)
        along[here] += along[tree.parent[here]]
    leaves = tree.leaves
    return lost, inputs.finance.cvar_weight * conditional_value_at_risk(
        along[leaves], tree.probability[leaves], inputs.finance.cvar_level
    )


def conditional_value_at_risk(values: Floats, probability: Floats, level: float) -> float:
    """Mean of the worst (1 - level) of a discrete distribution (Rockafellar & Uryasev 2000).

    The atom that the quantile cuts counts with the part beyond it.
    """
    order = np.argsort(-values)
    taken = np.minimum(np.cumsum(probability[order]), 1.0 - level)
    weight = np.diff(taken, prepend=0.0)
    return float(weight @ values[order] / (1.0 - level))
