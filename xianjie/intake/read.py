"""Any file that a clerk sends -> grids. Nothing is interpreted here, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from xianjie.files import reason
from xianjie.intake import workbooks
from xianjie.intake.delimited import read_text
from xianjie.intake.grid import Grid
from xianjie.intake.submission import IntakeError

_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta")


def read_grids(path: Path) -> list[Grid]:
    """Every table in a file: one for CSV, one per sheet for a workbook, empty ones included.

    Raises IntakeError with a Chinese sentence where the file cannot be read.
    """
    name = path.name
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise IntakeError(f"{name} 是文件夹，不是文件。请给出里面的 CSV 或 Excel 文件。") from None
    except FileNotFoundError:
        raise IntakeError(f"找不到文件 {path}。请检查路径和文件名。") from None
    except OSError as error:
        raise IntakeError(f"{name} 打不开（{reason(error)}）。如果正在 Excel 里打开，请先关闭。") from None
    suffix = path.suffix.lower()
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise IntakeError(f"{name} 是空文件，里面什么也没有。请重新导出后再提交。")
    if suffix == ".et":
        raise IntakeError(f"{name} 是 WPS 表格专用格式（.et），读不了。请在 WPS 里“另存为”Excel 文件（.xlsx）再提交。")
    # The content decides, not the suffix: systems export HTML, text and .xlsx under the name .xls.
    if data.startswith(b"PK"):
        return workbooks.read_xlsx(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return workbooks.read_xls(name, data, suffix)
    if data.startswith(b"%PDF") or suffix == ".pdf":
        raise IntakeError(f"{name} 是 PDF，读不了里面的表。请提交原来的 Excel 或 CSV 文件。")
    if (
        data[:512]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta"))
    ):
        raise IntakeError(f"{name} 其实是网页或 XML，不是表格文件。请用 Excel 打开，“另存为”.xlsx 再提交。")
    if suffix in {".xlsx", ".xlsm"}:
        raise IntakeError(
            f"{name} 的扩展名是 {suffix}，里面却不是 Excel 工作簿，多半是别的文件改了名。"
            "本来是 CSV 的请把扩展名改回 .csv；不是的请用 Excel 打开原来的文件，“另存为”.xlsx 再提交。"
        )
    if suffix not in {".csv", ".txt", ".tsv", ".tab", ".xls", ""}:
        raise IntakeError(f"{name} 不是能读的格式（{suffix}）。请提交 .xlsx、.xls 或 .csv 文件。")
    return [read_text(name, data)]
