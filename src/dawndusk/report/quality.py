"""How well the scenario tree keeps the sampled demand: in numbers and in a sentence."""

from __future__ import annotations

from typing import Any

from dawndusk.report import words
from dawndusk.report.view import View


def tree_quality(view: View) -> list[dict[str, Any]]:
    """How far the tree's log demand is from the sample's, in standard deviations of the sample."""
    return [
        {
            "period": str(row["check_period"]),
            "statistic": str(row["statistic"]),
            "error_sd": float(row["error_sd"]),
            "allowed_sd": float(row["allowed"]),
        }
        for row in view.quality
    ]


def tree_texts(view: View) -> list[str]:
    """The tree's worst errors in the middle and in the tails of demand."""
    found = tree_quality(view)
    middle = [abs(x["error_sd"]) for x in found if "%" not in x["statistic"]]
    tails = [abs(x["error_sd"]) for x in found if "%" in x["statistic"]]
    if not middle or not tails:
        return []
    dates = ", ".join(dict.fromkeys(x["period"] for x in found))
    text = f"log demand in {dates} is off the sample by at most {words.percent(max(middle))} of its standard"
    return [f"{text} deviation (mean, median) and {words.percent(max(tails))} (5 and 95 % points)"]
