"""Finds which term or comparison a question is about, and explains it from the catalogue."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Concept
from advisors.models import Explanation

LETTER = r"[^\W_\u3040-\u30ff\u4e00-\u9fff]"
"""A letter or digit of a script that puts spaces between words; Japanese and Chinese do not."""
ENDING = r"(?:'?s|es|e?n)?"
"""Plural and genitive of English, Spanish, French and Portuguese and, where it is that simple, of German."""
ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
QUOTES = dict.fromkeys(map(ord, '"“”„«»‹›「」『』'))
COMPARED = 6
"""Letters that a comparison gains on a single term: naming both sides says more than naming one thing."""
ALIKE = 0.6
"""The share of a typical wording, by weight of its words, that a question must have in common with it."""


def explain(concept: str | None, catalogue: Catalogue) -> Explanation | None:
    """The explanation of a concept by its id, with a pointer to related ones; None when there is no such concept."""
    entry = catalogue.concepts.get(concept or "")
    if entry is None:
        return None
    see = ", ".join(catalogue.concepts[other].name for other in entry.see)
    text = f"{entry.text} See also: {see}." if see else entry.text
    return Explanation(concept=entry.id, text=text, source=entry.source)


def concept_named_in(text: str, concepts: Mapping[str, Concept]) -> str | None:
    """The concept that a text names with most letters: a term, or a comparison whose two sides both occur.

    Where none is named, the one with a typical wording much like the text.
    """
    plain = fold(text)
    named = [
        (not concept.setting, letters, concept.id)
        for concept in concepts.values()
        if (letters := _letters(plain, concept))
    ]
    return max(named)[2] if named else _asked_alike(plain, concepts.values())


def fold(text: str) -> str:
    """A text without capitals, accents, hyphens and quotes, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").translate(QUOTES)).translate(ACCENTS)
    return " ".join(re.sub(r"[\u2010-\u2015_-]", " ", plain).split())


def _letters(text: str, concept: Concept) -> int:
    term = len(_longest(text, concept.terms))
    if concept.compares is None or not (one := _longest(text, concept.compares[0])):
        return term
    # One side may hold the other (ChatGPT and GPT): words that name the one cannot name the other too.
    other = _longest(_word(one).sub("|", text), concept.compares[1])
    return max(term, len(one) + len(other) + COMPARED) if other else term


def _longest(text: str, names: Iterable[str]) -> str:
    folded = map(_folded, names)
    return max((name for name in folded if name in text and _word(name).search(text)), key=len, default="")


_folded = lru_cache(maxsize=8192)(fold)


@lru_cache(maxsize=8192)
def _word(name: str) -> re.Pattern[str]:
    before = rf"(?<!{LETTER})" if re.match(LETTER, name) else ""
    after = rf"{ENDING}(?!{LETTER})" if re.match(LETTER, name[-1]) else ""
    return re.compile(before + re.escape(name) + after)


def _asked_alike(text: str, concepts: Iterable[Concept]) -> str | None:
    # A wording that names its concept says nothing here: the text does not name it, and the rest is "what does … mean".
    wordings = [(_words(ask), one.id) for one in concepts for ask in one.asks if not _letters(_folded(ask), one)]
    common = Counter(word for words, _ in wordings for word in words)
    heard = _words(text)

    def weight(words: Iterable[str]) -> float:
        return sum(1 / common[word] for word in words)

    alike = [(weight(words & heard) / weight(words), concept) for words, concept in wordings if words]
    share, found = max(alike, default=(0.0, None))
    return found if share >= ALIKE else None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", _folded(text)))
