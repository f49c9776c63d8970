"""Settings: typed, documented, and said clearly when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BotError
from bot.settings import Settings, default_database, read_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_every_setting_stands_in_the_example_with_its_description_and_default() -> None:
    expected = ["# Copy to .env and fill in what you need; everything has a default."]
    for name, field in Settings.model_fields.items():
        expected += ["", f"# {field.description}", f"{name.upper()}={field.default}"]

    assert EXAMPLE.read_text(encoding="utf-8").splitlines() == expected


def test_without_settings_the_log_lies_in_the_users_data_folder() -> None:
    assert read_settings().resolved_database_url == f"sqlite:///{default_database()}"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///from-file.db\nWHICH_AI_ENGINE=local\n")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///from-environment.db")

    settings = read_settings()

    assert settings.resolved_database_url == "sqlite:///from-environment.db"
    assert settings.which_ai_engine == "local"


def test_a_value_that_is_not_allowed_is_named_with_what_may_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHICH_AI_ENGINE", "oracle")

    with pytest.raises(BotError, match=r"WHICH_AI_ENGINE.*'auto' or 'local'"):
        read_settings()
