"""Reads the limits that a question states: volume, budget, terms of use, languages of the result."""

from __future__ import annotations

from advisors.constraints.amounts import budget_in, volume_in
from advisors.constraints.figures import in_figures
from advisors.constraints.terms import flags_in, result_languages_in
from advisors.models import Constraints

__all__ = ["constraints_in"]


def constraints_in(text: str, language: str) -> Constraints:
    """Return the limits that a text in that language states."""
    figures = in_figures(text, language)
    budget, rest = budget_in(figures)
    return Constraints(
        volume=volume_in(rest),
        budget=budget,
        language=result_languages_in(text),
        **flags_in(text.lower(), language),
    )
