"""Finds how much work there is and what may be spent, in a text whose numbers are figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from advisors.catalogue.schema import Task
from advisors.constraints.counting import NOUN, PEOPLE, largest_counts, unit_for
from advisors.constraints.vocabulary import any_of, bounded, data, endings, units
from advisors.models import Budget, Volume

NUMBER = re.compile(
    r"(?<![a-zà-ÿ\d_.,:#+/×-])(\d+(?:\.\d+)?)"
    r"(?![\d:%°]|[.,]\d|\s?(?:°|%|mm|cm|px|km|kg|x\s?\d|st\b|nd\b|rd\b|th\b))"
)
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[.,;:!?()\n]")
NOUN_WITHIN = 4
"""How many words after a figure its noun may stand: "300 really old wedding photos"."""
PERIOD_WITHIN = 45
"""How many characters after a figure its period may stand."""
YEARS = frozenset(year for year in range(1600, 2036) if year % 50)
LONG = {"hours": 60, "minutes": 1}
LENGTHS: dict[str, Decimal | int] = {**LONG, "seconds": Decimal(1) / 60}
FEWEST = {"users": 2, "pages": 2, "videos": 3, "documents": 3}
"""What is counted, with the fewest that are a volume."""
FEWEST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its unit, where it stands, and the period said with it."""

    value: Decimal
    unit: str
    start: int
    end: int
    per: str | None


def budget_in(text: str) -> tuple[Budget | None, str]:
    """Return what may be spent, and the text without sums of money."""
    budgets = []
    for found in _money().finditer(text):
        before, after = text[: found.start()][-60:], text[found.end() :]
        currency = _currency(found, "sign" if found["sign"] else "word")
        if not (_pattern("not_a_budget", "before").search(before) or _pattern("not_a_budget", "after").search(after)):
            amount = Decimal(found["after_sign"] or found["before_word"])
            if amount:
                budgets.append(Budget(amount=amount, currency=currency, per=_period(after, before)))
    rest = _money().sub(_blank, text)
    return (max(budgets, key=lambda budget: budget.amount) if budgets else None), rest


def volume_in(text: str, tasks: Sequence[Task] = ()) -> Volume | None:
    """Return the amount of work the text states, in all; a figure that cannot be about one of the tasks is not it."""
    amounts = list(_amounts(text))
    product = _product(amounts, text)
    best = (product and _fitted([product], tasks)) or _fitted(amounts, tasks)
    return None if best is None else Volume(amount=best.value, unit=best.unit, per=best.per)


def bare_volume_in(text: str) -> Volume | None:
    """Return a figure with a period and no noun, as items: "make it 2,000 a month"."""
    for found in NUMBER.finditer(text):
        after = text[found.end() :].lstrip()
        if _periods().match(after):
            return Volume(amount=Decimal(found[1]), unit="items", per=_period(after, ""))
    return None


def _fitted(amounts: Sequence[Amount], tasks: Sequence[Task]) -> Amount | None:
    """The amount that counts the work of the first task it can, in that task's unit."""
    for task in tasks or (None,):
        counted = [(amount, unit_for(task, amount.unit, amount.value)) for amount in amounts]
        ways = [(amount, unit) for amount, unit in counted if unit and _is_work(amount, unit)]
        if ways:
            largest_wins = largest_counts(task)
            best, unit = max(ways, key=lambda way: _worth(*way, largest_wins=largest_wins))
            return replace(best, unit=unit)
    return None


def _is_work(amount: Amount, unit: str) -> bool:
    """Fewer pieces are told than counted: "two clients drift apart"."""
    return unit in LONG or amount.value >= FEWEST.get(unit, FEWEST_OTHERS) - (amount.per is not None)


def _worth(amount: Amount, unit: str, *, largest_wins: bool) -> tuple[bool, bool, Decimal | int, int]:
    """A unit that was said is worth more than one taken from the task, then a period, then the earlier one."""
    size = amount.value * LONG.get(unit, 1) if largest_wins else 0
    return amount.unit == unit or largest_wins, amount.per is not None, size, -amount.start


