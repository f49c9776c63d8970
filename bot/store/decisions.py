"""Records decisions and finds them again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, desc, insert, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from advisors.contract import to_contract
from advisors.models import Classification, Decision
from bot.errors import DecisionNotFound, StoreUnavailable
from bot.ports import LoggedDecision
from bot.store.database import REPAIR, reason
from bot.store.tables import decisions

READING = TypeAdapter(Classification)


class DecisionStore:
    """The decision log on one database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def record(self, recorded: Sequence[Decision], platform: str) -> None:
        """Log decisions, all or none.

        Raises:
            StoreUnavailable: the database refused; nothing was written.
        """
        if not recorded:
            return
        async with self._connection("written") as connection:
            await connection.execute(insert(decisions), [_row(decision, platform) for decision in recorded])

    async def get(self, decision_id: str) -> LoggedDecision:
        """The decision of that id, else the newest one that answered a question of that id.

        Raises:
            DecisionNotFound: there is none.
            StoreUnavailable: the database cannot be read.
        """
        wanted = (
            select(decisions)
            .where(or_(decisions.c.id == decision_id, decisions.c.question_id == decision_id))
            .order_by(desc(decisions.c.id == decision_id), desc(decisions.c.decided_at))
            .limit(1)
        )
        rows = await self._read(wanted)
        if not rows:
            raise DecisionNotFound(f"No decision has the id {decision_id!r}. `which-ai history` lists the newest ones.")
        return _logged(rows[0])

    async def history(self, words: Sequence[str] = (), limit: int = 20) -> list[LoggedDecision]:
        """The newest decisions whose question, outputs or tools hold all the words, newest first."""
        wanted = select(decisions).order_by(desc(decisions.c.decided_at), desc(decisions.c.id)).limit(limit)
        for word in words:
            wanted = wanted.where(decisions.c.search_text.contains(word.lower(), autoescape=True))
        return [_logged(row) for row in await self._read(wanted)]

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()

    async def _read(self, wanted: Select[Any]) -> Sequence[Row[Any]]:
        async with self._connection("read") as connection:
            rows: Sequence[Row[Any]] = (await connection.execute(wanted)).all()
            return rows

    @asynccontextmanager
    async def _connection(self, done: str) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(f"The decision log cannot be {done} ({reason(error)}). {REPAIR}") from error


def _row(decision: Decision, platform: str) -> dict[str, Any]:
    tools = [pick.tool for pick in decision.recommendation.picks]
    names = [pick.name for pick in decision.recommendation.picks]
    outputs = list(decision.classification.outputs)
    return {
        "id": decision.id,
        "question_id": decision.question.id or decision.id,
        "question": storable(decision.question.text),
        "intent": decision.classification.intent.value,
        "outputs": outputs,
        "tools": tools,
        "engine": decision.engine,
        "catalogue": decision.catalogue,
        "prompt": decision.prompt,
        "policy": decision.policy,
        "platform": platform,
        "follows": decision.follows,
        "took_ms": decision.took_ms,
        "decided_at": decision.decided_at,
        "classification": READING.dump_python(decision.classification, mode="json"),
        "answer": {**to_contract(decision), "question": storable(decision.question.text)},
        "search_text": storable(" ".join([decision.question.text, *outputs, *tools, *names]).lower()),
    }


def storable(text: str) -> str:
    """Text that any database keeps: no NUL, no lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _logged(row: Row[Any]) -> LoggedDecision:
    return LoggedDecision(
        id=row.id,
        question=row.question,
        decided_at=row.decided_at,
        platform=row.platform,
        classification=READING.validate_python(row.classification),
        answer=row.answer,
    )
