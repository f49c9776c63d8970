"""Prints: colours on a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import typer

from bot.platforms.terminal.render import Line


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines, in their styles when standard output is a terminal."""
    if not sys.stdout.isatty():
        for line in lines:
            typer.echo(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        console.print(Text(line.text, style=line.style))


def print_json(value: Any) -> None:
    """Print one JSON object on one line, readable in any language."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def complain(text: str) -> None:
    """Tell the person at the command what went wrong, on standard error."""
    typer.echo(f"which-ai: {text}", err=True)
