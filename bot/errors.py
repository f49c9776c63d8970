"""Errors of the bot whose text the person at the command may read: what happened, and what to do next."""

from __future__ import annotations


class BotError(Exception):
    """Its text is shown to the person: say what to do next."""


class StoreUnavailable(BotError):
    """The decision log cannot be opened, read or written."""


class DecisionNotFound(BotError):
    """No decision has that id."""
