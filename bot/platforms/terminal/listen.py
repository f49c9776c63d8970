"""Asks for questions at the terminal and hands them to the advisor."""

from __future__ import annotations

import asyncio
import sys

from advisors.contract import to_contract
from advisors.errors import AdvisorError
from advisors.models import Decision, Question
from bot.conversation import Conversations
from bot.errors import StoreUnavailable
from bot.platforms.terminal.output import complain, print_json, print_lines
from bot.platforms.terminal.render import Line, to_lines
from bot.ports import Parts

PLATFORM = "terminal"
THREAD = "terminal"
WELCOME = (
    Line("which-ai: which AI tool fits your need? Say what you want to hold at the end; an empty line ends.", "bold"),
    Line("For example: 300 product pictures a month, under $50", "dim"),
)


async def ask_once(parts: Parts, text: str, *, as_json: bool) -> int:
    """Answer one question, print the answer, log it. Returns the exit code."""
    decision = await parts.advisor().advise(Question(id="", text=text))
    if as_json:
        print_json(to_contract(decision))
    else:
        print_lines(to_lines(to_contract(decision)))
    return await _log(decision, parts)


async def chat(parts: Parts) -> int:
    """Answer line after line until an empty one or the end of input; follow-ups refine the last answer.

    Returns 1 when piped input held a question that could not be answered or logged.
    """
    conversations = Conversations(parts.advisor())
    interactive = sys.stdin.isatty()
    if interactive:
        print_lines(WELCOME)
    code = 0
    while (line := await asyncio.to_thread(_read_line, interactive)) is not None:
        if not line.strip():
            if interactive:
                break
            continue
        code = max(code, await _answer(line, conversations, parts, echo=not interactive))
    return 0 if interactive else code


async def _answer(line: str, conversations: Conversations, parts: Parts, *, echo: bool) -> int:
    if echo:
        print_lines([Line(f"> {line.strip()}")])
    try:
        decision = await conversations.ask(THREAD, Question(id="", text=line))
    except AdvisorError as error:
        complain(str(error))
        return 1
    print_lines([*to_lines(to_contract(decision)), Line("")])
    return await _log(decision, parts)


async def _log(decision: Decision, parts: Parts) -> int:
    """Log a decision that has been shown already; a log that fails loses the record, not the answer."""
    try:
        async with parts.open_log() as log:
            await log.record([decision], PLATFORM)
    except StoreUnavailable as error:
        complain(f"The answer above could not be logged. {error}")
        return 1
    return 0


def _read_line(interactive: bool) -> str | None:
    """The next line of standard input; None at its end."""
    if interactive:
        try:
            return input("> ")
        except EOFError:
            return None
    return sys.stdin.readline() or None
