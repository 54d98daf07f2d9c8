"""The command line: parses, calls one function, prints. What a command does stands in the module it calls.

Modules are imported inside the commands, so that `check` does not wait for what only `serve` needs.
"""

from __future__ import annotations

import difflib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from xianjie import __version__
from xianjie.cli_parts import AS_OF, PATH, Locations, printed, say, with_locations
from xianjie.exports import KINDS, Request
from xianjie.exports import export as write_export
from xianjie.package import PackageError


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--package", type=PATH, default=".", show_default="当前文件夹", help="含 datapackage.json 的文件夹。")
@click.option("--dist", type=PATH, default="dist", show_default=True, help="编译结果的文件夹。")
@click.version_option(__version__, prog_name="xianjie")
@click.pass_context
def cli(context: click.Context, package: Path, dist: Path) -> None:
    """衔接：校验、编译、审计、发布乡镇台账。不写命令就是 build。"""
    context.obj = Locations(package, dist)
    if context.invoked_subcommand is None:
        context.invoke(build)


@cli.command()
@AS_OF
@with_locations
@click.pass_obj
def build(
    where: Locations, as_of: str | None = None, own_package: Path | None = None, own_dist: Path | None = None
) -> None:
    """校验、编译、运行审计，写入 dist/。"""
    from xianjie.build import build as build_package
    from xianjie.progress import Progress

    package, dist = where.resolve(own_package, own_dist)
    with Progress() as progress:
        result = build_package(package, dist, as_of=as_of, progress=progress)
    if result.report is not None and result.report.exit_code:
        from xianjie.report import discreet, text

        say(text(result.report, discreet))
        say("台账有错误，没有编译；dist/ 里仍是上一次的结果。")
        sys.exit(result.report.exit_code)
    say(result.summary)
    sys.exit(1 if result.failed_audits else 0)


@cli.command()
@click.argument("files", nargs=-1, type=PATH)
@click.option("--ledger", help="台账名称（英文），文件名看不出来时用。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "html", "xlsx"]), default="text", show_default=True
)
@click.option("--out", type=PATH, help="写到文件，默认打印。")
@with_locations
@click.pass_obj
def check(
    where: Locations,
    files: tuple[Path, ...],
    ledger: str | None,
    form: str,
    out: Path | None,
    own_package: Path | None,
    own_dist: Path | None,
) -> None:
    """校验整个数据包；写了文件名就校验这些报送文件（CSV、XLSX、XLS）。"""
    from xianjie.check import check_files, check_package
    from xianjie.report import render

    if ledger and not files:
        # Alone it would look as if one ledger of the package were checked; all of them always are, for their keys.
        raise click.UsageError("--ledger 说明报送文件是哪本台账，后面要写文件名；校验整个数据包不用写 --ledger")
    package, _ = where.resolve(own_package, own_dist)
    report = check_files(package, list(files), ledger) if files else check_package(package, package.as_of)
    printed(render(report, form), out)
    if form == "github":
        say(report.verdict)  # GitHub reads every line of stdout for commands, people read the log
    sys.exit(report.exit_code)


@cli.command("import")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--ledger", help="台账名称（英文），文件名看不出来时用。")
@with_locations
@click.pass_obj
def import_(
    where: Locations, files: tuple[Path, ...], ledger: str | None, own_package: Path | None, own_dist: Path | None
) -> None:
    """把校验通过的报送文件登记进 csv/；有一个文件不通过，就什么也不写。"""
    from xianjie.importer import import_files
    from xianjie.report import render

    package, _ = where.resolve(own_package, own_dist)
    result = import_files(package, list(files), ledger)
    click.echo(render(result.report, "text"))
    for line in result.lines:
        click.echo(line)
    sys.exit(result.report.exit_code)


@cli.command()
@click.argument("names", nargs=-1)
@AS_OF
@click.option("--village", default="", help="村代码，默认全镇。")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "xlsx"]), default="table", show_default=True
)
@click.option("--out", type=PATH, help="写到文件，默认打印。")
@click.option("--new", metavar="名称", help="不运行，新建一项审计和它的用例，要写 --area。")
@click.option("--area", help="新建的审计属于哪个领域，如 assets。")
@with_locations
@click.pass_obj
def audit(
    where: Locations,
    names: tuple[str, ...],
    as_of: str | None,
    village: str,
    form: str,
    out: Path | None,
    new: str | None,
    area: str | None,
    own_package: Path | None,
    own_dist: Path | None,
) -> None:
    """运行审计，列出疑点；不写名称就全部运行。"""
    if new is not None or area is not None:
        from xianjie.scaffold import new_audit

        if names or not new or not area:
            raise click.UsageError("新建审计要同时写 --new 名称 和 --area 领域，不写别的名称")
        for path in new_audit(where.resolve(own_package, own_dist)[0], new, area):
            say(f"已写入 {path}")
        return
    from xianjie.audits import load_audits
    from xianjie.build import open_for_audit
    from xianjie.progress import Progress
    from xianjie.results import render
    from xianjie.run import run_audits

    package, dist = where.resolve(own_package, own_dist)
    audits = load_audits(package, names=names or None)
    chosen = [_one_of(name, audits, "审计") for name in names] or list(audits)
    with Progress() as progress:
        connection = open_for_audit(package, dist, progress=progress, notice=say)
    if village and not connection.execute("select 1 from villages where 村代码 = ?", [village]).fetchone():
        raise click.BadParameter(f"没有村代码“{village}”，见 csv/base/villages.csv")
    results = run_audits(connection, [audits[name] for name in chosen], as_of or package.as_of, village)
    printed(render(results, form), out)
    sys.exit(1 if any(result.status == "出错" for result in results) else 0)


