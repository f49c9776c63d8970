"""Measures an engine on labelled questions: labels in, figures out, nothing read or printed here."""

from advisors.evaluation.figures import evaluate
from advisors.evaluation.judged import READS_NOTHING, Pair
from advisors.evaluation.labelled import LabelError, LabelledQuestion, read_labelled
from advisors.evaluation.report import Report

__all__ = ["READS_NOTHING", "LabelError", "LabelledQuestion", "Pair", "Report", "evaluate", "read_labelled"]
