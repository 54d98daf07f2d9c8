"""Which ledger a table is: what its names say, checked against what its heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xianjie.intake.headings import Heading, Outline, find_heading, spelled
from xianjie.package import Ledger, Package


@dataclass(frozen=True)
class Choice:
    """A ledger and the heading found for it."""

    ledger: Ledger
    heading: Heading


def _named(ledger: Ledger, texts: list[str]) -> int:
    """Length of the longest of the ledger's names that stands in one of the texts (0: none does)."""
    names = {spelled(name) for name in (ledger.name, ledger.title, *ledger.aliases)}
    return max((len(name) for name in names for text in texts if _stands_in(name, text)), default=0)


def _stands_in(name: str, text: str) -> bool:
    """A name of one character (户, 村) is part of many words: it has to stand by itself."""
    return name in text if len(name) > 1 else name in re.split(r"[\W_0-9]+", text)


def _complete(choice: Choice) -> bool:
    """Whether the heading has every required field that nothing else could tell."""
    found = {one.field.name for one in choice.heading.matches.values()}
    numbered = choice.ledger.numbering.field if choice.ledger.numbering else None
    return all(
        field.name in found or field.header_labels or field.name == numbered
        for field in choice.ledger.fields
        if field.required
    )


def choose(package: Package, candidates: list[Outline], texts: list[str], only: Ledger | None) -> list[Choice]:
    """The ledgers that a table may be, best first: one where it is clear, several where it is not, none at all.

    `texts` are the file's name, the sheet's name and the title lines. `only` is the ledger that the user named.
    """
    if only:
        heading = find_heading(candidates, only)
        return [Choice(only, heading)] if heading else []
    choices = [
        Choice(ledger, heading) for ledger in package.ledgers.values() if (heading := find_heading(candidates, ledger))
    ]
    if not choices:
        return []
    where = [spelled(text) for text in texts]
    names = {choice.ledger.name: _named(choice.ledger, where) for choice in choices}
    most = max(choice.heading.matched for choice in choices)

    def rank(choice: Choice) -> tuple[int, bool, int]:
        return choice.heading.matched, _complete(choice), names[choice.ledger.name]

    # A ledger that is named wins unless its heading is much the poorer one.
    pools = (
        [choice for choice in choices if names[choice.ledger.name] and choice.heading.matched * 2 > most],
        [choice for choice in choices if _complete(choice)],
        choices,
    )
    pool = next(pool for pool in pools if pool)
    best = max(map(rank, pool))
    return [choice for choice in pool if rank(choice) == best]
