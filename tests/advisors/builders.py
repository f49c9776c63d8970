"""Small values for the core's tests: each builder gives something ordinary, and a test states what matters to it.

The vocabulary (outputs, tasks, units, warnings) is the shipped one; tools, prices and licences are the test's own,
so that no test breaks when a price changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from advisors.catalogue import Catalogue
from advisors.catalogue.catalogue import FOLDER
from advisors.catalogue.schema import Concept, Conversion, MisuseRule, Modality, Price, Task, Tool
from advisors.models import (
    Approach,
    Budget,
    Classification,
    Constraints,
    CostNote,
    Decision,
    Intent,
    NamedTool,
    Question,
    Reading,
    Volume,
)
from advisors.policy import NO_POLICY, Policy
from advisors.recommend import recommend

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = "https://example.com/pricing"
SPEC = Path(__file__).parent.parent / "spec"


def spec(name: str) -> Any:
    """A file of tests/spec, read."""
    return yaml.safe_load((SPEC / name).read_text(encoding="utf-8"))


@lru_cache
def _shipped(name: str) -> list[Any]:
    listed: list[Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))[name]
    return listed


@lru_cache
def the_modalities() -> dict[str, Modality]:
    return {entry.id: entry for entry in map(Modality.model_validate, _shipped("modalities"))}


@lru_cache
def the_tasks() -> dict[str, Task]:
    return {entry.id: entry for entry in map(Task.model_validate, _shipped("tasks"))}


@lru_cache
def the_misuse_rules() -> dict[str, MisuseRule]:
    return {entry.id: entry for entry in map(MisuseRule.model_validate, _shipped("misuse"))}


@lru_cache
def the_conversions() -> tuple[Conversion, ...]:
    return tuple(map(Conversion.model_validate, _shipped("conversions")))


def a_price(**facts: Any) -> Price:
    """Four cents an image, unless told otherwise."""
    return Price.model_validate(
        {**({} if facts else {"amount": "0.04", "unit": "images"}), "as_of": TODAY, "source": PAGE, **facts}
    )


def a_licence(**facts: Any) -> dict[str, Any]:
    return {"name": "vendor terms", "commercial": "yes", "source": PAGE, **facts}


def a_tool(tool: str = "sketchpad", **facts: Any) -> Tool:
    """An ordinary image API that costs four cents a picture; `facts` are fields of its catalogue file."""
    ordinary = {
        "id": tool,
        "name": tool.replace("-", " ").title(),
        "vendor": "Example",
        "url": "https://example.com",
        "kind": "model",
        "summary": "An ordinary tool.",
        "status": "active",
        "technology": "diffusion",
        "makes": ["image"],
        "accepts": ["text"],
        "tasks": ["text-to-image"],
        "good_for": "does the ordinary thing",
        "choose_when": "the ordinary will do",
        "access": ["api"],
        "effort": "api",
        "no_code": False,
        "licence": a_licence(),
        "review_by": date(2027, 6, 1),
    }
    if not {"prices", "token_price"} & facts.keys():
        ordinary["prices"] = [a_price()]
    return Tool.model_validate({**ordinary, **facts})


def a_language_model(tool: str = "wordsmith", **facts: Any) -> Tool:
    """A text model with an API."""
    return a_tool(
        tool,
        **{
            "technology": "transformer",
            "makes": ["text", "code"],
            "tasks": ["text-generation", "summarization"],
            "prices": [a_price(amount=10, quantity=1_000_000, unit="words")],
            **facts,
        },
    )


def an_own_machine_tool(tool: str, **facts: Any) -> Tool:
    """An open tool that one runs oneself, free of charge."""
    return a_tool(
        tool,
        **{
            "access": ["self-host"],
            "effort": "self-host",
            "prices": [],
            "licence": a_licence(name="MIT", open_source=True, free_to_run=True),
            **facts,
        },
    )


def a_catalogue(
    *tools: Tool, tasks: Iterable[Task] = (), conversions: Iterable[Conversion] | None = None, **parts: Any
) -> Catalogue:
    """The shipped vocabulary with these tools only."""
    concepts: Iterable[Concept] = parts.pop("concepts", ())
    assert not parts, parts
    return Catalogue(
        modalities=the_modalities(),
        tasks={**the_tasks(), **{task.id: task for task in tasks}},
        tools={tool.id: tool for tool in tools},
        conversions=the_conversions() if conversions is None else tuple(conversions),
        token_prices_source="genai-prices",
        token_prices_as_of=TODAY,
        misuse=the_misuse_rules(),
        concepts={concept.id: concept for concept in concepts},
        digest="0123456789ab",
    )


def a_task(**facts: Any) -> Task:
    """A task of the test's own, which makes images and has no typical volume."""
    return Task.model_validate(
        {"id": "a-task", "output": "image", "name": "A task", "does": "does it", "step": "does it", **facts}
    )


def a_volume(amount: int | str, unit: str = "images", per: str | None = "month") -> Volume:
    return Volume(amount=Decimal(amount), unit=unit, per=per)


def a_budget(amount: int | str, currency: str = "USD", per: str | None = "month") -> Budget:
    return Budget(amount=Decimal(amount), currency=currency, per=per)


def a_reading(task: str, confidence: float = 0.9) -> Reading:
    return Reading(output=the_tasks()[task].output, task=task, confidence=confidence)


def a_classification(
    *tasks: str,
    intent: Intent = Intent.RECOMMEND,
    named: Iterable[str] = (),
    mentioned: Iterable[str] = (),
    approaches: Iterable[Approach] = (),
    rivals: Iterable[str] = (),
    concept: str | None = None,
    **constraints: Any,
) -> Classification:
    """A question read as wanting these tasks; `named` tools are proposed for it, `mentioned` ones are not."""
    tools = [NamedTool(tool=tool, as_written=tool) for tool in named]
    tools += [NamedTool(tool=tool, as_written=tool, proposed=False) for tool in mentioned]
    return Classification(
        intent=intent,
        readings=tuple(a_reading(task) for task in tasks),
        confidence=0.9,
        constraints=Constraints(**constraints),
        named_tools=tuple(tools),
        approaches=frozenset(approaches),
        rivals=tuple(a_reading(task, 0.4) for task in rivals),
        concept=concept,
    )


def a_cost(amount: str | None, per: str | None = "month", high: str | None = None, **facts: Any) -> CostNote:
    low, top = (None if figure is None else Decimal(figure) for figure in (amount, high))
    return CostNote(amount=low, high=top, per=per, basis="a test", **facts)


def a_decision(
    classification: Classification, catalogue: Catalogue, policy: Policy = NO_POLICY, text: str = "a logo for us"
) -> Decision:
    """The decision that this reading leads to, always with the same id and time."""
    return Decision(
        id="0123456789ab",
        question=Question(id="", text=text),
        classification=classification,
        recommendation=recommend(classification, catalogue, policy, today=TODAY),
        engine="scripted@1",
        catalogue=catalogue.digest,
        policy=policy.digest,
        decided_at=NOW,
    )
