"""The labelled questions, read from `questions/*.jsonl`, and the label spaces they are written in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisors.cleaning import clean
from advisors.errors import QuestionRefused
from advisors.models import Constraints

LOCAL = Path(__file__).resolve().parents[1]
CATALOGUE = LOCAL.parents[1] / "catalogue"
FOLDER = LOCAL / "questions"
LOCKED = "locked"
"""Name of the file that nothing may be trained or tuned on."""

INTENTS = ("recommend", "concept", "misuse", "unclear", "other")
FLAGS = Constraints.FLAGS


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled question, cleaned as at run time. `whole` is False where nobody labelled tasks and flags."""

    text: str
    intent: str
    outputs: tuple[str, ...]
    tasks: tuple[str, ...]
    flags: tuple[str, ...]
    language: str
    author: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Labels:
    """The label spaces, in catalogue order: outputs, tasks, and the output of each task."""

    outputs: tuple[str, ...]
    tasks: tuple[str, ...]
    output_of: tuple[int, ...]


def labels() -> Labels:
    """Read the label spaces from the catalogue."""
    outputs = tuple(entry["id"] for entry in _entries("modalities"))
    tasks = _entries("tasks")
    return Labels(outputs, tuple(task["id"] for task in tasks), tuple(outputs.index(task["output"]) for task in tasks))


def training_lines(folder: Path = FOLDER) -> list[Line]:
    """All training lines, file by file in order of name."""
    return [line for path in sorted(folder.glob("*.jsonl")) if path.stem != LOCKED for line in _read(path)]


def locked_lines(folder: Path = FOLDER) -> list[Line]:
    """The locked test split."""
    return list(_read(folder / f"{LOCKED}.jsonl"))


def _entries(name: str) -> list[dict[str, Any]]:
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load((CATALOGUE / f"{name}.yml").read_text("utf-8"))
    return content[name]


def _read(path: Path) -> Iterator[Line]:
    for row in path.read_text("utf-8").splitlines():
        entry = json.loads(row)
        try:
            text = clean(entry["question"])
        except QuestionRefused:  # the bot refuses such a message before any engine sees it
            continue
        constraints = entry.get("constraints", {})
        yield Line(
            text=text,
            intent=entry["intent"],
            outputs=tuple(entry["outputs"]),
            tasks=tuple(entry.get("tasks", ())),
            flags=tuple(flag for flag in FLAGS if constraints.get(flag)),
            language=entry.get("language", "en"),
            author=entry.get("author", path.stem),
            whole="tasks" in entry,
        )
