"""Thread memory: a follow-up refines the last answer of its own thread, and of no other."""

from __future__ import annotations

from advisors.advisor import Advisor
from advisors.catalogue import Catalogue
from advisors.models import Classification, Intent, Question
from bot.conversation import THREADS, Conversations
from tests.bot.conftest import A_LOGO, ScriptedEngine

NOTHING = Classification(intent=Intent.UNCLEAR, confidence=0.4)


async def asked(conversations: Conversations, thread: str, text: str) -> tuple[str, ...]:
    decision = await conversations.ask(thread, Question(id="", text=text))
    return decision.classification.outputs


async def test_a_follow_up_refines_the_last_answer_of_its_thread(catalogue: Catalogue) -> None:
    engine = ScriptedEngine(A_LOGO)
    conversations = Conversations(Advisor(engine, catalogue))
    first = await conversations.ask("thread", Question(id="", text="a logo for our bakery"))

    engine.classification = NOTHING
    second = await conversations.ask("thread", Question(id="", text="for video instead"))

    assert second.classification.outputs == ("video",)
    assert second.follows == first.id


async def test_another_thread_knows_nothing_of_it(catalogue: Catalogue) -> None:
    engine = ScriptedEngine(A_LOGO)
    conversations = Conversations(Advisor(engine, catalogue))
    await asked(conversations, "one", "a logo for our bakery")

    engine.classification = NOTHING

    assert await asked(conversations, "another", "for video instead") == ()


async def test_thanks_in_between_do_not_make_the_thread_forget(catalogue: Catalogue) -> None:
    engine = ScriptedEngine(A_LOGO)
    conversations = Conversations(Advisor(engine, catalogue))
    await asked(conversations, "thread", "a logo for our bakery")

    engine.classification = Classification(intent=Intent.OTHER)
    await asked(conversations, "thread", "thanks a lot!")
    engine.classification = NOTHING

    assert await asked(conversations, "thread", "for video instead") == ("video",)


async def test_the_answer_to_a_question_back_is_taken_as_the_choice(catalogue: Catalogue) -> None:
    engine = ScriptedEngine(NOTHING)
    conversations = Conversations(Advisor(engine, catalogue))
    await asked(conversations, "thread", "we need AI for marketing")

    assert await asked(conversations, "thread", "pictures") == ("image",)


async def test_memory_is_bounded_and_forgets_the_thread_unused_for_longest(catalogue: Catalogue) -> None:
    engine = ScriptedEngine(A_LOGO)
    conversations = Conversations(Advisor(engine, catalogue))
    for n in range(THREADS + 1):
        await asked(conversations, f"thread {n}", "a logo")

    engine.classification = NOTHING

    assert await asked(conversations, "thread 0", "for video instead") == ()
    assert await asked(conversations, f"thread {THREADS}", "for video instead") == ("video",)
