"""Finds the ways of going about it that a question mentions, for the misuse rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from advisors.models import Approach


def approaches_in(text: str) -> frozenset[Approach]:
    """Every approach that the text mentions. Whether it is a bad idea is for `advisors.misuse` to say."""
    lowered = text.lower()
    return frozenset(approach for approach, cues in _cues().items() if cues.search(lowered))


@cache
def _cues() -> Mapping[Approach, re.Pattern[str]]:
    with (resources.files("advisors") / "approaches.yml").open(encoding="utf-8") as file:
        data: Mapping[str, list[str]] = yaml.safe_load(file)
    return {Approach(name): re.compile("|".join(cues)) for name, cues in data.items()}
