"""A policy stands in the log by a digest of its rules."""

from __future__ import annotations

from advisors.policy import NO_POLICY, Policy
from tests.advisors.builders import a_budget

OURS = Policy(
    approved={"painter": "contract"},
    discouraged={"sketchpad": "slow support"},
    banned={"wordsmith": "no contract"},
    budget=a_budget(50),
)


def test_no_rules_have_no_digest() -> None:
    assert NO_POLICY.digest is None
    assert Policy(approved={}, banned={}).digest is None


def test_a_digest_is_short_and_the_same_every_time() -> None:
    again = Policy(
        budget=a_budget(50),
        banned={"wordsmith": "no contract"},
        discouraged={"sketchpad": "slow support"},
        approved={"painter": "contract"},
    )

    assert OURS.digest == again.digest
    assert OURS.digest is not None
    assert len(OURS.digest) == 12


def test_the_order_in_which_rules_were_made_does_not_matter() -> None:
    one = Policy(banned={"a": "x", "b": "y"})
    other = Policy(banned={"b": "y", "a": "x"})

    assert one.digest == other.digest


def test_other_rules_have_another_digest() -> None:
    policies = [
        OURS,
        Policy(approved={"painter": "contract"}),
        Policy(discouraged={"painter": "contract"}),
        Policy(discouraged={"painter": "another reason"}),
        Policy(banned={"painter": "contract"}),
        Policy(banned={"painter": "another reason"}),
        Policy(budget=a_budget(50)),
        Policy(budget=a_budget(51)),
        Policy(budget=a_budget(50, "EUR")),
        Policy(budget=a_budget(50, per=None)),
    ]

    assert len({policy.digest for policy in policies}) == len(policies)