def _amounts(text: str) -> Iterator[Amount]:
    for found in NUMBER.finditer(text):
        before, after, value = text[: found.start()], text[found.end() :], Decimal(found[1])
        if _pattern("not_work", "before").search(before[-40:]) or _pattern("not_work", "after").match(after):
            continue
        if _pattern("had").search(before[-40:]):
            continue
        unit, length = _unit_after(after)
        unit = unit or _unit_spoken_of(before, after) or _noun_around(before, after)
        if unit == PEOPLE and _pattern("invented").search(text):
            unit = "rows"
        if unit is not None and value not in YEARS:
            yield Amount(value, unit, found.start(), found.end() + length, _period(after[length:], before))


def _noun_around(before: str, after: str) -> str | None:
    """Whether the figure counts something that the vocabulary does not know, or that is not said."""
    return NOUN if _pattern("any_noun").match(after) or _pattern("wanted").search(before[-40:]) else None


def _product(amounts: list[Amount], text: str) -> Amount | None:
    """Pieces of a length each: "20 videos of 5 minutes", "3 podcasts a week, 40 min each"."""
    for pieces, length in pairwise(amounts):
        between = text[pieces.end : length.start]
        each = _pattern("each").match(text[length.end :])
        if pieces.unit in LENGTHS or length.unit not in LENGTHS or between.endswith(" to "):
            continue
        if each or _pattern("of_length").fullmatch(between):
            minutes = round(pieces.value * length.value * LENGTHS[length.unit], 2).normalize()
            return Amount(minutes, "minutes", pieces.start, length.end, pieces.per or length.per)
    return None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unit_after(after: str) -> tuple[str | None, int]:
    """The unit of the figure that the text follows, and how far the noun reaches."""
    han = _han_unit().match(after)
    if han:
        return units()[han["unit"]], han.end()
    unit, length = None, 0
    for count, word in enumerate(WORD.finditer(_pattern("joins_noun").sub(_blank, after, count=1))):
        if count >= NOUN_WITHIN or word[0] in endings() or not word[0][0].isalpha():
            break
        if word[0] in units():
            unit, length = units()[word[0]], word.end()
        elif unit is not None:
            break
    return unit, length


def _unit_spoken_of(before: str, after: str) -> str | None:
    """The unit last named before a figure without a noun: "invoices pile up, 900 a week", "52 of them"."""
    behind = _pattern("behind_noun", "before").search(before[-40:])
    if behind and _pattern("behind_noun", "after").match(after):
        return units().get(behind[1])
    if not (_pattern("named_before").match(after) or _periods().match(after.lstrip())):
        return None
    named = (units()[word[0]] for word in reversed(list(WORD.finditer(before))) if word[0] in units())
    return next((unit for unit in named if unit not in LENGTHS), None)


def _period(after: str, before: str) -> str | None:
    """The period said with a figure: soon after it, else just before it."""
    for part in (re.split(r"[.!?;]\s|\n", after[:PERIOD_WITHIN])[0], before[-40:]):
        found = _periods().search(part)
        if found:
            return str(found.lastgroup)
    return None


def _currency(found: re.Match[str], group: str) -> str:
    start, end = found.span(group)
    matches = ((code, pattern.match(found.string, start)) for code, pattern in _currencies().items())
    return max((match.end() == end, code) for code, match in matches if match)[1]


@cache
def _pattern(*keys: str) -> re.Pattern[str]:
    """The pattern that stands in constraints.yml under these keys."""
    entry: Any = data()
    for key in keys:
        entry = entry[key]
    return re.compile(entry)


@cache
def _periods() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{bounded(pattern)})" for name, pattern in data()["periods"].items()))


@cache
def _currencies() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(pattern) for code, pattern in data()["currencies"].items()}


@cache
def _money() -> re.Pattern[str]:
    words = "|".join(data()["currencies"].values())
    number = r"\d+(?:\.\d+)?"
    return re.compile(
        rf"(?<![a-z])(?P<sign>{words})\s?(?P<after_sign>{number})(?![a-zà-ÿ\d])|(?<![a-zà-ÿ\d.])(?P<before_word>{number})\s?(?P<word>{words})(?![a-z])"
    )


@cache
def _han_unit() -> re.Pattern[str]:
    words = any_of(re.escape(word) for word in units() if word[0] > "\u0250")
    return re.compile(rf"\s?(?:多|来|來|余|餘|ほど|くらい|以上)?(?P<unit>{words})")
