"""The decision log: SQLAlchemy tables, SQLite by default, PostgreSQL when grown up."""

from bot.store.database import open_database
from bot.store.decisions import DecisionStore

__all__ = ["DecisionStore", "open_database"]
