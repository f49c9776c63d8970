"""The one flow: read the question, recommend, and hand back a decision ready for the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from advisors.catalogue import Catalogue
from advisors.cleaning import clean
from advisors.models import Classification, Decision, Question
from advisors.policy import NO_POLICY, Policy
from advisors.ports import Engine
from advisors.recommend import recommend
from advisors.refine import follow_up


def new_id() -> str:
    """A decision's id: twelve hexadecimal digits, short enough to type and to fit any platform's button."""
    return uuid4().hex[:12]


class Advisor:
    """Answers questions with one engine, one catalogue and one policy."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        policy: Policy = NO_POLICY,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.engine = engine
        self.catalogue = catalogue
        self.policy = policy
        self._now = now

    async def advise(self, question: Question, previous: Decision | None = None) -> Decision:
        """Answer one question, as a follow-up of the previous decision where it only makes sense as one.

        Raises:
            QuestionRefused: there is nothing to read, or too much.
            EngineUnavailable: the engine cannot read now.
        """
        started = time.perf_counter()
        text = clean(question.text)
        classification = await self.engine.classify(Question(id=question.id, text=text))
        refined = self._refined(text, classification, previous)
        classification = refined or classification
        now = self._now()
        recommendation = recommend(classification, self.catalogue, self.policy, today=now.date())
        return Decision(
            id=new_id(),
            question=question,
            classification=classification,
            recommendation=recommendation,
            engine=self.engine.version,
            catalogue=self.catalogue.digest,
            policy=self.policy.digest,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
            decided_at=now,
            follows=previous.id if refined is not None and previous is not None else None,
        )

    def _refined(self, text: str, fresh: Classification, previous: Decision | None) -> Classification | None:
        if previous is None:
            return None
        picks = previous.recommendation.picks
        return follow_up(text, fresh, previous.classification, picks[-1].cost if picks else None, self.catalogue)
