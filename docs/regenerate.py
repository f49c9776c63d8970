"""Regenerates what the docs show: the README's picture of a real answer and the counts of docs/data.md.

`make docs` runs it; a test fails while anything shown is stale.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from advisors.advisor import Advisor
from advisors.catalogue import load_catalogue
from advisors.contract import to_contract
from advisors.engines.local import LocalEngine
from advisors.models import Question
from bot.platforms.terminal.render import to_lines

DOCS = Path(__file__).parent
PICTURE = DOCS / "answer.svg"
DATASHEET = DOCS / "data.md"
QUESTIONS = DOCS.parent / "advisors" / "engines" / "local" / "questions"
ASKED = "We need stunning visuals of our new sneaker for the spring campaign, let's fine-tune GPT-4"
DRAWN_AS_OF = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AN_ID = "3f2a9c1d8b7e"
INTENTS = ("recommend", "misuse", "unclear", "concept", "other")
COLUMNS = ("file", "lines", *INTENTS, "several outputs", "over 20 words", "not English")
COUNTS = re.compile(r"(?<=<!-- counts -->\n).*?(?=<!-- /counts -->)", re.DOTALL)


async def picture() -> str:
    """The README's picture as SVG, without fonts from the network."""
    catalogue = load_catalogue()
    advisor = Advisor(LocalEngine(catalogue), catalogue, now=lambda: DRAWN_AS_OF)
    decision = await advisor.advise(Question(id="", text=ASKED))
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f'$ which-ai ask "{ASKED}"', style="bold"))
    for line in to_lines(to_contract(decision)):
        console.print(Text(line.text.replace(decision.id, AN_ID), style=line.style))
    svg = console.export_svg(title="which-ai", unique_id="answer")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def datasheet() -> str:
    """docs/data.md with its counts taken from the question files as they are."""
    return COUNTS.sub(lambda _: _counts(), DATASHEET.read_text(encoding="utf-8"))


def _counts() -> str:
    files = {path.stem: _lines(path) for path in sorted(QUESTIONS.glob("*.jsonl"))}
    rows = [_row(name, lines) for name, lines in files.items()]
    training = [line for name, lines in files.items() if name != "locked" for line in lines]
    table = "".join([f"| {' | '.join(COLUMNS)} |\n|---|{'---:|' * 9}\n", *rows, _row("**all but locked**", training)])
    outputs = Counter(output for line in training for output in line["outputs"])
    languages = Counter(line.get("language", "en") for line in training)
    return f"{table}\nTraining lines by output: {_listed(outputs)}.\nBy language: {_listed(languages)}.\n"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _row(name: str, lines: list[dict[str, Any]]) -> str:
    intents = Counter(line["intent"] for line in lines)
    cells: Iterable[object] = (
        name,
        f"{len(lines):,}",
        *(intents[intent] for intent in INTENTS),
        sum(len(line["outputs"]) > 1 for line in lines),
        f"{sum(len(line['question'].split()) > 20 for line in lines) / len(lines):.0%}",
        sum(line.get("language", "en") != "en" for line in lines),
    )
    return "| " + " | ".join(map(str, cells)) + " |\n"


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")
    DATASHEET.write_text(datasheet(), encoding="utf-8")
