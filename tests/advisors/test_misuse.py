"""Each warning is given when its condition holds, and withheld when it only nearly does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Tool
from advisors.misuse import CONDITIONS, MOST, warnings
from advisors.models import Approach, Classification, Intent, Warning
from advisors.recommend import recommend
from tests.advisors.builders import (
    PAGE,
    TODAY,
    a_catalogue,
    a_classification,
    a_language_model,
    a_licence,
    a_tool,
    an_own_machine_tool,
    the_misuse_rules,
)

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
SECRET = {"note": "Inputs may train the model.", "confidential_ok": False, "source": PAGE}


def limit(kind: str) -> list[dict[str, str]]:
    return [{"kind": kind, "text": "Only sold in the US.", "source": PAGE}]


def ending(tool: str, **facts: Any) -> Tool:
    return a_tool(tool, **{"tasks": [], "replaced_by": ["painter"], "status_source": PAGE, **facts})


TOOLS = (
    a_tool("painter", tasks=["text-to-image", "logo"]),
    a_language_model("wordsmith"),
    a_tool("filmer", makes=["video"], tasks=["text-to-video"]),
    a_tool("voice", makes=["speech"], tasks=["voice-cloning", "text-to-speech"], technology="neural-tts"),
    a_tool("abacus", makes=["none"], technology="rules", tasks=["calculation", "record-keeping", "live-facts"]),
    a_tool(
        "oracle",
        makes=["none"],
        technology="machine-learning",
        tasks=["time-series-forecasting", "tabular-classification"],
    ),
    a_tool("charter", makes=["image", "code"], technology="rules", tasks=["data-visualization"]),
    a_language_model("drawing-chat", technology="hybrid", makes=["text", "image"], tasks=["text-generation"]),
    ending("gone", status="retired", retired_on=YESTERDAY),
    ending("off-today", status="retired", retired_on=TODAY),
    ending("shelved", status="archived", status_source=None),
    ending("going", status="deprecated", retired_on=TOMORROW),
    a_tool("hobby", tasks=[], licence=a_licence(name="CC BY-NC", commercial="no")),
    a_tool("public", tasks=[], privacy=SECRET),
    a_tool("private", tasks=[], privacy={"note": "Nobody knows."}),
    a_tool("far-away", tasks=[], caveats=limit("region")),
    a_tool("by-hand", tasks=[], caveats=limit("no-api")),
    a_tool("marked", tasks=[], caveats=limit("watermark")),
    a_tool("no-logos", tasks=[], not_for=[{"task": "logo", "because": "it returns pixels.", "source": PAGE}]),
    an_own_machine_tool("own"),
)
CATALOGUE = a_catalogue(*TOOLS)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Readings on which a rule must fire, and near misses on which it must not, each with what sets it apart."""

    fires: dict[str, Classification]
    silent: dict[str, Classification]


def misused(*tasks: str, **facts: Any) -> Classification:
    return a_classification(*tasks, intent=Intent.MISUSE, **facts)


def mentions(approach: Approach, task: str = "text-generation") -> Rule:
    return Rule(
        fires={"insisted on": misused(task, approaches=[approach])},
        silent={
            "not insisted on": a_classification(task, approaches=[approach]),
            "another approach": misused(task, approaches=[Approach.API]),
        },
    )


