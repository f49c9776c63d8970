"""The headline figures: what each is a share of, and the target that was set for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from advisors.evaluation.bootstrap import Measure, Numbers, divide, estimate, share, weights
from advisors.evaluation.judged import Judged
from advisors.evaluation.report import Figure
from advisors.models import Intent

BINS = 10
ENGLISH = "en"

Amount = Callable[[Judged], float]
Lines = Sequence[Judged]


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline figure: its id in JSON, its name, how to measure it and what was set for it."""

    id: str
    name: str
    measure: Callable[[Lines], Measure]
    target: float | None = None
    at_most: bool = False


def headline_figures(lines: Lines) -> tuple[Figure, ...]:
    """All headline figures over the lines, of which there is at least one."""
    drawn = weights(len(lines))
    return tuple(_figure(headline, headline.measure(lines), drawn) for headline in HEADLINES)


def bin_of(confidence: float) -> int:
    """Which of the ten bins a confidence falls into."""
    return min(max(int(confidence * BINS), 0), BINS - 1)


def _figure(headline: Headline, measure: Measure, drawn: Numbers) -> Figure:
    found = estimate(measure, drawn)
    return Figure(
        id=headline.id,
        name=headline.name,
        value=found.value,
        low=found.low,
        high=found.high,
        counted=measure.counted,
        target=headline.target,
        at_most=headline.at_most,
    )


def _share(hit: Amount, case: Amount = lambda line: 1) -> Callable[[Lines], Measure]:
    """Hits over cases; a hit counts only within a case."""

    def measure(lines: Lines) -> Measure:
        cases = [float(case(line)) for line in lines]
        return share([float(hit(line)) if of else 0.0 for line, of in zip(lines, cases, strict=True)], cases)

    return measure


def _labelled(intent: Intent) -> Amount:
    return lambda line: line.label.intent is intent


def _read(intent: Intent) -> Amount:
    return lambda line: line.read.intent is intent


def _intent_macro_f1(lines: Lines) -> Measure:
    """The mean F1 of the intents that are labelled at all."""
    intents = [intent for intent in Intent if any(line.label.intent is intent for line in lines)]
    rows = [
        [
            part
            for intent in intents
            for part in (
                2.0 * (line.label.intent is intent and line.right_intent),
                (line.label.intent is intent) + (line.read.intent is intent),
            )
        ]
        for line in lines
    ]

    def mean(sums: Numbers) -> Numbers:
        scores = divide(sums[:, 0::2], sums[:, 1::2])
        held = ~np.isnan(scores)
        return divide(np.where(held, scores, 0).sum(axis=1), held.sum(axis=1).astype(np.float64))

    return Measure(np.array(rows, dtype=np.float64), mean, len(lines))


def _constraint_f1(lines: Lines) -> Measure:
    """F1 over all stated constraints at once; undefined when the file states none."""
    stated = sum(len(line.stated) for line in lines)
    if not stated:
        return share([0] * len(lines), [0] * len(lines))
    both = [2 * len(line.stated & line.heard) for line in lines]
    counted = share(both, [len(line.stated) + len(line.heard) for line in lines])
    return Measure(counted.columns, counted.of, stated)


def _calibration_error(lines: Lines) -> Measure:
    """The mean distance between confidence and the share read right, bin by bin, weighted by lines."""
    columns = np.zeros((len(lines), BINS + 1))
    columns[:, BINS] = 1
    for row, line in enumerate(lines):
        columns[row, bin_of(line.read.confidence)] = line.read.confidence - line.right
    return Measure(columns, lambda sums: divide(np.abs(sums[:, :BINS]).sum(axis=1), sums[:, BINS]), len(lines))


def _english_lead(lines: Lines) -> Measure:
    """Exact set in English minus exact set in other languages."""
    wants = np.array([line.wants_outputs for line in lines])
    exact = np.array([line.exact for line in lines])
    english = np.array([line.label.language == ENGLISH for line in lines])
    columns = np.stack([wants & english & exact, wants & english, wants & ~english & exact, wants & ~english], axis=1)
    return Measure(
        columns.astype(np.float64),
        lambda sums: divide(sums[:, 0], sums[:, 1]) - divide(sums[:, 2], sums[:, 3]),
        int(columns[:, 3].sum()),
    )


def _wants_outputs(line: Judged) -> float:
    return line.wants_outputs


HEADLINES = (
    Headline("exact_set", "Exact set of outputs", _share(lambda line: line.exact, _wants_outputs), 0.80),
    Headline("top_1", "Top output", _share(lambda line: line.top_right, _wants_outputs), 0.88),
    Headline(
        "several_exact",
        "Exact on several outputs",
        _share(lambda line: line.exact, lambda line: len(line.wanted) > 1),
        0.50,
    ),
    Headline("intent", "Intent", _share(lambda line: line.right_intent), 0.92),
    Headline("intent_macro_f1", "Intent, macro-F1", _intent_macro_f1),
    Headline("misuse_recall", "Misuse recall", _share(_read(Intent.MISUSE), _labelled(Intent.MISUSE)), 0.75),
    Headline("misuse_precision", "Misuse precision", _share(_labelled(Intent.MISUSE), _read(Intent.MISUSE)), 0.88),
    Headline(
        "false_alarms",
        "False alarms on plain needs",
        _share(_read(Intent.MISUSE), _labelled(Intent.RECOMMEND)),
        0.03,
        at_most=True,
    ),
    Headline(
        "warned",
        "Plain needs with any warning",
        _share(
            lambda line: bool(line.warned),
            lambda line: line.label.intent is Intent.RECOMMEND and line.warned is not None,
        ),
    ),
    Headline("unclear_recall", "Unclear recall", _share(_read(Intent.UNCLEAR), _labelled(Intent.UNCLEAR)), 0.70),
    Headline(
        "task",
        "Task, where its output was found",
        _share(lambda line: line.tasks_right, lambda line: line.tasks_found),
        0.85,
    ),
    Headline(
        "task_of_all",
        "Task, over all labelled outputs",
        _share(lambda line: line.tasks_right, lambda line: len(line.labelled_tasks)),
        0.85,
    ),
    Headline("constraints_f1", "Constraints, micro-F1", _constraint_f1, 0.85),
    Headline("calibration_error", "Calibration error", _calibration_error, 0.05, at_most=True),
    Headline(
        "wrong_and_sure",
        "Wrong and sure",
        _share(lambda line: line.sure and not line.right),
        0.04,
        at_most=True,
    ),
    Headline("english_lead", "English ahead of other languages", _english_lead, 0.05, at_most=True),
)
