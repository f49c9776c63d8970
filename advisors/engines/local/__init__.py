"""The embedded engine: a sentence encoder and trained heads, offline, with no key."""

from advisors.engines.local.engine import LocalEngine

__all__ = ["LocalEngine"]
