"""What all tests share: their own database, never the person's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisors.catalogue import Catalogue, load_catalogue


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own home, working folder and log, and no setting of the person who runs it."""
    for name in ("DATABASE_URL", "WHICH_AI_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def catalogue() -> Iterator[Catalogue]:
    """The shipped catalogue."""
    yield load_catalogue()
