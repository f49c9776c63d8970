"""The terminal: ask, chat and batch."""
