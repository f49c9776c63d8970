"""All figures of an evaluation from labels and readings: pure, and the same for the same lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from advisors.evaluation.headline import BINS, ENGLISH, bin_of, headline_figures
from advisors.evaluation.judged import WITH_OUTPUTS, Judged, Pair
from advisors.evaluation.report import Bin, Cell, Miss, Report, Score
from advisors.models import Constraints, Intent, Recommendation

CONSTRAINTS = ("volume", "budget", *Constraints.FLAGS, "language")
NOTHING = "nothing"
"""What an output is confused with that has no counterpart on the other side."""
WORST = 30


def evaluate(pairs: Sequence[Pair], answers: Sequence[Recommendation] | None = None) -> Report:
    """Compare readings with labels, at least one of each; `answers`, in the same order, tell where warnings were given.

    Precision, recall and confusions of outputs count every line: an output read into a line that wants none is wrong.
    """
    warned = [None] * len(pairs) if answers is None else [bool(answer.warnings) for answer in answers]
    lines = [Judged(*pair, warned=held) for pair, held in zip(pairs, warned, strict=True)]
    groups = _by_language(lines)
    return Report(
        lines=len(lines),
        headline=headline_figures(lines),
        groups={name: headline_figures(held) for name, held in groups.items()},
        group_lines={name: len(held) for name, held in groups.items()},
        outputs=_output_scores(lines),
        intents=_intent_scores(lines),
        constraints=_constraint_scores(lines),
        bins=_bins(lines),
        output_cells=_cells(cell for line in lines for cell in _output_cells(line)),
        intent_cells=_cells((line.label.intent.value, line.read.intent.value) for line in lines),
        worst=_worst(lines),
    )


def _by_language(lines: Iterable[Judged]) -> dict[str, list[Judged]]:
    """The English lines and the others; a side without lines is left out."""
    groups: dict[str, list[Judged]] = {"English": [], "other languages": []}
    for line in lines:
        groups["English" if line.label.language == ENGLISH else "other languages"].append(line)
    return {name: held for name, held in groups.items() if held}


def _output_scores(lines: Sequence[Judged]) -> tuple[Score, ...]:
    """The most often labelled output first."""
    counts = Counter(output for line in lines for output in line.wanted)
    labels = {*counts, *(output for line in lines for output in line.found)}
    return tuple(
        _score(label, ((line.wanted & {label}, line.found & {label}) for line in lines))
        for label in sorted(labels, key=lambda label: (-counts[label], label))
    )


def _intent_scores(lines: Sequence[Judged]) -> tuple[Score, ...]:
    return tuple(
        _score(intent.value, (({line.label.intent} & {intent}, {line.read.intent} & {intent}) for line in lines))
        for intent in Intent
    )


def _constraint_scores(lines: Sequence[Judged]) -> tuple[Score, ...]:
    """A volume or budget counts when all its parts agree; each language counts by itself."""
    return tuple(
        _score(name, ((_of(name, line.stated), _of(name, line.heard)) for line in lines)) for name in CONSTRAINTS
    )


def _of(name: str, facts: Iterable[tuple[str, Any]]) -> set[tuple[str, Any]]:
    return {fact for fact in facts if fact[0] == name}


def _score(label: str, sides: Iterable[tuple[Iterable[Any], Iterable[Any]]]) -> Score:
    """Compare what each line is labelled with what was read from it, as sets."""
    hits = labelled = read = 0
    for wanted, found in sides:
        hits += len({*wanted} & {*found})
        labelled += len({*wanted})
        read += len({*found})
    return Score(
        label=label,
        precision=_quotient(hits, read),
        recall=_quotient(hits, labelled),
        f1=_quotient(2 * hits, labelled + read) if labelled else None,
        labelled=labelled,
        read=read,
    )


def _quotient(above: float, below: float) -> float | None:
    return above / below if below else None


def _bins(lines: Iterable[Judged]) -> tuple[Bin, ...]:
    held: list[list[Judged]] = [[] for _ in range(BINS)]
    for line in lines:
        held[bin_of(line.read.confidence)].append(line)
    return tuple(
        Bin(
            low=index / BINS,
            high=(index + 1) / BINS,
            lines=len(part),
            confidence=_quotient(sum(line.read.confidence for line in part), len(part)),
            right=_quotient(sum(line.right for line in part), len(part)),
        )
        for index, part in enumerate(held)
    )


def _output_cells(line: Judged) -> Iterator[tuple[str, str]]:
    """Hits beside themselves; each missing output beside each one too many, or beside nothing."""
    missing, extra = line.wanted - line.found, line.found - line.wanted
    for hit in line.wanted & line.found:
        yield hit, hit
    if missing or extra:
        yield from product(missing or {NOTHING}, extra or {NOTHING})


def _cells(pairs: Iterable[tuple[str, str]]) -> tuple[Cell, ...]:
    counts = Counter(pairs)
    ordered = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return tuple(Cell(labelled=pair[0], read=pair[1], lines=counts[pair]) for pair in ordered)


def _worst(lines: Iterable[Judged]) -> tuple[Miss, ...]:
    wrong = sorted((line for line in lines if not line.right), key=lambda line: -line.read.confidence)
    return tuple(
        Miss(
            number=line.label.number,
            question=line.label.question,
            language=line.label.language,
            author=line.label.author,
            labelled=_in_words(line.label.intent, line.label.outputs),
            read=_in_words(line.read.intent, line.read.outputs),
            confidence=line.read.confidence,
            asked_back=not line.sure,
        )
        for line in wrong[:WORST]
    )


def _in_words(intent: Intent, outputs: Sequence[str]) -> str:
    return f"{intent.value}: {' + '.join(outputs) or 'nothing'}" if intent in WITH_OUTPUTS else intent.value
