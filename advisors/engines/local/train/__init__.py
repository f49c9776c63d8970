"""Trains the embedded engine's model. Needs the extra `train`; nothing here is imported when the bot runs."""
