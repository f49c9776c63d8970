"""A team's own rules about tools, which win over any ranking."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from advisors.models import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Tool ids with the reason why they are approved, discouraged or banned, and a standing budget."""

    approved: Mapping[str, str] = field(default_factory=dict)
    discouraged: Mapping[str, str] = field(default_factory=dict)
    banned: Mapping[str, str] = field(default_factory=dict)
    budget: Budget | None = None

    @property
    def digest(self) -> str | None:
        """Twelve hexadecimal digits that stand for these rules in the log; None when there are none."""
        if not (self.approved or self.discouraged or self.banned or self.budget):
            return None
        budget = self.budget and [str(self.budget.amount), self.budget.currency, self.budget.per]
        rules = [sorted(self.approved.items()), sorted(self.discouraged.items()), sorted(self.banned.items()), budget]
        return hashlib.sha256(json.dumps(rules).encode()).hexdigest()[:12]


NO_POLICY = Policy()
