"""`serve`: two processes, one link, a clean end."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
import site_children

import xianjie.serve as serve_module
from xianjie.serve import ServeError, listen, serve, shown

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(command, folder):
    """A Python process that serves: (process, internal port, public port, what it has printed)."""
    ports = [str(free_port()), str(free_port())]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if os.name == "nt" else {}
    process = subprocess.Popen(
        [sys.executable, *map(str, command(*ports))],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )
    printed = []
    try:
        for line in process.stdout:
            printed.append(line)
            if "Ctrl-C" in line:
                break
        else:
            pytest.fail("没有启动：" + "".join(printed) + process.stderr.read())
        yield process, *map(int, ports), "".join(printed)
    finally:
        process.kill()
        process.communicate()


def running(package, dist):
    """The real command, `build.py serve`."""

    def command(port, public_port):
        cli = "from xianjie.cli import main; main()"
        where = ["--package", package.root, "--dist", dist]
        return ["-c", cli, *where, "serve", "--port", port, "--public-port", public_port]

    return started(command, package.root)


def interrupt(process):
    process.send_signal(signal.CTRL_BREAK_EVENT if os.name == "nt" else signal.SIGINT)


def is_up(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until_down(*ports):
    for _ in range(200):
        if not any(map(is_up, ports)):
            return True
        time.sleep(0.1)
    return False


def test_both_sites_start_and_ctrl_c_stops_them(demo):
    with running(demo, demo.root / "dist") as (process, port, public_port, printed):
        assert printed.count("token=") == 1
        link = re.search(r"http://\S+token=\S+", printed)[0]
        assert link.startswith(f"http://127.0.0.1:{port}/-/auth-token?token=")
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 403
        assert httpx.get(f"http://127.0.0.1:{public_port}/").status_code == 200
        with httpx.Client() as browser:
            assert browser.get(link, follow_redirects=True).status_code == 200
            secret = browser.get(f"http://127.0.0.1:{port}/internal/persons?身份证号=141199196003071221")
            assert secret.status_code == 200
        assert httpx.get(link).status_code == 403
        interrupt(process)
        assert process.wait(20) == 0
        assert wait_until_down(port, public_port)
        # No access log: nothing that anybody looked for is written anywhere.
        assert "141199" not in process.stdout.read() + process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="Windows 上不继承")
def test_ctrl_c_while_they_import_is_no_traceback_of_theirs(demo, monkeypatch):
    """They begin deaf to it: only the command itself answers."""
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(serve_module, "run_site", site_children.ends_with_4_where_ctrl_c_is_ignored)
    assert serve(demo, demo.root / "dist", port=free_port(), public_port=free_port()) == 4
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("dying", ["internal", "public"])
def test_when_one_site_dies_the_other_stops_with_its_exit_code(demo, monkeypatch, capfd, dying):
    monkeypatch.setattr(serve_module, "run_site", getattr(site_children, f"{dying}_dies"))
    assert serve(demo, demo.root / "dist", port=free_port(), public_port=free_port()) == 3
    assert multiprocessing.active_children() == []
    assert f"{serve_module.NAMES[dying]}意外停止（退出码 3）" in capfd.readouterr().err


def test_when_one_site_does_not_start_it_is_said(demo, monkeypatch):
    monkeypatch.setattr(serve_module, "run_site", site_children.public_never_starts)
    with pytest.raises(ServeError, match="公开站点没有启动成功"):
        serve(demo, demo.root / "dist", port=free_port(), public_port=free_port())
    assert multiprocessing.active_children() == []


def test_a_broken_audit_is_a_sentence(copied, capfd):
    (copied.root / "audits" / "duty" / "problem_overdue.sql").write_text("select 1", encoding="utf-8")
    with pytest.raises(ServeError, match="内部站点没有启动成功"):
        serve(copied, copied.root / "dist", port=free_port(), public_port=free_port())
    assert "problem_overdue.sql" in capfd.readouterr().err


def test_a_new_build_is_shown_and_nobody_has_to_log_in_again(copied):
    dist = copied.root / "dist"
    (dist / "build.json").write_text("{}", encoding="utf-8")
    script = Path(site_children.__file__).with_name("serve_only.py")
    with started(lambda *ports: [script, copied.root, dist, *ports], copied.root) as (_, port, _, printed):
        link = re.search(r"http://\S+token=\S+", printed)[0]
        with httpx.Client() as browser:
            browser.get(link)
            address = f"http://127.0.0.1:{port}/internal/villages.json?_shape=array"
            assert len(browser.get(address).json()) == 22
            shutil.copyfile(dist / "internal.db", dist / "next.db")
            with sqlite3.connect(dist / "next.db") as connection:
                connection.execute("update villages set 别名 = '新编译的'")
            connection.close()
            os.replace(dist / "next.db", dist / "internal.db")
            for _ in range(300):
                assert is_up(port)  # nobody is refused meanwhile
                with suppress(httpx.ReadError, httpx.RemoteProtocolError):  # a connection kept from the old process
                    if browser.get(address).json()[0]["别名"] == "新编译的":
                        break
                time.sleep(0.1)
            else:
                pytest.fail("新的编译结果没有换上")
            assert httpx.get(link).status_code == 403  # used before, and still used


def test_when_the_parent_is_killed_the_sites_stop(demo):
    with running(demo, demo.root / "dist") as (process, port, public_port, _):
        process.kill()
        process.wait()
        assert wait_until_down(port, public_port)


def test_a_service_manager_can_stop_it(demo):
    with running(demo, demo.root / "dist") as (process, port, public_port, _):
        process.terminate()
        process.wait(20)
        assert wait_until_down(port, public_port)


def test_a_taken_port_is_a_sentence(demo):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"端口 {port} 已被占用.*--public-port"):
            serve(demo, demo.root / "dist", port=free_port(), public_port=port)


@pytest.mark.parametrize(
    ("ports", "host", "sentence"),
    [
        ((8001, 8001), "127.0.0.1", "不能用同一个端口"),
        ((70000, 8002), "127.0.0.1", "端口 70000 不对"),
        ((-1, 8002), "127.0.0.1", "端口 -1 不对"),
        ((0, 8002), "no-such-host.invalid", "不是本机的地址"),
    ],
)
def test_impossible_addresses(ports, host, sentence):
    with pytest.raises(ServeError, match=sentence):
        listen(host, *ports)


def test_hosts_in_links():
    assert [shown(host) for host in ("127.0.0.1", "0.0.0.0", "::", "::1")] == [
        "127.0.0.1",
        "127.0.0.1",
        "[::1]",
        "[::1]",
    ]
