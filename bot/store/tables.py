"""The tables. A change here comes with a migration."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Float, Index, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Times with a zone, on databases that keep none too: stored as UTC, returned as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone, and turn the others to UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time must carry its zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Give back the zone that SQLite drops."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

decisions = Table(
    "decisions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question_id", String(255), nullable=False),
    Column("question", Text, nullable=False),
    Column("intent", String(16), nullable=False),
    Column("outputs", JSON, nullable=False),
    Column("tools", JSON, nullable=False),
    Column("engine", String(64), nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("prompt", String(64)),
    Column("policy", String(64)),
    Column("platform", String(16), nullable=False),
    Column("follows", String(32)),
    Column("took_ms", Float, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("classification", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("search_text", Text, nullable=False),
    Index("ix_decisions_question_id", "question_id"),
    Index("ix_decisions_decided_at", "decided_at"),
)
"""One row a decision: how the question was read (`classification`) and what was answered (`answer`, the JSON
contract), with the versions of all that led to it. `search_text` holds the words that history searches, in lower case.
"""
