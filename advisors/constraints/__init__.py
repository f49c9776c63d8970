"""Reads the limits that a question states: volume, budget, terms of use, languages of the result."""

from __future__ import annotations

from collections.abc import Sequence

from advisors.catalogue.schema import Task
from advisors.constraints.amounts import bare_volume_in, budget_in, volume_in
from advisors.constraints.figures import in_figures
from advisors.constraints.terms import flags_in, result_languages_in
from advisors.models import Constraints

__all__ = ["constraints_in"]

LONGEST_ASIDE = 14
"""Words. What wants nothing made counts nothing, unless it is short enough to refine what was asked before."""


def constraints_in(text: str, language: str, tasks: Sequence[Task] = ()) -> Constraints:
    """Return the limits that a text in that language states.

    Args:
        text: what was asked.
        language: the language it is written in.
        tasks: what it wants done, the first thing first, which decides what a figure in it counts.
    """
    budget, rest = budget_in(in_figures(text, language))
    volume = volume_in(rest, tasks)
    if not tasks:
        volume = (volume or bare_volume_in(rest)) if len(text.split()) <= LONGEST_ASIDE else None
    return Constraints(
        volume=volume,
        budget=budget,
        language=result_languages_in(text, tasks),
        **flags_in(text.lower(), language),
    )