TABLE: dict[str, Rule] = {
    "fine-tune-other-output": Rule(
        fires={"a text model for pictures": misused("logo", named=["wordsmith"], approaches=[Approach.FINE_TUNE])},
        silent={
            "no fine-tuning": misused("logo", named=["wordsmith"]),
            "a picture model for pictures": misused("logo", named=["painter"], approaches=[Approach.FINE_TUNE]),
            "no tool named": misused("logo", approaches=[Approach.FINE_TUNE]),
        },
    ),
    "wrong-output": Rule(
        fires={
            "a text model for pictures": misused("logo", named=["wordsmith"]),
            "a picture model for speech": misused("text-to-speech", named=["painter"]),
            "a picture model for sums": misused("calculation", named=["painter"]),
        },
        silent={
            "not insisted on": a_classification("logo", named=["wordsmith"]),
            "mentioned in passing": misused("logo", mentioned=["wordsmith"]),
            "a chat app that draws": misused("logo", named=["drawing-chat"]),
            "a text model for sums has its own rule": misused("calculation", named=["wordsmith"]),
        },
    ),
    "chatbot-for-visuals": Rule(
        fires={"a chatbot to see furniture": misused("text-to-image", approaches=[Approach.CHATBOT])},
        silent={
            "a chatbot to answer": misused("question-answering", approaches=[Approach.CHATBOT]),
            "a chatbot beside pictures": a_classification("text-to-image", approaches=[Approach.CHATBOT]),
        },
    ),
    "technique-not-product": Rule(
        fires={"a GAN for pictures": misused("text-to-image", approaches=[Approach.TRAINING_TECHNIQUE])},
        silent={
            "asked in passing": a_classification("text-to-image", approaches=[Approach.TRAINING_TECHNIQUE]),
            "a product is named too": misused(
                "text-to-image", named=["painter"], approaches=[Approach.TRAINING_TECHNIQUE]
            ),
        },
    ),
    "llm-for-arithmetic": Rule(
        fires={
            "a named model": misused("calculation", named=["wordsmith"]),
            "a language model in general": misused("calculation", approaches=[Approach.LLM]),
        },
        silent={
            "a spreadsheet": misused("calculation", named=["abacus"]),
            "not insisted on": a_classification("calculation", named=["wordsmith"]),
            "mentioned in passing": misused("calculation", mentioned=["wordsmith"]),
        },
    ),
    "llm-for-forecasting": Rule(
        fires={"a language model in general": misused("time-series-forecasting", approaches=[Approach.LLM])},
        silent={
            "a forecasting tool": misused("time-series-forecasting", named=["oracle"]),
            "no language model": misused("time-series-forecasting"),
        },
    ),
    "llm-for-scoring": Rule(
        fires={"a named model": misused("tabular-classification", named=["wordsmith"])},
        silent={
            "sorting texts is language work": misused("text-classification", named=["wordsmith"]),
            "mentioned in passing": misused("tabular-classification", mentioned=["wordsmith"]),
        },
    ),
    "llm-for-planning": Rule(
        fires={"a language model in general": misused("optimization", approaches=[Approach.LLM])},
        silent={
            "a score is no plan": misused("tabular-classification", named=["wordsmith"]),
            "no language model": misused("optimization"),
        },
    ),
    "llm-for-live-facts": Rule(
        fires={"a named model": misused("live-facts", named=["wordsmith"])},
        silent={"not insisted on": a_classification("live-facts", named=["wordsmith"])},
    ),
    "llm-as-database": Rule(
        fires={
            "to keep records": misused("record-keeping", named=["wordsmith"]),
            "to search": misused("search", approaches=[Approach.CHATBOT]),
        },
        silent={"to write": misused("text-generation", named=["wordsmith"])},
    ),
    "image-for-exact-drawing": Rule(
        fires={
            "a chart from a painter": misused("data-visualization", named=["painter"]),
            "long lettering": misused("logo", named=["painter"], approaches=[Approach.EXACT_LETTERING]),
        },
        silent={
            "a tool that draws by code": misused("data-visualization", named=["charter"]),
            "a picture without lettering": misused("logo", named=["painter"]),
        },
    ),
    "fine-tune-not-needed": Rule(
        fires={
            "to answer from documents": misused("question-answering", approaches=[Approach.FINE_TUNE]),
            "a model that writes anyway": misused(
                "text-generation", named=["wordsmith"], approaches=[Approach.FINE_TUNE]
            ),
        },
        silent={
            "a picture model for words has its own rule": misused(
                "text-generation", named=["painter"], approaches=[Approach.FINE_TUNE]
            ),
            "film is another matter": misused("text-to-video", approaches=[Approach.FINE_TUNE]),
            "fine-tuning as the plan": a_classification("question-answering", approaches=[Approach.FINE_TUNE]),
        },
    ),
    "retired-tool": Rule(
        fires={
            "switched off": a_classification("text-to-image", named=["gone"]),
            "switched off today": a_classification("text-to-image", named=["off-today"]),
            "archived": a_classification("text-to-image", named=["shelved"]),
        },
        silent={
            "off tomorrow": a_classification("text-to-image", named=["going"]),
            "mentioned beside another need": a_classification("text-to-speech", named=["gone"]),
            "in service": a_classification("text-to-image", named=["painter"]),
        },
    ),
    "closing-tool": Rule(
        fires={"off tomorrow": a_classification("text-to-image", named=["going"])},
        silent={
            "off since yesterday": a_classification("text-to-image", named=["gone"]),
            "off since this morning": a_classification("text-to-image", named=["off-today"]),
            "mentioned beside another need": a_classification("text-to-speech", named=["going"]),
        },
    ),
    "non-commercial-licence": Rule(
        fires={"for sale": a_classification("text-to-image", named=["hobby"], commercial=True)},
        silent={
            "for fun": a_classification("text-to-image", named=["hobby"]),
            "a licence that allows it": a_classification("text-to-image", named=["painter"], commercial=True),
        },
    ),
    "confidential-in-public-app": Rule(
        fires={
            "secrets into an app that learns": a_classification("text-to-image", named=["public"], confidential=True),
            "personal data": a_classification("text-to-image", named=["public"], approaches=[Approach.PERSONAL_DATA]),
            "any public app": misused("summarization", approaches=[Approach.PUBLIC_APP], confidential=True),
        },
        silent={
            "nothing secret": a_classification("text-to-image", named=["public"]),
            "on our own machines": a_classification(
                "text-to-image", named=["public"], confidential=True, self_host=True
            ),
            "nothing known against the app": a_classification("text-to-image", named=["private"], confidential=True),
        },
    ),
    "likeness-without-consent": Rule(
        fires={
            "a cloned voice": a_classification("voice-cloning", approaches=[Approach.LIKENESS]),
            "a face": misused("text-to-image", approaches=[Approach.LIKENESS]),
        },
        silent={
            "with consent": a_classification("voice-cloning", approaches=[Approach.LIKENESS, Approach.CONSENT_GIVEN]),
            "a voice of one's own": a_classification("voice-cloning"),
            "a ready-made voice": a_classification("text-to-speech", approaches=[Approach.LIKENESS]),
        },
    ),
    "deception": mentions(Approach.DECEPTION),
    "decision-about-people": mentions(Approach.PERSONNEL_DECISION, "tabular-classification"),
    "ai-detector-as-proof": mentions(Approach.AI_DETECTOR, "text-classification"),
    "style-or-trademark": mentions(Approach.STYLE_COPY, "text-to-image"),
    "unreviewed-advice": Rule(
        fires={
            "nobody looks": misused("question-answering", approaches=[Approach.REGULATED_ADVICE, Approach.UNREVIEWED])
        },
        silent={
            "somebody looks": misused("question-answering", approaches=[Approach.REGULATED_ADVICE]),
            "about nothing serious": misused("question-answering", approaches=[Approach.UNREVIEWED]),
        },
    ),
    "limited-terms": Rule(
        fires={
            "not sold here": a_classification("text-to-image", named=["far-away"]),
            "no API, and one is wanted": a_classification(
                "text-to-image", named=["by-hand"], approaches=[Approach.API]
            ),
        },
        silent={
            "no API, and none is wanted": a_classification("text-to-image", named=["by-hand"]),
            "a limit of another kind": a_classification("text-to-image", named=["marked"]),
            "mentioned beside another need": a_classification("text-to-speech", named=["far-away"]),
        },
    ),
    "not-for": Rule(
        fires={"a use its page rules out": misused("logo", named=["no-logos"])},
        silent={
            "another use": misused("text-to-image", named=["no-logos"]),
            "not insisted on": a_classification("logo", named=["no-logos"]),
        },
    ),
    "doubtful-approach": Rule(
        fires={"misuse that no rule explains": misused("text-to-image")},
        silent={
            "a rule explains it": misused("logo", named=["wordsmith"]),
            "no misuse": a_classification("text-to-image"),
        },
    ),
}

