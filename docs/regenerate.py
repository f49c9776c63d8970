"""Draws docs/answer.svg, the README's picture: a real answer, as the terminal shows it. `make docs` runs it."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from advisors.advisor import Advisor
from advisors.catalogue import load_catalogue
from advisors.contract import to_contract
from advisors.engines.local import LocalEngine
from advisors.models import Question
from bot.platforms.terminal.render import to_lines

ASKED = "We need stunning visuals of our new sneaker for the spring campaign, let's fine-tune GPT-4"
PICTURE = Path(__file__).with_name("answer.svg")
DRAWN_AS_OF = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def draw() -> str:
    """The picture's SVG."""
    catalogue = load_catalogue()
    advisor = Advisor(LocalEngine(catalogue), catalogue, now=lambda: DRAWN_AS_OF)
    decision = await advisor.advise(Question(id="", text=ASKED))
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f'$ which-ai ask "{ASKED}"', style="bold"))
    for line in to_lines(to_contract(decision)):
        console.print(Text(line.text.replace(decision.id, "3f2a9c1d8b7e"), style=line.style))
    svg = console.export_svg(title="which-ai", unique_id="answer")
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # no font from the network


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
