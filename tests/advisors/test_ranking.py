"""Tools are ordered by task, constraints, effort, price and terms; policy comes before all of them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Tool
from advisors.models import Budget, Constraints, CostNote
from advisors.policy import NO_POLICY, Policy
from advisors.ranking import REQUIREMENTS, Candidate, Wish, is_within, ranked
from tests.advisors.builders import (
    PAGE,
    TODAY,
    a_budget,
    a_catalogue,
    a_cost,
    a_licence,
    a_price,
    a_tool,
    a_volume,
    an_own_machine_tool,
)

PLAIN = Wish(constraints=Constraints())


def rank(
    *tools: Tool, wish: Wish = PLAIN, policy: Policy = NO_POLICY, task: str = "text-to-image"
) -> tuple[Candidate, ...]:
    catalogue = a_catalogue(*tools)
    return ranked(catalogue.tasks[task], wish, catalogue, policy, TODAY)


def ids(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.tool.id for candidate in candidates]


def wishing(**constraints: Any) -> Wish:
    return Wish(constraints=Constraints(**constraints))


OPEN = a_licence(name="MIT", open_source=True, free_to_run=True)
MEETS: dict[str, tuple[Tool, Tool]] = {
    "self_host": (an_own_machine_tool("meets"), a_tool("fails")),
    "confidential": (
        a_tool("meets", privacy={"note": "A contract says so.", "confidential_ok": True}),
        a_tool("fails"),
    ),
    "commercial": (a_tool("meets"), a_tool("fails", licence=a_licence(commercial="no"))),
    "open_source": (a_tool("meets", access=["self-host"], licence=OPEN), a_tool("fails")),
    "free": (a_tool("meets", prices=[a_price(amount=0, per="month", plan="Free")]), a_tool("fails")),
    "no_code": (a_tool("meets", no_code=True), a_tool("fails")),
}


@pytest.mark.parametrize("flag", Constraints.FLAGS)
def test_a_tool_that_meets_a_constraint_comes_before_one_that_does_not(flag: str) -> None:
    meets, fails = MEETS[flag]

    candidates = rank(fails, meets, wish=wishing(**{flag: True}))

    assert ids(candidates) == ["meets", "fails"]
    assert [candidate.unmet for candidate in candidates] == [(), (flag,)]


def test_every_constraint_flag_has_a_requirement_and_words_for_it() -> None:
    assert set(REQUIREMENTS) == set(Constraints.FLAGS)
    assert all(words for _, words in REQUIREMENTS.values())


@pytest.mark.parametrize(
    ("flag", "facts", "meets"),
    [
        ("confidential", {"access": ["self-host"]}, True),
        ("confidential", {"privacy": {"note": "Unknown to us.", "confidential_ok": None}}, False),
        ("confidential", {"privacy": {"note": "Used to train.", "confidential_ok": False}}, False),
        ("commercial", {"licence": a_licence(commercial="limited")}, True),
        ("commercial", {"licence": {"name": "who knows"}}, True),  # and the answer says so
        ("commercial", {"licence": a_licence(commercial="no")}, False),
        ("self_host", {"access": ["api", "open-weights"]}, False),
        ("self_host", {"access": ["api", "self-host"]}, True),
        ("free", {"access": ["self-host"], "licence": OPEN}, True),
        ("free", {"prices": [a_price(unit="images", tiers=[{"above": 0, "amount": 0}])]}, True),
        ("free", {"prices": [a_price(amount="0.0001", unit="images")]}, False),
        ("free", {"prices": []}, False),
    ],
)
def test_what_meets_a_constraint(flag: str, facts: dict[str, Any], meets: bool) -> None:
    [candidate] = rank(a_tool(**facts), wish=wishing(**{flag: True}))

    assert (candidate.unmet == ()) is meets


def test_meeting_more_constraints_beats_everything_else() -> None:
    cheap = a_tool("cheap", prices=[a_price(amount=0, unit="images")])
    dear = an_own_machine_tool(
        "dear", tasks=["logo", "text-to-image"], prices=[a_price(amount=90, per="month", plan="Pro")]
    )

    candidates = rank(cheap, dear, wish=wishing(self_host=True), policy=Policy(approved={"cheap": "we like it"}))

    assert ids(candidates) == ["dear", "cheap"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(
            {"tasks": ["text-to-image", "logo"]}, {"tasks": ["logo", "text-to-image"]}, id="made for the task"
        ),
        pytest.param({"kind": "model"}, {"kind": "family"}, id="a version, not a family"),
        pytest.param({"effort": "app"}, {"effort": "fine-tune"}, id="less effort"),
        pytest.param({}, {"prices": [a_price(amount=9, unit="images")]}, id="cheaper"),
        pytest.param({}, {"licence": {"name": "who knows"}}, id="licence known"),
        pytest.param({}, {"licence": a_licence(commercial="no")}, id="licence wider"),
        pytest.param({}, {"licence": a_licence(commercial="limited")}, id="licence without limits"),
        pytest.param(
            {}, {"caveats": [{"kind": "region", "text": "Not in Europe.", "source": PAGE}]}, id="no strings attached"
        ),
        pytest.param({}, {"review_by": "2026-01-01"}, id="seen lately"),
        pytest.param({}, {"technology": "rules"}, id="makes it, instead of being worked by hand"),
    ],
)
def test_all_else_equal_the_better_tool_comes_first(better: dict[str, Any], worse: dict[str, Any]) -> None:
    candidates = rank(a_tool("a-worse", **worse), a_tool("z-better", **better))

    assert ids(candidates) == ["z-better", "a-worse"]


def test_at_a_high_volume_an_api_is_less_work_than_an_app() -> None:
    app, api = a_tool("app", effort="app"), a_tool("api", effort="api")

    few = rank(app, api, wish=wishing(volume=a_volume(20)))
    many = rank(app, api, wish=wishing(volume=a_volume(2000)))

    assert ids(few) == ["app", "api"]
    assert ids(many) == ["api", "app"]


def test_a_high_volume_is_many_times_the_typical_one() -> None:
    app, api = a_tool("app", effort="app"), a_tool("api", effort="api")

    below = rank(app, api, wish=wishing(volume=a_volume(499)))  # typically 100 pictures a month
    above = rank(app, api, wish=wishing(volume=a_volume(500)))
    once = rank(app, api, wish=wishing(volume=a_volume(500, per=None)))

    assert [ids(order)[0] for order in (below, above, once)] == ["app", "api", "app"]


def test_a_library_is_less_work_than_a_model_of_ones_own() -> None:
    model = an_own_machine_tool("a-model")
    library = an_own_machine_tool("z-library", kind="library")

    assert ids(rank(model, library)) == ["z-library", "a-model"]


def test_a_plan_that_may_not_cover_the_volume_comes_after_a_sure_price() -> None:
    unsure = a_tool("a-plan", prices=[a_price(amount="11.90", per="month", plan="Basic")])
    sure = a_tool("metered")

    candidates = rank(unsure, sure, wish=wishing(volume=a_volume(300)))

    assert ids(candidates) == ["metered", "a-plan"]


def test_the_tool_the_asker_has_in_mind_is_taken_when_it_fits() -> None:
    proposed = Wish(constraints=Constraints(), proposed=frozenset({"dear"}))

    candidates = rank(a_tool("cheap"), a_tool("dear", prices=[a_price(amount=2, unit="images")]), wish=proposed)

    assert ids(candidates) == ["dear", "cheap"]


def test_naming_a_family_means_its_members() -> None:
    proposed = Wish(constraints=Constraints(), proposed=frozenset({"painters"}))
    member = a_tool("z-painter-2", family="painters", prices=[a_price(amount=2, unit="images")])

    assert ids(rank(a_tool("cheap"), member, wish=proposed)) == ["z-painter-2", "cheap"]


def test_the_tool_the_asker_has_in_mind_is_not_taken_when_it_breaks_a_constraint() -> None:
    proposed = Wish(constraints=Constraints(self_host=True), proposed=frozenset({"hosted"}))

    candidates = rank(a_tool("hosted"), an_own_machine_tool("own"), wish=proposed)

    assert ids(candidates) == ["own", "hosted"]


def test_a_tool_that_takes_what_the_step_before_makes_comes_first() -> None:
    after_a_picture = Wish(constraints=Constraints(), after="image")

    candidates = rank(a_tool("a-reads-text"), a_tool("z-takes-pictures", accepts=["image"]), wish=after_a_picture)

    assert ids(candidates) == ["z-takes-pictures", "a-reads-text"]


def test_a_tool_documented_for_the_language_comes_first() -> None:
    candidates = rank(
        a_tool("a-english", languages=["en"]),
        a_tool("z-german", languages=["en", "de"]),
        wish=wishing(language=("de",)),
    )

    assert ids(candidates) == ["z-german", "a-english"]


@pytest.mark.parametrize(
    ("policy", "order"),
    [
        (NO_POLICY, ["cheap", "dear"]),
        (Policy(banned={"cheap": "no contract"}), ["dear"]),
        (Policy(discouraged={"cheap": "slow support"}), ["dear", "cheap"]),
        (Policy(approved={"dear": "we pay for it"}), ["dear", "cheap"]),
        (Policy(banned={"cheap": "no contract", "dear": "too dear"}), []),
    ],
    ids=["none", "banned", "discouraged", "approved", "all banned"],
)
def test_policy_wins_over_the_ranking(policy: Policy, order: list[str]) -> None:
    candidates = rank(a_tool("cheap"), a_tool("dear", prices=[a_price(amount=1, unit="images")]), policy=policy)

    assert ids(candidates) == order


@pytest.mark.parametrize("status", ["deprecated", "retired", "archived"])
def test_what_is_going_or_gone_is_never_recommended(status: str) -> None:
    gone = a_tool("gone", status=status, retired_on="2027-01-01", status_source=PAGE, tasks=[])

    assert ids(rank(gone, a_tool("here"))) == ["here"]


def test_where_no_tool_names_the_task_those_that_make_the_output_are_weighed() -> None:
    candidates = rank(a_tool("painter", tasks=["logo"]), a_tool("singer", makes=["music"], tasks=["text-to-music"]))

    assert ids(candidates) == ["painter"]


@pytest.mark.parametrize(
    ("cost", "budget", "within"),
    [
        pytest.param(a_cost("10.00"), None, None, id="no budget"),
        pytest.param(a_cost("10.00"), a_budget(10), True, id="just enough"),
        pytest.param(a_cost("10.01"), a_budget(10), False, id="a cent too much"),
        pytest.param(a_cost(None), a_budget(10), None, id="unknown price"),
        pytest.param(a_cost("10.00"), a_budget(100, "EUR"), None, id="another currency"),
        pytest.param(a_cost("0.00"), a_budget(100, "EUR"), True, id="nothing is nothing in any currency"),
        pytest.param(a_cost("10.00", currency="EUR"), a_budget(10, "EUR"), True, id="the same other currency"),
        pytest.param(a_cost("10.00", "week"), a_budget(40), False, id="weekly against monthly"),
        pytest.param(a_cost("10.00", "month"), a_budget(120, per="year"), True, id="monthly against yearly"),
        pytest.param(a_cost("10.00", None), a_budget(10), True, id="once against monthly"),
        pytest.param(a_cost("10.00"), a_budget(10, per=None), True, id="monthly against once"),
        pytest.param(a_cost("8.00", high="12.00"), a_budget(10), None, id="a range across the budget"),
        pytest.param(a_cost("8.00", high="10.00"), a_budget(10), True, id="a range within the budget"),
        pytest.param(a_cost("11.00", high="12.00"), a_budget(10), False, id="a range above the budget"),
        pytest.param(a_cost("8.00", covers_volume=False), a_budget(10), None, id="a plan that may not cover it"),
        pytest.param(a_cost("11.00", covers_volume=False), a_budget(10), False, id="a plan that is too dear anyway"),
    ],
)
def test_whether_a_cost_keeps_a_budget(cost: CostNote, budget: Budget | None, within: bool | None) -> None:
    assert is_within(cost, budget) is within


def test_a_standing_budget_of_the_team_counts_where_the_asker_names_none() -> None:
    wish = wishing(volume=a_volume(300))

    [candidate] = rank(a_tool(), wish=wish, policy=Policy(budget=a_budget(5)))

    assert candidate.within_budget is False  # 300 × $0.04 = $12


def test_a_tool_over_the_budget_comes_after_one_within_it() -> None:
    wish = wishing(volume=a_volume(300), budget=a_budget(50))

    candidates = rank(
        a_tool("a-dear", effort="app", prices=[a_price(amount=1, unit="images")]), a_tool("z-cheap"), wish=wish
    )

    assert [(c.tool.id, c.within_budget) for c in candidates] == [("z-cheap", True), ("a-dear", False)]


def test_the_order_of_the_files_does_not_matter(catalogue: Catalogue) -> None:
    task = catalogue.tasks["text-to-image"]
    wish = Wish(constraints=Constraints(volume=a_volume(300), commercial=True))
    tools = list(catalogue.tools.values())
    expected = ids(ranked(task, wish, a_catalogue(*tools), NO_POLICY, TODAY))

    for seed in range(5):
        random.Random(seed).shuffle(tools)

        assert ids(ranked(task, wish, a_catalogue(*tools), NO_POLICY, TODAY)) == expected


def test_equal_tools_come_in_the_order_of_their_ids() -> None:
    assert ids(rank(a_tool("b"), a_tool("c"), a_tool("a"))) == ["a", "b", "c"]