FIRING = [(rule, case, read) for rule, table in TABLE.items() for case, read in table.fires.items()]
SILENT = [(rule, case, read) for rule, table in TABLE.items() for case, read in table.silent.items()]


def warned(read: Classification) -> tuple[Warning, ...]:
    return recommend(read, CATALOGUE, today=TODAY).warnings


@pytest.mark.parametrize(("rule", "case", "read"), FIRING, ids=[f"{rule}: {case}" for rule, case, _ in FIRING])
def test_a_misuse_is_warned_of(rule: str, case: str, read: Classification) -> None:
    assert rule in [warning.rule for warning in warned(read)]


@pytest.mark.parametrize(("rule", "case", "read"), SILENT, ids=[f"{rule}: {case}" for rule, case, _ in SILENT])
def test_what_only_looks_like_it_is_not(rule: str, case: str, read: Classification) -> None:
    assert rule not in [warning.rule for warning in warned(read)]


def test_every_rule_has_cases_and_a_text_and_every_text_a_rule(catalogue: Catalogue) -> None:
    rules = {*CONDITIONS, "doubtful-approach"}

    assert set(TABLE) == rules
    assert set(the_misuse_rules()) == rules
    assert set(catalogue.misuse) == rules
    assert all(table.fires and table.silent for table in TABLE.values())


