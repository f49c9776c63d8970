"""One line beside its reading, and what was right about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from advisors.evaluation.labelled import LabelledQuestion
from advisors.models import Classification, Constraints, Intent

Pair = tuple[LabelledQuestion, Classification]

WITH_OUTPUTS = (Intent.RECOMMEND, Intent.MISUSE)
READS_NOTHING = Classification(intent=Intent.OTHER)
"""What a refused text counts as."""


@dataclass(frozen=True)
class Judged:
    """A label and a reading, compared."""

    label: LabelledQuestion
    read: Classification
    warned: bool | None = None
    """Whether the answer held a warning; None when nothing was answered."""

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The labelled outputs, none where the intent has none."""
        return frozenset(self.label.outputs if self.wants_outputs else ())

    @cached_property
    def found(self) -> frozenset[str]:
        """The outputs read, none where the intent read has none."""
        return frozenset(self.read.outputs if self.read.intent in WITH_OUTPUTS else ())

    @property
    def wants_outputs(self) -> bool:
        """Whether the labelled intent has outputs at all."""
        return self.label.intent in WITH_OUTPUTS

    @property
    def exact(self) -> bool:
        """Whether all outputs and no others were found."""
        return self.wanted == self.found

    @property
    def top_right(self) -> bool:
        """Whether the most confident output found is wanted."""
        if not self.found:
            return False
        return max(self.read.readings, key=lambda reading: reading.confidence).output in self.wanted

    @property
    def right_intent(self) -> bool:
        """Whether the intent was read as labelled."""
        return self.read.intent is self.label.intent

    @property
    def right(self) -> bool:
        """Whether both intent and outputs are as labelled: what `confidence` is a probability of."""
        return self.right_intent and self.exact

    @property
    def sure(self) -> bool:
        """Whether the engine answered without asking back."""
        return not self.read.rivals and self.read.intent is not Intent.UNCLEAR

    @property
    def labelled_tasks(self) -> dict[str, str]:
        """The labelled task of each wanted output; empty when nobody labelled tasks."""
        if not (self.wants_outputs and self.label.tasks):
            return {}
        return dict(zip(self.label.outputs, self.label.tasks, strict=True))

    @property
    def tasks_found(self) -> int:
        """How many labelled tasks lie under an output that was found."""
        return sum(output in self.found for output in self.labelled_tasks)

    @property
    def tasks_right(self) -> int:
        """How many outputs were found with their task."""
        read = {reading.output: reading.task for reading in self.read.readings}
        tasks = self.labelled_tasks
        return sum(output in self.found and read[output] == task for output, task in tasks.items())

    @cached_property
    def stated(self) -> frozenset[tuple[str, Any]]:
        """The labelled constraints as (field, value)."""
        return frozenset(_facts(self.label.constraints))

    @cached_property
    def heard(self) -> frozenset[tuple[str, Any]]:
        """The constraints read, as (field, value)."""
        return frozenset(_facts(self.read.constraints))


def _facts(constraints: Constraints) -> Iterator[tuple[str, Any]]:
    if constraints.volume:
        yield "volume", constraints.volume
    if constraints.budget:
        yield "budget", constraints.budget
    for flag in constraints.flags():
        yield flag, True
    for code in constraints.language:
        yield "language", code
