"""Several outputs become ordered steps, each of which takes over what an earlier one makes."""

from __future__ import annotations

import pytest

from advisors.catalogue import Catalogue
from advisors.catalogue.schema import Tool
from advisors.chains import HANDS_OVER, with_preparation
from advisors.models import Classification, Recommendation
from advisors.policy import NO_POLICY, Policy
from advisors.recommend import recommend
from tests.advisors.builders import (
    TODAY,
    a_catalogue,
    a_classification,
    a_language_model,
    a_price,
    a_tool,
    a_volume,
)

WRITER = a_language_model("writer")
VOICE = a_tool(
    "voice",
    makes=["speech"],
    accepts=["text"],
    tasks=["text-to-speech"],
    technology="neural-tts",
    prices=[a_price(amount=30, quantity=1_000_000, unit="characters")],
)
PAINTER = a_tool("painter")
ANIMATOR = a_tool(
    "animator",
    makes=["video"],
    accepts=["image"],
    tasks=["image-to-video"],
    prices=[a_price(amount="0.10", unit="seconds")],
)
PRESENTER = a_tool("presenter", makes=["video"], accepts=["text", "audio"], tasks=["talking-avatar"], prices=[])
EDITOR = a_tool(
    "editor", makes=["video"], accepts=["video", "audio"], tasks=["video-editing"], technology="rules", prices=[]
)
ALL = (WRITER, VOICE, PAINTER, ANIMATOR, PRESENTER, EDITOR)


def answer(read: Classification, *tools: Tool, policy: Policy = NO_POLICY) -> Recommendation:
    return recommend(read, a_catalogue(*(tools or ALL)), policy, today=TODAY)


def steps_of(read: Classification, *tools: Tool, policy: Policy = NO_POLICY) -> list[tuple[int, str, str]]:
    return [(step.n, step.tool, step.does) for step in answer(read, *tools, policy=policy).steps]


def test_one_pick_needs_no_steps() -> None:
    assert steps_of(a_classification("text-to-image")) == []


def test_a_script_becomes_a_voice_and_the_voice_a_film() -> None:
    assert steps_of(a_classification("text-generation", "text-to-speech", "talking-avatar")) == [
        (1, "writer", "writes the text"),
        (2, "voice", "speaks the text, starting from step 1"),
        (3, "presenter", "makes the film with its presenter or narration, starting from step 2"),
    ]


def test_a_presenter_film_starts_from_a_script_that_nobody_asked_for() -> None:
    assert steps_of(a_classification("talking-avatar")) == [
        (1, "writer", "writes the text"),
        (2, "presenter", "makes the film with its presenter or narration, starting from step 1"),
    ]


def test_a_script_that_is_wanted_anyway_is_not_written_twice() -> None:
    read = a_classification("summarization", "talking-avatar")

    prepared = with_preparation(read.readings, a_catalogue(*ALL))

    assert [reading.task for reading in prepared] == ["summarization", "talking-avatar"]


def test_a_step_says_which_earlier_step_it_starts_from() -> None:
    assert steps_of(a_classification("text-to-image", "text-generation", "image-to-video"))[-1] == (
        3,
        "animator",
        "sets the pictures in motion, starting from step 1",
    )


def test_a_step_that_takes_nothing_over_says_nothing_of_it() -> None:
    assert steps_of(a_classification("text-to-speech", "text-to-image")) == [
        (1, "voice", "speaks the text"),
        (2, "painter", "makes the pictures"),
    ]


def test_picture_and_sound_are_joined_at_the_end() -> None:
    joined = steps_of(a_classification("text-to-speech", "image-to-video"))

    assert joined[-1] == (3, "editor", "puts picture and sound together")


def test_sound_that_no_film_takes_in_is_joined_with_it() -> None:
    scored = a_classification("text-to-speech", "text-to-music", "talking-avatar")
    composer = a_tool("composer", makes=["music"], tasks=["text-to-music"], prices=[])

    assert [tool for _, tool, _ in steps_of(scored, *ALL, composer)] == [
        "writer",
        "voice",
        "composer",
        "presenter",  # takes in the music, so the voice is left
        "editor",
    ]


