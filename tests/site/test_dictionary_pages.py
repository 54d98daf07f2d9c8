"""/-/dictionary: a page for each ledger on both sites, with the permissions of the ledger's table."""

from __future__ import annotations

import html
import json
import re

import pytest
from site_client import Client, visible_words
from test_pages import LATIN

from xianjie.site import open_site


def text_of(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200, path
    return html.unescape(response.text)


def test_every_ledger_has_a_page_with_every_column(internal):
    site = internal.site.site
    for name, ledger in site.package.ledgers.items():
        page = text_of(internal, f"/-/dictionary/{name}")
        assert f"<h1>{ledger.title} <code>{name}</code></h1>" in page
        for field in ledger.fields:
            row = re.search(rf'<tr id="{field.name}">.*?</tr>', page, re.DOTALL)[0]
            assert field.description in row and f"例：{field.example}" in row
            numbered = ledger.numbering is not None and ledger.numbering.field == field.name
            must = "" if not field.required else "空着登记时编" if numbered else "必填"
            assert re.findall('<span class="must">(.*?)</span>', row) == [must][: bool(must)]
            assert "、".join(field.enum or ()) in row and "、".join(field.aliases) in row


def test_uses_lead_to_the_audits_and_unused_columns_are_said(internal):
    page = text_of(internal, "/-/dictionary/assets")
    row = re.search(r'<tr id="停用日期">.*?</tr>', page, re.DOTALL)[0]
    title = internal.site.site.audits["idle_assets"].title
    assert f'<a href="/internal/idle_assets">{title}</a>' in row and "没有用到" not in row
    pages = internal.site.site.dictionary["pages"]
    name, unused = next(
        (name, column["name"]) for name, page in pages.items() for column in page["columns"] if not column["used"]
    )
    page = text_of(internal, f"/-/dictionary/{name}")
    assert "没有用到" in re.search(rf'<tr id="{unused}">.*?</tr>', page, re.DOTALL)[0]
    assert unused in re.search(rf'<a href="/-/dictionary/{name}">.*?</tr>', text_of(internal, "/-/dictionary"), re.S)[0]


def test_it_is_linked_from_the_front_page_and_from_each_table(internal, public):
    for client, kind in ((internal, "internal"), (public, "public")):
        front = text_of(client, "/")
        names = client.site.site.dictionary["pages"]
        assert names
        for name in names:
            assert f'href="/-/dictionary/{name}"' in front
        for name in list(names)[:4]:
            assert f'href="/-/dictionary/{name}"' in text_of(client, f"/{kind}/{name}")
            assert f'href="/{kind}/{name}"' in text_of(client, f"/-/dictionary/{name}")
    assert "/-/dictionary/findings" not in text_of(internal, "/internal/findings")


def test_the_public_site_shows_the_columns_of_its_tables_and_no_others(public):
    site = public.site.site
    for name, page in site.dictionary["pages"].items():
        shown = text_of(public, f"/-/dictionary/{name}", login=False)
        columns = list(site.tables[name]["columns"])
        assert sorted(re.findall(r'<tr id="([^"]+)">', shown)) == sorted(columns)
        for field in site.package[name].fields:
            if field.name not in columns:
                assert f">{field.name}<" not in shown
            if field.privacy == "sensitive":
                assert field.example not in shown
        assert not re.search(r'href="/(internal|public)/[a-z_]+"', shown.replace(f'href="/public/{name}"', ""))
        assert len(page["columns"]) == len(columns)
        for word in ("没有用到", "审计", "哪里用到", "表头也可以写", "必填", "敏感"):
            assert word not in re.sub("<footer.*", "", shown, flags=re.DOTALL).replace(page["description"], "") or any(
                word in column["description"] for column in page["columns"]
            )
    overview = text_of(public, "/-/dictionary", login=False)
    assert "没有用到" not in overview and "审计" not in overview
    for name in ("persons", "households", "village_counts", "problems"):
        assert public.get(f"/-/dictionary/{name}", login=False).status_code == 404


@pytest.mark.parametrize("path", ["/-/dictionary", "/-/dictionary/persons", "/-/dictionary/nothing"])
def test_who_is_not_logged_in_sees_none_of_the_internal_one(internal, path):
    for method in ("GET", "HEAD", "POST"):
        assert internal.request(method, path, login=False).status_code == 403


def test_permissions_are_those_of_the_table(copied):
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    client.site.site.tables["loans"]["allow"] = {"id": "nobody"}
    assert client.get("/-/dictionary/loans").status_code == 403
    assert client.get("/-/dictionary/persons").status_code == 200
    overview = text_of(client, "/-/dictionary")
    assert "/-/dictionary/persons" in overview and "/-/dictionary/loans" not in overview
    # Also without the gate: by Datasette's own rules.
    client.site._metadata_local["allow"] = None
    client.site._metadata_local["databases"]["internal"]["allow"] = {"id": "nobody"}
    for path in ("/-/dictionary", "/-/dictionary/persons"):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "path", ["/-/dictionary/", "/-/dictionary/persons/", "/-/dictionary/nothing", "/-/dictionary/persons/x",
             "/-/dictionary/%70ersons", "/-/dictionaryx", "/-/dictionary/..%2fmetadata", "/-/dictionary.json"],
)  # fmt: skip
def test_other_addresses_are_not_there(internal, public, path):
    assert internal.get(path).status_code == 404
    assert public.get(path, login=False).status_code == 404


def test_only_reading(internal):
    assert internal.request("HEAD", "/-/dictionary/persons").status_code == 200
    assert internal.request("POST", "/-/dictionary/persons").status_code in (403, 405)


def test_an_old_build_has_none_and_the_site_opens_all_the_same(copied):
    (copied.root / "dist" / "internal-dictionary.json").unlink()
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    assert client.get("/-/dictionary").status_code == client.get("/-/dictionary/persons").status_code == 404
    for path in ("/", "/internal/persons"):
        assert "/-/dictionary" not in text_of(client, path)


@pytest.mark.parametrize("path", ["/-/dictionary", "/-/dictionary/persons", "/-/dictionary/problems"])
def test_no_english_is_left(internal, path):
    words = visible_words(internal.get(path).text) - LATIN - {"SQLite"}
    examples = {word for column in json.dumps(internal.site.site.dictionary).split() for word in visible_words(column)}
    assert not {word for word in words if not re.fullmatch(r"[A-Z]{1,3}", word)} - examples
