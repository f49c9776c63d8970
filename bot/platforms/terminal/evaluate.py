"""Measures the engine on a file of labelled questions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from advisors.advisor import Advisor
from advisors.errors import QuestionRefused
from advisors.evaluation import READS_NOTHING, LabelledQuestion, Report, evaluate, read_labelled
from advisors.models import Classification, Question, Recommendation
from bot.errors import BotError
from bot.platforms.terminal.evaluation_page import to_page
from bot.platforms.terminal.evaluation_text import to_text
from bot.platforms.terminal.output import print_json, print_lines
from bot.ports import Parts

STEP = 10
"""Questions between two signs of progress."""


async def evaluate_file(parts: Parts, file: Path, html: Path | None, *, as_json: bool) -> int:
    """Print how well the engine reads the file's questions; also write the page when `html` names one.

    Raises:
        BotError: the file cannot be read, or the page cannot be written.
        LabelError: a line is wrong.
        EngineUnavailable: the engine cannot read now.
    """
    rows = _rows(file)
    catalogue = parts.catalogue()
    tasks = {task.id: task.output for task in catalogue.tasks.values()}
    labels = read_labelled(rows, tasks=tasks, outputs=catalogue.modalities)
    advisor = parts.advisor()
    report = await measure(labels, advisor)
    measured = f"{file.name} · {advisor.engine.version}"
    if as_json:
        print_json({"file": str(file), "engine": advisor.engine.version, **report.to_json()})
    else:
        print_lines(to_text(report, measured))
    if html is not None:
        _write(html, to_page(report, measured))
    return 0


async def measure(labels: Sequence[LabelledQuestion], advisor: Advisor) -> Report:
    """Ask every question as a person would, each by itself, and compare."""
    read = []
    for done, label in enumerate(labels):
        _show_progress(done, len(labels))
        read.append(await _asked(label, advisor))
    _show_progress(len(labels), len(labels))
    pairs = [(label, classification) for label, (classification, _) in zip(labels, read, strict=True)]
    return evaluate(pairs, [recommendation for _, recommendation in read])


async def _asked(label: LabelledQuestion, advisor: Advisor) -> tuple[Classification, Recommendation]:
    try:
        decision = await advisor.advise(Question(id=str(label.number), text=label.question))
    except QuestionRefused:
        return READS_NOTHING, Recommendation()
    return decision.classification, decision.recommendation


def _show_progress(done: int, total: int) -> None:
    """One line on standard error that counts up while that is a terminal."""
    if sys.stderr.isatty() and (done % STEP == 0 or done == total):
        sys.stderr.write(f"\r{done:,} of {total:,} questions read{chr(10) if done == total else ''}")
        sys.stderr.flush()


def _rows(file: Path) -> Iterable[bytes]:
    try:
        return sys.stdin.buffer.readlines() if str(file) == "-" else file.read_bytes().splitlines()
    except OSError as error:
        raise BotError(f"{file} cannot be read ({error.strerror}). Name a file of labelled JSON lines.") from error


def _write(html: Path, page: str) -> None:
    try:
        html.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BotError(
            f"The page could not be written to {html} ({error.strerror}). Name a file in a folder that takes it."
        ) from error
