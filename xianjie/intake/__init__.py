"""From a clerk's file to values that could stand in csv/: reading, headings, normalisation, and what was repaired."""

from xianjie.intake.explain import remedy_for
from xianjie.intake.submission import IntakeError, Submission, SubmittedColumn, SubmittedRow
from xianjie.intake.submissions import read_submissions

__all__ = ["IntakeError", "Submission", "SubmittedColumn", "SubmittedRow", "read_submissions", "remedy_for"]
