"""From a reading to an answer: one pick, others with their when, the cost, what bites, and at most one question."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Concept, Tool
from advisors.contract import to_contract
from advisors.models import Approach, Classification, Intent, Pick, Recommendation
from advisors.policy import NO_POLICY, Policy
from advisors.recommend import HELLO, recommend
from tests.advisors.builders import (
    PAGE,
    TODAY,
    a_budget,
    a_catalogue,
    a_classification,
    a_decision,
    a_language_model,
    a_licence,
    a_price,
    a_tool,
    a_volume,
    an_own_machine_tool,
)


def answer(read: Classification, *tools: Tool, policy: Policy = NO_POLICY, **parts: Any) -> Recommendation:
    return recommend(read, a_catalogue(*tools, **parts), policy, today=TODAY)


def the_pick(read: Classification, *tools: Tool, policy: Policy = NO_POLICY) -> Pick:
    [pick] = answer(read, *tools, policy=policy).picks
    return pick


PICTURES = a_classification("text-to-image", volume=a_volume(300))


# ---- the parts of a pick


def test_a_pick_says_what_why_how_much_and_under_which_terms() -> None:
    pick = the_pick(PICTURES, a_tool("sketchpad", good_for="draws quickly."))

    assert (pick.output, pick.task, pick.tool, pick.name) == ("image", "text-to-image", "sketchpad", "Sketchpad")
    assert pick.because == "it draws quickly."
    assert (str(pick.cost.amount), pick.cost.per, pick.cost.basis) == ("12.00", "month", "300 images × $0.04")
    assert pick.complexity == "api"
    assert pick.licence == "vendor terms; commercial use allowed"
    assert pick.notes == ()


def test_the_reason_names_each_constraint_that_is_met() -> None:
    read = a_classification("text-to-image", self_host=True, open_source=True, budget=a_budget(5))

    pick = the_pick(read, an_own_machine_tool("own", good_for="draws"))

    assert pick.because == (
        "it draws; it runs on your own machines; it is open source; and it stays within your budget."
    )


def test_a_constraint_that_no_tool_meets_is_said() -> None:
    pick = the_pick(a_classification("text-to-image", self_host=True), a_tool(good_for="draws"))

    assert pick.because == "it draws."
    assert pick.notes == ("No tool known here runs on your own machines for this; this one does not.",)


@pytest.mark.parametrize(
    ("commercial", "said"),
    [
        ("yes", "Open RAIL; commercial use allowed"),
        ("limited", "Open RAIL; commercial use with limits"),
        ("no", "Open RAIL; no commercial use"),
        (None, "Open RAIL; commercial use: unknown"),
    ],
)
def test_the_licence_says_whether_commercial_use_is_allowed(commercial: str | None, said: str) -> None:
    pick = the_pick(PICTURES, a_tool(licence=a_licence(name="Open RAIL", commercial=commercial)))

    assert pick.licence == said


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        pytest.param(
            {"caveats": [{"kind": "region", "text": "Not sold in Europe.", "source": PAGE}]},
            "Not sold in Europe.",
            id="a caveat",
        ),
        pytest.param({"privacy": {"note": "Inputs may train the model."}}, "Inputs may train the model.", id="privacy"),
        pytest.param(
            {"licence": a_licence(commercial="limited", note="Free up to $1M revenue.")},
            "Free up to $1M revenue.",
            id="a limited licence",
        ),
        pytest.param(
            {"review_by": "2026-11-22"},
            "This entry is past its review date: check price and terms on the vendor's page.",
            id="an old entry",
        ),
        pytest.param(
            {"languages": ["en"]},
            "It is not documented for de, fr: try one sample first.",
            id="an undocumented language",
        ),
    ],
)
def test_what_bites_is_noted(facts: dict[str, Any], note: str) -> None:
    read = a_classification("text-to-image", volume=a_volume(300), language=("fr", "en", "de"))

    assert note in the_pick(read, a_tool(**facts)).notes


# ---- alternatives


def test_alternatives_differ_from_the_pick_and_say_when_to_take_them() -> None:
    others = [a_tool(f"other-{n}", effort="self-host", choose_when=f"case {n} holds.") for n in range(5)]

    pick = the_pick(PICTURES, a_tool("best"), *others)

    assert pick.tool == "best"
    assert [other.tool for other in pick.alternatives] == ["other-0", "other-1", "other-2"]
    assert [other.when for other in pick.alternatives] == ["case 0 holds", "case 1 holds", "case 2 holds"]


def test_alternatives_offer_what_the_pick_lacks() -> None:
    own = an_own_machine_tool("z-own")
    by_click = a_tool("z-by-click", no_code=True, effort="fine-tune")
    neighbours = [a_tool(f"n{n}") for n in range(4)]

    pick = the_pick(PICTURES, *neighbours, own, by_click)

    assert [other.tool for other in pick.alternatives] == ["n1", "z-own", "z-by-click"]


def test_an_alternative_that_meets_fewer_constraints_is_not_offered() -> None:
    read = a_classification("text-to-image", self_host=True)

    pick = the_pick(read, an_own_machine_tool("own"), a_tool("hosted"))

    assert pick.alternatives == ()


# ---- budget


def test_a_budget_that_nothing_meets_names_the_cheapest_way() -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(5))

    pick = the_pick(
        read,
        a_tool(
            "plan", prices=[a_price(amount=60, per="year", plan="Annual", includes={"amount": 9000, "unit": "images"})]
        ),
        a_tool("dear", prices=[a_price(amount=1, unit="images")]),
        a_tool("metered"),
    )

    # by the month: $60 a year is $5, no more than the budget; the others are $300 and $12
    assert pick.tool == "plan"
    assert "stays within your budget" in pick.because


def test_the_cheapest_way_is_found_across_periods() -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(3))

    pick = the_pick(
        read,
        a_tool("metered"),  # $12 a month
        a_tool(
            "plan", prices=[a_price(amount=60, per="year", plan="Annual", includes={"amount": 9000, "unit": "images"})]
        ),
    )

    assert pick.notes[0] == (
        "Nothing that fits is known to stay under $3 a month; the cheapest known price is Plan at $60.00 / year."
    )


def test_an_unknown_price_is_not_the_cheapest() -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(5), named=["metered"])

    pick = the_pick(read, a_tool("metered"), a_tool("unknown", prices=[]))

    assert pick.tool == "metered"
    assert pick.notes[0].endswith("the cheapest known price is Metered at $12.00 / month.")


def test_the_cheapest_way_still_meets_the_constraints() -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(5), no_code=True)

    pick = the_pick(
        read,
        a_tool("cheap-code", prices=[a_price(amount="0.001", unit="images")]),
        a_tool("by-click", no_code=True),
    )

    assert pick.tool == "by-click"
    assert "the cheapest known price is By Click at $12.00 / month." in pick.notes[0]


def test_a_wanted_tool_over_the_budget_is_told_with_one_that_stays_within_it() -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(20), named=["dear"])

    pick = the_pick(
        read,
        a_tool("dear", effort="app", prices=[a_price(amount="0.10", unit="images")]),
        a_tool("cheap", effort="self-host"),
    )

    assert pick.tool == "dear"
    assert pick.notes[0] == "It does not stay under $20 a month; Cheap does, at $12.00 / month."


@pytest.mark.parametrize(
    ("prices", "because"),
    [
        pytest.param([], "its price is not known", id="unknown"),
        pytest.param(
            [a_price(amount="0.01", unit="images", currency="EUR")], "its price is in EUR", id="other currency"
        ),
        pytest.param(
            [a_price(low="0.01", high="0.05", unit="images")], "its price is $3.00–$15.00 / month", id="a range"
        ),
        pytest.param(
            [a_price(amount=8, per="month", plan="Basic")],
            "whether the plan covers your volume is not stated",
            id="a plan",
        ),
    ],
)
def test_a_budget_that_cannot_be_checked_says_why(prices: list[Any], because: str) -> None:
    read = a_classification("text-to-image", volume=a_volume(300), budget=a_budget(10))

    pick = the_pick(read, a_tool(prices=prices))

    assert pick.notes == (f"I could not check your budget of $10 a month: {because}.",)


def test_a_budget_is_for_all_the_steps_together() -> None:
    read = a_classification("text-generation", "text-to-image", volume=a_volume(300), budget=a_budget(20))
    writer = a_language_model("writer", prices=[a_price(amount=15, per="month", plan="Pro")])

    def remark(*prices: Any) -> str | None:
        return answer(read, writer, a_tool("painter", prices=list(prices))).remark

    metered = a_price(amount="0.01", unit="images")
    dear = a_price(amount="0.04", unit="images")
    # 15 + 300 × 0.01 = 18; 15 + 300 × 0.04 = 27
    assert remark(metered) == (
        "Together that is $18.00 / month, under your budget of $20 a month if the plans cover your volume."
    )
    assert remark(dear) == "Together that is $27.00 / month, above your budget of $20 a month."
    assert remark() == (
        "The known prices come to $15.00 / month; without that of Painter I could not check your budget of $20 a month."
    )
    assert not any("budget" in pick.because for pick in answer(read, writer, a_tool("painter")).picks)


def test_what_must_stay_in_house_is_priced_on_own_machines() -> None:
    both = a_tool(
        "both",
        access=["api", "self-host"],
        licence=a_licence(name="MIT", open_source=True, free_to_run=True),
        privacy={"note": "the hosted copy sees your input"},
    )

    hosted = the_pick(a_classification("text-to-image"), both)
    inside = the_pick(a_classification("text-to-image", confidential=True), both)

    assert (hosted.cost.amount, hosted.complexity) == (Decimal("4.00"), "api")  # 100 pictures × 0.04
    assert (inside.cost.amount, inside.complexity) == (Decimal("0.00"), "self-host")
    assert inside.notes == ("The hosted copy sees your input.",)


def test_unknown_terms_are_said_where_the_use_is_commercial() -> None:
    read = a_classification("text-to-image", commercial=True)

    pick = the_pick(read, a_tool(licence={"name": "who knows"}))

    assert pick.because == "it does the ordinary thing."
    assert pick.notes == ("I have no source on commercial use: read the vendor's terms first.",)
    assert the_pick(read, a_tool("known"), a_tool("unknown", licence={"name": "who knows"})).tool == "known"


def test_a_wanted_tool_without_an_api_is_not_taken_where_an_api_is_wanted() -> None:
    shut = a_tool("shut", caveats=[{"kind": "no-api", "text": "There is no API.", "source": PAGE}])
    read = a_classification("text-to-image", named=["shut"], approaches=[Approach.API])

    assert the_pick(read, shut, a_tool("open")).tool == "open"


# ---- policy


def test_an_approved_tool_is_said_to_be_approved() -> None:
    pick = the_pick(PICTURES, a_tool("ours"), policy=Policy(approved={"ours": "contract of 2026"}))

    assert "Approved here: contract of 2026" in pick.notes


def test_a_discouraged_tool_that_is_taken_all_the_same_says_why_it_is_discouraged() -> None:
    pick = the_pick(PICTURES, a_tool("ours"), policy=Policy(discouraged={"ours": "slow support"}))

    assert "Discouraged here: slow support" in pick.notes


def test_a_banned_tool_is_neither_picked_nor_offered_and_the_ban_is_said() -> None:
    policy = Policy(banned={"best": "no contract"})

    pick = the_pick(PICTURES, a_tool("best", effort="app"), a_tool("next"), policy=policy)

    assert pick.tool == "next"
    assert pick.alternatives == ()
    assert "Best is not approved here: no contract" in pick.notes


def test_a_policy_that_leaves_no_tool_is_said() -> None:
    given = answer(PICTURES, a_tool("only"), policy=Policy(banned={"only": "no contract"}))

    assert given.picks == ()
    assert given.remark == "No tool is left for “New pictures”. Only is not approved here: no contract."


# ---- other intents


def test_a_concept_is_explained_and_nothing_is_picked() -> None:
    gan = Concept(
        id="gan", name="GAN", terms=("gan",), text="Two networks, one that makes pictures and one that judges them."
    )

    given = answer(a_classification(intent=Intent.CONCEPT, concept="gan"), a_tool(), concepts=[gan])

    assert given.explanation is not None
    assert given.explanation.text.startswith("Two networks")
    assert given.picks == ()


def test_an_unknown_concept_says_what_can_be_explained() -> None:
    gan = Concept(id="gan", name="GAN", terms=("gan",), text="Two networks, one that makes and one that judges them.")

    given = answer(a_classification(intent=Intent.CONCEPT), concepts=[gan])

    assert given.remark == "I have no page on that term. I can explain, among others: GAN."


def test_an_unclear_need_is_asked_back_with_the_likeliest_outputs() -> None:
    read = a_classification(intent=Intent.UNCLEAR, rivals=["text-to-video", "text-to-image", "image-to-video"])

    given = answer(read, a_tool())

    assert given.picks == ()
    assert given.ask_back is not None
    assert given.ask_back.choices == ("video", "image", "text", "code")
    assert given.ask_back.text == (
        "What do you want to hold at the end: video, pictures, text, code, or something else?"
    )


def test_an_unclear_need_without_a_guess_is_asked_back_all_the_same() -> None:
    given = answer(a_classification(intent=Intent.UNCLEAR), a_tool())

    assert given.ask_back is not None
    assert given.ask_back.choices == ("text", "image", "video", "code")


def test_small_talk_gets_a_word_on_what_the_bot_does() -> None:
    assert answer(a_classification(intent=Intent.OTHER), a_tool()).remark == HELLO


def test_misuse_is_warned_of_and_still_gets_the_right_pick() -> None:
    read = a_classification("text-to-image", intent=Intent.MISUSE, named=["wordsmith"])

    given = answer(read, a_tool(), a_language_model())

    assert [warning.rule for warning in given.warnings] == ["wrong-output"]
    assert [pick.tool for pick in given.picks] == ["sketchpad"]


# ---- one question back, only when it matters


@pytest.mark.parametrize(
    ("rivals", "asks"),
    [
        pytest.param([], False, id="the engine was sure"),
        pytest.param(["logo"], False, id="another reading wants the same output"),
        pytest.param(["text-to-video"], True, id="another reading wants another output"),
    ],
)
def test_a_question_is_asked_back_only_when_another_reading_would_change_the_pick(
    rivals: list[str], asks: bool
) -> None:
    given = answer(a_classification("text-to-image", rivals=rivals), a_tool())

    assert (given.ask_back is not None) is asks


def test_the_question_back_offers_both_readings() -> None:
    given = answer(a_classification("text-to-image", rivals=["text-to-video"]), a_tool())

    assert given.ask_back is not None
    assert given.ask_back.choices == ("image", "video")
    assert given.ask_back.text == "I am not sure that I read you right. Do you want pictures or video?"


# ---- the same question, the same answer


def as_bytes(read: Classification, catalogue: Catalogue, policy: Policy = NO_POLICY) -> bytes:
    return json.dumps(to_contract(a_decision(read, catalogue, policy)), ensure_ascii=False).encode()


def test_the_same_reading_gives_the_same_answer_to_the_byte(catalogue: Catalogue) -> None:
    read = a_classification("talking-avatar", "text-to-speech", "text-to-image", language=("de", "fr"), commercial=True)
    tools = list(catalogue.tools.values())
    first = as_bytes(read, a_catalogue(*tools))

    for seed in range(5):
        random.Random(seed).shuffle(tools)

        assert as_bytes(read, a_catalogue(*tools)) == first


@pytest.mark.parametrize(
    "constraints", [{}, {"self_host": True}, {"free": True, "commercial": True}, {"no_code": True}]
)
def test_every_task_of_the_catalogue_gets_a_whole_answer(catalogue: Catalogue, constraints: dict[str, Any]) -> None:
    for task in catalogue.tasks.values():
        given = recommend(a_classification(task.id, **constraints), catalogue, today=TODAY)
        pick = given.picks[-1]

        assert (pick.output, pick.task) == (task.output, task.id)
        assert catalogue.tools[pick.tool].status == "active"
        assert pick.tool not in {other.tool for other in pick.alternatives}
        assert len({other.tool for other in pick.alternatives}) == len(pick.alternatives) <= 3
        assert pick.because.startswith("it ")
        assert pick.because.endswith(".")
        assert ".." not in pick.because
        assert given.remark is None
        assert given.warnings == ()


def test_the_answers_to_all_tasks_cite_a_source_for_every_sum(catalogue: Catalogue) -> None:
    for task in catalogue.tasks:
        for pick in recommend(a_classification(task), catalogue, today=TODAY).picks:
            assert pick.cost.amount is None or pick.cost.source, (task, pick.tool)
