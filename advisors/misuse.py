"""Warns when a tool or an approach cannot or should not do what is asked of it.

Each rule is a function from the case to the facts that its text in misuse.yml needs; it returns None when it does
not apply. What a tool makes, its licence, its dates and its limits are the catalogue's; what the asker proposes is
the classification's. No rule looks at the words of the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import NotFor, Tool
from advisors.models import Approach, Classification, Intent, Pick, Warning

VISUAL = frozenset({"image", "video", "3d"})
ARITHMETIC = frozenset({"calculation", "object-detection"})
FORECASTS = frozenset({"time-series-forecasting"})
SCORES = frozenset({"tabular-classification", "anomaly-detection", "recommendation"})
PLANS = frozenset({"optimization"})
ANY_LANGUAGE_MODEL = "llm"
"""The catalogue's entry for whoever says just "an LLM"."""
Facts = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question against one of the tools it names (or none), with the picks that answer it."""

    classification: Classification
    tool: Tool | None
    proposed: bool
    """Whether the asker means to use the tool for this need, as far as the reading says."""
    picks: tuple[Pick, ...]
    catalogue: Catalogue
    today: date

    @property
    def misused(self) -> bool:
        """Whether the reading is misuse and this tool the one proposed."""
        return self.classification.intent is Intent.MISUSE and self.proposed

    @property
    def wanted(self) -> tuple[str, ...]:
        """The outputs really needed."""
        return self.classification.outputs

    @property
    def tasks(self) -> frozenset[str]:
        """The tasks really needed."""
        return frozenset(reading.task for reading in self.classification.readings)

    def has(self, *approaches: Approach) -> bool:
        """Whether the question mentions any of these approaches."""
        return bool(self.classification.approaches.intersection(approaches))

    def is_language_model(self) -> bool:
        """Whether what is proposed is a language model or a chat app over one."""
        if self.tool is None:
            return self.has(Approach.LLM, Approach.CHATBOT)
        return self.tool.technology in ("transformer", "hybrid") and "text" in self.tool.makes


def _wrong_output(case: Case) -> Facts | None:
    if not case.misused or case.tool is None or not case.wanted:
        return None
    if set(case.wanted) & set(case.tool.makes) or (case.wanted == ("none",) and case.is_language_model()):
        return None
    return {}


def _fine_tune_other_output(case: Case) -> Facts | None:
    if case.has(Approach.FINE_TUNE) and case.tool is not None and _wrong_output(case) is not None:
        return {}
    return None


def _fine_tune_not_needed(case: Case) -> Facts | None:
    if case.classification.intent is not Intent.MISUSE or not case.has(Approach.FINE_TUNE):
        return None
    fits = case.tool is None or bool(set(case.wanted) & set(case.tool.makes))
    return {} if fits and set(case.wanted) & {"text", "code", "image"} else None


def _retired(case: Case) -> Facts | None:
    tool = case.tool
    if tool is None or tool.status == "active" or not _concerned(case):
        return None
    if tool.retired_on is not None and tool.retired_on > case.today:
        return None
    happened = f"was switched off on {tool.retired_on}" if tool.retired_on else "is no longer developed"
    return {"reason": happened, "replacement": _replacement(case, tool), "source": tool.status_source or tool.url}


def _closing(case: Case) -> Facts | None:
    tool = case.tool
    if tool is None or tool.retired_on is None or tool.retired_on <= case.today or not _concerned(case):
        return None
    return {"date": str(tool.retired_on), "replacement": _replacement(case, tool), "source": tool.status_source or ""}


def _concerned(case: Case) -> bool:
    """A named tool matters when it is misused, or makes what is wanted: else it was mentioned in passing."""
    assert case.tool is not None
    return case.misused or bool(set(case.wanted) & set(case.tool.makes))


def _replacement(case: Case, tool: Tool) -> str:
    names = [case.catalogue.tools[other].name for other in tool.replaced_by if other in case.catalogue.tools]
    picked = [pick.name for pick in case.picks if pick.output in tool.makes]
    return " or ".join(names[:2] or picked[:1] or ["one of the tools below"])


def _non_commercial(case: Case) -> Facts | None:
    tool = case.tool
    if tool is None or tool.licence.commercial != "no" or not case.classification.constraints.commercial:
        return None
    return {"licence": tool.licence.name, "source": tool.licence.source or tool.url} if _concerned(case) else None


def _limited_terms(case: Case) -> Facts | None:
    tool = case.tool
    if tool is None or not _concerned(case) or tool.status != "active":
        return None
    if not set(case.wanted) & set(tool.makes):
        return None
    bites = ["no-api"] if case.has(Approach.API) else []
    bites += ["region"] if tool.id in {pick.tool for pick in case.picks} else ["region", "revenue"]
    limits = [c for kind in bites for c in tool.caveats if c.kind == kind]  # a pick's own notes tell of revenue limits
    return {"reason": limits[0].text.rstrip("."), "source": limits[0].source} if limits else None


def _language_model_for(tasks: frozenset[str]) -> Callable[[Case], Facts | None]:
    def condition(case: Case) -> Facts | None:
        applies = case.classification.intent is Intent.MISUSE and case.tasks & tasks and case.is_language_model()
        return {} if applies and (case.proposed or case.tool is None) else None

    return condition


def _not_for(case: Case) -> Facts | None:
    if not case.misused or case.tool is None or case.tool.status != "active":
        return None  # a retired tool is wrong for everything, which is said already
    if _wrong_output(case) is not None:
        return None  # said already, and more to the point
    for limit in case.tool.not_for:
        if limit.task in case.tasks or limit.output in case.wanted:
            return _limit_facts(limit, case.tool)
    return None


def _limit_facts(limit: NotFor, tool: Tool) -> Facts:
    facts = {"reason": limit.because.rstrip(".")}
    return {**facts, "source": limit.source} if limit.source else facts


def _exact_drawing(case: Case) -> Facts | None:
    exact = "data-visualization" in case.tasks or case.has(Approach.EXACT_LETTERING)
    draws = case.tool is not None and "image" in case.tool.makes and "code" not in case.tool.makes
    return {} if case.misused and exact and draws else None


def _technique(case: Case) -> Facts | None:
    named = case.classification.intent is Intent.MISUSE and case.has(Approach.TRAINING_TECHNIQUE)
    return {} if named and case.tool is None else None


def _chatbot_for_visuals(case: Case) -> Facts | None:
    applies = case.classification.intent is Intent.MISUSE and case.has(Approach.CHATBOT) and case.tool is None
    return {} if applies and VISUAL & set(case.wanted) else None


def _likeness(case: Case) -> Facts | None:
    risky = case.has(Approach.LIKENESS) and not case.has(Approach.CONSENT_GIVEN)
    relevant = case.classification.intent is Intent.MISUSE or "voice-cloning" in case.tasks
    return {} if risky and relevant else None


def _confidential(case: Case) -> Facts | None:
    secret = case.classification.constraints.confidential or case.has(Approach.PERSONAL_DATA)
    public_tool = case.tool is not None and case.tool.privacy is not None and case.tool.privacy.confidential_ok is False
    if not secret or case.classification.constraints.self_host:
        return None
    if public_tool and (case.misused or _concerned(case)) and case.tool is not None and case.tool.privacy is not None:
        return {"where": f"a public app such as {case.tool.name}", "source": case.tool.privacy.source or case.tool.url}
    in_public = case.has(Approach.PUBLIC_APP) and case.classification.intent is Intent.MISUSE
    return {"where": "a public app"} if in_public else None


def _mentions(*approaches: Approach) -> Callable[[Case], Facts | None]:
    def condition(case: Case) -> Facts | None:
        return {} if case.classification.intent is Intent.MISUSE and case.has(*approaches) else None

    return condition


def _unreviewed_advice(case: Case) -> Facts | None:
    advice = case.has(Approach.REGULATED_ADVICE) and case.has(Approach.UNREVIEWED)
    return {} if advice and case.classification.intent is Intent.MISUSE else None


CONDITIONS: Mapping[str, Callable[[Case], Facts | None]] = {
    "image-for-exact-drawing": _exact_drawing,
    "fine-tune-other-output": _fine_tune_other_output,
    "wrong-output": _wrong_output,
    "chatbot-for-visuals": _chatbot_for_visuals,
    "technique-not-product": _technique,
    "llm-for-arithmetic": _language_model_for(ARITHMETIC),
    "llm-for-forecasting": _language_model_for(FORECASTS),
    "llm-for-scoring": _language_model_for(SCORES),
    "llm-for-planning": _language_model_for(PLANS),
    "llm-for-live-facts": _language_model_for(frozenset({"live-facts"})),
    "llm-as-database": _language_model_for(frozenset({"record-keeping", "search"})),
    "fine-tune-not-needed": _fine_tune_not_needed,
    "retired-tool": _retired,
    "closing-tool": _closing,
    "non-commercial-licence": _non_commercial,
    "confidential-in-public-app": _confidential,
    "likeness-without-consent": _likeness,
    "deception": _mentions(Approach.DECEPTION),
    "decision-about-people": _mentions(Approach.PERSONNEL_DECISION),
    "ai-detector-as-proof": _mentions(Approach.AI_DETECTOR),
    "style-or-trademark": _mentions(Approach.STYLE_COPY),
    "unreviewed-advice": _unreviewed_advice,
    "limited-terms": _limited_terms,
    "not-for": _not_for,
}
"""Every rule, most telling first. A rule's text is the entry of the same id in misuse.yml."""

