"""The plots of an evaluation page as SVG text: pure, without script, coloured by the page's style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from advisors.evaluation.report import Bin, Cell, Score
from bot.platforms.terminal.evaluation_text import decimal

SIDE, MARGIN = 300, 44
"""The square of the reliability diagram and the room for its axes."""
ROW, NAMES, BARS, FIGURES = 28, 88, 210, 92
"""Of a bar chart: height of a row, width of the labels, of a bar of 1, and of the figures behind it."""
ENLARGED = 1.3
"""How far a plot grows where there is room, so that its text can still be read on a phone."""


def reliability(bins: Sequence[Bin]) -> str:
    """Confidence against the share read right: on the diagonal, the engine knows what it knows."""
    most = max(part.lines for part in bins)
    bars, dots = [], []
    for part in bins:
        if part.confidence is not None and part.right is not None:
            bars.append(_share_bar(part, part.right))
            dots.append(_dot(part, part.confidence, part.right, most))
    ideal = f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    parts = [*_axes(), *bars, ideal, *dots]
    size = SIDE + MARGIN + 14
    return _svg("Reliability: confidence against the share of lines read right", size, size, parts)


def score_bars(title: str, scores: Sequence[Score], target: float | None = None) -> str:
    """One bar of F1 a label, with precision and recall as ticks on it."""
    rows = [score for score in scores if score.f1 is not None]
    height = ROW * len(rows) + 26
    parts = []
    for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = NAMES + mark * BARS
        parts.append(f'<line class="grid" x1="{x:g}" y1="0" x2="{x:g}" y2="{height - 20}"/>')
        parts.append(f'<text class="small" x="{x:g}" y="{height - 5}" text-anchor="middle">{mark:g}</text>')
    for number, score in enumerate(rows):
        parts += _score_bar(score, number * ROW)
    if target is not None:
        x = NAMES + target * BARS
        parts.append(f'<line class="target" x1="{x:g}" y1="0" x2="{x:g}" y2="{height - 20}"/>')
    return _svg(title, NAMES + BARS + FIGURES, height, parts)


def heat_map(cells: Sequence[Cell], order: Sequence[str]) -> str:
    """An HTML table of labelled against read; the shade is the share of the row."""
    counts = {(cell.labelled, cell.read): cell.lines for cell in cells}
    rows = [label for label in order if any(labelled == label for labelled, _ in counts)]
    columns = [label for label in order if any(read == label for _, read in counts)]
    head = "".join(f'<th scope="col"><span>{escape(label)}</span></th>' for label in columns)
    body = "".join(_heat_row(label, columns, counts) for label in rows)
    return f'<table class="heat"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def _heat_row(label: str, columns: Sequence[str], counts: dict[tuple[str, str], int]) -> str:
    total = sum(lines for (labelled, _), lines in counts.items() if labelled == label)
    cells = "".join(_heat_cell(label, column, counts.get((label, column), 0), total) for column in columns)
    return f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'


def _heat_cell(labelled: str, read: str, lines: int, total: int) -> str:
    if not lines:
        return "<td></td>"
    kind = "hit" if labelled == read else "slip"
    return f'<td class="{kind}" style="--share:{100 * lines / total:.0f}%">{lines:,}</td>'


def _x(share: float) -> float:
    return round(MARGIN + share * SIDE, 1)


def _y(share: float) -> float:
    return round(6 + (1 - share) * SIDE, 1)


def _axes() -> Iterator[str]:
    for mark in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield f'<line class="grid" x1="{_x(0)}" y1="{_y(mark)}" x2="{_x(1)}" y2="{_y(mark)}"/>'
        yield f'<text class="small" x="{_x(0) - 7}" y="{_y(mark) + 4}" text-anchor="end">{mark:g}</text>'
        yield f'<text class="small" x="{_x(mark)}" y="{_y(0) + 16}" text-anchor="middle">{mark:g}</text>'
    yield f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">confidence</text>'
    yield f'<text transform="translate(12 {_y(0.5)}) rotate(-90)" text-anchor="middle">read right</text>'


def _share_bar(part: Bin, right: float) -> str:
    left, width = _x(part.low) + 1, SIDE * (part.high - part.low) - 2
    return f'<rect class="bar" x="{left:g}" y="{_y(right)}" width="{width:g}" height="{right * SIDE:.1f}"/>'


def _dot(part: Bin, confidence: float, right: float, most: int) -> str:
    """A dot at the mean confidence, its area growing with the lines in the bin."""
    said = f"{part.lines:,} lines, mean confidence {decimal(confidence)}, right {decimal(right)}"
    radius = 2 + 6 * (part.lines / most) ** 0.5
    return f'<circle class="dot" cx="{_x(confidence)}" cy="{_y(right)}" r="{radius:.1f}"><title>{said}</title></circle>'


def _score_bar(score: Score, top: int) -> Iterator[str]:
    middle = top + ROW / 2
    yield f'<text x="{NAMES - 8}" y="{middle + 4:g}" text-anchor="end">{escape(score.label)}</text>'
    yield f'<rect class="bar" x="{NAMES}" y="{top + 6}" width="{BARS * (score.f1 or 0):.1f}" height="{ROW - 12}"/>'
    for kind, share in (("precision", score.precision), ("recall", score.recall)):
        if share is not None:
            x = NAMES + BARS * share
            yield f'<line class="{kind}" x1="{x:.1f}" y1="{top + 4}" x2="{x:.1f}" y2="{top + ROW - 4}"/>'
    said = f"{decimal(score.f1)} of {score.labelled:,}"
    yield f'<text class="small" x="{NAMES + BARS + 10}" y="{middle + 4:g}">{said}</text>'


def _svg(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" style="max-width:{width * ENLARGED:g}px" role="img">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
