"""Knows in which units the work of a task is counted, and what a figure about something else in it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from advisors.catalogue.schema import Task
from advisors.constraints.vocabulary import data

NOUN = "noun"
"""Things the vocabulary does not know: "80 rescue dogs"."""
PEOPLE = "people"
UNMADE = "nothing made"
UNKNOWN = "not yet known"


def unit_for(task: Task | None, unit: str, value: Decimal) -> str | None:
    """The unit in which a figure counts a task's work: its own, the task's, or None when it is about something else."""
    ways = _ways(task)
    if unit in ways["kept"]:
        return unit
    taken = value >= ways.get("nouns_from", math.inf) if unit == NOUN else unit in ways["taken"]
    return _own_unit(task) if taken else None


def largest_counts(task: Task | None) -> bool:
    """Whether the largest figure is the work, as with recordings that are cut down."""
    return task is not None and task.id in data()["largest_counts"]


def _own_unit(task: Task | None) -> str:
    return task.typical.unit if task is not None and task.typical is not None else "items"


def _ways(task: Task | None) -> Mapping[str, Any]:
    if task is None:
        return _table()[UNKNOWN]
    return _table().get(task.id) or _table()[task.typical.unit if task.typical else UNMADE]


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = data()["counted_in"]
    return table
