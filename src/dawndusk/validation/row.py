"""One number that others published or computed, beside ours."""

from __future__ import annotations

import math
from typing import Literal

from dawndusk.core.records import record

Verdict = Literal["reproduced", "refuted", "not reproducible"]

Numbers = tuple[str, str, float, float, float, str]  # quantity, unit, published, ours, allowed, why


@record
class Row:
    """A published number and ours.

    Parameters
    ----------
    case : str
        Key of the claim, such as ``kuiper-630``.
    quantity, unit : str
        What is compared, and in which unit both numbers are.
    published, ours : float
        NaN where there is none.
    allowed : float
        Largest difference, in `unit`, that counts as the same; set before the first comparison.
    why : str
        Why that much is allowed (printed digits, model error), and for what cannot hold or cannot be
        computed, why.
    source : str
        Author, year, where.
    refuted : bool
        True where the published number is known to be wrong and ours stands corrected beside it.
    """

    case: str
    quantity: str
    unit: str
    published: float
    ours: float
    allowed: float
    why: str
    source: str
    refuted: bool = False

    @property
    def difference(self) -> float:
        """Ours less published."""
        return self.ours - self.published

    @property
    def verdict(self) -> Verdict:
        """Whether the published number is what we find."""
        if not (math.isfinite(self.published) and math.isfinite(self.ours)):
            return "not reproducible"
        if self.refuted or abs(self.difference) > self.allowed:
            return "refuted"
        return "reproduced"


def table(case: str, source: str, *numbers: Numbers, refuted: bool = False) -> list[Row]:
    """Rows of one case and source, each from quantity, unit, published, ours, allowed and why."""
    return [
        Row(
            case=case,
            quantity=quantity,
            unit=unit,
            published=published,
            ours=ours,
            allowed=allowed,
            why=why,
            source=source,
            refuted=refuted,
        )
        for quantity, unit, published, ours, allowed, why in numbers
    ]
