"""Nobody who is not logged in gets further than the login page of the internal site.

Datasette asks for permission in each of its pages; some (/-/allow-debug, a 404) it forgot. This stands before all
of them, and ours.
"""

import re

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import await_me_maybe
from datasette.utils.asgi import Forbidden, NotFound, Request, Response
from datasette.views.special import AuthTokenView

OPEN = ("/static/", "/-/static/", "/favicon.ico")
LOGIN = "/-/auth-token"
# Of Datasette's own pages only these: the others are workshops for developers, in English.
USED = (LOGIN, "/-/logout", "/-/metadata", "/-/databases", "/-/plugins", "/-/versions", "/-/settings", "/-/actor")
# And of ours these, on both sites; they ask for permission themselves.
OURS = re.compile(r"/-/dictionary(/[a-z0-9_]+)?")
INTERNAL_OURS = re.compile(r"/-/(coverage(\.xlsx)?|reconciliation(\.csv|\.xlsx)?)")  # on the internal site only
COOKIE_NAME = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
DENIED, MISSING = "/-/login-needed", "/-/not-here"
HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


def readable(cookies):
    """A Cookie header with only the pairs that can be read.

    Other sites on the same address leave cookies too: a name or value that is not as the standard has it would be an
    error of ours on every page.
    """
    kept = []
    for pair in cookies.split(b";"):
        name, _, value = pair.partition(b"=")
        if COOKIE_NAME.fullmatch(name.strip()) and is_utf8(value):
            kept.append(pair.strip())
    return b"; ".join(kept)


def is_utf8(value):
    """Whether the bytes are text."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def with_readable_cookies(scope):
    """The scope with its Cookie headers cleaned."""
    headers = [
        (name, readable(value) if name.lower() == b"cookie" else value) for name, value in scope.get("headers", [])
    ]
    return {**scope, "headers": headers}


async def actor_of(datasette, scope):
    """Who is asking, by the same plugins that Datasette asks."""
    request = Request(scope, None)
    found = None
    for answer in pm.hook.actor_from_request(datasette=datasette, request=request):
        answer = await await_me_maybe(answer)
        found = found or answer
    return found


def is_used(path):
    """Whether a page under /-/ is one of those that are kept; .json of it included."""
    return path.startswith(OPEN) or path.removesuffix(".json") in USED


def raw_path(scope):
    """The path as the router reads it: not decoded."""
    return (scope.get("raw_path") or scope["path"].encode("utf-8")).decode("latin-1").partition("?")[0]


async def destination(datasette, scope):
    """The path that this visitor gets: the one asked for, or one that says why not."""
    path = raw_path(scope)
    if path.startswith(OPEN):
        return path
    if datasette.site.internal and path != LOGIN:
        actor = await actor_of(datasette, scope)
        if not await datasette.permission_allowed(actor, "view-instance", default=False):
            return DENIED
    if OURS.fullmatch(path) or (datasette.site.internal and INTERNAL_OURS.fullmatch(path)):
        return path
    if path.startswith("/-/") and not (datasette.site.internal and is_used(path)):
        return MISSING
    if path.startswith("/_internal"):  # Datasette's notes about its databases
        return MISSING
    return path


def guarded(send):
    """`send` with the headers that every answer carries; no script reads the login cookie."""

    async def guarded_send(message):
        if message["type"] == "http.response.start":
            headers = [
                (name, value + b"; HttpOnly" if name.lower() == b"set-cookie" and b"ds_actor=" in value else value)
                for name, value in message.get("headers", [])
            ]
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in HEADERS if name not in present]
            message = {**message, "headers": headers}
        await send(message)

    return guarded_send


@hookimpl
def asgi_wrapper(datasette):
    """Put the gate before everything else."""

    def wrap(app):
        async def gate(scope, receive, send):
            if scope["type"] != "http":
                return await app(scope, receive, send)
            scope = with_readable_cookies(scope)
            asked, path = raw_path(scope), await destination(datasette, scope)
            if path != asked:
                # As a GET, so that no check of forms answers first, in English.
                scope = {**scope, "path": path, "raw_path": path.encode("ascii"), "method": "GET", "asked": asked}
            return await app(scope, receive, guarded(send))

        return gate

    return wrap


async def login_needed(request):
    """The page of whoever has not logged in."""
    raise Forbidden("login")


async def not_here(request):
    """The page of an address under /-/ that the site does not have."""
    raise NotFound("404")


async def log_in(request, datasette):
    """The login link. The browser that is logged in already just goes on to the front page."""
    if await datasette.permission_allowed(request.actor, "view-instance", default=False):
        return Response.redirect(datasette.urls.instance())
    if request.method != "GET":  # a mail program looking at the link must not use it up
        return Response.text("只能用浏览器打开。\n", status=405)
    if not (request.args.get("token") or "").isascii():
        raise Forbidden("Invalid token")
    if datasette.link_is_used():
        datasette._root_token = None
    response = await AuthTokenView(datasette).get(request)
    datasette.on_login()
    return response


@hookimpl
def register_routes(datasette):
    """The addresses to which the gate sends people."""
    return [(DENIED + "$", login_needed), (MISSING + "$", not_here), (LOGIN + "$", log_in)]
