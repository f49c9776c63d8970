"""Chat markup goes, what people said stays, and what holds nothing to read is refused with a sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisors.cleaning import MOST_CHARACTERS, clean
from advisors.errors import QuestionRefused


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("a logo", "a logo", id="plain text"),
        pytest.param("  a \n\n logo\t", "a logo", id="white space"),
        # Slack
        pytest.param("<@U0123ABC> a logo", "a logo", id="a Slack mention"),
        pytest.param("<@U0123ABC|wanda> a logo", "a logo", id="a named Slack mention"),
        pytest.param("<!here> a logo", "a logo", id="a Slack broadcast"),
        pytest.param("<!subteam^S012|@design> a logo", "a logo", id="a Slack group"),
        pytest.param("a logo for <#C012|brand-team>", "a logo for brand-team", id="a Slack channel keeps its name"),
        pytest.param("a logo, see <#C012>", "a logo, see", id="a nameless Slack channel"),
        pytest.param("like <https://example.com/a?b=c|this one>", "like this one", id="a Slack link keeps its label"),
        pytest.param("like <https://example.com>", "like", id="a bare Slack link"),
        pytest.param("write to <mailto:wanda@example.com|wanda@example.com>", "write to wanda@example.com", id="mail"),
        pytest.param("a logo :tada: :+1::skin-tone-3: :100:", "a logo", id="emoji names"),
        pytest.param("R&amp;D wants 3 &lt; 4 &gt; 2", "R&D wants 3 < 4 > 2", id="escaped characters"),
        pytest.param("&gt; we need a logo\nwhich AI?", "we need a logo which AI?", id="a Slack quote"),
        pytest.param("&gt;&gt;&gt; we need a logo", "we need a logo", id="a long Slack quote"),
        pytest.param("a *really* _good_ ~bad~ logo", "a really good bad logo", id="stress"),
        pytest.param("a *_really_* good logo", "a really good logo", id="stress in stress"),
        pytest.param("_*really good*_", "really good", id="stress the other way round"),
        # Discord
        pytest.param("<@!123456> a logo", "a logo", id="a Discord mention"),
        pytest.param("<@&123456> a logo", "a logo", id="a Discord role"),
        pytest.param("see <#123456> a logo", "see a logo", id="a Discord channel"),
        pytest.param("a logo <:party:123456> <a:dance:123456>", "a logo", id="Discord emoji"),
        pytest.param("by <t:1700000000:R> a logo", "by a logo", id="a Discord time"),
        pytest.param("> we need a logo\n> and soon", "we need a logo and soon", id="a Discord quote"),
        pytest.param("> > a logo", "a logo", id="a quote in a quote"),
        pytest.param("a **bold** and ***bolder*** __logo__ ~~no~~", "a bold and bolder logo no", id="Discord stress"),
        pytest.param("like [this one](https://example.com/a)", "like this one", id="a Markdown link"),
        # both
        pytest.param("like https://example.com/a_b_c please", "like please", id="a bare link"),
        pytest.param("run `make it` now", "run make it now", id="code keeps its words"),
        pytest.param("```sql\nselect 1\n```", "select 1", id="a code block keeps its words"),
        # what must stay
        pytest.param("my_file_name.txt", "my_file_name.txt", id="underscores in a name"),
        pytest.param("5 * 3 * 2", "5 * 3 * 2", id="a sum"),
        pytest.param("2*3*4", "2*3*4", id="a tight sum"),
        pytest.param("at 12:30:45 o'clock", "at 12:30:45 o'clock", id="a time"),
        pytest.param("more than 3 > 2", "more than 3 > 2", id="greater than"),
        pytest.param("under $50 & quick", "under $50 & quick", id="an ampersand"),
        pytest.param("un logo pour l'été 🎉", "un logo pour l'été 🎉", id="accents and emoji"),
        pytest.param("شعار لمخبز", "شعار لمخبز", id="Arabic"),
        pytest.param("ロゴが欲しい", "ロゴが欲しい", id="Japanese"),
        # what nobody sees
        pytest.param("lo\x07go\x00 now", "lo go now", id="control characters"),
        pytest.param("\u202ea logo\u202c \u200fnow", "a logo now", id="right-to-left marks"),
        pytest.param("lo\u200bgo\ufeff \u00adnow", "logo now", id="marks without width"),
        pytest.param("a logo\U000e0068\U000e0069", "a logo", id="hidden tag characters"),
        pytest.param("a logo \ud83d", "a logo ?", id="a lone surrogate"),
        pytest.param("cafe\u0301", "café", id="a composed accent"),
        pytest.param("cafe\u200e\u0301", "café", id="an accent behind an unseen mark"),
    ],
)
def test_markup_goes_and_words_stay(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   \n\t",
        "🎉🎉🎉",
        ":tada: :wave:",
        "?!…",
        "\x00\x01\x02",
        "\u200f\u202e",
        "<@U012>",
        "https://a.example",
        "```",
    ],
    ids=ascii,
)
def test_what_holds_no_words_is_refused_with_what_to_do(nothing: str) -> None:
    with pytest.raises(QuestionRefused, match="Say in a sentence what you want to hold at the end"):
        clean(nothing)


def test_what_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionRefused, match=r"That is 40,000 characters; I read up to 8,000\."):
        clean("a" * 40_000)


def test_the_longest_text_that_is_read_is_read_whole() -> None:
    assert len(clean("a" * MOST_CHARACTERS)) == MOST_CHARACTERS


@pytest.mark.parametrize(
    "unit",
    [
        "*a ",
        " **a",
        "*_",
        "~~~a",
        "<@",
        "<@a>",
        ":a",
        ":a ",
        "[a",
        "[a](https://",
        ">",
        "\n",
        "\n> ",
        "&amp;",
        "&amp;amp;",
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    text = (unit * MOST_CHARACTERS)[: MOST_CHARACTERS - 1] + "a"

    started = time.perf_counter()
    clean(text)

    assert time.perf_counter() - started < 0.25


words = st.text(alphabet=st.characters(exclude_characters="*_~<>[]()`&:|"), min_size=1, max_size=12)
marked_up = st.recursive(
    words,
    lambda inner: st.builds(
        str.format,
        st.sampled_from(
            [
                "*{}*",
                "_{}_",
                "~{}~",
                "**{}**",
                "`{}`",
                "&gt; {}",
                "> {}",
                "<@U1> {}",
                "<https://a.b|{}>",
                "[{}](https://a)",
            ]
        ),
        inner,
    ),
    max_leaves=3,
)


@given(st.text(max_size=300))
@example("&amp;lt;")
@example("\udcff a")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = clean(text)
    except QuestionRefused:
        return

    assert read == " ".join(read.split())
    read.encode("utf-8")


@given(st.one_of(st.text(max_size=60), st.lists(marked_up, max_size=6).map(" ".join)))
@example("&amp;lt;@U1&amp;gt; a")
@example("*> a*")
@example("*a\nb*")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean(text)
    except QuestionRefused:
        return

    assert clean(once) == once