CANNOT = frozenset(
    {"fine-tune-other-output", "wrong-output", "llm-for-arithmetic", "llm-for-forecasting", "llm-for-scoring"}
    | {"llm-for-planning", "llm-for-live-facts", "llm-as-database", "image-for-exact-drawing", "not-for"}
)
"""Of these only the first that applies is said: each says that the tool cannot do it."""

MOST = 3
"""Warnings in one answer: more are not read."""


def warnings(
    classification: Classification, picks: Sequence[Pick], catalogue: Catalogue, today: date
) -> tuple[Warning, ...]:
    """All warnings that apply to a question, the most telling first, each rule at most once."""
    found: dict[str, Warning] = {}
    cases = list(_cases(classification, picks, catalogue, today))
    for rule, condition in CONDITIONS.items():
        for case in cases:
            facts = condition(case)
            if facts is not None and rule not in found and not (rule in CANNOT and CANNOT & found.keys()):
                found[rule] = _warning(rule, case, facts)
    if classification.intent is Intent.MISUSE and not found and classification.readings:
        found["doubtful-approach"] = _warning("doubtful-approach", cases[0], {})
    return tuple(found.values())[:MOST]


def _cases(classification: Classification, picks: Sequence[Pick], catalogue: Catalogue, today: date) -> Iterable[Case]:
    named = [(catalogue.tools[n.tool], n.proposed) for n in classification.named_tools if n.tool in catalogue.tools]
    none_named: list[tuple[Tool | None, bool]] = [(None, False)]
    for tool, proposed in named or none_named:
        yield Case(
            classification=classification,
            tool=tool,
            proposed=proposed,
            picks=tuple(picks),
            catalogue=catalogue,
            today=today,
        )


