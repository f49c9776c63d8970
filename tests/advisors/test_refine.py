"""A short message after an answer refines it; what stands on its own is a new question."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from advisors.models import Classification, CostNote, Intent
from advisors.refine import chosen_output, follow_up, volume_for
from tests.advisors.builders import a_budget, a_catalogue, a_classification, a_cost, a_volume, the_tasks

CATALOGUE = a_catalogue()
NOTHING_HEARD = a_classification(intent=Intent.OTHER)
PRODUCT_PICTURES = a_classification("product-photo", volume=a_volume(300), commercial=True, named=["sketchpad"])
TWELVE_DOLLARS = a_cost("12.00")


def refined(
    text: str,
    fresh: Classification = NOTHING_HEARD,
    previous: Classification = PRODUCT_PICTURES,
    cost: CostNote | None = TWELVE_DOLLARS,
) -> Classification | None:
    return follow_up(text, fresh, previous, cost, CATALOGUE)


def heard(**constraints: Any) -> Classification:
    """What an engine hears in a message that only states constraints."""
    return a_classification(intent=Intent.OTHER, **constraints)


# ---- cheaper


@pytest.mark.parametrize(
    "text", ["and cheaper?", "anything less expensive?", "that is too expensive", "what is the cheapest?", "too dear"]
)
def test_cheaper_asks_for_less_than_the_last_pick_costs(text: str) -> None:
    read = refined(text)

    assert read is not None
    assert read.constraints.budget == a_budget("11.99")
    assert read.readings == PRODUCT_PICTURES.readings


def test_cheaper_than_something_free_asks_for_nothing_less() -> None:
    read = refined("and cheaper?", cost=a_cost("0.00"))

    assert read is not None
    assert read.constraints.budget == a_budget("0")


def test_cheaper_with_a_figure_asks_for_that_figure() -> None:
    read = refined("and cheaper, under $5?", heard(budget=a_budget(5)))

    assert read is not None
    assert read.constraints.budget == a_budget(5)


@pytest.mark.parametrize("cost", [None, a_cost(None)], ids=["no pick", "unknown price"])
def test_cheaper_than_an_unknown_price_keeps_the_budget(cost: CostNote | None) -> None:
    previous = a_classification("logo", budget=a_budget(50))

    read = refined("and cheaper?", previous=previous, cost=cost)

    assert read is not None
    assert read.constraints.budget == a_budget(50)


# ---- another volume


@pytest.mark.parametrize("text", ["make it 2,000 a month", "and for 2000?", "what if we need 2,000 monthly"])
def test_another_volume_keeps_what_is_counted(text: str) -> None:
    read = refined(text, heard(volume=a_volume(2000, "items")))

    assert read is not None
    assert read.constraints.volume == a_volume(2000, "images")
    assert read.readings == PRODUCT_PICTURES.readings
    assert read.constraints.commercial


def test_another_volume_without_a_period_keeps_the_period() -> None:
    read = refined("make it 2,000", heard(volume=a_volume(2000, "items", None)))

    assert read is not None
    assert read.constraints.volume == a_volume(2000, "images", "month")


def test_another_volume_with_a_unit_of_its_own_counts_that() -> None:
    read = refined("make it 20 hours a week", heard(volume=a_volume(20, "hours", "week")))

    assert read is not None
    assert read.constraints.volume == a_volume(20, "hours", "week")


def test_naming_the_same_output_with_another_volume_keeps_the_task() -> None:
    fresh = a_classification("text-to-image", volume=a_volume(2000))

    read = refined("make it 2,000 pictures a month", fresh)

    assert read is not None
    assert [reading.task for reading in read.readings] == ["product-photo"]
    assert read.constraints.volume == a_volume(2000)


# ---- another output


@pytest.mark.parametrize("text", ["for video instead", "what about a film?", "rather a clip", "as video", "or video?"])
def test_another_output_replaces_the_old_one(text: str) -> None:
    read = refined(text)

    assert read is not None
    assert read.outputs == ("video",)
    assert read.constraints == PRODUCT_PICTURES.constraints


@pytest.mark.parametrize(
    "text",
    [
        "for video instead of pictures",
        "video rather than images",
        "instead of pictures, a video",
        "for video, not photos",
    ],
)
def test_the_output_that_is_given_up_is_not_wanted_too(text: str) -> None:
    read = refined(text)

    assert read is not None
    assert read.outputs == ("video",)


def test_another_output_takes_the_task_that_was_heard_for_it() -> None:
    read = refined("make it a logo", a_classification("logo"))

    assert read is not None
    assert [reading.task for reading in read.readings] == ["logo"]


def test_another_output_that_was_not_heard_gets_its_most_common_task() -> None:
    read = refined("for speech instead")

    assert read is not None
    assert [reading.task for reading in read.readings] == ["text-to-speech"]


# ---- further constraints


@pytest.mark.parametrize(
    ("text", "fresh", "changed"),
    [
        ("it must be self-hosted", heard(self_host=True), {"self_host": True}),
        ("must be self-hosted", heard(self_host=True), {"self_host": True}),
        ("only open source", heard(open_source=True), {"open_source": True}),
        ("in German", heard(language=("de",)), {"language": ("de",)}),
        ("under 20 euros", heard(budget=a_budget(20, "EUR", None)), {"budget": a_budget(20, "EUR", None)}),
        ("and without coding", heard(no_code=True), {"no_code": True}),
        ("for free", heard(free=True), {"free": True}),
        ("actually it is confidential", heard(confidential=True), {"confidential": True}),
    ],
)
def test_a_further_constraint_is_added_to_those_before(
    text: str, fresh: Classification, changed: dict[str, Any]
) -> None:
    read = refined(text, fresh)

    assert read is not None
    assert {key: getattr(read.constraints, key) for key in changed} == changed
    assert read.constraints.volume == a_volume(300)
    assert read.constraints.commercial


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("in German", ("de",)),
        ("in German too", ("fr", "de")),
        ("also in German", ("fr", "de")),
        ("in German as well", ("fr", "de")),
    ],
)
def test_another_language_replaces_the_old_one_unless_it_comes_too(text: str, languages: tuple[str, ...]) -> None:
    previous = a_classification("text-to-speech", language=("fr",))

    read = refined(text, heard(language=("de",)), previous)

    assert read is not None
    assert read.constraints.language == languages


def test_the_same_language_too_is_not_counted_twice() -> None:
    previous = a_classification("text-to-speech", language=("de", "fr"))

    read = refined("in German too, and cheaper", heard(language=("de",)), previous)

    assert read is not None
    assert read.constraints.language == ("de", "fr")


def test_a_tool_named_in_a_follow_up_takes_the_place_of_those_before() -> None:
    read = refined("and under $20 with Painter?", a_classification(named=["painter"], budget=a_budget(20)))

    assert read is not None
    assert [named.tool for named in read.named_tools] == ["painter"]


def test_tools_named_before_are_remembered() -> None:
    read = refined("and cheaper?")

    assert read is not None
    assert read.named_tools == PRODUCT_PICTURES.named_tools


def test_a_refined_reading_has_no_rivals_left() -> None:
    previous = a_classification("logo", rivals=["text-to-video"])

    read = refined("and cheaper?", previous=previous)

    assert read is not None
    assert read.rivals == ()


# ---- new questions


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        pytest.param(
            "we need a voice for 20 training films",
            a_classification("text-to-speech", volume=a_volume(20)),
            id="a need",
        ),
        pytest.param("a logo for our bakery, free", a_classification("logo", free=True), id="a need with a constraint"),
        pytest.param("what is a GAN?", a_classification(intent=Intent.CONCEPT, concept="gan"), id="a concept"),
        pytest.param("what about GANs?", a_classification(intent=Intent.CONCEPT, concept="gan"), id="another concept"),
        pytest.param("thanks!", NOTHING_HEARD, id="thanks"),
        pytest.param("ok", NOTHING_HEARD, id="ok"),
        pytest.param(
            "and by the way we would also like something that can write our newsletter every single week",
            a_classification("text-generation"),
            id="a long message",
        ),
    ],
)
def test_what_stands_on_its_own_is_a_new_question(text: str, fresh: Classification) -> None:
    assert refined(text, fresh) is None


def test_a_long_message_is_a_new_question_even_if_it_says_cheaper() -> None:
    text = "our agency charges too much for the voice in our training films so is there anything cheaper for them"

    assert refined(text) is None


@pytest.mark.parametrize("intent", [Intent.CONCEPT, Intent.OTHER])
def test_there_is_nothing_to_refine_after_an_answer_without_a_pick(intent: Intent) -> None:
    assert refined("and cheaper?", previous=a_classification(intent=intent)) is None


# ---- after a question back


UNCLEAR = a_classification(intent=Intent.UNCLEAR, rivals=["text-to-image", "text-to-video"], volume=a_volume(300))


def test_an_answer_to_the_question_back_gives_the_output() -> None:
    read = refined("video", previous=UNCLEAR, cost=None)

    assert read is not None
    assert (read.intent, read.outputs, read.rivals) == (Intent.RECOMMEND, ("video",), ())
    assert read.constraints.volume == a_volume(300)


def test_an_answer_to_the_question_back_may_state_more() -> None:
    read = refined("pictures, self-hosted", heard(self_host=True), UNCLEAR, None)

    assert read is not None
    assert read.outputs == ("image",)
    assert read.constraints.self_host


def test_an_answer_without_an_output_is_read_by_itself() -> None:
    assert refined("for our bakery", previous=UNCLEAR, cost=None) is None


def test_a_choice_that_is_clicked_gives_its_most_common_task() -> None:
    read = chosen_output("music", UNCLEAR, CATALOGUE)

    assert (read.intent, read.confidence, read.rivals) == (Intent.RECOMMEND, 1.0, ())
    assert [reading.task for reading in read.readings] == ["text-to-music"]
    assert read.constraints == UNCLEAR.constraints


# ---- the volume of one step


@pytest.mark.parametrize(
    ("task", "languages", "steps", "amount"),
    [
        pytest.param("text-to-speech", ("de", "fr"), 1, "200", id="spoken once for each language"),
        pytest.param("translation", ("de", "fr", "it"), 1, "300", id="translated once for each language"),
        pytest.param("text-to-speech", ("de",), 1, "100", id="one language"),
        pytest.param("text-to-video", ("de", "fr"), 1, "100", id="filmed once"),
        pytest.param("text-to-image", (), 2, None, id="minutes mean nothing to pictures"),
        pytest.param("text-to-image", (), 1, "100", id="a single step keeps what was asked"),
    ],
)
def test_the_volume_of_a_step(task: str, languages: tuple[str, ...], steps: int, amount: str | None) -> None:
    read = a_classification(*[task] * steps, volume=a_volume(100, "minutes"), language=languages)

    constraints = volume_for(the_tasks()[task], read.constraints, read.readings, CATALOGUE)

    assert (constraints.volume and constraints.volume.amount) == (amount and Decimal(amount))
