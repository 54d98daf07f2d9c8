"""CSV as it leaves the site: every row, one snapshot, made for Excel.

Datasette cuts the CSV of a canned query at 1,000 rows and that of a table at one page, and writes an error that
comes up midway into a file that looks complete. Here the whole file is ready before its first byte is sent.
Values are written exactly as they are stored, also those that begin with = or @: see docs/deployment.md.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any
from urllib.parse import quote

from datasette.utils.asgi import Response

BOM = b"\xef\xbb\xbf"  # without it Excel reads UTF-8 as GBK
IN_MEMORY = 16 * 1024 * 1024
BATCH = 2000
CHUNK = 256 * 1024

_LIMIT = re.compile(r"\s+limit \d+(\s+offset \d+)?\s*$")
# Not allowed in the names of files on Windows, or in a header.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


def without_limit(sql: str) -> str:
    """Datasette's own query for a page of a table, without the page."""
    return _LIMIT.sub("", sql)


def _batches(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[tuple[bytes, int]]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)  # CRLF, which is what Excel writes itself
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow(value.hex() if isinstance(value, bytes) else value for value in row)
        count += 1
        if count % BATCH == 0:
            yield buffer.getvalue().encode("utf-8"), count
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8"), count


def spool(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> tuple[IO[bytes], int, int]:
    """Write the whole CSV to memory, or to an unnamed temporary file where it is large.

    Gives the file, rewound, its length in bytes and the number of rows. The caller closes it; any error passes
    through and leaves nothing behind.
    """
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by whoever sends it
    try:
        target.write(BOM)
        count = 0
        for data, count in _batches(columns, rows):  # noqa: B007 - the last count is the number of rows
            target.write(data)
        length = target.tell()
        target.seek(0)
        return target, length, count
    except BaseException:
        target.close()
        raise


def disposition(name: str) -> str:
    """Content-Disposition for a Chinese file name: RFC 5987, with an ASCII name for whatever does not know it."""
    safe = _UNSAFE.sub("_", name)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", safe).strip("_") or "export.csv"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


class CsvDownload:
    """A finished CSV as a response of Datasette's router."""

    def __init__(self, name: str, columns: Iterable[str], rows: Iterable[Iterable[object]], head: bool = False) -> None:
        self.file, self.length, self.count = spool(columns, rows)
        self.headers = {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": disposition(name),
            "content-length": str(self.length),
            "x-row-count": str(self.count),
            "cache-control": "no-store",
        }
        self.head = head

    # The router writes messages and cookies of its own into a response; a download has none.
    def set_cookie(self, *_args: Any, **_options: Any) -> None:
        return None

    async def asgi_send(self, send: Any) -> None:
        """Send the file in pieces and drop it, whether or not the browser waits for the end."""
        try:
            headers = [[name.encode("ascii"), value.encode("latin-1")] for name, value in self.headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while not self.head and (piece := self.file.read(CHUNK)):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self.file.close()


def refusal(sentence: str, status: int) -> Response:
    """Instead of a CSV: a sentence that no program takes for an empty table."""
    return Response.text(sentence + "\n", status=status, headers={"cache-control": "no-store"})
