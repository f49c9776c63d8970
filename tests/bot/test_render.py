"""What a person reads in the terminal."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from advisors.contract import to_contract
from advisors.models import (
    Approach,
    Budget,
    Classification,
    Constraints,
    Intent,
    NamedTool,
    Reading,
    Volume,
)
from bot.platforms.terminal.render import SAMPLE, printable, to_lines
from tests.bot.conftest import Decider


def a_reading(output: str, task: str) -> Reading:
    return Reading(output=output, task=task, confidence=0.9)


async def lines_of(decider: Decider, read: Classification, *, full: bool = False) -> list[str]:
    decision = await decider.decide("a question", read=read)
    return [line.text for line in to_lines(to_contract(decision), full=full)]


async def test_the_warning_comes_before_the_pick(decider: Decider) -> None:
    read = Classification(
        intent=Intent.MISUSE,
        readings=(a_reading("image", "product-photo"),),
        named_tools=(NamedTool(tool="gpt-4", as_written="GPT-4"),),
        approaches=frozenset({Approach.FINE_TUNE}),
    )

    lines = await lines_of(decider, read)

    assert lines[0].startswith("! GPT-4 makes text")
    assert next(i for i, line in enumerate(lines) if line.startswith("→")) > 0


async def test_a_single_pick_fits_a_phone_and_ends_with_the_advice_to_try_it(decider: Decider) -> None:
    lines = await lines_of(decider, Classification(intent=Intent.RECOMMEND, readings=(a_reading("image", "logo"),)))

    assert len(lines) <= 8
    assert lines[0].startswith("→ ")
    assert lines[1].startswith("  Cost: ")
    assert lines[-2] == SAMPLE
    assert lines[-1].startswith("More: which-ai show ")


async def test_an_unknown_price_is_said_to_be_unknown_and_never_zero(decider: Decider) -> None:
    decision = await decider.decide("a logo")
    answer = to_contract(decision)
    answer["picks"][0]["cost"] |= {
        "amount": None,
        "high": None,
        "basis": "price unknown",
        "as_of": None,
        "source": None,
    }

    cost = to_lines(answer)[1].text

    assert cost == "  Cost: unknown"


async def test_steps_are_numbered_and_each_pick_takes_two_lines(decider: Decider) -> None:
    read = Classification(
        intent=Intent.RECOMMEND,
        readings=(a_reading("speech", "text-to-speech"), a_reading("video", "text-to-video")),
    )

    lines = await lines_of(decider, read)

    assert re.fullmatch(r"In [23] steps:", lines[0])  # a third one where another tool must join picture and sound
    assert lines[1].startswith("  1. ")
    assert [line[:2] for line in lines].count("→ ") == 2


async def test_showing_a_decision_leaves_nothing_out(decider: Decider) -> None:
    read = Classification(
        intent=Intent.RECOMMEND,
        readings=(a_reading("image", "logo"),),
        constraints=Constraints(
            volume=Volume(amount=Decimal(5000), unit="images", per="month"),
            budget=Budget(amount=Decimal(1), currency="USD", per="month"),
            self_host=True,
            no_code=True,
        ),
    )
    decision = await decider.decide("logos", read=read)
    answer = to_contract(decision)

    full = "\n".join(line.text for line in to_lines(answer, full=True))

    assert all(note in full for note in answer["picks"][0]["notes"])
    assert all(other["name"] in full for other in answer["picks"][0]["alternatives"])
    assert decision.engine in full
    assert decision.catalogue in full


async def test_a_question_back_stands_alone_when_nothing_can_be_picked(decider: Decider) -> None:
    lines = await lines_of(decider, Classification(intent=Intent.UNCLEAR))

    assert lines[0].startswith("? What do you want to hold at the end")


async def test_an_explanation_is_printed_with_its_source(decider: Decider) -> None:
    read = Classification(intent=Intent.CONCEPT, concept="llm-vs-generative-ai")

    lines = await lines_of(decider, read)

    assert "large language model" in lines[0].lower()


async def test_chatter_gets_one_line_on_what_the_bot_is_for(decider: Decider) -> None:
    lines = await lines_of(decider, Classification(intent=Intent.OTHER))

    assert lines[0].startswith("I find the AI tool that fits a need.")


@given(st.text())
def test_nothing_that_people_wrote_can_steer_the_terminal(text: str) -> None:
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in printable(text))
