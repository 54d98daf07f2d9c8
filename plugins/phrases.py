"""Chinese for what Datasette itself says: its templates, its script, its filters and its errors (phrases.json).

The site's main pages have templates of their own; phrases are replaced in the source of the rest. A test asserts
that each of them still stands in the Datasette that is installed.
"""

import json
import re
from functools import cache
from pathlib import Path

import datasette as datasette_package
from datasette import hookimpl
from datasette.utils.asgi import Response
from jinja2 import BaseLoader

OWN = Path(datasette_package.__file__).parent


@cache
def phrases():
    """The phrase table."""
    return json.loads(Path(__file__).with_name("phrases.json").read_text(encoding="utf-8"))


def replaced(text, table):
    """The text with every phrase of the table replaced."""
    for english, chinese in table.items():
        text = text.replace(english, chinese)
    return text


class PhraseLoader(BaseLoader):
    """A template loader that translates what another one loads."""

    def __init__(self, loader):
        self.loader = loader

    def get_source(self, environment, template):
        source, path, uptodate = self.loader.get_source(environment, template)
        own = path is not None and Path(path).is_relative_to(OWN)
        table = phrases()["templates"].get(template.removeprefix("default:"), {}) if own else {}
        return replaced(source, table), path, uptodate

    def list_templates(self):
        return self.loader.list_templates()


def zh_error(text):
    """A message of Datasette or SQLite in Chinese; one that is not in the table stays, as a quotation."""
    text = str(text or "")
    for pattern, chinese in phrases()["errors"]:
        match = re.search(pattern, text, re.DOTALL)
        if match:
            return chinese.format(*match.groups())
    return text if re.search("[\u4e00-\u9fff]", text) else f"请求无法处理（数据库的原话：{text}）。"


def zh_operator(key):
    """A filter's operator, as between a column and a value."""
    return phrases()["operators"].get(key, key)


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Translate templates as they are loaded, and give them the words and the site."""
    if not isinstance(env.loader, PhraseLoader):
        env.loader = PhraseLoader(env.loader)
    env.globals["site"] = datasette.site
    env.globals["operators"] = phrases()["operators"]
    env.filters["zh_error"] = zh_error
    env.filters["zh_operator"] = zh_operator
    env.filters["zh_facet"] = lambda kind: phrases()["facets"].get(kind, kind)


async def table_script(request):
    """Datasette's script for column menus, in Chinese."""
    source = (OWN / "static" / "table.js").read_text(encoding="utf-8")
    return Response(replaced(source, phrases()["scripts"]["table.js"]), content_type="text/javascript; charset=utf-8")


@hookimpl
def register_routes():
    """Before Datasette's own route for its static files."""
    return [(r"/-/static/table\.js$", table_script)]
