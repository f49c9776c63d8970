"""The engines that can read questions, by name. A factory imports what it needs only when called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisors.catalogue import Catalogue
from advisors.ports import Engine


def _local(catalogue: Catalogue) -> Engine:
    from advisors.engines.local import LocalEngine

    return LocalEngine(catalogue)


ENGINES: Mapping[str, Callable[[Catalogue], Engine]] = {"local": _local}
"""Add an engine: its module here, one line in this table."""
