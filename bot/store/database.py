"""Opens the database that DATABASE_URL names, and brings its schema up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreUnavailable

SCHEMA = "0001"
"""The newest migration's revision; a test holds it equal to the migrations folder."""

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
REPAIR = "Check DATABASE_URL, the file's permissions and the free space, or point DATABASE_URL at another database."


async def open_database(address: str) -> AsyncEngine:
    """Connect, set SQLite up for several readers, and migrate when the schema is behind.

    Raises:
        StoreUnavailable: the address is unknown, or the database cannot be opened, read or migrated.
    """
    url = _async_url(address)
    engine = create_async_engine(url)
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    try:
        async with engine.connect() as connection:
            revision = await connection.run_sync(_revision)
        if revision != SCHEMA:
            async with engine.begin() as connection:
                await connection.run_sync(_migrate)
    except SQLAlchemyError as error:
        await engine.dispose()
        raise StoreUnavailable(
            f"The decision log at {_shown(url)} cannot be opened ({reason(error)}). {REPAIR}"
        ) from error
    return engine


def reason(error: SQLAlchemyError) -> str:
    """What the database driver said, in one line and without the statement."""
    cause = getattr(error, "orig", None) or error
    return str(cause).splitlines()[0][:160] if str(cause) else type(cause).__name__


def _async_url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreUnavailable(_unknown("that is not a database address")) from error
    backend = url.get_backend_name()
    if backend not in DRIVERS:
        raise StoreUnavailable(_unknown(f"{backend!r} is not a database known here"))
    return url.set(drivername=DRIVERS[backend])


def _unknown(why: str) -> str:
    return (
        f"DATABASE_URL cannot be used: {why}. Write sqlite:///path/to/file.db or postgresql://user:password@host/name."
    )


def _shown(url: URL) -> str:
    return url.database or "memory" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(
                f"The folder for {url.database} cannot be made ({error.strerror}). {REPAIR}"
            ) from error


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    from alembic import command  # imported late: most starts find the schema up to date
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "migrations:")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
