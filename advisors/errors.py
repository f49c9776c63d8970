"""Errors whose text the asker may read: each says what happened and what to do next.

AdvisorError
├── QuestionRefused       the text cannot be read as a question
├── EngineUnavailable     the engine that reads questions cannot do so now
│   └── ModelMissing      the embedded engine's model files are missing or damaged
├── CatalogueError        a catalogue file is wrong
└── LabelError            a line to evaluate on is wrong (advisors.evaluation.labelled)
"""

from __future__ import annotations


class AdvisorError(Exception):
    """Its text is shown to the person who asked: say what to do next."""


class QuestionRefused(AdvisorError):
    """The text is empty, too long, or holds nothing to read."""


class EngineUnavailable(AdvisorError):
    """The engine cannot read questions now."""


class ModelMissing(EngineUnavailable):
    """The embedded engine's model files are missing or damaged."""


class CatalogueError(AdvisorError):
    """A catalogue file is wrong; the text names the file, the field and the repair."""
