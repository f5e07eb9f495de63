"""Names of the result tree, in one table: path, dimensions, unit and long name of every variable.

``/plan/orders`` stands here as ``plan/orders``. A variable named like its own dimension is that
dimension's coordinate. Texts have no unit; ``1`` is a pure number or a share; a unit without prefix is
SI, as in the records that the numbers come from. NaN stands where a number is undefined, never for one
that was not computed by mistake.
"""

from __future__ import annotations

from typing import Final

from dawndusk.core.records import record

FORMAT: Final = "dawndusk-result-1"
GROUPS: Final = (
    "meta",
    "ledger",
    "scenario",
    "offers",
    "demand",
    "plan",
    "alternatives",
    "trace",
    "study",
    "constellation",
    "satellite",
)


@record
class Label:
    """What a variable is.

    Parameters
    ----------
    path : str
        ``group/name``.
    dims : tuple of str
        Names of its dimensions, in order.
    unit : str
        Of its numbers; "" for texts.
    long_name : str
        In words.
    """

    path: str
    dims: tuple[str, ...]
    unit: str
    long_name: str


_VARIABLES: Final = (
    # name | dimensions | unit | long name
    """ledger
    key | row | | key of the ledger row, or path of the scenario's number that is a guess
    quantity | row | | what the number is
    low | row | | low end of its range as recorded
    central | row | | central value as recorded
    high | row | | high end of its range as recorded
    unit | row | | unit as recorded
    year | row | | year the number belongs to, and of its money
    source_title | row | | title of the source
    source_address | row | | address of the source
    evidence | row | | measured, filing, company claim, estimate, derived, believed, guess or choice
    confidence | row | | confidence in the number
    note | row | | what else to know""",
    """scenario
    path | assumption | | address of a number of the scenario
    value | assumption | | central value with its unit
    low | assumption | | low end of its range with its unit, empty without a range
    high | assumption | | high end of its range with its unit, empty without a range
    origin | assumption | | key of its ledger row, or guess, choice, or the scenario file alone
    evidence | assumption | | kind of evidence behind it
    basis | assumption | | keys of the ledger rows it leans on
    reason | assumption | | why it is what it is
    source | source | | file that was read, the scenario's own first
    source_text | source | | all of that file
    change | change | | address of a value that was set after reading
    change_was | change | | what the file says there
    change_now | change | | what was set""",
    """offers
    offer | offer | | name of the offer
    period | period | | quarter
    label | offer | | the offer in words
    kind | offer | | kind of offer
    standing | offer | | how real it is today
    pool | offer | | pool whose compute it gives, empty if none
    site | offer | | site or shell it belongs to
    offer_option | offer | | option that it belongs to: a ground site, or the offer itself
    offer_group | offer | | the same, with a satellite design as one option in all its shells
    unit | offer | | what an order counts in
    unit_size | offer | offer unit | one indivisible block
    first | offer | | first quarter in which it can be ordered, empty if never
    last | offer | | last quarter in which it can be ordered, empty if never
    lead | offer | quarter | order to service
    life | offer | quarter | time in service
    loss | offer | 1/quarter | share of what it gives that is lost per quarter of age
    orderable | offer | 1 | whether there is anything to decide (1) or it only exists (0)
    source | offer | | ledger rows behind its numbers
    capital | offer period | USD/offer unit | capital by quarter of the order, without what it draws
    running | offer period | USD/(offer unit*quarter) | running cost by quarter of service
    compute | offer period | H100e/offer unit | compute given when new, by quarter of the order
    limit_order | offer period | offer unit | largest order in a quarter
    limit_total | offer period | offer unit | largest sum of orders up to a quarter
    limit_service | offer period | offer unit | largest amount in service
    initial | offer period | offer unit | in service without any decision
    option | option | | name of the option
    option_label | option | | the option in words
    option_pool | option | | pool whose compute the option gives, empty if none
    option_standing | option | | how real the option is today
    part | part | | part of the cost
    cost_stack | option part | USD/(H100e*h) | cost of delivered compute in service in attribute quarter
    unit_cost | option | USD/(H100e*h) | cost of delivered compute ordered in the first quarter
    unit_cost_low | option | USD/(H100e*h) | 5 % point of unit_cost over drawn inputs
    unit_cost_high | option | USD/(H100e*h) | 95 % point of unit_cost over drawn inputs
    unit_cost_2030 | option | USD/(H100e*h) | cost of delivered compute in service in attribute quarter
    unit_cost_2030_order | option | | quarter of the order behind unit_cost_2030
    unit_cost_2030_low | option | USD/(H100e*h) | 5 % point of unit_cost_2030 over drawn inputs
    unit_cost_2030_high | option | USD/(H100e*h) | 95 % point of unit_cost_2030 over drawn inputs
    left_out | left_out | | option that was left out
    left_out_reason | left_out | | why it was left out""",
    """demand
    period | period | | quarter
    stream | stream | | class of demand
    stream_label | stream | | class of demand in words
    step | step | 1 | step of the value curve, best paid first
    gate | gate | | yes-or-no event
    gate_label | gate | | the event in words
    gate_resolved | gate | | quarter from which its outcome is known
    gate_probability | gate | 1 | probability that it opens
    parent | node | 1 | number of the parent node, -1 at the root
    node_period | node | quarter | number of the node's quarter, counted from 0
    probability | node | 1 | probability of the node
    low | node | 1 | natural log of total demand (H100e) from which paths go to this node
    high | node | 1 | natural log of total demand (H100e) up to which paths go to this node
    demand | stream node | H100e | compute wanted
    factors | gate node | 1 | state of each gate
    quantile | quantile | 1 | share of the sampled paths below
    fan | quantile period | H100e | quantiles of total demand over the sampled paths
    mean | period | H100e | mean of total demand over the sampled paths
    expected | period | H100e | total demand without noise, regimes and ranges
    planned | period | H100e | the same had usage grown as planned
    step_share | stream step | 1 | share of the class's demand on each step
    step_value | step period | USD/(H100e*h) | value of serving a step
    check_period | check | | quarter in which tree and sample are compared
    statistic | check | | statistic of log demand
    tree | check | 1 | its value on the tree, natural log of H100e
    sample | check | 1 | its value in the sample, natural log of H100e
    error_sd | check | 1 | difference in standard deviations of the sample
    allowed | check | 1 | largest difference with which the tree counts as good""",
    """plan
    offer | offer | | name of the offer
    stream | stream | | class of demand
    pool | pool | | pool of compute
    step | step | 1 | step of the value curve, best paid first
    resource | resource | | name of the resource
    resource_label | resource | | the resource in words
    resource_unit | resource | | unit of the resource
    limit | limit | | name of the limit
    limit_label | limit | | the limit in words
    orders | offer node | offer unit | ordered
    exits | offer node | offer unit | given notice
    capacity | offer node | offer unit | in service, without losses
    delivered | offer node | H100e | compute delivered, after losses
    served | stream pool node | H100e | demand served from each pool
    unserved | stream node | H100e | demand not served
    steps | stream step node | H100e | demand served on each step of the value curve
    prices | resource node | USD/resource unit | what one more unit is worth (dual value)
    binding | limit node | 1 | whether the limit holds the plan back (1)
    by_offer_cost | offer | USD | discounted expected cost
    spending | node | USD | paid in the node's quarter
    spending_limit | node | USD | what may be paid""",
    """alternatives
    option | entry | | option or price that the plan does not use
    label | entry | | the option in words
    factor | entry | 1 | entry price over today's own price, 0 if it would not enter for nothing
    proven | entry | 1 | whether re-solving on both sides proved it (1)
    sentence | entry | | the same in words
    price_now | entry | price_unit | price today, what is drawn included
    price_entry | entry | price_unit | price at which it enters, what is drawn included
    price_unit | entry | | unit of the two prices""",
    """trace
    path | path | 1 | number of the fresh path
    period | period | | quarter
    stream | stream | | class of demand
    pool | pool | | pool of compute
    offer | offer | | name of the offer
    limit | limit | | what can hold service back
    latent | path period stream | H100e | demand
    offered | path period stream | H100e | demand that reaches the fleet
    admitted | path period stream | H100e | demand taken on
    served | path period stream | H100e | demand served
    unserved | path period stream | H100e | demand not served
    backlog | path period stream | H100e | demand carried to later
    expired | path period stream | H100e | demand given up
    delivered | path period offer | H100e | compute delivered
    pool_served | path period pool | H100e | demand served from each pool
    node | path period | 1 | node of the tree whose decisions were followed
    binding | path period | 1 | number of the limit that held service back, -1 for none
    quantile | quantile | 1 | share of the paths below
    service_by_stream | stream | 1 | share of each class served over the horizon
    planned_by_stream | stream | 1 | the same in the plan
    service_by_pool | pool | 1 | share of all demand that each pool served over the horizon
    planned_by_pool | pool | 1 | the same in the plan
    limit_share | limit | 1 | share of path-quarters in which it held service back
    service_quantile | quantile | 1 | quantiles over the paths of the share served over the horizon""",
    """study
    demand_path | threshold | | demand path
    lever | threshold | | price that is varied
    today | threshold | unit | the price today
    value | threshold | unit | the price at which orbit enters, 0 if not even for nothing
    unit | threshold | | unit of the two prices
    proven | threshold | 1 | whether re-solving on both sides proved it (1)
    sentence | threshold | | the same in words""",
    """constellation
    shell | shell | | group of shells
    month | month | 1 | calendar month
    design | design | | satellite design
    label | shell | | the group in words
    altitude | shell | m | altitude used
    altitude_low | shell | m | lowest altitude filed
    altitude_high | shell | m | highest altitude filed
    inclination | shell | rad | inclination flown
    inclination_filed | shell | rad | inclination filed
    sun_synchronous | shell | 1 | whether it is flown sun-synchronous at dawn and dusk (1)
    nodal_period | shell | s | from one ascending node to the next
    sunlit_fraction | shell | 1 | mean light over the year
    sunlit_edge | shell | 1 | mean light with the nodes at the edge of their filed tolerance
    dose | shell | krad/yr | dose in silicon behind 5 mm of aluminium
    dose_factor | shell | 1 | factor within which the dose is believed
    anomaly | shell | 1 | share of time in the South Atlantic Anomaly (10 protons above 10 MeV per cm2 and s)
    dead_life | shell | yr | time until a dead satellite of 0.1333 m2/kg comes down at mean solar activity
    disposal | shell | m/s | velocity that a controlled re-entry takes
    sunlit_by_month | shell month | 1 | mean light of each month
    longest_shadow | shell | s | longest passage through the shadow
    days_with_shadow | shell | day | days of the year with any shadow
    satellites | shell | satellite | satellites filed
    strategy | design shell | | what the design does in shadow, empty where it does not work""",
    """satellite
    satellite | satellite | | satellite option
    part | part | | subsystem
    label | satellite | | the option in words
    design | satellite | | design that was closed
    note | satellite | | what the design is
    mass | satellite part | kg | mass, NaN where mass is not counted by this part
    cost | satellite part | USD | cost, NaN where cost is not counted by this part
    mass_total | satellite | kg | mass at launch
    mass_claimed | satellite | kg | mass that its maker claims, 0 if none
    cost_total | satellite | USD | cost without launch
    platform_cost | satellite | USD/W | platform without compute by its own cost model, per average watt
    platform_price | satellite | USD/W | the same as the scenario prices it, for the first units
    compute | satellite | W | orbit-average compute
    run | satellite | W | compute while running
    peak | satellite | W | peak compute
    bus | satellite | W | bus
    array_bol | satellite | W | array at begin of life
    array_eol | satellite | W | array at end of life
    heat | satellite | W | heat to reject
    compute_h100e | satellite | H100e | compute delivered when new
    array_area | satellite | m2 | array
    radiator_area | satellite | m2 | planform of the radiator, both faces radiate
    radiator_temperature | satellite | K | fin root of the radiator
    coolant_temperature | satellite | K | coolant, mean
    junction_temperature | satellite | K | chips
    junction_limit | satellite | K | highest temperature allowed for the chips
    kw_per_t | satellite | kW/t | orbit-average compute per launched mass
    life | satellite | yr | design life
    altitude | satellite | m | altitude of its own orbit
    sunlit_fraction | satellite | 1 | mean light in its own orbit
    closes | satellite | 1 | whether all balances close (1)
    binding | satellite | | which balance decides, in words""",
)

