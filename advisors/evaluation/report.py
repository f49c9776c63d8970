"""The figures of one evaluation, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One headline figure with its 95 % interval; None where it is undefined."""

    id: str
    name: str
    value: float | None
    low: float | None
    high: float | None
    counted: int
    """How many cases it is a share of."""
    target: float | None = None
    at_most: bool = False
    """Whether the target is an upper limit."""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a target or a value."""
        if self.target is None or self.value is None:
            return None
        return self.value <= self.target if self.at_most else self.value >= self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well one label is found. A part is None where there is nothing to divide by."""

    label: str
    precision: float | None
    recall: float | None
    f1: float | None
    labelled: int
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The lines whose confidence lies in [low, high): their mean confidence, and the share that was read right."""

    low: float
    high: float
    lines: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How often one label was read as another. The label is `nothing` where one side has no counterpart."""

    labelled: str
    read: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A line that was read wrong."""

    number: int
    question: str
    language: str
    author: str
    labelled: str
    read: str
    confidence: float
    asked_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that an evaluation found."""

    lines: int
    headline: tuple[Figure, ...]
    groups: Mapping[str, tuple[Figure, ...]]
    """The same figures over the English lines and over those in other languages."""
    group_lines: Mapping[str, int]
    outputs: tuple[Score, ...]
    intents: tuple[Score, ...]
    constraints: tuple[Score, ...]
    bins: tuple[Bin, ...]
    output_cells: tuple[Cell, ...]
    """All pairs of outputs, right ones included, most frequent first."""
    intent_cells: tuple[Cell, ...]
    worst: tuple[Miss, ...]

    @property
    def output_confusions(self) -> tuple[Cell, ...]:
        """Pairs of different outputs, most frequent first."""
        return tuple(cell for cell in self.output_cells if cell.labelled != cell.read)

    @property
    def intent_confusions(self) -> tuple[Cell, ...]:
        """Pairs of different intents, most frequent first."""
        return tuple(cell for cell in self.intent_cells if cell.labelled != cell.read)

    def figure(self, figure_id: str) -> Figure:
        """One headline figure by its id."""
        return next(figure for figure in self.headline if figure.id == figure_id)

    def to_json(self) -> dict[str, Any]:
        """JSON-ready values; headline figures by their ids."""
        return {
            "lines": self.lines,
            "headline": _by_id(self.headline),
            "groups": {
                name: {"lines": self.group_lines[name], **_by_id(figures)} for name, figures in self.groups.items()
            },
            "outputs": [asdict(score) for score in self.outputs],
            "intents": [asdict(score) for score in self.intents],
            "constraints": [asdict(score) for score in self.constraints],
            "bins": [asdict(part) for part in self.bins],
            "output_confusions": [asdict(cell) for cell in self.output_confusions],
            "intent_confusions": [asdict(cell) for cell in self.intent_confusions],
            "worst": [asdict(miss) for miss in self.worst],
        }


def _by_id(figures: tuple[Figure, ...]) -> dict[str, Any]:
    return {figure.id: {**asdict(figure), "met": figure.met} for figure in figures}
