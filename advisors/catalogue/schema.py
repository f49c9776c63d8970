"""What people type in the catalogue's YAML files, validated once, here, and trusted everywhere else.

Unknown keys are refused. Every field says what belongs in it; `which-ai catalogue check` repeats that when a
file is wrong.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]*$", max_length=40)]
Sentence = Annotated[str, Field(min_length=3, max_length=240)]
Source = Annotated[str, Field(min_length=5, max_length=300)]
"""Where a fact was read: a public page's address, or a data set with its version."""

Unit = Literal[
    "images", "videos", "seconds", "minutes", "hours", "words", "pages", "characters", "tokens", "documents",
    "messages", "tracks", "sounds", "models", "molecules", "rows", "items", "users",
]  # fmt: skip
Period = Literal["day", "week", "month", "year"]
Input = Literal["text", "image", "audio", "video", "3d", "molecule", "data", "code"]
Technology = Literal[
    "transformer", "diffusion", "gan", "vae", "autoregressive-audio", "neural-tts", "hybrid", "statistics",
    "machine-learning", "solver", "rules", "database", "unknown",
]  # fmt: skip


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Volume(_Entry):
    """An amount of work, e.g. 300 images a month."""

    amount: Annotated[Decimal, Field(gt=0)]
    unit: Unit
    per: Period | None = None


class Modality(_Entry):
    """One kind of output."""

    id: Id
    name: str
    plural: str
    """How a sentence speaks of it: "makes pictures"."""
    means: Sentence
    kind_of_tool: Sentence
    words: tuple[str, ...] = ()
    """Words that name it in a short follow-up such as "for video instead", in lower case."""


class TokenUse(_Entry):
    """How many tokens a language model reads and writes for one unit of work."""

    unit: Unit
    input: Annotated[Decimal, Field(ge=0)]
    output: Annotated[Decimal, Field(ge=0)]


class Task(_Entry):
    """One thing people want done, under one output."""

    id: Id
    output: Id
    name: str
    does: Sentence
    """What a tool for it does, for people choosing a task."""
    step: Sentence
    """What it does as one step of a chain, in a few words."""
    hub: bool = False
    """Whether the Hugging Face hub has a task of this id."""
    typical: Volume | None = None
    """The volume assumed for a cost note when the asker gives none."""
    token_use: TokenUse | None = None
    """What a token-priced model uses up for it; null when no fair figure exists."""
    starts_from: tuple[Id, ...] = ()
    """Tasks that must be done first; they become steps before it."""
    takes: tuple[Input, ...] | None = None
    """What it can take over from the step before, where that is less than its tools accept; null for all of it."""


class Tier(_Entry):
    """A price that holds for what lies above an amount of use, up to the next tier."""

    above: Annotated[Decimal, Field(ge=0)]
    amount: Annotated[Decimal, Field(ge=0)]


class Price(_Entry):
    """One dated price: metered (so much for so many units) or a plan (so much a month, per user or not)."""

    amount: Annotated[Decimal, Field(ge=0)] | None = None
    """The price; null with `high` and `low` for a range, or with `tiers`."""
    low: Annotated[Decimal, Field(ge=0)] | None = None
    high: Annotated[Decimal, Field(ge=0)] | None = None
    tiers: tuple[Tier, ...] = ()
    """Graduated metered prices a month, lowest first, the first `above: 0`."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    quantity: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    """How many units the metered price buys, e.g. 1000000 (characters)."""
    unit: Unit | None = None
    """What is metered; null for a plan."""
    per: Literal["month", "year"] | None = None
    """The period of a plan; null for a metered price."""
    per_user: bool = False
    """Whether a plan is paid for each user."""
    plan: str | None = None
    """The plan's name, or the setting a metered price is for (resolution, quality)."""
    tasks: tuple[Id, ...] = ()
    """The tasks it is charged for; empty when it holds for all the tool's tasks."""
    includes: Volume | None = None
    """What a plan covers a period, when its page says so."""
    valid_from: date | None = None
    valid_until: date | None = None
    as_of: date
    """The day the price was seen."""
    source: Source
    seen_in: Source | None = None
    """The data set or page that quotes the source, where the source itself was not read."""
    note: str | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Price:
        if (self.unit is None) == (self.per is None):
            raise ValueError("give `unit` for a metered price or `per: month|year` for a plan, not both")
        given = [self.amount is not None, self.low is not None and self.high is not None, bool(self.tiers)]
        if sum(given) != 1:
            raise ValueError("give exactly one of `amount`, `low` with `high`, or `tiers`")
        if self.tiers and self.per is not None:
            raise ValueError("`tiers` are for metered prices: list a plan for each level instead")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("`low` is above `high`: swap them")
        if self.tiers and (
            self.tiers[0].above != 0 or [t.above for t in self.tiers] != sorted({t.above for t in self.tiers})
        ):
            raise ValueError("`tiers` start with `above: 0` and rise")
        return self


class Conversion(_Entry):
    """How many `to` make one `of`; an assumption unless it is exact."""

    of: Unit
    to: Unit
    factor: Annotated[Decimal, Field(gt=0)]
    exact: bool = False
    source: Source | None = None
    note: str | None = None


class DataSet(_Entry):
    """The data set that token prices are looked up in."""

    data_set: Source
    as_of: date


class TokenPrice(_Entry):
    """Where genai-prices keeps this model's token prices; they are never typed here."""

    provider: str
    model: str


