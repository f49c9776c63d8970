"""Writes every number of a text in plain figures: "a couple hundred", "1.500", "20k", "5-10", 三百."""

from __future__ import annotations

import re
from functools import cache

from text_to_num import alpha2digit

from advisors.constraints.vocabulary import any_of, data, figure_words, multipliers

SPELLED = frozenset({"en", "de", "fr", "es", "pt", "it"})
GROUPED = re.compile(r"(?<![a-zà-ÿ\d.,])(\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+)(?!\d)(?![.,]\d{3})")
DECIMAL_COMMA = re.compile(r"(?<![a-zà-ÿ\d.])(\d+),(\d{1,2})(?!\d)")
HAN_NUMBER = re.compile(r"[一二两兩三四五六七八九十百千万萬零〇]{2,}|[二两兩三四五六七八九十](?=[^\W\d一])")
HAN_DIGITS = dict(zip("零〇一二两兩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
HAN_POWERS = {"十": 10, "百": 100, "千": 1000}


def in_figures(text: str, language: str) -> str:
    """Return the text in lower case with its numbers as plain digits, a range as its upper end."""
    text = text.lower().replace("’", "'")
    text = re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\d)-(?=[a-z])", " ", text)
    for pattern, figure in figure_words(language):
        text = pattern.sub(figure, text)
    if language in SPELLED:
        text = _spelled_out(_plain(text), language)
    else:
        text = HAN_NUMBER.sub(lambda found: str(_han_value(found[0])), _plain(text))
    return _range().sub(_upper_end, _multiplied(text))


def _spelled_out(text: str, language: str) -> str:
    """Numbers in words become figures; "20 thousand" is left to the multipliers, so it is joined first."""
    return str(alpha2digit(_multiplied(text), language, 1.5))


def _plain(text: str) -> str:
    text = GROUPED.sub(lambda found: re.sub(r"\D", "", found[1]), text)
    return DECIMAL_COMMA.sub(r"\1.\2", text)


def _multiplied(text: str) -> str:
    return _multiplier().sub(lambda found: _text_of(float(found[1]) * multipliers()[found[2]]), text)


def _upper_end(found: re.Match[str]) -> str:
    low, high = float(found["low"]), float(found["high"])
    return found["high"] if low < high else found[0]


def _text_of(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _han_value(numeral: str) -> int:
    """The value of a Chinese numeral; 一万二 is twelve thousand."""
    total = section = digit = 0
    power = 1
    for character in numeral:
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
            power = 1 if character in "零〇" else power
        elif character in HAN_POWERS:
            power = HAN_POWERS[character]
            section, digit = section + (digit or 1) * power, 0
        else:
            total, section, digit, power = total + (section + digit or 1) * 10_000, 0, 0, 10_000
    return total + section + (digit * power // 10 if power >= 100 else digit)


@cache
def _multiplier() -> re.Pattern[str]:
    latin = any_of(word for word in multipliers() if word.isascii() or word[0] < "\u0250")
    han = any_of(word for word in multipliers() if word[0] > "\u0250")
    measure = data()["not_multiplied"]
    return re.compile(
        rf"(?<![a-zà-ÿ\d.])(\d+(?:\.\d+)?)(?:\s?(?={latin}|{han}))"
        rf"((?:{latin})(?![^\W\d_]| ?(?:{measure}))|{han})"
    )


@cache
def _range() -> re.Pattern[str]:
    between = any_of(re.escape(word) for word in data()["ranges"])
    return re.compile(rf"(?<![a-zà-ÿ\d.])(?P<low>\d+(?:\.\d+)?)\s?(?:{between})\s?(?P<high>\d+(?:\.\d+)?)(?![\w.]*\d)")
