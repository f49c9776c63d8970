"""The words and patterns of constraints.yml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

SCRIPTS_WITHOUT_SPACES = frozenset({"ja", "zh"})


@cache
def data() -> Mapping[str, Any]:
    """The file as it stands."""
    with (resources.files("advisors.constraints") / "constraints.yml").open(encoding="utf-8") as file:
        content: Mapping[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return content


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these patterns, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def bounded(pattern: str) -> str:
    """The pattern, not inside a longer word of Latin letters."""
    return rf"(?<![a-zà-ÿœ])(?:{pattern})(?![a-zà-ÿœ])"


@cache
def figure_words(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """What stands for a number without spelling one, and the figure."""
    lists = data()["figures"]
    pairs = [*lists["any"], *lists.get(language, ())]
    return tuple((re.compile(pattern), figure) for pattern, figure in pairs)


@cache
def units() -> Mapping[str, str]:
    """Unit by the word that names it."""
    by_word: dict[str, str] = {}
    for unit, words in data()["units"].items():
        for word in words if isinstance(words, list) else words.split():
            by_word.setdefault(word, unit)
    return by_word


@cache
def endings() -> frozenset[str]:
    """Words after which a noun does not belong to the figure before them."""
    return frozenset(" ".join(data()["ends"]).split())


@cache
def multipliers() -> Mapping[str, int]:
    """Factor by the word or sign after a figure."""
    return {word: factor for factor, words in data()["multipliers"].items() for word in words}


@cache
def flag_patterns(flag: str, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What sets a flag in a language, and what only looks like it. English terms are used in every language."""
    cues = data()["flags"][flag]
    script = "cjk" if language in SCRIPTS_WITHOUT_SPACES else language
    own = () if script == "en" else cues["said"].get(script, ())
    return re.compile("|".join((*cues["said"]["en"], *own))), re.compile(cues["lookalikes"])
