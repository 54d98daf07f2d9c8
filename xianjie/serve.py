"""`serve`: the internal and the public site, each a process of its own, started and stopped together.

Two processes, because in one of them every arrangement of permissions leaked when it was tried.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection as waiting
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from types import FrameType

import uvicorn

from xianjie.audits import AuditError
from xianjie.files import reason
from xianjie.package import Package, PackageError, load_package
from xianjie.site import SiteError, check_files, open_site

__all__ = ["ServeError", "serve"]

NAMES = {"internal": "内部站点", "public": "公开站点"}
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # where one listens -> where a browser on this computer finds it
SPAWN = multiprocessing.get_context("spawn")  # the same on every system; a fork would share open databases
WATCH_SECONDS = 1.0
PATIENCE_SECONDS = 60  # for a slow office computer to start both
STOPPING_SECONDS = 5
BACKLOG = 128  # who comes before a site listens, waits
LOG_LEVEL = "warning"


class ServeError(SiteError):
    """The sites cannot be started: one Chinese sentence."""


@dataclass(frozen=True)
class Opening:
    """What the process of one site needs to open it."""

    kind: str
    root: Path
    dist: Path
    listener: socket.socket  # the port, held by the command itself: nobody is refused while processes come and go
    secret: str  # signs the login cookies: the same after a new build, so that nobody has to log in again
    token: str | None  # what the login link carries


def serve(
    package: Package,
    dist: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    public_port: int = 8002,
    open_browser: bool = False,
) -> int:
    """Serve dist/internal.db and dist/public.db until Ctrl-C, or until one of the sites ends; prints the addresses.

    The login link is printed once, on stdout. When a new build has been put into `dist`, the sites are opened anew on
    it. Gives the exit code: 0 after Ctrl-C, else that of the site that ended. Raises ServeError or SiteError (a
    Chinese sentence) when a port is taken, a file is missing, or a site does not come up.
    """
    for kind in NAMES:
        check_files(dist, kind)
    token = secrets.token_hex(32)
    listeners = listen(host, port, public_port)
    openings = [
        Opening("internal", package.root, dist, listeners[0], secrets.token_hex(32), token),
        Opening("public", package.root, dist, listeners[1], secrets.token_hex(32), None),
    ]
    link = f"http://{shown(host)}:{port}/-/auth-token?token={token}"
    used = SPAWN.Event()
    processes: list[SpawnProcess] = []
    with stopped_by_signals():
        try:
            build = build_state(dist)
            start(openings, processes, used)
            print(f"内部站点（只限办公室内部使用）  登录链接，只能用一次：\n  {link}")
            print(f"公开站点：\n  http://{shown(host)}:{public_port}/")
            print("按 Ctrl-C 停止。", flush=True)
            if open_browser:
                webbrowser.open(link)
            while (gone := watch(processes, dist, build)) is None:
                print("台账已重新编译，站点换成新的数据。", file=sys.stderr, flush=True)
                build = build_state(dist)
                # The old ones go on answering until the new ones listen on the same ports.
                old = list(processes)
                start(openings, processes, used)
                stop(old)
                processes[:] = processes[len(openings) :]
            return ended(gone)
        except KeyboardInterrupt:
            print("正在停止……", file=sys.stderr, flush=True)
            return 0
        finally:
            stop(processes)
            for listener in listeners:
                listener.close()


def start(openings: list[Opening], processes: list[SpawnProcess], used: Event) -> None:
    """Start a process for each site, into the list, and wait until all of them listen; ServeError if one does not."""
    ready = [SPAWN.Event() for _ in openings]
    before = len(processes)
    for opening, event in zip(openings, ready, strict=True):
        process = SPAWN.Process(target=run_site, args=(opening, event, used), name=NAMES[opening.kind], daemon=True)
        processes.append(process)
        with deaf_to_ctrl_c():
            process.start()
    for process, event in zip(processes[before:], ready, strict=True):
        for _ in range(PATIENCE_SECONDS * 10):
            if event.wait(0.1):
                break
            dead = [other.name for other in processes if not other.is_alive()]
            if dead:
                raise ServeError(f"{dead[0]}没有启动成功，原因见上面的输出。")
        else:
            raise ServeError(f"{process.name}在 {PATIENCE_SECONDS} 秒内没有启动成功。")


def build_state(dist: Path) -> tuple[object, ...]:
    """Something that is different after every build; None stands in it where a file is missing."""
    paths = [dist / f"{kind}{ending}" for kind in NAMES for ending in (".db", "-metadata.yml")]
    found = [path.stat() if path.is_file() else None for path in [*paths, dist / "build.json"]]
    return tuple(stat and (stat.st_mtime_ns, stat.st_size, stat.st_ino) for stat in found)


def watch(processes: list[SpawnProcess], dist: Path, build: tuple[object, ...]) -> SpawnProcess | None:
    """Wait; the process that has ended, or None when another, complete build stands in `dist`."""
    before = build
    while True:
        gone = waiting.wait([process.sentinel for process in processes], timeout=WATCH_SECONDS)
        if gone:
            return next(process for process in processes if process.sentinel in gone)
        now = build_state(dist)
        complete = None not in now[:4] and (now[4] is not None or build[4] is None)
        if now != build and now == before and complete:  # the same twice: nobody is still writing
            return None
        before = now


def shown(host: str) -> str:
    """The host in an address for the browser."""
    return ANYWHERE.get(host, f"[{host}]" if ":" in host else host)


def listen(host: str, port: int, public_port: int) -> list[socket.socket]:
    """Listen on both ports; raise ServeError with a sentence where one cannot be listened on."""
    if port == public_port:
        raise ServeError(f"内部站点和公开站点不能用同一个端口（{port}）。请用 --port 和 --public-port 指定两个。")
    listeners: list[socket.socket] = []
    try:
        for option, number in (("--port", port), ("--public-port", public_port)):
            listeners.append(_listener(host, number, option))
    except ServeError:
        for listener in listeners:
            listener.close()
        raise
    return listeners


def _listener(host: str, number: int, option: str) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a port that was only just left is free
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, number))
        listener.listen(BACKLOG)
        return listener
    except BaseException as error:
        listener.close()
        if isinstance(error, OverflowError):
            raise ServeError(f"端口 {number} 不对，请用 {option} 指定 1 到 65535 之间的端口。") from None
        if isinstance(error, socket.gaierror):
            raise ServeError(f"--host 写的“{host}”不是本机的地址。") from None
        if isinstance(error, OSError):
            raise ServeError(_refused(error, host, number, option)) from None
        raise


def _refused(error: OSError, host: str, number: int, option: str) -> str:
    if error.errno == errno.EACCES and os.name != "nt":
        return f"没有权限使用端口 {number}，请用 {option} 换一个 1024 以上的端口。"
    if error.errno in (errno.EADDRINUSE, errno.EACCES):  # Windows says EACCES of a port that is taken
        return f"端口 {number} 已被占用，可能站点已经在运行。请先停止它，或用 {option} 换一个端口。"
    return f"不能在 {host} 的端口 {number} 上启动站点（{reason(error)}）。"


class _Server(uvicorn.Server):
    """A uvicorn that says when it listens, and stops when the process that started it is gone."""

    def __init__(self, config: uvicorn.Config, ready: Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready.set()

    def watch_parent(self) -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            waiting.wait([parent.sentinel])
            self.should_exit = True


def run_site(opening: Opening, ready: Event, used: Event) -> None:
    """One site, in its own process; sets `ready` when it listens and `used` when the login link has been used."""
    try:
        _run_site(opening, ready, used)
    except KeyboardInterrupt:  # Ctrl-C reaches both processes; the parent says so
        return


def _run_site(opening: Opening, ready: Event, used: Event) -> None:
    name = NAMES[opening.kind]
    try:
        site = open_site(load_package(opening.root), opening.dist, opening.kind, opening.secret)
    except (SiteError, AuditError, PackageError) as error:
        print(f"{name}：{error}", file=sys.stderr)
        sys.exit(2)
    site._root_token, site.on_login, site.link_is_used = opening.token, used.set, used.is_set
    # No access log: it would hold every 身份证号 that somebody has searched for.
    config = uvicorn.Config(site.app(), access_log=False, log_level=LOG_LEVEL, lifespan="on", backlog=BACKLOG)
    server = _Server(config, ready)
    threading.Thread(target=server.watch_parent, daemon=True).start()
    server.run(sockets=[opening.listener])
    if not server.started:
        sys.exit(1)


def ended(process: SpawnProcess) -> int:
    """Say that this site has ended by itself; its exit code, never 0."""
    process.join()
    code = process.exitcode or 1
    print(f"{process.name}意外停止（退出码 {code}），另一个站点也随之停止。", file=sys.stderr, flush=True)
    # A process killed by a signal has a negative code; shells add 128 to its number.
    return 128 - code if code < 0 else code


def stop(processes: list[SpawnProcess]) -> None:
    """End what is still running, politely first, and empty the list."""
    running = [process for process in processes if process.pid is not None]
    for process in running:
        process.terminate()
    for process in running:
        process.join(STOPPING_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
    processes.clear()


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started in here ignore Ctrl-C until uvicorn takes it over.

    Ctrl-C in a terminal reaches them as well, and while they are still importing it would end in a traceback each;
    this process stops them anyway.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Treat SIGTERM (a service being stopped) and, on Windows, Ctrl-Break like Ctrl-C."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    in_main_thread = threading.current_thread() is threading.main_thread()
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names if in_main_thread}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
