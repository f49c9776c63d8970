"""Tells which language a question is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

ENGLISH = "en"
KANA = re.compile(r"[\u3041-\u30ff]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
WORD = re.compile(r"\b[^\W\d_]+\b")
FEW_WORDS = 4
"""Below this, a single small word of another language is chance ("die cut labels")."""

LETTER = 0.5
"""What a letter that English does not write counts against a small word: names have them too."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language the text is written in; English when nothing tells another.

    Script decides first; then the small words of each language are counted, and letters that English does not write.
    """
    if KANA.search(text):
        return "ja"
    words = WORD.findall(text.lower())
    if len(HAN.findall(text)) > len(words):
        return "zh"
    scores = _scores(words, text.lower())
    best = max(scores, key=lambda language: scores[language])
    margin = scores[best] - scores[ENGLISH]
    needed = 1.0 if len(words) < FEW_WORDS else 0.6
    return best if margin >= needed else ENGLISH


def _scores(words: list[str], lowered: str) -> dict[str, float]:
    """How much speaks for each language: a word counts for less the more languages share it."""
    scores = dict.fromkeys(_small_words(), 0.0)
    speakers = _speakers()
    for word in words:
        languages = speakers.get(word, ())
        for language in languages:
            scores[language] += 1 / len(languages)
    for letter in set(lowered):
        for language in _writers().get(letter, ()):
            scores[language] += LETTER / len(_writers()[letter])
    return scores


def _data() -> Mapping[str, Any]:
    with (resources.files("advisors") / "language.yml").open(encoding="utf-8") as file:
        data: Mapping[str, Any] = yaml.safe_load(file)
    return data


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _data()["words"].items()}


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """Which languages use a word."""
    every = frozenset[str]().union(*_small_words().values())
    return {word: tuple(code for code, words in _small_words().items() if word in words) for word in every}


@cache
def _writers() -> Mapping[str, tuple[str, ...]]:
    """Which languages write a letter."""
    letters: Mapping[str, str] = _data()["letters"]
    every = frozenset("".join(letters.values()))
    return {letter: tuple(code for code, own in letters.items() if letter in own) for letter in every}