def _warning(rule: str, case: Case, facts: Facts) -> Warning:
    text = case.catalogue.misuse[rule]
    kinds = [case.catalogue.modalities[output] for output in case.wanted]
    makes = [case.catalogue.modalities[output].plural for output in (case.tool.makes if case.tool else ())]
    wanted_pick = [_other_than(case.tool, pick) for pick in case.picks if pick.output in case.wanted]
    words = {
        "tool": case.tool.name if case.tool and case.tool.id != ANY_LANGUAGE_MODEL else "A language model",
        "makes": _listed(makes) or "text",
        "wanted": _listed([kind.plural for kind in kinds]),
        "kind": _listed([kind.kind_of_tool for kind in kinds]) or "another kind of tool",
        "pick": wanted_pick[-1] if wanted_pick else "one of the tools below",
        **facts,
    }
    return Warning(
        rule=rule,
        tool=case.tool.id if case.tool else None,
        text=f"{text.says.format_map(words)} {text.instead.format_map(words)}",
        source=facts.get("source") or text.source,
    )


def _other_than(tool: Tool | None, pick: Pick) -> str:
    """The pick's name, or its first alternative's where the pick is the very tool that is warned of."""
    if tool is not None and pick.tool == tool.id and pick.alternatives:
        return pick.alternatives[0].name
    return pick.name


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
