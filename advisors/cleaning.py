"""Takes chat markup out of what people typed, so that only what they said is read."""

from __future__ import annotations

import re
import unicodedata

from advisors.errors import QuestionRefused

MOST_CHARACTERS = 8_000
"""About four printed pages. What is longer is a document, not a question."""

SLACK_MENTION = re.compile(r"<[@!][^<>]*>")
SLACK_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^<>]*))?>")
SLACK_LINK = re.compile(r"<(?:https?|mailto):[^<>|]*(?:\|([^<>]*))?>")
DISCORD_EMOJI = re.compile(r"<a?:\w+:\d+>")
DISCORD_TIME = re.compile(r"<t:\d+(?::\w)?>")
MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\(https?://[^)]*\)")
BARE_LINK = re.compile(r"https?://\S+")
EMOJI_NAME = re.compile(r"(?<!\w):(?:[+\-]1|[a-z0-9][a-z0-9_+\-]*):(?!\w)")
FENCE = re.compile(r"```\w*|`")
QUOTE = re.compile(r"(?m)^[^\S\n]*(?:(?:>|&gt;)[^\S\n]*)+")
STRESS = tuple(  # each takes linear time: a run of marks opens once, and its words end at the next mark of its kind
    re.compile(rf"(?<![^\W_])(?<!{mark}){mark}++(?=\S)([^{mark}]*[^{mark}\s]){mark}++(?![^\W_])")
    for mark in (r"\*", "_", "~")
)
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
NO_WIDTH = (0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0xE0000, 0xE0080))
INVISIBLE = dict.fromkeys((*BIDI, *NO_WIDTH))
"""Marks that steer direction or line breaks, or hide text from people."""

LAYERS = 5
"""People nest markup: bold in italics in a quote. What lies deeper is left as it is."""


def clean(text: str) -> str:
    """Return the words of a message without Slack or Discord markup, control characters and surplus white space.

    Quoted lines and code keep their words: people quote the ask and paste what they want explained.

    Raises:
        QuestionRefused: nothing to read is left, or the text is longer than MOST_CHARACTERS.
    """
    if len(text) > MOST_CHARACTERS:
        raise QuestionRefused(
            f"That is {len(text):,} characters; I read up to {MOST_CHARACTERS:,}. Say in a few sentences what you need."
        )
    words = text
    for _ in range(LAYERS):
        before, words = words, _without_markup(_readable(words))
        if words == before:
            break
    if not any(character.isalnum() for character in words):
        raise QuestionRefused("There are no words to read in that. Say in a sentence what you want to hold at the end.")
    return words


def _readable(text: str) -> str:
    """Normal form, no lone surrogates, no control or direction-changing characters."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    return "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else " " for c in text)


def _without_markup(text: str) -> str:
    text = SLACK_CHANNEL.sub(lambda found: found[1] or " ", text)
    text = SLACK_LINK.sub(lambda found: found[1] or " ", text)
    text = MARKDOWN_LINK.sub(r"\1", text)
    for pattern in (DISCORD_EMOJI, DISCORD_TIME, SLACK_MENTION, BARE_LINK, EMOJI_NAME, FENCE, QUOTE):
        text = pattern.sub(" ", text)
    for marks in STRESS:
        text = marks.sub(r"\1", text)
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return " ".join(text.split())
