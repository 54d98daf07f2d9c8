"""Chinese full-text search: one character a token, words searched as phrases.

SQLite's own tokenizers either take a run of Chinese for one word or find nothing under three characters; with
one character a token, a name or a word of any length is found exactly where LIKE would find it. The compiler
fills the indexes through `spaced`, the site asks them through `phrases`: both must cut text the same way.
"""

from __future__ import annotations

import re
import unicodedata

# A run of Latin letters or digits is one token, so that a part of a number never matches; every other
# character, rare and private-use ones of old name systems included, stands alone.
_TOKEN = re.compile(r"[0-9A-Za-z]+|[^\x00-\x7f]")

# FTS5 folds case and drops punctuation itself.
TOKENIZER = "unicode61"


def spaced(text: object) -> str:
    """The tokens of a text with a space between them; full-width letters and digits as half-width ones."""
    if text is None:
        return ""
    return " ".join(_TOKEN.findall(unicodedata.normalize("NFKC", str(text))))


def phrases(query: str | None) -> str:
    """An FTS5 query that finds rows with every word of `query`, each exactly as written; never a syntax error."""
    words = [spaced(word) for word in (query or "").split()]
    return " ".join(f'"{word}"' for word in words if word) or '""'
