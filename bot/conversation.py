"""Remembers, for each thread, the decision that a follow-up would refine."""

from __future__ import annotations

from collections import OrderedDict

from advisors.advisor import Advisor
from advisors.models import Decision, Intent, Question

THREADS = 1_000
"""How many threads are remembered; the one unused for longest is forgotten first."""


class Conversations:
    """Asks the advisor with the thread's last decision in mind."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._last: OrderedDict[str, Decision] = OrderedDict()

    async def ask(self, thread: str, question: Question) -> Decision:
        """Answer a question in a thread, and remember the answer if there is anything to refine in it."""
        decision = await self._advisor.advise(question, self._last.get(thread))
        if decision.classification.readings or decision.classification.intent is Intent.UNCLEAR:
            self._last[thread] = decision
            self._last.move_to_end(thread)
            if len(self._last) > THREADS:
                self._last.popitem(last=False)
        return decision
