"""The scenario tree against the paths it stands for."""

import numpy as np
import pytest

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import UserError
from dawndusk.core.records import fingerprint, replace
from dawndusk.core.scenario.demand import Gate
from dawndusk.demand.process import sample
from dawndusk.demand.quality import compare
from dawndusk.demand.tree import build

PATHS = 10_000


def _log_demand(tree):
    return np.log(tree.demand.sum(axis=0))


def _gate(name, resolved, probability=0.4):
    return Gate(name=name, label=name, resolved=resolved, probability=probability)


@pytest.fixture(scope="module")
def paths(drawn, gates, calendar):
    """The default tree's 10,000 paths, ranges drawn."""
    return sample(drawn(PATHS, 0), gates, calendar, n=PATHS, seed=0)


@pytest.fixture(scope="module")
def tree(paths, demand, gates, calendar):
    """The default tree."""
    return build(paths, demand, gates, calendar)


def _check_shape(tree, periods):
    """What holds for every tree."""
    assert tree.parent[0] == -1
    assert np.all(tree.parent[1:] < np.arange(1, tree.size))
    assert np.all(tree.parent[1:] >= 0)
    assert np.all(np.diff(tree.period) >= 0)
    np.testing.assert_array_equal(tree.period[1:], tree.period[tree.parent[1:]] + 1)
    np.testing.assert_allclose(np.bincount(tree.period, tree.probability), np.ones(periods), rtol=1e-12)
    kept = np.bincount(tree.parent[1:], tree.probability[1:], tree.size)
    inner = tree.period < periods - 1
    np.testing.assert_allclose(kept[inner], tree.probability[inner], rtol=1e-12)
    assert np.all(np.isfinite(tree.demand))
    assert np.all(tree.demand > 0)


def test_size_and_shape(tree):
    """64 leaves over 40 quarters make a proper tree of at most 800 nodes."""
    _check_shape(tree, 40)
    assert tree.leaves.size == 64
    assert tree.size <= 800
    assert tree.streams == ("interactive", "batch", "training")
    np.testing.assert_allclose(
        tree.demand / tree.demand.sum(axis=0), [[0.45], [0.2], [0.35]] + 0 * tree.demand
    )


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "central"])
@pytest.mark.parametrize("seed", range(6))
def test_quality(drawn, demand, gates, calendar, seed, ranges):
    """Mean and median within 5 %, 5 and 95 % within 15 % of the standard deviation, on both samples."""
    own, fresh = (
        sample(drawn(PATHS, s) if ranges else demand, gates, calendar, n=PATHS, seed=s)
        for s in (seed, 1000 + seed)
    )
    made = build(own, demand, gates, calendar)
    rows = compare(made, own, calendar) + compare(made, fresh, calendar)
    assert {row.period for row in rows} == {"2028Q4", "2030Q4", "2036Q1"}
    assert len(rows) == 24
    assert not [row for row in rows if not row.good]


def test_spread(tree, paths):
    """From the first branching on the tree keeps the sample's variance within 20 %, at last within 2 %."""
    value = _log_demand(tree)
    ratio = []
    for t in range(4, 40):
        at = tree.period == t
        mean = tree.probability[at] @ value[at]
        ratio.append(tree.probability[at] @ (value[at] - mean) ** 2 / paths.log_demand[:, t].var())
    np.testing.assert_allclose(ratio, 1, atol=0.2)
    assert ratio[-1] == pytest.approx(1, abs=0.02)


def test_mean_demand(tree, paths):
    """Demand itself, not only its logarithm, has the sample's mean within 6 %: the tail is not lost."""
    total = tree.probability * tree.demand.sum(axis=0)
    found = np.bincount(tree.period, total)[4:] / np.exp(paths.log_demand).mean(axis=0)[4:]
    np.testing.assert_allclose(found, 1, atol=0.06)


def test_smooth_where_nothing_branches(tree, paths):
    """Between branchings a node grows like the sample, within a quarter of a standard deviation."""
    value, spread = _log_demand(tree), paths.log_demand.std(axis=0)
    growth = np.diff(paths.log_demand.mean(axis=0))
    node = np.arange(1, tree.size)
    t = tree.period[node]
    branching = np.unique(t[np.isfinite(tree.low[node]) | np.isfinite(tree.high[node])])
    quiet = ~np.isin(t, branching)
    jump = value[node] - value[tree.parent[node]] - growth[t - 1]
    assert np.abs(jump / spread[t])[quiet].max() < 0.25
    assert np.abs(jump / spread[t]).max() < 2.5


def test_fresh_paths_follow_the_tree(tree, drawn, gates, calendar):
    """Fresh paths come to each leaf as often as its probability says, within sampling error."""
    fresh = sample(drawn(PATHS, 77), gates, calendar, n=PATHS, seed=77)
    node = tree.assign(fresh.log_demand, fresh.gates)
    found = np.bincount(node[:, -1], minlength=tree.size)[tree.leaves] / PATHS
    wanted = tree.probability[tree.leaves]
    error = np.sqrt(2 * wanted * (1 - wanted) / PATHS)  # of both samples
    assert np.abs((found - wanted) / error).max() < 4
    assert np.mean(((found - wanted) / error) ** 2) < 1.6
    np.testing.assert_array_equal(tree.parent[node[:, 1:]], node[:, :-1])
    np.testing.assert_array_equal(tree.factors["licence"][node], fresh.gates["licence"])


