"""The one flow: clean, read, refine, recommend, and a decision ready for the log."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from advisors.advisor import Advisor, new_id
from advisors.errors import EngineUnavailable, QuestionRefused
from advisors.models import Classification, Decision, Intent, Question
from advisors.policy import Policy
from tests.advisors.builders import NOW, a_catalogue, a_classification, a_tool, a_volume

CATALOGUE = a_catalogue(
    a_tool("painter", tasks=["text-to-image", "product-photo"]),
    a_tool("filmer", makes=["video"], tasks=["text-to-video"], prices=[]),
)
PICTURES = a_classification("product-photo", volume=a_volume(300))
NOTHING_HEARD = a_classification(intent=Intent.OTHER)


class ScriptedEngine:
    """Gives its readings one after the other, and keeps what it was asked."""

    version = "scripted@1"

    def __init__(self, *readings: Classification | Exception) -> None:
        self._readings: Sequence[Classification | Exception] = readings
        self.asked: list[Question] = []

    async def classify(self, question: Question) -> Classification:
        self.asked.append(question)
        reading = self._readings[len(self.asked) - 1]
        if isinstance(reading, Exception):
            raise reading
        return reading


def an_advisor(*readings: Classification | Exception, policy: Policy | None = None) -> Advisor:
    return Advisor(ScriptedEngine(*readings), CATALOGUE, policy or Policy(), now=lambda: NOW)


def asking(text: str) -> Question:
    return Question(id="q-1", text=text)


async def first_then(advisor: Advisor, text: str) -> tuple[Decision, Decision]:
    """The decision on a first question, and the one on a message after it."""
    first = await advisor.advise(asking("300 product pictures a month"))
    return first, await advisor.advise(asking(text), first)


async def test_a_question_becomes_a_decision() -> None:
    policy = Policy(approved={"painter": "contract"})

    decision = await an_advisor(PICTURES, policy=policy).advise(asking("300 product pictures a month"))

    assert decision.classification == PICTURES
    assert [pick.tool for pick in decision.recommendation.picks] == ["painter"]
    assert (decision.engine, decision.catalogue) == ("scripted@1", CATALOGUE.digest)
    assert (decision.policy, decision.prompt, decision.follows) == (policy.digest, None, None)
    assert decision.decided_at == NOW
    assert decision.took_ms >= 0


async def test_the_engine_reads_clean_text_and_the_log_keeps_what_was_typed() -> None:
    engine = ScriptedEngine(PICTURES)

    decision = await Advisor(engine, CATALOGUE).advise(asking("<@U012> 300 *product* pictures"))

    assert engine.asked == [asking("300 product pictures")]
    assert decision.question == asking("<@U012> 300 *product* pictures")


async def test_a_follow_up_refines_the_decision_before() -> None:
    heard = a_classification(intent=Intent.OTHER, volume=a_volume(2000, "items"))

    first, second = await first_then(an_advisor(PICTURES, heard), "make it 2,000 a month")

    assert second.follows == first.id
    assert second.id != first.id
    assert second.recommendation.picks[0].cost.basis == "2,000 images × $0.04"


async def test_cheaper_looks_below_the_price_of_the_last_pick() -> None:
    _, second = await first_then(an_advisor(PICTURES, NOTHING_HEARD), "and cheaper?")

    assert second.classification.constraints.budget is not None
    assert str(second.classification.constraints.budget.amount) == "11.99"  # 300 × $0.04 = $12.00


async def test_cheaper_means_the_last_step_of_several() -> None:
    chain = a_classification("text-to-video", "product-photo", volume=a_volume(300))

    _, second = await first_then(an_advisor(chain, NOTHING_HEARD), "and cheaper?")

    assert second.classification.constraints.budget is not None
    assert str(second.classification.constraints.budget.amount) == "11.99"  # the film's price is unknown


async def test_another_output_changes_the_pick() -> None:
    _, second = await first_then(an_advisor(PICTURES, NOTHING_HEARD), "for video instead")

    assert [pick.tool for pick in second.recommendation.picks] == ["filmer"]


async def test_a_new_question_follows_nothing() -> None:
    film = a_classification("text-to-video")

    _, second = await first_then(an_advisor(PICTURES, film), "we need a film about our new sneaker")

    assert second.follows is None
    assert second.classification == film


async def test_a_follow_up_of_nothing_is_read_by_itself() -> None:
    decision = await an_advisor(NOTHING_HEARD).advise(asking("and cheaper?"))

    assert decision.follows is None
    assert decision.classification == NOTHING_HEARD


async def test_a_decision_without_picks_can_be_followed() -> None:
    unclear = a_classification(intent=Intent.UNCLEAR, rivals=["text-to-image", "text-to-video"])

    first, second = await first_then(an_advisor(unclear, NOTHING_HEARD), "video")

    assert second.follows == first.id
    assert [pick.tool for pick in second.recommendation.picks] == ["filmer"]


async def test_text_without_words_is_refused_before_the_engine_sees_it() -> None:
    engine = ScriptedEngine(PICTURES)

    with pytest.raises(QuestionRefused, match="no words to read"):
        await Advisor(engine, CATALOGUE).advise(asking("🎉🎉"))

    assert engine.asked == []


async def test_an_engine_that_cannot_read_says_so_in_its_own_words() -> None:
    failure = EngineUnavailable("Claude did not answer within 20 s. Ask again, or use the local engine.")

    with pytest.raises(EngineUnavailable, match=re.escape(str(failure))):
        await an_advisor(failure).advise(asking("a logo"))


async def test_the_same_question_gets_the_same_answer_under_another_id() -> None:
    advisor = an_advisor(PICTURES, PICTURES)

    first, second = await advisor.advise(asking("pictures")), await advisor.advise(asking("pictures"))

    assert first.recommendation == second.recommendation
    assert first.id != second.id


def test_an_id_is_short_and_new_each_time() -> None:
    ids = {new_id() for _ in range(100)}

    assert len(ids) == 100
    assert all(re.fullmatch(r"[0-9a-f]{12}", one) for one in ids)
