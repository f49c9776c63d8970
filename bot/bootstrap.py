"""The only wiring: chooses the real engine, catalogue and database, and hands them to those who need them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue, load_catalogue
from advisors.engines import ENGINES
from bot.ports import DecisionLog
from bot.settings import Settings, read_settings
from bot.store import DecisionStore, open_database

AUTO = "local"
"""The engine that `auto` takes."""


class Bootstrap:
    """The real parts (`bot.ports.Parts`), by the settings."""

    @cached_property
    def settings(self) -> Settings:
        """The settings, read once."""
        return read_settings()

    @cached_property
    def _catalogue(self) -> Catalogue:
        return load_catalogue()

    def catalogue(self) -> Catalogue:
        """The catalogue, read once."""
        return self._catalogue

    def advisor(self) -> Advisor:
        """An advisor on the engine that the settings name."""
        name = AUTO if self.settings.which_ai_engine == "auto" else self.settings.which_ai_engine
        return Advisor(engine=ENGINES[name](self._catalogue), catalogue=self._catalogue)

    @asynccontextmanager
    async def open_log(self) -> AsyncIterator[DecisionLog]:
        """The decision log of the settings' database, closed afterwards."""
        store = DecisionStore(await open_database(self.settings.resolved_database_url))
        try:
            yield store
        finally:
            await store.close()
