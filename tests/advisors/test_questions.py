"""The training questions keep their promises: labels that exist, variety, and a locked split that stands apart."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisors.catalogue import Catalogue
from advisors.evaluation.labelled import read_labelled

FOLDER = Path(__file__).parents[2] / "advisors" / "engines" / "local" / "questions"
FILES = sorted(FOLDER.glob("*.jsonl"))
MOST_SHARED = 0.6
"""Two questions that share more of their five-character shingles (Jaccard) are near-duplicates."""


def lines_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def training() -> list[dict[str, Any]]:
    return [line for file in FILES if file.stem != "locked" for line in lines_of(file)]


@pytest.fixture(scope="module")
def locked() -> list[dict[str, Any]]:
    return lines_of(FOLDER / "locked.jsonl")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_carries_labels_that_exist(file: Path, catalogue: Catalogue) -> None:
    tasks = {task.id: task.output for task in catalogue.tasks.values()}

    assert read_labelled(file.read_bytes().splitlines(), tasks, catalogue.modalities)


def test_there_are_enough_questions_of_every_kind(training: list[dict[str, Any]], locked: list[dict[str, Any]]) -> None:
    intents = Counter(line["intent"] for line in training)
    languages = Counter(line.get("language", "en") for line in training)

    assert len(training) >= 6_000
    assert len(locked) >= 600
    assert sum(len(line["outputs"]) > 1 for line in training) >= 1_200
    assert intents["misuse"] >= 900
    assert min(intents[intent] for intent in ("unclear", "concept", "other")) >= 400
    assert min(languages[language] for language in ("es", "de", "fr", "pt", "it", "ja", "zh")) >= 120


def test_half_of_the_questions_are_as_long_as_people_write(training: list[dict[str, Any]]) -> None:
    spaced = [line["question"] for line in training if line.get("language") not in ("ja", "zh")]

    assert sum(len(text.split()) > 20 for text in spaced) >= len(spaced) / 2


def test_a_tools_name_alone_does_not_decide_that_it_is_misused(training: list[dict[str, Any]]) -> None:
    naming = Counter(line["intent"] for line in training if line.get("named_tools"))

    assert naming["recommend"] >= 0.9 * naming["misuse"]


def test_no_two_questions_are_nearly_the_same_within_or_across_files() -> None:
    assert list(near_duplicates([line["question"] for file in FILES for line in lines_of(file)])) == []


def near_duplicates(texts: list[str]) -> Iterator[tuple[str, str]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    shingled = [shingles(text) for text in texts]
    for index, own in enumerate(shingled):
        shared = Counter(other for shingle in own for other in found[shingle])
        for other, count in shared.most_common(3):
            if count / len(own | shingled[other]) > MOST_SHARED:
                yield texts[index], texts[other]
        for shingle in own:
            found[shingle].append(index)


def shingles(text: str) -> set[str]:
    text = re.sub(r"\W+", " ", text.lower()).strip()
    return {text[start : start + 5] for start in range(max(1, len(text) - 4))}


def test_the_check_itself_finds_a_near_duplicate() -> None:
    pair = ["we need a logo for our little bakery", "We need a logo for our little bakery!!"]

    assert len(list(near_duplicates(pair))) == 1
