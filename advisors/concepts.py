"""Finds which term or comparison a question is about, and explains it from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Concept
from advisors.models import Explanation


def explain(concept: str | None, catalogue: Catalogue) -> Explanation | None:
    """The explanation of a concept by its id, with a pointer to related ones; None when there is no such concept."""
    entry = catalogue.concepts.get(concept or "")
    if entry is None:
        return None
    see = ", ".join(catalogue.concepts[other].name for other in entry.see)
    text = f"{entry.text} See also: {see}." if see else entry.text
    return Explanation(concept=entry.id, text=text, source=entry.source)


def concept_named_in(text: str, concepts: Mapping[str, Concept]) -> str | None:
    """The concept that a text names: a comparison whose two sides both occur, else the longest term that occurs."""
    lowered = text.lower()
    compared = [
        (sum(map(len, sides)), concept.id)
        for concept in concepts.values()
        if concept.compares and all(sides := [_longest(lowered, names) for names in concept.compares])
    ]
    if compared:
        return max(compared)[1]
    terms = [(len(found), concept.id) for concept in concepts.values() if (found := _longest(lowered, concept.terms))]
    return max(terms)[1] if terms else None


def _longest(text: str, names: Iterable[str]) -> str:
    return max((name for name in names if _word(name).search(text)), key=len, default="")


@lru_cache(maxsize=4096)
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)")
