"""Made-up people and short ways to look at a submission."""

from __future__ import annotations

from pathlib import Path

from xianjie.identifiers import id_number_check_digit
from xianjie.intake import Submission
from xianjie.notes import Note

ROOT = Path(__file__).resolve().parents[2]


def person(number: int) -> str:
    """A made-up ID number with a correct check digit."""
    first17 = f"1411991960{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 900 + 100:03d}"
    return first17 + id_number_check_digit(first17)


def errors(submission: Submission) -> list[tuple[str, str | None]]:
    """(type, address) of the errors that intake found."""
    return [(note.type, note.address) for note in submission.errors]


def notes(submission: Submission, kind: str) -> list[Note]:
    """Notes of one type."""
    return [note for note in submission.notes if note.type == kind]


def column(submission: Submission, name: str) -> list[str]:
    """The normalised values of one field."""
    return [row.values[name] for row in submission.rows]
