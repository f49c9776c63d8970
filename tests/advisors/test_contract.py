"""The JSON of a decision: every key of the contract is there, whatever the answer; money is written, not floated."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from advisors.catalogue.schema import Concept
from advisors.contract import number, sum_in_words, to_contract
from advisors.models import Classification, Decision, Intent
from advisors.policy import Policy
from tests.advisors.builders import (
    NOW,
    TODAY,
    a_budget,
    a_catalogue,
    a_classification,
    a_decision,
    a_language_model,
    a_price,
    a_tool,
    a_volume,
)

# The keys of the contract in design.md, section "The answer", and those that were added to it.
KEYS = [
    "id",
    "question",
    "intent",
    "outputs",
    "confidence",
    "constraints",
    "named_tools",
    "picks",
    "steps",
    "warnings",
    "ask_back",
    "explanation",
    "engine",
    "catalogue",
    "prompt",
    "policy",
    "took_ms",
]
ADDED = ["tasks", "language", "remark", "decision", "follows", "decided_at"]
CONSTRAINTS = [
    "volume",
    "budget",
    "self_host",
    "free",
    "commercial",
    "open_source",
    "confidential",
    "no_code",
    "language",
]
PICK = ["output", "tool", "name", "because", "alternatives", "cost", "complexity", "licence"]
COST = ["amount", "currency", "per", "basis", "as_of", "source", "stale"]

GAN = Concept(id="gan", name="GAN", text="Two networks: one makes pictures, the other one judges them.")
CATALOGUE = a_catalogue(
    a_tool("painter"), a_tool("sketchpad"), a_language_model("wordsmith"), a_language_model("scribe"), concepts=[GAN]
)

READINGS = {
    Intent.RECOMMEND: a_classification(
        "text-generation", "text-to-image", volume=a_volume(300), budget=a_budget(50), commercial=True, language=("de",)
    ),
    Intent.MISUSE: a_classification(
        "text-to-image", intent=Intent.MISUSE, named=["wordsmith"], rivals=["text-to-video"]
    ),
    Intent.CONCEPT: a_classification(intent=Intent.CONCEPT, concept="gan"),
    Intent.UNCLEAR: a_classification(intent=Intent.UNCLEAR, rivals=["text-to-image", "text-to-video"]),
    Intent.OTHER: a_classification(intent=Intent.OTHER),
}


def contract(read: Classification, policy: Policy | None = None) -> dict[str, Any]:
    return to_contract(a_decision(read, CATALOGUE, policy or Policy()))


def test_every_intent_has_its_example() -> None:
    assert set(READINGS) == set(Intent)


@pytest.mark.parametrize("intent", Intent)
def test_every_key_is_there_for_every_intent(intent: Intent) -> None:
    answer = contract(READINGS[intent])

    assert set(answer) == {*KEYS, *ADDED}
    assert answer["intent"] == intent.value
    assert list(answer["constraints"]) == CONSTRAINTS


@pytest.mark.parametrize("intent", Intent)
def test_an_answer_comes_back_from_json_as_it_went(intent: Intent) -> None:
    answer = contract(READINGS[intent])

    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_what_does_not_apply_is_null_or_empty() -> None:
    answer = contract(READINGS[Intent.OTHER])

    assert [answer[key] for key in ("outputs", "tasks", "named_tools", "picks", "steps", "warnings")] == [[]] * 6
    assert [answer[key] for key in ("ask_back", "explanation", "prompt", "policy", "follows")] == [None] * 5
    assert answer["constraints"] == dict.fromkeys(CONSTRAINTS)


def test_a_pick_holds_all_it_should() -> None:
    script, picture = contract(READINGS[Intent.RECOMMEND])["picks"]

    assert set(script) == set(picture) == {*PICK, "task", "notes"}
    assert set(picture["cost"]) == {*COST, "high"}
    assert picture["cost"] == {
        "amount": "12.00",
        "high": None,
        "currency": "USD",
        "per": "month",
        "basis": "300 images × $0.04",
        "as_of": TODAY.isoformat(),
        "source": "https://example.com/pricing",
        "stale": False,
    }
    assert picture["alternatives"] == [{"tool": "sketchpad", "name": "Sketchpad", "when": "the ordinary will do"}]


def test_steps_are_numbered_and_say_what_they_do() -> None:
    steps = contract(READINGS[Intent.RECOMMEND])["steps"]

    assert [list(step) for step in steps] == [["n", "output", "tool", "name", "does"]] * 2
    assert [(step["n"], step["does"]) for step in steps] == [
        (1, "writes the text"),
        (2, "makes the pictures, starting from step 1"),
    ]


def test_a_warning_and_a_question_back_are_whole() -> None:
    answer = contract(READINGS[Intent.MISUSE])

    assert [list(warning) for warning in answer["warnings"]] == [["rule", "tool", "text", "source"]]
    assert answer["warnings"][0]["rule"] == "wrong-output"
    assert answer["named_tools"] == ["wordsmith"]
    assert answer["ask_back"]["choices"] == ["image", "video"]


def test_an_explanation_is_whole() -> None:
    assert contract(READINGS[Intent.CONCEPT])["explanation"] == {"concept": "gan", "text": GAN.text, "source": None}


def test_constraints_are_said_as_they_were_heard() -> None:
    assert contract(READINGS[Intent.RECOMMEND])["constraints"] == {
        **dict.fromkeys(CONSTRAINTS),
        "volume": {"amount": 300, "unit": "images", "per": "month"},
        "budget": {"amount": 50, "currency": "USD", "per": "month"},
        "commercial": True,
        "language": ["de"],
    }


def test_counts_are_whole_numbers_where_they_are_whole() -> None:
    whole, half = a_volume("1E+3").amount, a_volume("2.5").amount

    assert (number(whole), type(number(whole))) == (1000, int)
    assert number(half) == 2.5


@pytest.mark.parametrize(
    ("price", "amount", "words"),
    [
        (a_price(amount="0.0000001", unit="images"), "0.000030", "under $0.01 / month"),
        (a_price(amount="0.000000001", unit="images"), "0.00000030", "under $0.01 / month"),
        (a_price(amount="1000000", unit="images"), "300000000.00", "$300,000,000.00 / month"),
        (a_price(amount="0.03", unit="images", currency="EUR"), "9.00", "€9.00 / month"),
    ],
    ids=["small", "tiny", "huge", "euros"],
)
def test_amounts_are_strings_without_exponents(price: Any, amount: str, words: str) -> None:
    read = a_classification("text-to-image", volume=a_volume(300))

    answer = to_contract(a_decision(read, a_catalogue(a_tool(prices=[price]))))

    cost = answer["picks"][0]["cost"]
    assert cost["amount"] == amount
    assert sum_in_words(cost) == words


def test_an_unknown_sum_is_null_and_said_to_be_unknown() -> None:
    answer = to_contract(a_decision(a_classification("text-to-image"), a_catalogue(a_tool(prices=[]))))

    cost = answer["picks"][0]["cost"]
    assert cost["amount"] is None
    assert sum_in_words(cost) == "unknown"


def test_a_range_has_both_its_ends() -> None:
    tool = a_tool(prices=[a_price(low="0.02", high="0.05", unit="images")])
    read = a_classification("text-to-image", volume=a_volume(100))

    cost = to_contract(a_decision(read, a_catalogue(tool)))["picks"][0]["cost"]

    assert (cost["amount"], cost["high"]) == ("2.00", "5.00")
    assert sum_in_words(cost) == "$2.00–$5.00 / month"


def test_the_versions_of_all_that_led_to_an_answer_are_named() -> None:
    policy = Policy(banned={"sketchpad": "no contract"})

    answer = contract(READINGS[Intent.RECOMMEND], policy)

    assert (answer["engine"], answer["catalogue"], answer["policy"]) == ("scripted@1", "0123456789ab", policy.digest)
    assert (answer["decision"], answer["decided_at"]) == ("0123456789ab", NOW.isoformat())


def test_a_question_without_an_id_goes_by_its_decision() -> None:
    decision = a_decision(READINGS[Intent.OTHER], CATALOGUE)

    assert to_contract(decision)["id"] == decision.id


def test_a_question_with_an_id_keeps_it() -> None:
    decision: Decision = a_decision(READINGS[Intent.OTHER], CATALOGUE)
    asked = replace(decision, question=replace(decision.question, id="row-7"))

    assert to_contract(asked)["id"] == "row-7"
    assert to_contract(asked)["decision"] == decision.id
