"""What platforms need from the rest of the bot, as small protocols. bootstrap.py brings the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue
from advisors.models import Classification, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDecision:
    """A decision as the log keeps it."""

    id: str
    question: str
    decided_at: datetime
    platform: str
    classification: Classification
    answer: dict[str, Any]
    """The JSON contract, as answered then."""


class DecisionLog(Protocol):
    """Where decisions are kept and found again."""

    async def record(self, recorded: Sequence[Decision], platform: str) -> None:
        """Log decisions, all or none; raises StoreUnavailable."""
        ...

    async def get(self, decision_id: str) -> LoggedDecision:
        """One decision by its id or its question's; raises DecisionNotFound, StoreUnavailable."""
        ...

    async def history(self, words: Sequence[str] = (), limit: int = 20) -> list[LoggedDecision]:
        """The newest decisions that hold all the words; raises StoreUnavailable."""
        ...


class Parts(Protocol):
    """The bot's parts, made when asked for, so that a command pays only for what it uses."""

    def catalogue(self) -> Catalogue:
        """The catalogue, read once a process; raises CatalogueError."""
        ...

    def advisor(self) -> Advisor:
        """An advisor on the configured engine; raises ModelMissing."""
        ...

    def open_log(self) -> AbstractAsyncContextManager[DecisionLog]:
        """The decision log, closed afterwards; raises StoreUnavailable when entered."""
        ...
