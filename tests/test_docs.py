"""What the docs show is what the product does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.regenerate import DATASHEET, PICTURE, datasheet, picture

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_counts_in_the_datasheet_are_those_of_the_files() -> None:
    assert DATASHEET.read_text(encoding="utf-8") == datasheet(), "stale: run `make docs`"


async def test_the_picture_in_the_readme_is_a_real_answer() -> None:
    assert PICTURE.read_text(encoding="utf-8") == await picture(), "stale: run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_names_every_make_target_and_command_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE)) <= set(targets)
