"""The `which-ai` command."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from advisors.errors import AdvisorError
from bot.bootstrap import Bootstrap
from bot.errors import BotError
from bot.ports import Parts

app = typer.Typer(
    name="which-ai",
    help="Which AI tool fits this need? Ask in a sentence; every answer is logged.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
catalogue_app = typer.Typer(help="The dated catalogue of tools.", no_args_is_help=True)
app.add_typer(catalogue_app, name="catalogue")


@app.command(epilog='Example: which-ai ask "300 product pictures a month, under $50"')
def ask(
    question: Annotated[list[str], typer.Argument(help="What you need, in your own words.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
) -> None:
    """Answer one question."""
    from bot.platforms.terminal.listen import ask_once

    _run(lambda parts: ask_once(parts, " ".join(question), as_json=as_json))


@app.command(epilog='Follow-ups refine the last answer: "and cheaper?", "make it 2,000 a month", "for video instead".')
def chat() -> None:
    """Talk with the bot; an empty line or Ctrl-D ends it. Piped input is read line by line."""
    from bot.platforms.terminal.listen import chat as talk

    _run(lambda parts: talk(parts))


@app.command(epilog="Example: which-ai batch questions.jsonl > answers.jsonl")
def batch(
    file: Annotated[Path, typer.Argument(help='JSON lines {"id": …, "question": …}; - for standard input.')],
) -> None:
    """Answer many questions, one JSON line each, in order; a bad line does not stop the rest."""
    from bot.platforms.terminal.batch import answer_file

    _run(lambda parts: answer_file(parts, file))


@app.command(epilog="Example: which-ai history logo")
def history(
    words: Annotated[list[str] | None, typer.Argument(help="Show only decisions with all these words.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many, newest first.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List past decisions, newest first."""
    from bot.platforms.terminal.review import list_history

    _run(lambda parts: list_history(parts, words or [], limit, as_json=as_json))


@app.command(epilog="Example: which-ai show 3f2a9c1d8b7e")
def show(
    decision: Annotated[str, typer.Argument(help="A decision's id, as `ask` and `history` print it.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as one JSON object.")] = False,
) -> None:
    """Show one past decision whole."""
    from bot.platforms.terminal.review import show_decision

    _run(lambda parts: show_decision(parts, decision, as_json=as_json))


@app.command(epilog="Example: which-ai evaluate advisors/engines/local/questions/locked.jsonl")
def evaluate(
    file: Annotated[Path, typer.Argument(help='JSON lines {"question", "intent", "outputs", "tasks" …}.')],
    html: Annotated[Path | None, typer.Option(help="Also write the report as an HTML page with plots.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure how well the engine reads labelled questions."""
    from bot.platforms.terminal.evaluate import evaluate_file

    _run(lambda parts: evaluate_file(parts, file, html, as_json=as_json))


@catalogue_app.command("check")
def catalogue_check() -> None:
    """Check every catalogue file; name the file, the field and the repair."""
    from bot.platforms.terminal.catalogue import check_catalogue

    _run(lambda parts: check_catalogue(parts))


@catalogue_app.command("list", epilog="Example: which-ai catalogue list --output image")
def catalogue_list(
    output: Annotated[str | None, typer.Option(help="Only tools that make this output.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Retired, archived and deprecated tools too.")] = False,
) -> None:
    """List the catalogue's tools."""
    from bot.platforms.terminal.catalogue import list_catalogue

    _run(lambda parts: list_catalogue(parts, output, every=every))


def _run(command: Callable[[Parts], Coroutine[Any, Any, int]]) -> NoReturn:
    """Run a command to its exit code: 0 done, 1 failed with a message, 130 interrupted."""
    try:
        code = asyncio.run(command(Bootstrap()))
    except (AdvisorError, BotError) as error:
        typer.echo(f"which-ai: {error}", err=True)
        code = 1
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader left, e.g. `| head`: nothing more to say
        code = 0
    raise typer.Exit(code)


def main() -> None:
    """Entry point; reads standard input and writes standard output as UTF-8, whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