def test_an_editor_that_made_the_last_step_needs_no_step_of_its_own() -> None:
    assert [tool for _, tool, _ in steps_of(a_classification("text-to-speech", "video-editing"))] == ["voice", "editor"]


def test_without_sound_there_is_nothing_to_join() -> None:
    assert [tool for _, tool, _ in steps_of(a_classification("text-to-image", "image-to-video"))] == [
        "painter",
        "animator",
    ]


def test_a_banned_editor_joins_nothing() -> None:
    policy = Policy(banned={"editor": "no", "presenter": "no", "animator": "no"})
    other = a_tool("other", makes=["video"], accepts=["image"], tasks=["image-to-video", "video-editing"], prices=[])

    read = a_classification("text-to-speech", "image-to-video")

    assert [tool for _, tool, _ in steps_of(read, *ALL, other, policy=policy)] == ["voice", "other"]


def test_a_tool_that_takes_what_the_step_before_makes_is_preferred() -> None:
    from_words = a_tool(
        "from-words", makes=["video"], accepts=["text"], tasks=["image-to-video"], prices=ANIMATOR.prices
    )
    from_pictures = ANIMATOR.model_copy(update={"id": "z-from-pictures"})

    read = a_classification("text-to-image", "image-to-video")

    assert [tool for _, tool, _ in steps_of(read, PAINTER, from_words, from_pictures)] == ["painter", "z-from-pictures"]


def test_each_step_costs_what_the_asked_volume_means_for_it() -> None:
    read = a_classification("text-generation", "text-to-speech", volume=a_volume(20, "videos", None))

    script, voice = answer(read).picks

    assert script.cost.basis.startswith("20 videos ≈ 3,000 words")  # 20 minutes × 150 words
    assert voice.cost.basis.startswith("20 videos ≈ 18,000 characters")  # 3,000 words × 6


def test_a_volume_that_means_nothing_to_a_step_gives_way_to_a_typical_one() -> None:
    read = a_classification("text-generation", "text-to-image", volume=a_volume(300))

    text, pictures = answer(read).picks

    assert text.cost.basis.endswith("a typical volume")
    assert pictures.cost.basis == "300 images × $0.04"


def test_speech_in_several_languages_is_made_once_for_each() -> None:
    read = a_classification("text-to-speech", volume=a_volume(100, "minutes", None), language=("de", "fr"))

    [pick] = answer(read).picks

    assert pick.cost.basis.startswith("200 minutes")


def test_pictures_in_several_languages_are_made_once() -> None:
    read = a_classification("text-to-image", volume=a_volume(100), language=("de", "fr"))

    [pick] = answer(read).picks

    assert pick.cost.basis.startswith("100 images")


def test_every_output_but_none_hands_something_over(catalogue: Catalogue) -> None:
    assert set(HANDS_OVER) == set(catalogue.modalities) - {"none"}


@pytest.mark.parametrize("first", sorted(HANDS_OVER))
def test_what_an_output_hands_over_is_taken_by_some_tool_of_the_catalogue(catalogue: Catalogue, first: str) -> None:
    takers = [
        tool for tool in catalogue.tools.values() if HANDS_OVER[first] in tool.accepts and tool.status == "active"
    ]

    assert takers


def test_steps_of_the_catalogue_are_numbered_and_name_the_picks(catalogue: Catalogue) -> None:
    given = recommend(a_classification("text-to-speech", "text-to-video"), catalogue, today=TODAY)

    assert [step.n for step in given.steps] == list(range(1, len(given.steps) + 1))
    assert [pick.tool for pick in given.picks] == [step.tool for step in given.steps][: len(given.picks)]


def test_a_step_takes_over_only_what_its_task_can_start_from() -> None:
    dubber = a_tool("voice", makes=["speech"], accepts=["text", "video"], tasks=["text-to-speech"])

    steps = steps_of(
        a_classification("text-to-video", "text-to-speech"),
        a_tool("cinema", makes=["video"], tasks=["text-to-video"]),
        dubber,
    )

    # a voiceover is read from a text, though its tool also dubs films
    assert steps[1] == (2, "voice", "speaks the text")
