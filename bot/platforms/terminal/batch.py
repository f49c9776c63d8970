"""Answers a file of questions, line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from advisors.advisor import Advisor
from advisors.contract import to_contract
from advisors.errors import AdvisorError
from advisors.models import Decision, Question
from bot.errors import BotError, StoreUnavailable
from bot.platforms.terminal.output import complain, print_json
from bot.ports import DecisionLog, Parts

PLATFORM = "batch"
Identity = str | int | None
LONGEST_ID = 255
"""Characters of a caller's id that the log keeps."""
LOGGED_AT_ONCE = 200
"""Decisions written in one transaction: enough to keep up, few enough to lose little."""


async def answer_file(parts: Parts, file: Path) -> int:
    """Answer each line {"id", "question"} with one JSON line on standard output, in order.

    A line that cannot be read or answered becomes {"id", "error"}. Returns 0 when the file was read to its end and
    everything answered was logged, even if single lines had errors.

    Raises:
        BotError: the file cannot be opened, or the database cannot.
    """
    lines = _lines(file)
    advisor = parts.advisor()
    async with parts.open_log() as log:
        return await _answer_all(lines, advisor, log)


async def _answer_all(lines: Iterator[bytes], advisor: Advisor, log: DecisionLog) -> int:
    waiting: list[Decision] = []
    code = 0
    with _Progress() as progress:
        for raw in lines:
            if not raw.strip():
                continue
            identity, question = _read(raw)
            answer = await _answer(question, advisor)
            if isinstance(answer, Decision):
                waiting.append(answer)
                print_json({**to_contract(answer), "id": answer.id if identity is None else identity})
            else:
                print_json({"id": identity, "error": answer})
            progress.advance(bad=isinstance(answer, str))
            if len(waiting) >= LOGGED_AT_ONCE:
                code |= await _log(waiting, log)
        code |= await _log(waiting, log)
    return code


async def _answer(question: Question | str, advisor: Advisor) -> Decision | str:
    """The decision, or what is wrong with the line."""
    if isinstance(question, str):
        return question
    try:
        return await advisor.advise(question)
    except AdvisorError as error:
        return str(error)


def _read(raw: bytes) -> tuple[Identity, Question | str]:
    """A line's id as it was written, and its question or what is wrong with the line."""
    try:
        line = json.loads(raw)
    except ValueError as error:  # not JSON, or not UTF-8
        detail = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
        return None, f'Not a JSON line ({detail}). Write {{"id": "1", "question": "…"}}.'
    if not isinstance(line, dict):
        return None, 'The line must be an object: {"id": "1", "question": "…"}.'
    identity, text = line.get("id"), line.get("question")
    if identity is not None and not isinstance(identity, (str, int)):
        return None, "`id` must be a string or a whole number."
    if not isinstance(text, str):
        return identity, "`question` must be a string."
    return identity, Question(id="" if identity is None else str(identity)[:LONGEST_ID], text=text)


async def _log(waiting: list[Decision], log: DecisionLog) -> int:
    try:
        await log.record(waiting, PLATFORM)
    except StoreUnavailable as error:
        complain(f"{len(waiting)} answers above could not be logged. {error}")
        return 1
    finally:
        waiting.clear()
    return 0


def _lines(file: Path) -> Iterator[bytes]:
    if str(file) == "-":
        return iter(sys.stdin.buffer)
    try:
        return iter(file.open("rb"))
    except OSError as error:
        raise BotError(
            f"{file} cannot be read ({error.strerror}). Name a file of JSON lines, or - for standard input."
        ) from error


class _Progress:
    """Counts on standard error while that is a terminal; one closing line always."""

    def __init__(self) -> None:
        self._done = self._bad = 0
        self._live = sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def advance(self, *, bad: bool) -> None:
        self._done += 1
        self._bad += bad
        if self._live and self._done % 25 == 0:
            sys.stderr.write(f"\r{self._said()}")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        sys.stderr.write(f"{chr(13) if self._live else ''}{self._said()}\n")

    def _said(self) -> str:
        return f"{self._done:,} lines, {self._bad:,} with errors"
