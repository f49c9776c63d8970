"""Every setting, typed, read once from the environment and `.env`, and handed to whoever needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BotError


class Settings(BaseSettings):
    """What an operator may set. Each field's description is the comment in `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        default="",
        description="Where decisions are logged: sqlite:///path/to/file.db or postgresql://user:password@host/name. "
        "Empty: a SQLite file in your user data directory.",
    )
    which_ai_engine: Literal["auto", "local"] = Field(
        default="auto",
        description="Which engine reads questions: auto takes the best one that is configured, local the embedded one.",
    )

    @property
    def resolved_database_url(self) -> str:
        """DATABASE_URL, or the default SQLite file; its folder is made when it is first opened."""
        return self.database_url or f"sqlite:///{default_database()}"


def default_database() -> Path:
    """The SQLite file used when nothing is set."""
    return user_data_path("which-ai") / "decisions.db"


def read_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        BotError: a value is not allowed; the text names the variable and what it may be.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise BotError(f"A setting is not right: {wrong}. Mend it in the environment or in .env.") from error
