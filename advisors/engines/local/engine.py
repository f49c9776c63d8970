"""Reads questions without a network: language, encoder and heads for what is wanted, code for the figures and names."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from advisors.approaches import approaches_in
from advisors.catalogue import Catalogue
from advisors.concepts import concept_named_in
from advisors.constraints import constraints_in
from advisors.engines.local.artifact import FOLDER, shared_artifact
from advisors.engines.local.head import Scores
from advisors.language import language_of
from advisors.models import Approach, Classification, Constraints, Intent, NamedTool, Question, Reading
from advisors.named_tools import named_tools_in

RIVALS = 3
"""Readings offered when the engine is unsure."""
HEARD = 0.5
"""From this probability on a constraint is taken as stated, though no cue names it."""
MAYBE_MISUSE = 0.35
"""From this probability of misuse on, a useless tool proposed settles it."""
POSSIBLE = 0.05
"""Below this probability an output is not worth offering."""


class LocalEngine:
    """The embedded engine. Deterministic: the same text gives the same reading."""

    def __init__(self, catalogue: Catalogue, folder: Path = FOLDER) -> None:
        """Load the model.

        Raises:
            ModelMissing: its files are missing or damaged.
        """
        self._catalogue = catalogue
        self._artifact = shared_artifact(folder)

    @property
    def version(self) -> str:
        """`local@` and the model's version."""
        return f"local@{self._artifact.version}"

    async def classify(self, question: Question) -> Classification:
        """Read one question, off the event loop: it takes some milliseconds of one core."""
        return await asyncio.to_thread(self.read, question.text)

    def read(self, text: str) -> Classification:
        """Read a cleaned text."""
        language = language_of(text)
        scores = self._artifact.score(text, language)
        approaches = approaches_in(text)
        intent = settled(scores, named_tools_in(text, self._catalogue, misused=True), approaches, self._catalogue)
        wants_something = intent in (Intent.RECOMMEND, Intent.MISUSE)
        readings = tuple(_reading(output, scores) for output in scores.chosen) if wants_something else ()
        return Classification(
            intent=intent,
            readings=readings,
            confidence=scores.confidence,
            constraints=self._constraints(text, language, readings, scores),
            named_tools=named_tools_in(text, self._catalogue, misused=intent is Intent.MISUSE),
            approaches=approaches,
            rivals=self._rivals(scores, intent),
            concept=concept_named_in(text, self._catalogue.concepts) if intent is Intent.CONCEPT else None,
            language=language,
        )

    def _constraints(self, text: str, language: str, readings: Sequence[Reading], scores: Scores) -> Constraints:
        """What is said in figures and cues, with the flags that the heads hear between the lines."""
        said = constraints_in(text, language, [self._catalogue.tasks[reading.task] for reading in readings])
        heard = {flag for flag, probability in scores.flags.items() if probability >= HEARD and readings}
        return replace(said, **dict.fromkeys(heard, True))  # type: ignore[arg-type]  # every flag is a bool

    def _rivals(self, scores: Scores, intent: Intent) -> tuple[Reading, ...]:
        """What to offer when asking back: nothing while the engine is sure of what it read."""
        sure = scores.confidence >= self._artifact.ask_below and intent is not Intent.UNCLEAR
        if sure or intent in (Intent.CONCEPT, Intent.OTHER):
            return ()
        likely = sorted(scores.outputs, key=lambda output: -scores.outputs[output])
        return tuple(_reading(output, scores) for output in likely[:RIVALS] if scores.outputs[output] >= POSSIBLE)


def settled(
    scores: Scores, named: Sequence[NamedTool], approaches: frozenset[Approach], catalogue: Catalogue
) -> Intent:
    """The likeliest intent, unless the catalogue speaks against it.

    Misuse needs something to misuse: with no approach mentioned, and every tool proposed able to make what is wanted,
    it is a plain need. And a plain need that may well be misuse is one when no tool proposed makes any of it.
    """
    intent = Intent(max(scores.intent, key=lambda name: scores.intent[name]))
    wanted = set(scores.chosen)
    proposed = [set(catalogue.tools[tool.tool].makes) for tool in named if tool.proposed]
    if intent is Intent.MISUSE and not approaches and all(wanted <= makes for makes in proposed):
        return Intent.RECOMMEND
    useless = bool(proposed) and not any(wanted & makes for makes in proposed)
    if intent is Intent.RECOMMEND and useless and scores.intent[Intent.MISUSE] >= MAYBE_MISUSE:
        return Intent.MISUSE
    return intent


def _reading(output: str, scores: Scores) -> Reading:
    task, task_confidence = scores.tasks[output]
    return Reading(
        output=output, confidence=round(scores.outputs[output], 4), task=task, task_confidence=round(task_confidence, 4)
    )
