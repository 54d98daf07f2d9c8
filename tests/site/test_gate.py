"""Who is not logged in gets nothing from the internal site, and the public one holds nothing but its tables."""

from __future__ import annotations

import re

import pytest
from site_client import Client

from xianjie import site as site_module
from xianjie.site import ALLOWED_PLUGINS, SiteError, open_site

SQL = "sql=select+*+from+persons"
CLOSED = [
    "/", "/.json", "/internal", "/internal.json", f"/internal?{SQL}", f"/internal.json?{SQL}", f"/internal.csv?{SQL}",
    "/internal.db", "/internal/persons", "/internal/persons.json", "/internal/persons.csv",
    "/internal/persons.csv?_stream=1", "/internal/persons.blob", "/internal/persons/1", "/internal/persons/1.csv",
    "/internal/persons_fts", "/internal/findings.csv", "/internal/audit_results.json", "/internal/residents",
    "/internal/uninsured_residents", "/internal/uninsured_residents.json", "/internal/uninsured_residents.csv",
    "/internal/uninsured_residents.csv?截止日期=x", "/internal/nothing", "/nothing", "/_internal", "/_internal/tables",
    "/_memory", "/-/metadata", "/-/metadata.json", "/-/databases.json", "/-/plugins.json", "/-/versions.json",
    "/-/settings.json", "/-/threads.json", "/-/actor.json", "/-/allow-debug", "/-/permissions", "/-/messages",
    "/-/patterns", "/-/logout", "/-/nothing", "/-/login-needed", "/INTERNAL/persons", "//internal/persons",
    "/internal/", "/internal/persons/", "/%69nternal/persons", "/internal/%70ersons.csv",
    "/static/../internal/persons", "/static/%2e%2e/internal/persons",
]  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_anonymous_gets_nothing(internal, path):
    response = internal.get(path, login=False)
    assert response.status_code in (403, 404)
    assert not re.search(r"\d{17}", response.text)
    if not path.startswith("/static/"):
        assert response.status_code == 403
        assert "登录" in (
            response.json()["error"]
            if response.headers["content-type"].startswith("application/json")
            else response.text
        )


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/internal/persons.csv", "/internal/uninsured_residents", "/-/messages"])
def test_anonymous_gets_nothing_by_any_method(internal, method, path):
    assert internal.request(method, path, login=False).status_code == 403


def test_a_forged_login_is_none(internal, public):
    for cookie in ("", "root", public.site.sign({"a": {"id": "root"}}, "actor")):
        response = internal.get("/internal/persons.csv", login=False, headers={"cookie": f"ds_actor={cookie}"})
        assert response.status_code == 403


