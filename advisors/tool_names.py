"""Finds where a text names tools of the catalogue: by any name, however spelt, with small slips in well-known ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import yaml
from rapidfuzz.distance import OSA

from advisors.catalogue import Catalogue

CJK = r"\u3040-\u30ff\u3400-\u9fff"
PART = re.compile(rf"[^\W\d_{CJK}]+|\d+|[{CJK}]")
"""Letters or digits in a row, so that GPT-4, GPT 4 and gpt4 are one spelling; without spaces, each character."""
JOINT = re.compile(r"[\s\-\u2010-\u2015_.·;]?[\[(]?")
"""What may stand between the parts of one name."""
SENTENCE_START = re.compile(r"(?:^|[.!?:;\n(\"“„«»>*•\-]\s*|\d[.)]\s+)$")
LONG = 9
"""A name of so many letters may have two slips in it; a shorter one has one."""
NEAR = 30
"""How many characters to either side of an everyday word are read for cues."""
Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A tool's id and where a text names it."""

    tool: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    """What tools are called, made ready to be looked for."""

    by_first_part: Mapping[str, tuple[tuple[Parts, str], ...]]
    """Names and tools, longest name first."""
    misspelt: Mapping[str, tuple[tuple[str, str], ...]]
    """Names people get wrong, written as one word, and tools, by first letter."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """How to tell a name from a word that is spelt alike; see tool_names.yml."""

    everyday: frozenset[str]
    misspelt: tuple[str, ...]
    plain_before: re.Pattern[str]
    plain_after: re.Pattern[str]
    tool_before: re.Pattern[str]
    tool_after: re.Pattern[str]
    ai_words: re.Pattern[str]


def mentions_in(text: str, catalogue: Catalogue) -> list[Mention]:
    """Every place where a text names a tool, in order; of overlapping names the longest."""
    found = _spelt(text, _names(tuple(catalogue.tools_by_name.items())))
    doubtful = {one for one in found if text[one.start : one.end].lower() in _cues().everyday}
    about_ai = len(doubtful) < len(found) or _cues().ai_words.search(text) is not None
    return [one for one in found if one not in doubtful or _means_a_tool(text, one, about_ai)]


@lru_cache(maxsize=4)
def _names(tools_by_name: tuple[tuple[str, str], ...]) -> _Names:
    by_first_part: dict[str, list[tuple[Parts, str]]] = {}
    misspelt: dict[str, list[tuple[str, str]]] = {}
    for name, tool in tools_by_name:
        parts = tuple(PART.findall(name.lower()))
        by_first_part.setdefault(parts[0], []).append((parts, tool))
        if name in _cues().misspelt:
            misspelt.setdefault(name[0], []).append(("".join(parts), tool))
    return _Names(
        by_first_part={
            first: tuple(sorted(names, key=lambda one: -len(one[0]))) for first, names in by_first_part.items()
        },
        misspelt={first: tuple(names) for first, names in misspelt.items()},
    )


@cache
def _cues() -> _Cues:
    with (resources.files("advisors") / "tool_names.yml").open(encoding="utf-8") as file:
        data = yaml.safe_load(file)
    return _Cues(
        everyday=frozenset(data["everyday"].split(", ")),
        misspelt=tuple(data["misspelt"].split(", ")),
        plain_before=_ending_with(data["plain_before"]),
        plain_after=_starting_with(data["plain_after"]),
        tool_before=_ending_with(data["tool_before"]),
        tool_after=_starting_with(data["tool_after"]),
        ai_words=re.compile(rf"(?i)\b(?:{'|'.join(data['ai_words'])})\b"),
    )


def _ending_with(cues: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(cues)})\W*$")


def _starting_with(cues: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?i)\W*(?:{'|'.join(cues)})(?!\w)")


def _spelt(text: str, names: _Names) -> list[Mention]:
    matches = list(PART.finditer(text))
    parts = [match[0].lower() for match in matches]
    found: list[Mention] = []
    at = 0
    while at < len(matches):
        tool, length = _longest(text, matches, parts, at, names) or _slip(text, matches, parts, at, names) or ("", 1)
        if tool:
            found.append(Mention(tool, matches[at].start(), matches[at + length - 1].end()))
        at += length
    return found


def _longest(
    text: str, matches: Sequence[re.Match[str]], parts: Sequence[str], at: int, names: _Names
) -> tuple[str, int] | None:
    for name, tool in names.by_first_part.get(parts[at], ()):
        end = at + len(name)
        if tuple(parts[at:end]) == name and _is_one_name(text, matches[at:end]):
            return tool, len(name)
    return None


def _slip(
    text: str, matches: Sequence[re.Match[str]], parts: Sequence[str], at: int, names: _Names
) -> tuple[str, int] | None:
    candidates = names.misspelt.get(parts[at][0], ())
    for length in (2, 1) if candidates else ():
        written = "".join(parts[at : at + length])
        for name, tool in candidates:
            slips = 2 if len(name) >= LONG else 1
            if OSA.distance(written, name, score_cutoff=slips) <= slips and _is_one_name(
                text, matches[at : at + length]
            ):
                return tool, len(matches[at : at + length])
    return None


def _is_one_name(text: str, matches: Sequence[re.Match[str]]) -> bool:
    return all(JOINT.fullmatch(text, one.end(), other.start()) for one, other in pairwise(matches))


def _means_a_tool(text: str, mention: Mention, about_ai: bool) -> bool:
    """Whether an everyday word names a tool: by its capital, or by the words around it."""
    before, after = text[max(0, mention.start - NEAR) : mention.start], text[mention.end : mention.end + NEAR]
    written = text[mention.start : mention.end]
    if _cues().plain_after.match(after) or (written.islower() and " " in written):
        return False
    if not written.islower() and not SENTENCE_START.search(before):
        return True
    if _cues().plain_before.search(before):
        return False
    return about_ai or bool(_cues().tool_before.search(before) or _cues().tool_after.match(after))
