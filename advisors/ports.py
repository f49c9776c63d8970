"""What the core needs from outside, as small protocols."""

from __future__ import annotations

from typing import Protocol

from advisors.models import Classification, Question


class Engine(Protocol):
    """Reads a question: what output is wanted, under which constraints, with which tools in mind."""

    @property
    def version(self) -> str:
        """Name and version, e.g. `local@3f2a9c1d`; stored with each decision."""
        ...

    async def classify(self, question: Question) -> Classification:
        """Read one question.

        Raises:
            EngineUnavailable: the engine cannot answer now; the text says what to do.
        """
        ...
