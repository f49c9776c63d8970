"""The only wiring: chooses the real engine, catalogue and database, and hands them to those who need them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue, load_catalogue
from advisors.engines import ENGINES
from bot.settings import Settings
from bot.store import DecisionStore, open_database

AUTO = "local"
"""What `auto` takes."""


@lru_cache(maxsize=1)
def shared_catalogue() -> Catalogue:
    """The catalogue, read once a process."""
    return load_catalogue()


def build_advisor(settings: Settings) -> Advisor:
    """An advisor on the engine that the settings name.

    Raises:
        CatalogueError: a catalogue file is wrong.
        ModelMissing: the embedded engine's model cannot be loaded.
    """
    catalogue = shared_catalogue()
    name = AUTO if settings.which_ai_engine == "auto" else settings.which_ai_engine
    return Advisor(engine=ENGINES[name](catalogue), catalogue=catalogue)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[DecisionStore]:
    """The decision log of the settings' database, closed afterwards.

    Raises:
        StoreUnavailable: it cannot be opened.
    """
    store = DecisionStore(await open_database(settings.resolved_database_url))
    try:
        yield store
    finally:
        await store.close()
