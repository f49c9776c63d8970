"""Tools are found by any name, however spelt, and a tool that is only talked about is not taken for the plan."""

from __future__ import annotations

import pytest

from advisors.catalogue import Catalogue
from advisors.named_tools import named_tools_in
from tests.advisors.builders import a_catalogue, a_tool


def found(text: str, catalogue: Catalogue, misused: bool = False) -> list[str]:
    return [named.tool for named in named_tools_in(text, catalogue, misused)]


def proposed(text: str, catalogue: Catalogue, misused: bool = False) -> list[str]:
    return [named.tool for named in named_tools_in(text, catalogue, misused) if named.proposed]


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("would Midjourney do for a poster", ["midjourney"]),
        ("is MIDJOURNEY any good", ["midjourney"]),
        ("can GPT-4 do it", ["gpt-4"]),
        ("can gpt4 do it", ["gpt-4"]),
        ("can GPT 4 do it", ["gpt-4"]),
        ("DALL·E or dalle 3", ["dall-e", "dall-e-3"]),
        ("Stable Diffusion XL on our server", ["sdxl"]),
        ("Stable Diffusion on our server", ["stable-diffusion"]),
        ("Claude Code or Claude", ["claude-code", "claude-app"]),
        ("Suno, Udio and ElevenLabs", ["suno", "udio", "elevenlabs"]),
        ("Excel Copilot for the sums", ["microsoft-365-copilot"]),
        ("ChatGPT's answers", ["chatgpt"]),
        ("全社でCopilotを入れた", ["copilot"]),
        ("用Suno写歌", ["suno"]),
        ("nothing but a sharp pencil", []),
    ],
)
def test_a_tool_is_found_by_any_of_its_names_and_the_longest_wins(
    text: str, tools: list[str], catalogue: Catalogue
) -> None:
    assert found(text, catalogue) == tools


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("would midjouney do", "midjourney"),
        ("is chat gtp any good", "chatgpt"),
        ("stabel diffusion for posters", "stable-diffusion"),
        ("elevnlabs for the voice", "elevenlabs"),
        ("deepseak for letters", "deepseek"),
        ("perplexitty for the news", "perplexity"),
        ("try alfafold", "alphafold"),
    ],
)
def test_a_well_known_name_is_found_with_a_slip_in_it(text: str, tool: str, catalogue: Catalogue) -> None:
    assert found(text, catalogue) == [tool]


@pytest.mark.parametrize(
    "text",
    [
        "photos of the open air stage",
        "we can cut it ourselves",
        "a synthesis of both reports",
        "six months of runway left",
        "an otter with a drill as a logo",
        "a whisper of wind for the film",
        "se llama Pedro y veo la foto",
        "images, videos or tools",
        "a database of mushrooms",
        "a landscape in oil",
        "constant flux of visitors at the museum: flux of people",
    ],
)
def test_a_common_word_is_not_taken_for_a_tool(text: str, catalogue: Catalogue) -> None:
    assert found(text, catalogue) == []


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("is Whisper up to four voices at a table", "whisper"),
        ("whisper for the interviews, on our laptop?", "whisper"),
        ("we thought of Runway for the teaser", "runway"),
        ("can llama write python", "llama"),
        ("the Otter app joins our calls", "otter"),
    ],
)
def test_a_word_that_is_also_a_tools_name_is_heard_as_one_in_its_place(
    text: str, tool: str, catalogue: Catalogue
) -> None:
    assert found(text, catalogue) == [tool]


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("can Midjourney make our logo", ["midjourney"]),
        ("Suno or Udio for a birthday song?", ["suno", "udio"]),
        ("is Claude ok for the newsletter", ["claude-app"]),
        ("ChatGPT can't draw our logo, what can?", []),
        ("something like Midjourney but on our own machine", []),
        ("what else instead of Suno?", []),
        ("no Midjourney and no Sora please, only words", []),
        ("Midjourney gave us the moods. Now who writes the text", []),
        ("lyrics by ChatGPT are done, who sings them", []),
        ("we use DeepL for the mails, now we need a voice", []),
        ("Copilot was no use for the rota, what is", []),
        ("a prompt for Midjourney, only the words", []),
        ("ChatGPT wrote the lyrics; is Suno good for singing them?", ["suno"]),
        ("Statt Midjourney lieber etwas auf unserem Rechner", []),
    ],
)
def test_what_is_turned_down_or_served_for_something_else_is_not_proposed(
    text: str, tools: list[str], catalogue: Catalogue
) -> None:
    assert proposed(text, catalogue) == tools


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("we paste the invoices into ChatGPT each Friday", ["chatgpt"]),
        ("Whisper drew our logo, how do we get a PNG", ["whisper"]),
        ("cancel Copilot and take Suno for the code", ["suno"]),
        ("HeyGen plus ElevenLabs, he never agreed", ["heygen", "elevenlabs"]),
        ("GPT-4 adds it up. Excel Copilot was too slow", ["gpt-4"]),
        ("not even ChatGPT", ["chatgpt"]),
    ],
)
def test_what_is_misused_is_proposed_even_when_it_is_in_use(text: str, tools: list[str], catalogue: Catalogue) -> None:
    assert proposed(text, catalogue, misused=True) == tools


def test_a_language_model_in_general_is_named_only_where_it_is_misused(catalogue: Catalogue) -> None:
    text = "an LLM for the bookkeeping"

    assert found(text, catalogue) == []
    assert proposed(text, catalogue, misused=True) == ["llm"]


def test_a_definite_tool_is_named_before_language_models_in_general(catalogue: Catalogue) -> None:
    assert found("let an LLM such as Claude add it up", catalogue, misused=True) == ["claude-app"]


def test_a_tool_is_listed_once_as_it_was_first_written(catalogue: Catalogue) -> None:
    named = named_tools_in("chatgpt for the text. Is ChatGPT ok?", catalogue, misused=False)

    assert [(one.tool, one.as_written) for one in named] == [("chatgpt", "chatgpt")]


def test_a_tool_turned_down_in_one_place_and_proposed_in_another_is_proposed(catalogue: Catalogue) -> None:
    assert proposed("Not Suno, I said. Or would Suno do?", catalogue) == ["suno"]


def test_a_name_never_runs_on_into_the_next_sentence(catalogue: Catalogue) -> None:
    assert found("I like Claude. Code is what I need", catalogue) == ["claude-app"]


def test_each_catalogue_has_its_own_names() -> None:
    first, second = a_catalogue(a_tool("painter")), a_catalogue(a_tool("filmer"))

    assert found("painter and filmer", first) == ["painter"]
    assert found("painter and filmer", second) == ["filmer"]
    assert found("painter and filmer", a_catalogue()) == []
