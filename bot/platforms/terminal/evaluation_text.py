"""An evaluation as lines of text: pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from advisors.evaluation import Report
from advisors.evaluation.report import Cell, Figure, Score
from bot.platforms.terminal.render import Line, printable

CONFUSIONS = 12
"""Pairs shown; `--json` has them all."""
QUESTION_WIDTH = 110

Row = Sequence[str]


def to_text(report: Report, measured: str) -> list[Line]:
    """The lines of a report; `measured` says which file was read by which engine."""
    lines = [
        Line(f"{report.lines:,} labelled questions · {measured}", "bold"),
        Line(""),
        *_headline(report.headline),
        *_titled("By language", _by_language(report)),
        *_titled("Outputs", _scores(report.outputs)),
        *_titled("Intents", _scores(report.intents)),
        *_titled("Constraints", _scores(report.constraints)),
        *_titled("Confidence", _bins(report)),
        *_titled("Outputs confused", _confusions(report.output_confusions)),
        *_titled("Intents confused", _confusions(report.intent_confusions)),
        *_worst(report),
    ]
    return [Line(printable(line.text), line.style) for line in lines]


def decimal(value: float | None, digits: int = 3) -> str:
    """A figure the way papers print it: .812, −.030, 1.000; a dash where it is undefined."""
    if value is None:
        return "–"
    said = f"{abs(value):.{digits}f}"
    sign = "−" if value < 0 and float(said) else ""
    return sign + (said.removeprefix("0") if float(said) < 1 else said)


def target_of(figure: Figure) -> str:
    """The target beside a figure, empty where none was set."""
    return "" if figure.target is None else f"{'≤' if figure.at_most else '≥'} {decimal(figure.target, 2)}"


def interval_of(figure: Figure) -> str:
    """The 95 % interval of a figure."""
    return "–" if figure.value is None else f"{decimal(figure.low)} to {decimal(figure.high)}"


def verdict_of(figure: Figure) -> str:
    """Whether a figure meets its target, in a word; empty where that cannot be said."""
    return {True: "met", False: "missed", None: ""}[figure.met]


def _headline(figures: Sequence[Figure]) -> Iterator[Line]:
    rows = [("Headline", "figure", "95 % interval", "target", "", "cases")]
    rows += [(f.name, decimal(f.value), interval_of(f), target_of(f), verdict_of(f), f"{f.counted:,}") for f in figures]
    styles = ["bold", *({True: "green", False: "yellow", None: ""}[figure.met] for figure in figures)]
    for text, style in zip(_table(rows), styles, strict=True):
        yield Line(text, style)


def _titled(title: str, rows: Iterable[Row]) -> Iterator[Line]:
    """A table under its title, which stands in the first cell of the first row; nothing when there are no rows."""
    head, *body = rows
    if body:
        yield Line("")
        first, *rest = _table([(title, *head[1:]), *body])
        yield Line(first, "bold")
        yield from map(Line, rest)


def _by_language(report: Report) -> Iterator[Row]:
    names = list(report.groups)
    yield ("", *(f"{name} ({report.group_lines[name]:,})" for name in names))
    if len(names) > 1:
        for same in zip(*report.groups.values(), strict=True):
            if any(figure.value is not None for figure in same):
                yield (same[0].name, *(decimal(figure.value) for figure in same))


def _scores(scores: Iterable[Score]) -> Iterator[Row]:
    yield "", "precision", "recall", "F1", "labelled", "read"
    for score in scores:
        if score.labelled or score.read:
            shares = (decimal(share) for share in (score.precision, score.recall, score.f1))
            yield (score.label, *shares, f"{score.labelled:,}", f"{score.read:,}")


def _bins(report: Report) -> Iterator[Row]:
    yield "", "lines", "mean", "right"
    for part in report.bins:
        if part.lines:
            between = f"{part.low:.1f} to {part.high:.1f}"
            yield between, f"{part.lines:,}", decimal(part.confidence), decimal(part.right)


def _confusions(cells: Sequence[Cell]) -> Iterator[Row]:
    yield "", "lines"
    for cell in cells[:CONFUSIONS]:
        yield f"{cell.labelled} → {cell.read}", f"{cell.lines:,}"


def _worst(report: Report) -> Iterator[Line]:
    if report.worst:
        yield Line("")
        yield Line("Read wrong with the highest confidence (line · confidence · labelled → read)", "bold")
    for miss in report.worst:
        asked = ", asked back" if miss.asked_back else ""
        yield Line(f"{miss.number} · {decimal(miss.confidence, 2)} · {miss.labelled} → {miss.read}{asked}", "yellow")
        yield Line(f"    {_short(miss.question)}")


def _short(question: str) -> str:
    words = " ".join(question.split())
    return words if len(words) <= QUESTION_WIDTH else words[: QUESTION_WIDTH - 1] + "…"


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Rows as aligned lines: the first column to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        yield "  ".join(cells).rstrip()
