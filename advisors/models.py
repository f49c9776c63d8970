"""The values that flow through which-ai: Question → Classification → Recommendation → Decision.

All are frozen. Money is `Decimal`, times carry a time zone, ids are those of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class Intent(StrEnum):
    """What the asker is after."""

    RECOMMEND = "recommend"
    CONCEPT = "concept"
    MISUSE = "misuse"
    UNCLEAR = "unclear"
    OTHER = "other"


class Approach(StrEnum):
    """A way of going about it that a question mentions and that a misuse rule may have something to say about."""

    FINE_TUNE = "fine-tune"
    TRAINING_TECHNIQUE = "training-technique"
    CHATBOT = "chatbot"
    AI_DETECTOR = "ai-detector"
    LIKENESS = "likeness"
    CONSENT_GIVEN = "consent-given"
    PERSONAL_DATA = "personal-data"
    PUBLIC_APP = "public-app"
    STYLE_COPY = "style-copy"
    REGULATED_ADVICE = "regulated-advice"
    UNREVIEWED = "unreviewed"
    EXACT_LETTERING = "exact-lettering"
    DECEPTION = "deception"
    PERSONNEL_DECISION = "personnel-decision"
    LLM = "llm"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked, as they wrote it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An amount of work; `per` is day, week, month, year, or None for once."""

    amount: Decimal
    unit: str
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may be spent; `currency` is an ISO 4217 code, `per` as in Volume."""

    amount: Decimal
    currency: str
    per: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What the answer must respect. A flag is False when the question does not state it."""

    volume: Volume | None = None
    budget: Budget | None = None
    self_host: bool = False
    free: bool = False
    commercial: bool = False
    open_source: bool = False
    confidential: bool = False
    no_code: bool = False
    language: tuple[str, ...] = ()
    """ISO 639-1 codes of the languages the result must be in."""

    FLAGS = ("self_host", "free", "commercial", "open_source", "confidential", "no_code")

    def flags(self) -> tuple[str, ...]:
        """The names of the flags that are set, in contract order."""
        return tuple(name for name in self.FLAGS if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTool:
    """A catalogue tool that the question names; `proposed` when somebody means to use it for the need."""

    tool: str
    as_written: str
    proposed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One wanted output with the task under it; confidences are probabilities in [0, 1]."""

    output: str
    confidence: float
    task: str
    task_confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """How an engine read a question. It names no price, licence or link: only the catalogue does."""

    intent: Intent
    readings: tuple[Reading, ...] = ()
    """Wanted outputs ordered by work, the deliverable last; empty for concept, unclear and other."""
    confidence: float = 1.0
    constraints: Constraints = field(default_factory=Constraints)
    named_tools: tuple[NamedTool, ...] = ()
    approaches: frozenset[Approach] = frozenset()
    rivals: tuple[Reading, ...] = ()
    """The most probable readings, best first: what to offer when asking back."""
    concept: str | None = None
    language: str = "en"
    """ISO 639-1 code of the language the question is written in."""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The wanted outputs' ids, in order."""
        return tuple(reading.output for reading in self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostNote:
    """What a pick costs at a volume. `amount` None means unknown, never zero; `high` is set for a range."""

    amount: Decimal | None
    high: Decimal | None = None
    currency: str = "USD"
    per: str | None = None
    basis: str
    as_of: date | None = None
    source: str | None = None
    stale: bool = False
    covers_volume: bool = True
    """False when the sum is a plan's price and its page does not say that the plan covers the volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another tool and the case in which to take it."""

    tool: str
    name: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The recommended tool for one output."""

    output: str
    task: str
    tool: str
    name: str
    because: str
    alternatives: tuple[Alternative, ...]
    cost: CostNote
    complexity: str
    licence: str
    notes: tuple[str, ...] = ()
    """What else bites: privacy, limits, constraints that no tool meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a chain of tools, numbered from 1."""

    n: int
    output: str
    tool: str
    name: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """A misuse, and what instead. `source` is given when the text states a fact."""

    rule: str
    tool: str | None
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """The one question back; `choices` are output ids, empty when the answer is free text."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A term or comparison, explained."""

    concept: str
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The answer, before any platform has dressed it."""

    picks: tuple[Pick, ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[Warning, ...] = ()
    ask_back: AskBack | None = None
    explanation: Explanation | None = None
    remark: str | None = None
    """A plain sentence: nothing to pick, explain or ask; policy left nothing; or what several picks cost together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recommendation with all that led to it, as it goes into the log."""

    id: str
    question: Question
    classification: Classification
    recommendation: Recommendation
    engine: str
    catalogue: str
    prompt: str | None = None
    policy: str | None = None
    took_ms: float = 0.0
    decided_at: datetime
    follows: str | None = None
    """The id of the decision that this one refines."""