# Attributes of the groups: texts and numbers, unit in the name. Group "" is the root.
ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "": {
        "Conventions": "conventions of names and attributes: CF-1.11, as far as they have words for it",
        "format": "format of the file",
        "scenario": "name of the scenario",
        "title": "title of the scenario",
        "version": "version of the program",
        "history": "what made the file; no time of day, so that equal runs are equal bytes",
    },
    "meta": {
        "fingerprint": "short hash of scenario, seed and sizes: equal inputs, equal text",
        "seed": "seed of all random numbers",
        "leaves": "leaves asked for",
        "tree_leaves": "leaves of the tree",
        "nodes": "nodes of the tree",
        "samples": "sampled paths that the tree was built from",
        "paths": "fresh paths of the simulation",
        "firm_only": "whether only firm options were allowed (1)",
        "label": "the user's own word for the run",
        "program": "digest of the program's sources and data",
        "start": "first quarter",
        "end": "last quarter",
        "periods": "number of quarters",
        "base_year": "currency year",
        "discount": "real discount rate, 1/yr",
        "status": "status of the solver",
        "sentence": "what the status means",
        "planned_objective_usd": "objective of the plan",
    },
    "ledger": {"recorded": "date of the ledger's record"},
    "scenario": {
        "text": "the scenario file",
        "file": "name of the scenario file",
        "call": "what the scenario is called on the command line",
        "note": "what the reader should know first",
        "guesses": "numbers that are guesses",
        "sourced": "numbers with a ledger row behind them",
    },
    "offers": {
        "quarter": "quarter in service behind cost_stack and unit_cost_2030",
        "draws": "drawn inputs behind the ranges of unit costs, 0 for none",
    },
    "demand": {"service": "whether unserved demand costs its value, or targets must be met"},
    "plan": {
        "status": "status of the solver",
        "sentence": "what the status means",
        "objective_usd": "discounted expected cost plus lost value plus risk",
        "bound_usd": "lower bound on the objective",
        "gap": "relative difference of objective and bound",
        "cost_usd": "discounted expected cost",
        "lost_value_usd": "discounted expected value of demand not served",
        "risk_usd": "risk term",
        "unavoidable_usd": "lost value that no plan could have served",
        "fixed_usd": "discounted cost of what is in service without any decision",
        "controllable_usd": "objective without the lost value that no plan could have served",
        "demand_value_usd": "discounted expected value of all demand",
        "service": "share of demand served over the horizon, expectation",
        "value_share": "share of the value of demand that is served, discounted",
        "nodes": "nodes",
        "columns": "columns of the linear program",
        "rows": "rows of the linear program",
        "nonzeros": "coefficients of the linear program",
        "matrix_low": "smallest coefficient after scaling",
        "matrix_high": "largest coefficient after scaling",
        "cost_low": "smallest cost after scaling",
        "cost_high": "largest cost after scaling",
        "bound_low": "smallest bound after scaling",
        "bound_high": "largest bound after scaling",
        "right_low": "smallest right side after scaling",
        "right_high": "largest right side after scaling",
        "violation": "largest relative violation of any limit, recomputed",
        "evaluator_difference": "relative difference of the recomputed objective",
    },
    "alternatives": {
        "open_loop_usd": "objective with every order fixed by date today",
        "adaptivity_usd": "what deciding later is worth",
        "orbit_share": "orbit's share of demand in the last year",
        "orbit_low": "least share among plans that are as good",
        "orbit_high": "largest share among plans that are as good",
        "near_optimal": "how much dearer a plan may be and count as as good, of controllable cost",
    },
    "trace": {
        "service": "share of demand served over the horizon, all paths together",
        "planned": "the same in the plan",
        "followed": "served over wanted if the plan's own capacity met the same fresh demand",
        "orbit_share": "orbit's share of demand in the last year, operated",
    },
    "study": {},
    "constellation": {"year": "calendar year of the light", "gate": "licence that every order waits for"},
    "satellite": {"year": "calendar year of the light"},
}


def _read(block: str) -> list[Label]:
    group, *lines = block.split("\n")
    rows = [[word.strip() for word in line.split("|")] for line in lines]
    return [
        Label(path=f"{group}/{name}", dims=tuple(dims.split()), unit=unit, long_name=words)
        for name, dims, unit, words in rows
    ]


LABELS: Final[dict[str, Label]] = {label.path: label for block in _VARIABLES for label in _read(block)}


def label_of(path: str) -> Label:
    """The label of ``group/name``; KeyError if the table has none."""
    return LABELS[path]
