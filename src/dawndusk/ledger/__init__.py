"""The sourced numbers: rows read from sources, and the reasons behind the numbers that have none."""

from __future__ import annotations

from dawndusk.ledger.entries import (
    CONFIDENCE,
    EVIDENCE,
    RECORDED,
    Entry,
    entries,
    entry,
    nearest,
    range_of,
    search,
)
from dawndusk.ledger.reasons import Reason, reason_for, reasons

__all__ = [
    "CONFIDENCE",
    "EVIDENCE",
    "RECORDED",
    "Entry",
    "Reason",
    "entries",
    "entry",
    "nearest",
    "range_of",
    "reason_for",
    "reasons",
    "search",
]