def test_another_user_is_not_root(internal):
    cookie = internal.site.sign({"a": {"id": "somebody"}}, "actor")
    response = internal.get("/internal/persons.csv", login=False, headers={"cookie": f"ds_actor={cookie}"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/internal/uninsured_residents", "/internal/persons.csv", "/internal.csv?sql=select+1", "/internal/persons/1.csv"],
)
def test_every_route_of_ours_asks_for_permission_itself(copied, path):
    """Also without the gate: by Datasette's own rules."""
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    client.site._metadata_local["allow"] = None
    client.site._metadata_local["databases"]["internal"]["allow"] = {"id": "nobody"}
    client.site._metadata_local["allow_sql"] = False
    assert client.get(path).status_code == 403


def test_a_table_with_rules_of_its_own_keeps_them(copied):
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    assert client.get("/internal/loans").status_code == 200
    client.site.site.tables["loans"]["allow"] = {"id": "nobody"}
    for path in ("/internal/loans", "/internal/loans.csv", "/internal/loans.json"):
        assert client.get(path).status_code == 403
    assert client.get("/internal/persons").status_code == 200


def test_static_files_are_open(internal):
    for path in ("/static/site.css", "/static/icon.svg", "/-/static/table.js", "/favicon.ico"):
        assert internal.get(path, login=False).status_code == 200


def test_json_says_403_as_json(internal):
    response = internal.get("/internal/persons.json", login=False)
    assert response.json() == {"ok": False, "error": "请先登录。", "status": 403, "title": "需要登录"}


def test_the_login_link_works_once(copied):
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    client.site._root_token = "open-sesame"
    for wrong in ("wrong", "", "%E4%BD%A0"):
        assert "登录链接不对" in client.get(f"/-/auth-token?token={wrong}", login=False).text
    assert client.request("HEAD", "/-/auth-token?token=open-sesame", login=False).status_code == 405
    first = client.get("/-/auth-token?token=open-sesame", login=False)
    assert first.status_code == 302
    assert "HttpOnly" in first.headers["set-cookie"]
    second = client.get("/-/auth-token?token=open-sesame", login=False)
    assert second.status_code == 403
    assert "已经用过" in second.text
    # The browser that is logged in may follow the link again, from its history.
    assert client.get("/-/auth-token?token=open-sesame").headers["location"] == "/"


def test_a_link_used_in_an_earlier_process_is_used(copied):
    client = Client(open_site(copied, copied.root / "dist", "internal"))
    client.site._root_token = "open-sesame"
    client.site.link_is_used = lambda: True
    answer = client.get("/-/auth-token?token=open-sesame", login=False)
    assert answer.status_code == 403 and "已经用过" in answer.text


def test_logged_in_answers_are_not_kept_by_browsers(internal):
    for path in ("/", "/internal/persons", "/internal/persons.csv", "/internal/uninsured_residents"):
        assert "no-store" in internal.get(path).headers["cache-control"], path


def test_pages_cannot_be_framed(internal):
    assert internal.get("/").headers["x-frame-options"] == "DENY"


def test_workshop_pages_are_gone(internal):
    for path in ("/-/patterns", "/-/messages", "/-/allow-debug", "/-/permissions", "/-/threads", "/_internal"):
        assert internal.get(path).status_code == 404


def test_public_site_shows_its_tables_and_nothing_else(public):
    assert public.get("/", login=False).status_code == 200
    assert public.get("/public/projects", login=False).status_code == 200
    assert len(public.rows("/public/villages.csv", login=False)) == 23
    for path in (
        "/-/metadata.json",
        "/-/databases.json",
        "/-/plugins",
        "/-/auth-token?token=x",
        "/-/logout",
        "/_internal",
    ):
        assert public.get(path, login=False).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/public?sql=select+1", "/public.json?sql=select+1", "/public.csv?sql=select+1", "/public/projects?_where=1=1",
     "/public/projects.csv?_where=1=1", "/public.db"],
)  # fmt: skip
def test_public_site_takes_no_sql(public, path):
    assert public.get(path, login=False).status_code == 403


def test_public_site_has_no_audits(public, internal):
    for name in internal.site.site.audits:
        assert public.get(f"/public/{name}", login=False).status_code == 404
        assert public.get(f"/internal/{name}", login=False).status_code == 404


def test_only_allowed_plugins_are_installed():
    installed = {plugin["name"] for plugin in site_module.get_plugins() if "version" in plugin}
    assert installed == ALLOWED_PLUGINS


def test_an_unknown_plugin_keeps_the_site_from_starting(crowded, monkeypatch):
    monkeypatch.setattr(site_module, "get_plugins", lambda: [{"name": "datasette-backup", "version": "0.1"}])
    with pytest.raises(SiteError, match="datasette-backup"):
        open_site(crowded, crowded.root / "dist", "internal")


def test_without_a_build_the_site_says_what_to_do(crowded, tmp_path):
    with pytest.raises(SiteError, match="请先运行"):
        open_site(crowded, tmp_path, "internal")


@pytest.mark.parametrize("cookie", [b"a=\xc4\xe3", b"\xff\xfe", b"a@b=1", b"a/b=1; c=\xff", b"a=1;;=;", b"=\x80"])
def test_cookies_of_other_sites_are_no_error(internal, public, cookie):
    login = f"ds_actor={internal.site.sign({'a': {'id': 'root'}}, 'actor')}".encode()
    headers = [(b"cookie", cookie + b"; " + login)]
    assert internal.get("/internal/villages", login=False, headers=headers).status_code == 200
    assert internal.get("/internal/villages", login=False, headers=[(b"cookie", cookie)]).status_code == 403
    assert public.get("/", login=False, headers=headers).status_code == 200