def test_nodes_follow_their_paths(tree, paths):
    """A node tells its paths' demand: correlation above 0.6 everywhere after the first branching."""
    node = tree.assign(paths.log_demand, paths.gates)
    value = _log_demand(tree)[node]
    found = [np.corrcoef(value[:, t], paths.log_demand[:, t])[0, 1] for t in range(4, 40)]
    assert min(found) > 0.6
    assert np.mean(found) > 0.75


def test_gate_splits_with_its_probability(tree):
    """The licence is shut before 2028Q2, then open with exactly 0.7, independent of demand."""
    state = tree.factors["licence"]
    assert not state[tree.period < 8].any()
    for t in (8, 20, 39):
        at = tree.period == t
        assert tree.probability[at] @ state[at] == pytest.approx(0.7, rel=1e-12)
    split = np.flatnonzero(tree.period == 8)
    np.testing.assert_array_equal(np.bincount(tree.parent[split])[tree.period[: split[0]] == 7], 2)
    pairs = np.unique(np.round(_log_demand(tree)[tree.period == 39], 9), return_counts=True)[1]
    np.testing.assert_array_equal(pairs, 2)


@pytest.mark.parametrize("periods", [2, 3, 5, 20, 40, 60])
@pytest.mark.parametrize("leaves", [1, 4, 8, 16, 64, 256, 1024])
def test_any_size(demand, gates, leaves, periods):
    """All leaves wanted are made, for short and long horizons, within about 12.5 nodes a leaf."""
    calendar = Calendar(start="2026Q2", periods=periods)
    made = build(sample(demand, gates, calendar, n=3000, seed=1), demand, gates, calendar, leaves=leaves)
    _check_shape(made, periods)
    assert made.leaves.size == leaves
    if periods <= 40:
        assert made.size <= max(12.5 * leaves, 280)


def test_one_leaf_is_the_mean_path(paths, demand, gates, calendar):
    """One leaf follows the mean of log demand, with the gate's likelier outcome."""
    made = build(paths, demand, gates, calendar, leaves=1)
    np.testing.assert_allclose(_log_demand(made), paths.log_demand.mean(axis=0), rtol=1e-12)
    np.testing.assert_array_equal(made.factors["licence"], np.arange(40) >= 8)


def test_several_gates(demand, calendar):
    """Two gates make four combinations with the products of their probabilities, also on one date."""
    two = (_gate("late", "2031Q3", 0.3), _gate("early", "2028Q2"), _gate("same", "2028Q2", 0.9))
    made = build(sample(demand, two, calendar, n=3000, seed=0), demand, two, calendar)
    _check_shape(made, 40)
    assert made.leaves.size == 64
    at = made.leaves
    both = made.factors["late"][at] * made.factors["early"][at] * (1 - made.factors["same"][at])
    assert made.probability[at] @ both == pytest.approx(0.3 * 0.4 * 0.1)
    before = made.period == 20
    assert made.probability[before] @ made.factors["early"][before] == pytest.approx(0.4)
    assert not made.factors["late"][before].any()
    fixed = made.factors["early"][made.parent[1:]] > made.factors["early"][1:]
    assert not fixed.any()


def test_certain_and_distant_gates_do_not_branch(demand, calendar):
    """A sure gate, an impossible one and one after the horizon leave the tree undivided."""
    sure = (_gate("sure", "2027Q1", 1.0), _gate("never", "2027Q1", 0.0), _gate("distant", "2040Q1"))
    made = build(sample(demand, sure, calendar, n=500, seed=0), demand, sure, calendar, leaves=8)
    assert np.unique(_log_demand(made)[made.leaves]).size == 8
    np.testing.assert_array_equal(made.factors["sure"], made.period >= 3)
    assert not made.factors["never"].any()
    assert not made.factors["distant"].any()


def test_deterministic(paths, demand, gates, calendar, tree):
    """The default tree is the same to the byte when built again."""
    again = build(paths, demand, gates, calendar)
    assert fingerprint(again) == fingerprint(tree)


def test_no_uncertainty(demand, calendar):
    """Equal paths make a tree of one leaf, however many are wanted."""
    never = replace(demand.stagnation, probability=0.0)
    sure = replace(demand, noise_sd=0.0, stagnation=never, surge=never)
    made = build(sample(sure, (), calendar, n=100, seed=0), sure, (), calendar, leaves=16)
    assert made.leaves.size == 1


@pytest.mark.parametrize(
    ("periods", "leaves", "at", "path"),
    [
        (40, 0, "2028Q2", "leaves"),
        (40, 21, "2028Q2", "leaves"),
        (1, 4, "2028Q2", "leaves"),
        (40, 4, "2026Q2", "gates.licence.resolved"),
    ],
)
def test_mistakes_teach(demand, periods, leaves, at, path):
    """No leaves, more leaves than paths, no room to branch and a gate at the start are told."""
    calendar = Calendar(start="2026Q2", periods=periods)
    known = (_gate("licence", at),)
    with pytest.raises(UserError) as caught:
        build(sample(demand, known, calendar, n=20, seed=0), demand, known, calendar, leaves=leaves)
    assert caught.value.problems[0].path == path


def test_too_many_gates(demand, calendar):
    """Two leaves cannot hold two gates' outcomes."""
    two = (_gate("one", "2028Q2"), _gate("other", "2029Q2"))
    with pytest.raises(UserError, match="at least 4"):
        build(sample(demand, two, calendar, n=20, seed=0), demand, two, calendar, leaves=2)


def test_other_periods(demand, calendar):
    """Paths of another horizon than the calendar's are refused."""
    paths = sample(demand, (), Calendar(start="2026Q2", periods=8), n=20, seed=0)
    with pytest.raises(UserError, match="8 periods"):
        build(paths, demand, (), calendar, leaves=4)