class Licence(_Entry):
    """What one may do with the tool and what it makes."""

    name: str
    """The licence's name, or "vendor terms"."""
    open_source: bool = False
    """Whether the code or weights carry an open licence."""
    commercial: Literal["yes", "no", "limited"] | None = None
    """Whether what it makes may be used commercially; null when no source was seen."""
    free_to_run: bool = False
    """Whether it may be run on one's own machine without a fee."""
    note: Sentence | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _has_a_source(self) -> Licence:
        if self.commercial is not None and self.source is None:
            raise ValueError("`commercial` is a claim: give the licence's `source`, or leave `commercial` null")
        return self


class Privacy(_Entry):
    """What happens to what people type or upload."""

    note: Sentence
    confidential_ok: bool | None = None
    """Whether confidential material may go in (own machine, or a contract that says so); null when unknown."""
    source: Source | None = None


class NotFor(_Entry):
    """A use that people try and that does not work."""

    output: Id | None = None
    task: Id | None = None
    because: Sentence
    source: Source | None = None

    @model_validator(mode="after")
    def _names_one_use(self) -> NotFor:
        if (self.output is None) == (self.task is None):
            raise ValueError("name either the `output` or the `task` it must not be used for")
        return self


class Caveat(_Entry):
    """A limit that bites: region, revenue, public by default, no sanctioned API and the like."""

    kind: Literal["region", "revenue", "public-by-default", "no-api", "no-download", "watermark", "access", "other"]
    text: Sentence
    source: Source


class Tool(_Entry):
    """One tool, one file, named by its id."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]
    aliases: tuple[str, ...] = ()
    """Every other name people use, in lower case, misspellings included where common."""
    vendor: str
    family: Id | None = None
    """The entry of the name without a version that people use for it: whoever proposes that, proposes this."""
    url: Source
    kind: Literal["model", "app", "library", "family"]
    """A model behind an API or as weights; an app that people open; a library; a family named without a version."""
    summary: Sentence
    """One sentence that says what it is, for `catalogue list`."""
    status: Literal["active", "deprecated", "retired", "archived"]
    retired_on: date | None = None
    """The day it was or will be switched off."""
    replaced_by: tuple[Id, ...] = ()
    status_source: Source | None = None
    technology: Technology
    makes: tuple[Id, ...]
    """Outputs it returns by itself (ids of modalities.yml)."""
    accepts: tuple[Input, ...]
    tasks: tuple[Id, ...] = ()
    """Tasks it is good for, best first; empty for what must not be recommended."""
    good_for: Sentence
    """Completes "…because it …": what it does well, in plain words, without praise that has no source."""
    choose_when: Sentence
    """Completes "take it when …": the case in which it beats its neighbours."""
    not_for: tuple[NotFor, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    access: tuple[Literal["app", "api", "self-host", "open-weights"], ...]
    effort: Literal["app", "api", "fine-tune", "self-host"]
    """The least it takes to get a first useful result."""
    no_code: bool
    """Whether somebody who does not program gets there."""
    licence: Licence
    privacy: Privacy | None = None
    prices: tuple[Price, ...] = ()
    token_price: TokenPrice | None = None
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...] | None = None
    """ISO 639-1 codes it is documented for; null when many or unknown."""
    review_by: date
    """After this day answers mark the entry stale."""

    @model_validator(mode="after")
    def _is_coherent(self) -> Tool:
        if self.status in ("retired", "deprecated") and self.retired_on is None:
            raise ValueError(f"`status: {self.status}` needs `retired_on`, the day it was or will be switched off")
        if self.retired_on is not None and self.status_source is None:
            raise ValueError("`retired_on` is a claim: give its `status_source`")
        if self.licence.free_to_run and "self-host" not in self.access:
            raise ValueError("`free_to_run` needs `self-host` in `access`")
        return self


class MisuseRule(_Entry):
    """What a warning says when `advisors.misuse` finds its condition met.

    `says` and `instead` may use {tool}, {wanted}, {makes}, {reason}, {replacement}, {date}, {licence}, {where},
    {pick} and {kind}, where the rule's condition gives them.
    """

    id: Id
    says: Annotated[str, Field(min_length=10, max_length=400)]
    """What is wrong, and why."""
    instead: Annotated[str, Field(min_length=5, max_length=300)]
    """What to do instead."""
    source: Source | None = None
    """Where the fact it states was read; the condition's own source comes first."""
    as_of: date | None = None

    @model_validator(mode="after")
    def _is_dated(self) -> MisuseRule:
        if self.source is not None and self.as_of is None:
            raise ValueError("a `source` needs `as_of`, the day it was read")
        return self


class Concept(_Entry):
    """A term or a comparison, explained in at most 100 words."""

    id: Id
    name: str
    terms: tuple[str, ...] = ()
    """What people call it, in lower case; a comparison lists the sides it compares in `compares` instead."""
    setting: bool = False
    """Whether it is where many questions take place ("a token in an LLM"): any other term named beside it wins."""
    compares: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    """The names of the one side and of the other."""
    asks: tuple[str, ...] = ()
    """Typical wordings of the question, for matching by meaning."""
    text: Annotated[str, Field(min_length=40, max_length=900)]
    see: tuple[Id, ...] = ()
    source: Source | None = None

    @model_validator(mode="after")
    def _is_short(self) -> Concept:
        if len(self.text.split()) > 100:
            raise ValueError(f"`text` has {len(self.text.split())} words: cut it to 100")
        return self
