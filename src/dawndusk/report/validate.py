"""Published numbers beside ours: what ``dawndusk validate`` answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dawndusk.report.document import (
    Cell,
    Column,
    Document,
    Marked,
    Section,
    Table,
    Text,
    Tone,
    paragraph,
    table,
    texts,
)

Row = Mapping[str, Any]
SIGNS: Final[Mapping[str, tuple[str, Tone]]] = {  # verdict -> sign and colour
    "reproduced": ("=", "good"),
    "refuted": ("\u2260", "bad"),
    "not reproducible": ("?", "warn"),
}
FEW: Final = 4  # rows named before a reason that they share
HINT: Final = "dawndusk validate CASE tells the story of one; --all shows every row."


def row_json(row: Any) -> dict[str, Any]:
    """A row of a case as plain data."""
    names = ("case", "quantity", "unit", "published", "ours", "difference", "allowed", "verdict", "why")
    return {name: getattr(row, name) for name in (*names, "source")}


def summary_json(rows: Sequence[Row], headlines: Mapping[str, str]) -> list[dict[str, Any]]:
    """How many rows of each case have which verdict."""
    return [
        {"case": case, "headline": headlines[case], "rows": len(found)}
        | {sign.replace(" ", "_"): sum(row["verdict"] == sign for row in found) for sign in SIGNS}
        for case, found in _grouped(rows, "case").items()
    ]


def all_cases(
    rows: Sequence[Row], headlines: Mapping[str, str], topics: Mapping[str, Sequence[str]], *, every: bool
) -> Document:
    """One line for each case by topic, or every row of it."""
    groups = _grouped(rows, "case")
    sections = []
    for topic, cases in topics.items():
        if every:
            parts = tuple(_rows(groups[case], caption=f"{case}: {headlines[case]}") for case in cases)
            sections.append(Section(title=topic, parts=parts))
        else:
            sections.append(
                Section(parts=(_counts(topic, {case: groups[case] for case in cases}, headlines),))
            )
    return Document(
        title=f"{len(groups)} cases, {len(rows)} rows",
        sentence=f"{_legend(rows)}.",
        sections=(*sections, paragraph(HINT, tone="dim")),
    )


def one_case(case: str, rows: Sequence[Row], story: str, extra: Mapping[str, Any]) -> Document:
    """The story of a case, its rows, and why each difference is allowed."""
    calculator = [Section(parts=(_outputs(extra),))] if extra else []
    return Document(
        title=case,
        sentence=f"{_legend(rows)}.",
        sections=(paragraph(story), Section(parts=(_rows(rows),)), *_reasons(rows), *calculator),
    )


def _grouped(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[key]), []).append(row)
    return groups


def _count(rows: Sequence[Row]) -> dict[str, int]:
    return {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in SIGNS}


def _legend(rows: Sequence[Row]) -> str:
    return ", ".join(f"{SIGNS[v][0]} {n} {v}" for v, n in _count(rows).items() if n)


def _counts(topic: str, groups: Mapping[str, Sequence[Row]], headlines: Mapping[str, str]) -> Table:
    columns = (*texts("case"), *(Column(label=sign) for sign, _ in SIGNS.values()), *texts("what it says"))
    made = []
    for case, rows in groups.items():
        numbers = [Marked(value=n, tone=SIGNS[v][1]) if n else "" for v, n in _count(rows).items()]
        made.append((case, *numbers, headlines[case]))
    return table(columns, made, caption=topic, key="cases")


def _rows(rows: Sequence[Row], caption: str = "") -> Table:
    columns = (
        *texts("quantity", ""),
        Column(label="published", digits=6),
        Column(label="ours", digits=6),
        Column(label="+-"),
        *texts("unit"),
    )
    return table(columns, [_row(row) for row in rows], caption=caption, key="rows")


def _row(row: Row) -> tuple[Cell, ...]:
    sign, tone = SIGNS[row["verdict"]]
    return (
        row["quantity"],
        Marked(value=sign, tone=tone),
        row["published"],
        row["ours"],
        row["allowed"],
        row["unit"],
    )


def _reasons(rows: Sequence[Row]) -> list[Section]:
    """Why each difference is allowed, by source; said once where rows share the reason."""
    sections = []
    for source, group in _grouped(rows, "source").items():
        parts = [Text(words=source, tone="dim")]
        for why, same in _grouped(group, "why").items():
            names = [str(row["quantity"]) for row in same]
            few = "; ".join(names) if len(names) <= FEW else f"{names[0]} and {len(names) - 1} more"
            parts.append(Text(words=why, lead=few))
        sections.append(Section(parts=tuple(parts)))
    return sections


def _outputs(extra: Mapping[str, Any]) -> Table:
    flat = {mode: dict(_flat(extra[mode])) for mode in ("exact", "corrected")}
    columns = (
        *texts("output"),
        Column(label="as published", digits=6),
        Column(label="corrected", digits=6),
    )
    rows = [
        (name, value, other if other == value else Marked(value=other, tone="bad"))
        for name, value in flat["exact"].items()
        for other in [flat["corrected"][name]]
    ]
    return table(columns, rows, caption="The calculator", key="calculator")


def _flat(tree: Mapping[str, Any], head: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for name, value in tree.items():
        found += _flat(value, f"{head}{name}.") if isinstance(value, dict) else [(head + name, value)]
    return found
