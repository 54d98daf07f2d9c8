"""Excel workbooks -> grids: .xlsx and .xlsm through openpyxl, .xls through xlrd."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

from xianjie.intake.grid import Grid, Raw, Trouble, day_cell, number_cell
from xianjie.intake.submission import IntakeError

_CONSTANT = re.compile(r'="([^"]*)"')  # ="1411…": a formula that is only a text


def _broken(name: str, error: Exception) -> IntakeError:
    return IntakeError(
        f"{name} 打不开，文件可能已经损坏或没有传完整（{type(error).__name__}）。"
        "请用 Excel 打开原文件，“另存为”新的 .xlsx 再提交。"
    )


def _encrypted(name: str) -> IntakeError:
    return IntakeError(f"{name} 设了打开密码，读不了。请在 Excel“文件—信息—保护工作簿”里取消密码，保存后再提交。")


def read_xlsx(name: str, data: bytes) -> list[Grid]:
    """Every worksheet, hidden ones included. Raises IntakeError for other zips and broken workbooks."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if not any(entry.startswith("xl/workbook") and entry.endswith(".xml") for entry in names):
                raise IntakeError(
                    f"{name} 不是 Excel 工作簿（可能是 Word 文档、压缩包或 .xlsb）。请另存为 .xlsx 再提交。"
                )
            sheets = [archive.read(entry) for entry in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry)]
        formulas = any(re.search(rb"<(?:\w+:)?f[ />]", sheet) for sheet in sheets)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on data validation and print areas
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            # Formulas are asked for only where there are any: a second load doubles the time.
            written = openpyxl.load_workbook(io.BytesIO(data)) if formulas else None
            return [
                _sheet(sheet, written[sheet.title] if written else None, book.epoch.year == 1904)
                for sheet in book.worksheets
            ]
    except IntakeError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers raise on a broken file
        raise _broken(name, error) from None


def _cell(cell: Any, formula: Any) -> Raw:
    value, kind = cell.value, cell.data_type
    if kind == "e":
        return Trouble("excel-error", str(value))
    if value is None:
        if formula is None or kind in ("str", "s"):  # a cached empty text is a value: =IF(A1="","",A1)
            return ""
        text = str(getattr(formula, "text", formula) or "=")
        constant = _CONSTANT.fullmatch(text)
        return constant.group(1) if constant else Trouble("formula-without-value", text)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_cell(value, cell.number_format)
    if isinstance(value, str):
        return value
    return day_cell(value, cell.number_format)


def _sheet(sheet: Any, written: Any, date1904: bool) -> Grid:
    rows: list[list[Raw]] = []
    # _cells holds the cells that exist; iterating over ranges would create the million that a format touches.
    formulas = {key: cell.value for key, cell in written._cells.items() if cell.data_type == "f"} if written else {}
    for key in sorted(sheet._cells):
        raw = _cell(sheet._cells[key], formulas.get(key))
        if raw == "":
            continue
        row, column = key
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([""] * (column - len(cells)))
        cells[column - 1] = raw
    hidden_columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            hidden_columns.update(range(dimension.min, min(dimension.max, dimension.min + 1000) + 1))
    return Grid(
        sheet.title,
        rows,
        merged=sorted((r.min_row, r.max_row, r.min_col, r.max_col) for r in sheet.merged_cells.ranges),
        hidden=sheet.sheet_state != "visible",
        hidden_rows={number for number, dimension in sheet.row_dimensions.items() if dimension.hidden},
        hidden_columns=hidden_columns,
        date1904=date1904,
    )


def read_xls(name: str, data: bytes, suffix: str) -> list[Grid]:
    """Every worksheet of an old workbook. Raises IntakeError for encrypted, broken and other OLE files."""
    import xlrd

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted(name)
    if suffix in {".doc", ".ppt", ".wps", ".msg"}:
        raise IntakeError(f"{name} 不是表格文件（{suffix}）。请把里面的表另存为 .xlsx 再提交。")
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return [_xls_sheet(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        raise _encrypted(name) if "encrypted" in str(error).lower() else _broken(name, error) from None
    except Exception as error:  # xlrd raises whatever its parsers raise on a broken file
        raise _broken(name, error) from None


def _xls_cell(book: Any, cell: Any) -> Raw:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Trouble("excel-error", xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return day_cell(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), number_format)
        except (ValueError, OverflowError):
            return Trouble("excel-error", "#VALUE!")
    return number_cell(cell.value, number_format)


def _xls_sheet(book: Any, sheet: Any) -> Grid:
    rows = [[_xls_cell(book, cell) for cell in sheet.row(index)] for index in range(sheet.nrows)]
    return Grid(
        sheet.name,
        rows,
        merged=sorted((top + 1, bottom, left + 1, right) for top, bottom, left, right in sheet.merged_cells),
        hidden=sheet.visibility != 0,
        hidden_rows={number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={number + 1 for number, info in sheet.colinfo_map.items() if info.hidden},
        date1904=book.datemode == 1,
    )
