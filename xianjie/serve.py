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
from contextlib import contextmanager
from multiprocessing import connection as waiting
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from xianjie.package import Package, load_package
from xianjie.site import SiteError, open_site

__all__ = ["ServeError", "serve"]

NAMES = {"internal": "内部站点", "public": "公开站点"}
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # where one listens -> where a browser on this computer finds it
PATIENCE_SECONDS = 60  # for a slow office computer to start both
STOPPING_SECONDS = 5
LOG_LEVEL = "warning"


class ServeError(SiteError):
    """The sites cannot be started: one Chinese sentence."""


def serve(
    package: Package,
    dist: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    public_port: int = 8002,
    open_browser: bool = False,
) -> int:
    """Serve dist/internal.db and dist/public.db until Ctrl-C, or until one of the sites ends; prints the addresses.

    The login link is printed once, on stdout. Gives the exit code: 0 after Ctrl-C, else that of the site that ended.
    Raises ServeError or SiteError before anything is started, or when a site does not come up.
    """
    check_ports(host, port, public_port)
    for kind in NAMES:  # a missing file or a broken audit is said here, not by a dying child
        open_site(package, dist, kind)
    token = secrets.token_hex(32)
    spawn = multiprocessing.get_context("spawn")
    ready = {kind: spawn.Event() for kind in NAMES}
    processes = {
        kind: spawn.Process(
            target=run_site,
            args=(kind, package.root, dist, host, number, token if kind == "internal" else None, ready[kind]),
            name=NAMES[kind],
            daemon=True,
        )
        for kind, number in (("internal", port), ("public", public_port))
    }
    with stopped_by_signals():
        try:
            for process in processes.values():
                process.start()
            wait_until_ready(processes, ready)
            link = f"http://{shown(host)}:{port}/-/auth-token?token={token}"
            print(f"内部站点（只限办公室内部使用）  登录链接，只能用一次：\n  {link}")
            print(f"公开站点：\n  http://{shown(host)}:{public_port}/")
            print("按 Ctrl-C 停止。", flush=True)
            if open_browser:
                webbrowser.open(link)
            waiting.wait([process.sentinel for process in processes.values()])
            return ended(processes)
        except KeyboardInterrupt:
            print("正在停止……", file=sys.stderr, flush=True)
            return 0
        finally:
            stop(processes)


def shown(host: str) -> str:
    """The host in an address for the browser."""
    return ANYWHERE.get(host, f"[{host}]" if ":" in host else host)


def check_ports(host: str, port: int, public_port: int) -> None:
    """Raise ServeError with a sentence where a port cannot be listened on."""
    if port == public_port:
        raise ServeError(f"内部站点和公开站点不能用同一个端口（{port}）。请用 --port 和 --public-port 指定两个。")
    for option, number in (("--port", port), ("--public-port", public_port)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:  # as uvicorn does: a port that was only just left is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, number))
            except OverflowError:
                raise ServeError(f"端口 {number} 不对，请用 {option} 指定 1 到 65535 之间的端口。") from None
            except socket.gaierror:
                raise ServeError(f"--host 写的“{host}”不是本机的地址。") from None
            except OSError as error:
                if error.errno == errno.EACCES and os.name != "nt":
                    raise ServeError(f"没有权限使用端口 {number}，请用 {option} 换一个 1024 以上的端口。") from None
                if error.errno in (errno.EADDRINUSE, errno.EACCES):  # Windows says EACCES of a port that is taken
                    raise ServeError(
                        f"端口 {number} 已被占用，可能站点已经在运行。请先停止它，或用 {option} 换一个端口。"
                    ) from None
                raise ServeError(f"不能在 {host} 的端口 {number} 上启动站点：{error.strerror}。") from None


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


def run_site(kind: str, root: Path, dist: Path, host: str, port: int, token: str | None, ready: Event) -> None:
    """One site, in its own process; `token` is what its login link carries."""
    site = open_site(load_package(root), dist, kind)
    site._root_token = token
    # No access log: it would hold every 身份证号 that somebody has searched for.
    config = uvicorn.Config(site.app(), host=host, port=port, access_log=False, log_level=LOG_LEVEL, lifespan="on")
    server = _Server(config, ready)
    threading.Thread(target=server.watch_parent, daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:  # Ctrl-C reaches both processes; the parent says so
        return
    if not server.started:
        sys.exit(1)


def wait_until_ready(processes: dict[str, SpawnProcess], ready: dict[str, Event]) -> None:
    """Return when both sites listen; raise ServeError when one does not get so far."""
    for kind, event in ready.items():
        for _ in range(PATIENCE_SECONDS * 10):
            if event.wait(0.1):
                break
            if any(not process.is_alive() for process in processes.values()):
                raise ServeError(f"{NAMES[kind]}没有启动成功，原因见上面的输出。")
        else:
            raise ServeError(f"{NAMES[kind]}在 {PATIENCE_SECONDS} 秒内没有启动成功。")


def ended(processes: dict[str, SpawnProcess]) -> int:
    """Say which site has ended by itself; its exit code, never 0."""
    for process in processes.values():
        if process.exitcode is not None:
            print(f"{process.name}意外停止（退出码 {process.exitcode}），另一个站点也随之停止。", file=sys.stderr)
            # A process killed by a signal has a negative code; shells add 128 to its number.
            return 128 - process.exitcode if process.exitcode < 0 else process.exitcode or 1
    return 1


def stop(processes: dict[str, Any]) -> None:
    """End what is still running, politely first."""
    running = [process for process in processes.values() if process.pid is not None]
    for process in running:
        process.terminate()
    for process in running:
        process.join(STOPPING_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()


@contextmanager
def stopped_by_signals() -> Any:
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
