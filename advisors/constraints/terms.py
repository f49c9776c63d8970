"""Finds terms of use (free, self-hosted, ...) and the languages a result must be in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from advisors.catalogue.schema import Task
from advisors.constraints.vocabulary import bounded, data, flag_patterns
from advisors.models import Constraints

NEAR = 60
"""How many characters around the name of a language tell what it is there for."""


def flags_in(text: str, language: str) -> dict[str, bool]:
    """Return each flag with whether the text, in lower case, states it."""
    return {flag: _states(text, flag, language) for flag in Constraints.FLAGS}


def _states(text: str, flag: str, language: str) -> bool:
    cue, lookalike = flag_patterns(flag, language)
    return cue.search(lookalike.sub(" ", text)) is not None


def result_languages_in(text: str, tasks: Sequence[Task] = ()) -> tuple[str, ...]:
    """Return the codes of the languages the text wants the result in, in the order it names them."""
    if tasks and not any(task.output in data()["worded_outputs"] for task in tasks):
        return ()
    wanted = _codes_listed(text)
    unsaid: list[str] = []
    for row in _rows_of_names().finditer(text):
        codes = [_code(name) for name in _names().finditer(text, row.start(), row.end())]
        before, after = text[max(0, row.start() - NEAR) : row.start()], text[row.end() :][:NEAR]
        if _is_source(before, after):
            continue
        if len(codes) > 1 or _is_result(before, after):
            wanted += codes
        else:
            unsaid = codes
    if not wanted and any(task.id in data()["tasks_between_languages"] for task in tasks):
        wanted = unsaid
    return tuple(dict.fromkeys(wanted))


def _is_source(before: str, after: str) -> bool:
    return bool(_cue("source_before").search(before) or _cue("source_after").search(after))


def _is_result(before: str, after: str) -> bool:
    """Nobody lists several languages for a source; a single one needs a cue, or stands by itself."""
    if _cue("before").search(before) or _cue("after").search(after):
        return True
    return bool(_cue("alone_before").search(before) and _cue("alone_after").search(after))


def _codes_listed(text: str) -> list[str]:
    """Codes in capitals in a row, such as "EN/DE/FR"."""
    return [code.lower() for row in _rows_of_codes().finditer(text) for code in re.findall(r"[A-Z]{2}", row[0])]


def _code(name: re.Match[str]) -> str:
    return next(code for code, pattern in _patterns().items() if pattern.fullmatch(name.string, *name.span()))


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(data()["result_languages"][name], re.IGNORECASE)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(pattern, re.IGNORECASE) for code, pattern in data()["languages"].items()}


@cache
def _names() -> re.Pattern[str]:
    return re.compile(bounded("|".join(data()["languages"].values())), re.IGNORECASE)


@cache
def _rows_of_names() -> re.Pattern[str]:
    name = bounded("|".join(data()["languages"].values()))
    return re.compile(rf"{name}(?:{data()['result_languages']['joined_by']}{name})*", re.IGNORECASE)


@cache
def _rows_of_codes() -> re.Pattern[str]:
    code = rf"(?:{'|'.join(data()['languages']).upper()})"
    return re.compile(rf"(?<![A-Za-z]){code}(?:\s?(?:[/,+&]|and|und)\s?{code})+(?![A-Za-z])")