def _one_of(name: str, known: dict[str, Any], kind: str) -> str:
    if name in known:
        return name
    near = difflib.get_close_matches(name, known, n=3)
    raise click.BadParameter(f"没有名为“{name}”的{kind}" + (f"，是不是 {'、'.join(near)}？" if near else ""))


@cli.command()
@click.option("--persons", type=click.IntRange(min=1), default=1200, show_default=True, help="人数。")
@click.option("--seed", type=int, default=20240720, show_default=True, help="随机种子；同一种子结果完全相同。")
@click.option("--out", type=PATH, required=True, help="写到哪个文件夹。")
@with_locations
@click.pass_obj
def demo(where: Locations, persons: int, seed: int, out: Path, own_package: Path | None, own_dist: Path | None) -> None:
    """生成一个虚构的乡镇数据包，并写明其中埋了哪些问题（truth.csv）。"""
    from xianjie.demo import generate
    from xianjie.progress import Progress

    package, _ = where.resolve(own_package, own_dist)
    with Progress() as progress:
        generate(package, persons, seed, out, progress)
    say(f"已写入 {out}")


@cli.command()
@click.argument("out", metavar="DIR", type=PATH)
@AS_OF
@with_locations
@click.pass_obj
def init(where: Locations, out: Path, as_of: str | None, own_package: Path | None, own_dist: Path | None) -> None:
    """给真实的乡镇建一个空的数据包：台账只有表头，标准只确认有文件依据的。"""
    from xianjie.township import init as make

    package, _ = where.resolve(own_package, own_dist)
    for line in make(package, out, as_of):
        say(line)


@cli.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("names", nargs=-1)
@click.option("--out", type=PATH, required=True, help="写到哪个文件；methods 写到一个文件夹。")
@with_locations
@click.pass_obj
def export(
    where: Locations,
    kind: str,
    names: tuple[str, ...],
    out: Path,
    own_package: Path | None,
    own_dist: Path | None,
) -> None:
    """导出整理好的文件。

    KIND：coverage 条款覆盖（XLSX），dictionary 数据字典（XLSX），methods 计算机审计方法（每项一份 XLSX 和 DOCX，一份
    CSV 目录），reconciliation 线上线下核对（XLSX 或 CSV）。NAMES：methods 后面可以写审计名称，reconciliation
    后面可以写村代码；不写就是全部。
    """
    package, dist = where.resolve(own_package, own_dist)
    say(write_export(kind, Request(package, dist, out, names, notice=say)))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8001, show_default=True, help="内部站点的端口。")
@click.option("--public-port", type=int, default=8002, show_default=True, help="公开站点的端口。")
@with_locations
@click.pass_context
def serve(
    context: click.Context, host: str, port: int, public_port: int, own_package: Path | None, own_dist: Path | None
) -> None:
    """需要时先编译，再启动内部站点和公开站点。"""
    from xianjie.build import is_stale
    from xianjie.serve import serve as serve_sites

    package, dist = context.obj.resolve(own_package, own_dist)
    if is_stale(package, dist):
        try:
            context.invoke(build, own_package=own_package, own_dist=own_dist)
        except SystemExit as stop:
            if stop.code and not (dist / "internal.db").exists():
                raise
            if stop.code:
                say("下面打开的是上一次编译的结果。")
    sys.exit(serve_sites(package, dist, host=host, port=port, public_port=public_port))


def main() -> None:
    """Run the command line; whatever goes wrong ends in one Chinese sentence and an exit code, never a traceback.

    A traceback could print a person's data, so it is shown only where XIANJIE_DEBUG is set.
    """
    try:
        code = cli.main(standalone_mode=False, prog_name="build.py")
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        say("已停止。")
        sys.exit(130)
    except click.UsageError as error:
        from xianjie.usage import sentence

        say(f"用法有误：{sentence(error)}\n用 python build.py --help 查看用法。")
        sys.exit(2)
    except Exception as error:
        if os.environ.get("XIANJIE_DEBUG"):
            traceback.print_exc()
        say(_sentence(error))
        sys.exit(2)


def _sentence(error: Exception) -> str:
    """Our own errors are sentences already; of any other only its kind and place may be shown."""
    if isinstance(error, PackageError) or type(error).__module__.startswith("xianjie."):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        from xianjie.files import reason

        return f"读写 {error.filename} 失败：{reason(error)}。"
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"程序出现没有预料到的错误：{type(error).__name__}（{Path(place.filename).name} 第{place.lineno}行）。"
        "设置环境变量 XIANJIE_DEBUG=1 再运行可以看到经过；经过里可能有个人信息，不要外传。"
    )
