"""click's complaints about the command line, in Chinese: click itself words them in English."""

from __future__ import annotations

import re

import click


def sentence(error: click.UsageError) -> str:
    """What is wrong with the command as it was typed: one sentence."""
    text = _complaint(error)
    return text if text.endswith(("。", "？")) else f"{text}。"


def _complaint(error: click.UsageError) -> str:
    """The sentence without its full stop.

    Our own complaints are Chinese already. Of click's only the class, the parameter and what was typed are used.
    """
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error)}"
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项{_nearest(error)}"
    if isinstance(error, click.BadOptionUsage):
        # One complaint is of a value that is missing, the other of one that is not wanted.
        wanted = "requires" in error.message
        return f"选项 {error.option_name} " + ("后面要写一个值" if wanted else "后面不写值")
    text = str(error.message)
    if isinstance(error, click.BadParameter):
        return text if _is_chinese(text) else f"{_name(error)} 填得不对：{_expected(error.param, text)}"
    if _is_chinese(text):
        return text
    return _other(error, text)


def _is_chinese(text: str) -> bool:
    """Whether a complaint is ours: what was typed, in quotation marks, may be Chinese in click's too."""
    return bool(re.search("[\\u4e00-\\u9fff]", re.sub("'[^']*'|\\([^)]*\\)", "", text)))


def _name(error: click.BadParameter) -> str:
    """The option or argument that a complaint is about."""
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return f"选项 {'/'.join(error.param.opts)}"
    return {"files": "文件名", "names": "审计名称"}.get(
        error.param.name or "", f"参数 {error.param.human_readable_name}"
    )


def _nearest(error: click.UsageError) -> str:
    near = getattr(error, "possibilities", None)
    return f"，是不是 {'、'.join(near)}？" if near else ""


def _expected(param: click.Parameter | None, text: str) -> str:
    """What may be written for a parameter."""
    typed = re.match("'(.*)' is |(.*) is not in the range", text)
    written = f"填的是“{typed.group(1) or typed.group(2) or ''}”，" if typed else ""
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return f"{written}只能填 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange) and kind.min is not None:
        return f"{written}要填不小于 {kind.min} 的整数"
    if isinstance(kind, (click.types.IntParamType, click.IntRange)):
        return f"{written}要填整数"
    return f"{written}这样填不行"


def _other(error: click.UsageError, text: str) -> str:
    """A command that does not exist (before click 8.4 without a class of its own), or words too many."""
    command = getattr(error, "command_name", None) or (
        typed.group(1) if (typed := re.match("No such command '(.*)'", text)) else None
    )
    if command:
        return f"没有 {command} 这个命令{_nearest(error)}"
    extra = re.search(r"\((.+)\)$", text.rstrip("."))
    return f"多写了 {extra.group(1)}，这个命令不要它" if extra else "命令的写法不对"
