"""Names of villages and 专班 as clerks write them -> the keys by which the ledgers know them."""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from dataclasses import dataclass, field

from xianjie.package import Field, Ledger, Package

# The columns by which a submission that writes names instead of keys is understood.
KNOWN_BY = {"villages": ("村名", "别名"), "teams": ("专班",)}
_SUFFIX = r"(?:村委会|村民委员会|村|社区居委会|社区居民委员会|社区)$"
_SEPARATORS = r"[-—－_\s（）()【】\[\]、,，.。]+"


def spelled(text: str) -> str:
    """A name for comparison: half-width, no spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass
class Names:
    """What one reference ledger's rows may be called."""

    keys: dict[str, str] = field(default_factory=dict)  # spelling -> key
    titles: dict[str, str] = field(default_factory=dict)  # key -> its proper name
    phrases: list[str] = field(default_factory=list)  # spellings that may be looked for inside a text, longest first


@dataclass
class References:
    """The names of the two ledgers that everybody refers to by name."""

    villages: Names
    teams: Names

    def of(self, ledger: Ledger, item: Field) -> Names | None:
        """The names that a field may be written with, None where it refers to neither ledger."""
        for key in ledger.foreign_keys:
            if key.fields == (item.name,) and key.reference_fields == ("村代码",):
                return self.villages
            if key.fields == (item.name,) and key.reference_fields == ("专班",):
                return self.teams
        return None


def _rows(package: Package, ledger: str) -> list[dict[str, str]]:
    if ledger not in package.ledgers or not package[ledger].path.is_file():
        return []
    try:
        with package[ledger].path.open(encoding="utf-8-sig", newline="") as handle:
            return [{name: value or "" for name, value in row.items() if name} for row in csv.DictReader(handle)]
    except (OSError, UnicodeDecodeError, csv.Error):  # the check of the package itself reports it
        return []


def _names(spellings: list[tuple[str, str, str]], phrase: str) -> Names:
    """Rows of (key, proper name, spelling); a spelling that two rows share says nothing and is left out."""
    names = Names()
    shared: set[str] = set()
    for key, title, spelling in spellings:
        names.titles.setdefault(key, title)
        text = spelled(spelling)
        if text and names.keys.setdefault(text, key) != key:
            shared.add(text)
    for text in shared:
        del names.keys[text]
    names.phrases = sorted(
        (text for text in names.keys if re.search(phrase, text)), key=lambda text: (-len(text), text)
    )
    return names


def load_references(package: Package) -> References:
    """Names from the package's own villages and teams; an absent ledger leaves its names empty."""
    villages = []
    for row in _rows(package, "villages"):
        code, (name, others) = row.get("村代码", ""), (row.get(column, "") for column in KNOWN_BY["villages"])
        core = re.sub(_SUFFIX, "", name)
        endings = ("", "村", "村委", "村委会", "村民委员会", "村村委会", "村村民委员会")
        spellings = [name, f"{name}委会", f"{name}民委员会", *(core + ending for ending in endings)]
        spellings += re.split(r"[、,，;；/\s]+", others)
        villages += [(code, name, spelling) for spelling in spellings if code and name]
    teams = []
    for row in _rows(package, "teams"):
        name = row.get("专班", "")
        core = re.sub(r"(?:工作)?专班$", "", name)
        teams += [(name, name, spelling) for spelling in (name, core, f"{core}专班", f"{core}工作专班") if name]
    return References(_names(villages, _SUFFIX), _names(teams, "专班$"))


def resolve(names: Names, text: str) -> str | None:
    """The key of a whole value (code, name, name with its township before it), None where it is no such name."""
    value = spelled(text)
    if value in names.titles:
        return value
    if value in names.keys:
        return names.keys[value]
    without = re.sub(r"\([^)]*\)$", "", value)
    local = re.sub(r"^.*(?:省|市|县|区|镇|乡|街道)(?=.)", "", without)
    return names.keys.get(without) or names.keys.get(local)


def find(names: Names, text: str) -> str | None:
    """The key of the only name that a title or a file's name mentions; None for none or several."""
    found = {key for token in re.split(_SEPARATORS, text) if token and (key := resolve(names, token))}
    rest = spelled(text)
    for phrase in names.phrases:  # longest first, each taken out: 保贤庄村 is not 保贤村
        if phrase in rest:
            found.add(names.keys[phrase])
            rest = rest.replace(phrase, "|")
    return found.pop() if len(found) == 1 else None


def closest(names: Names, text: str) -> str | None:
    """The proper name that looks most like a misspelt one, None where nothing comes near."""
    local = re.sub(r"^.*(?:省|市|县|区|镇|乡|街道)(?=.)", "", spelled(text))
    near = difflib.get_close_matches(local, sorted(names.keys), n=1, cutoff=0.6)
    return names.titles[names.keys[near[0]]] if near else None