@pytest.mark.parametrize(("rule", "case", "read"), FIRING, ids=[f"{rule}: {case}" for rule, case, _ in FIRING])
def test_a_warning_is_a_whole_sentence_or_two(rule: str, case: str, read: Classification) -> None:
    [warning] = [warning for warning in warned(read) if warning.rule == rule]

    assert "{" not in warning.text
    assert "  " not in warning.text
    assert ".." not in warning.text
    assert warning.text[0].isupper()
    assert warning.text.endswith(".")
    assert "such as A language model" not in warning.text


STATES_A_FACT = {
    "fine-tune-other-output",
    "retired-tool",
    "closing-tool",
    "non-commercial-licence",
    "limited-terms",
    "decision-about-people",
    "ai-detector-as-proof",
}


@pytest.mark.parametrize("rule", sorted(STATES_A_FACT))
def test_a_warning_that_states_a_fact_cites_its_source(rule: str) -> None:
    for read in TABLE[rule].fires.values():
        [warning] = [warning for warning in warned(read) if warning.rule == rule]

        assert warning.source
        assert warning.source.startswith("https://")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (
            misused("logo", named=["wordsmith"], approaches=[Approach.FINE_TUNE]),
            "Wordsmith makes text and code. Fine-tuning changes how a model answers, not what it can output, so it "
            "will never give pictures. Take an image generator or editor as it comes: Painter.",
        ),
        (
            misused("calculation", approaches=[Approach.LLM]),
            "A language model writes likely words; it does not calculate or count, and a wrong sum looks as sure as a "
            "right one. Let Abacus do the figures; a language model may at most write the formula.",
        ),
        (
            a_classification("text-to-image", named=["gone"]),
            "Gone was switched off on 2026-11-22. For pictures there is Painter.",
        ),
        (
            a_classification("text-to-image", named=["going"]),
            "Going will be switched off on 2026-11-24. Start with Painter.",
        ),
        (
            a_classification("text-to-image", named=["hobby"], commercial=True),
            "Hobby may not be used commercially (CC BY-NC). For work that earns money take Painter.",
        ),
        (
            misused("summarization", approaches=[Approach.PUBLIC_APP], confidential=True),
            "Confidential or personal data does not belong in a public app: it leaves your control. Run a model on "
            "your own machines, or get a contract that says what happens to the data.",
        ),
        (
            misused("logo", named=["no-logos"]),
            "No Logos is the wrong choice for this: it returns pixels. Better: Painter.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_warning_says_what_is_wrong_and_what_instead(read: Classification, text: str) -> None:
    assert text in [warning.text for warning in warned(read)]


def test_the_category_mistake_comes_first_and_no_more_than_three_are_given() -> None:
    everything = misused(
        "logo",
        mentioned=["going", "gone", "hobby", "far-away"],
        named=["wordsmith"],
        approaches=set(Approach) - {Approach.CONSENT_GIVEN},
        commercial=True,
        confidential=True,
    )

    given = warned(everything)

    assert len(given) == MOST == 3
    assert given[0].rule == "fine-tune-other-output"
    assert given[0].tool == "wordsmith"


def test_of_two_category_mistakes_one_is_said() -> None:
    read = misused("logo", named=["wordsmith"], approaches=[Approach.FINE_TUNE])

    assert "wrong-output" not in [warning.rule for warning in warned(read)]


def test_two_tools_with_the_same_trouble_make_one_warning() -> None:
    read = a_classification("text-to-image", named=["gone", "shelved"])

    assert [warning.rule for warning in warned(read)] == ["retired-tool"]


def test_a_tool_that_left_the_catalogue_does_no_harm() -> None:
    read = misused("logo", named=["never-heard-of"])

    assert [warning.rule for warning in warned(read)] == ["doubtful-approach"]


def test_nothing_is_warned_of_where_nothing_is_wrong() -> None:
    assert warnings(a_classification("text-to-image", named=["painter"]), (), CATALOGUE, TODAY) == ()


def test_the_language_models_of_the_catalogue_are_not_said_to_draw(catalogue: Catalogue) -> None:
    for tool in catalogue.tools.values():
        if tool.technology != "transformer" or "image" in tool.makes or "text" not in tool.makes:
            continue
        read = misused("logo", named=[tool.id])

        assert "wrong-output" in [w.rule for w in recommend(read, catalogue, today=TODAY).warnings], tool.id
