"""Finds the tools that a question names, and whether somebody means to use them for the need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import yaml

from advisors.catalogue import Catalogue
from advisors.models import NamedTool
from advisors.tool_names import Mention, mentions_in

ANY_MODEL = "llm"
"""The entry of the generic word: a tool only where it is misused and nothing more definite is named."""
COORDINATED = re.compile(r"(?i)\W*(?:[/+&]|\b(?:and|or|nor|plus|vs|und|oder|et|ou|y|o|e|ed)\b|と|や|和|或|或者)\W*")
CLAUSE_END = re.compile(r"[.!?;:\n—–…。！？；、，()]|\s-\s|,\s")
SENTENCE_END = re.compile(r"[!?\n…。！？；;]|\.(?=\s|$)")
NEAR = 90
"""How many characters to either side of a name are read for cues."""


@dataclass(frozen=True, slots=True)
class _Cues:
    """What around a name tells that it is not proposed; see named_tools.yml."""

    asked_before: re.Pattern[str]
    rejected_before: re.Pattern[str]
    rejected_after: re.Pattern[str]
    failed_after: re.Pattern[str]
    source_before: re.Pattern[str]
    in_use_before: re.Pattern[str]
    in_use_after: re.Pattern[str]


def named_tools_in(text: str, catalogue: Catalogue, misused: bool) -> tuple[NamedTool, ...]:
    """Every catalogue tool that a text names, in order of appearance, once each.

    A tool is proposed unless the text turns it down, compares with it or, outside misuse, says that it served for
    something else. When `misused`, at least one is.
    """
    mentions = mentions_in(text, catalogue)
    definite = [mention for mention in mentions if mention.tool != ANY_MODEL]
    mentions = definite or (mentions if misused else [])
    proposed = _proposed(text, mentions, misused)
    written: dict[str, str] = {}
    for mention in mentions:
        written.setdefault(mention.tool, text[mention.start : mention.end])
    return tuple(
        NamedTool(tool=tool, as_written=as_written, proposed=tool in proposed) for tool, as_written in written.items()
    )


def _proposed(text: str, mentions: Sequence[Mention], misused: bool) -> set[str]:
    """A tool named twice is proposed when one of the places proposes it."""
    found: set[str] = set()
    for group in _groups(text, mentions):
        before, after, asked = _around(text, group[0].start, group[-1].end)
        if not _turned_down(before, after) and (misused or not _served(before, after, asked)):
            found.update(mention.tool for mention in group)
    return found or ({mentions[0].tool} if misused and mentions else set())


def _groups(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Names joined by "and", "or" or a slash share their fate."""
    groups = [[mention] for mention in mentions[:1]]
    for one, other in pairwise(mentions):
        if COORDINATED.fullmatch(text, one.end, other.start):
            groups[-1].append(other)
        else:
            groups.append([other])
    return groups


def _around(text: str, start: int, end: int) -> tuple[str, str, bool]:
    """The clause before a name, the sentence after it, and whether that sentence is a question."""
    sentence_end = SENTENCE_END.search(text, end)
    stop = sentence_end.start() if sentence_end else len(text)
    before = CLAUSE_END.split(text[max(0, start - NEAR) : start])[-1]
    asked = sentence_end is not None and sentence_end[0] in "?？"
    return before, text[end : min(stop, end + NEAR)], asked


def _turned_down(before: str, after: str) -> bool:
    return bool(_cues().rejected_before.search(before) or _cues().rejected_after.match(after))


def _served(before: str, after: str, asked: bool) -> bool:
    """Whether a tool was, or is, of use for something else, or was tried in vain."""
    cues = _cues()
    if cues.source_before.search(before) or cues.failed_after.match(after):
        return True
    if asked or cues.asked_before.search(before):
        return False
    return bool(cues.in_use_before.search(before) or cues.in_use_after.match(after))


@cache
def _cues() -> _Cues:
    with (resources.files("advisors") / "named_tools.yml").open(encoding="utf-8") as file:
        data = yaml.safe_load(file)
    return _Cues(**{name: _anchored(name, "|".join(cues)) for name, cues in data.items()})


def _anchored(name: str, cues: str) -> re.Pattern[str]:
    """What stands before a name must end where it starts; what stands after must start where it ends."""
    return re.compile(rf"(?i)(?<!\w)(?:{cues})\W*$" if name.endswith("_before") else rf"(?i)\W*(?:{cues})")
