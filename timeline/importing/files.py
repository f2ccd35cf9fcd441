"""Files → rows with their line: UTF-8 text as CSV or JSON. Knows nothing of what they mean."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline.exporting import bare
from timeline.importing.problems import ImportRefused, Problem

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file: its cells by the name of their column, as they were written."""

    file: str
    line: int
    cells: dict[str, Json]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark. Raises ImportRefused."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, "", f"cannot be read: {error.strerror}") from error
    return decoded(path, content)


def decoded(path: Path, content: bytes) -> str:
    """Raises ImportRefused for what is no UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = "is not UTF-8 text. In a spreadsheet: save as “CSV UTF-8”"
        raise _refused(path, f"line {line}", reason) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(path, f"line {line}", "holds a NUL: this is no text file, or a broken one")
    return text


def read_rows(path: Path, text: str) -> list[Row]:
    """The records of a file, CSV unless its name ends in .json. Raises ImportRefused."""
    return list(iter_rows(path, text))


def iter_rows(path: Path, text: str) -> Iterator[Row]:
    """The same, one at a time; what is amiss with a record is raised when it is reached."""
    return _json_rows(path, text) if path.suffix.lower() == ".json" else _csv_rows(path, text)


def read_json(path: Path, text: str) -> Json:
    """Raises ImportRefused for what is not JSON."""
    try:
        value: Json = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise _not_json(path, error) from error
    return value


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(path, header)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _csv_row(path, line, header, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(path, f"line {reader.line_num}", f"is not CSV: {error}") from error


def _check_header(path: Path, header: list[str]) -> None:
    if not any(header):
        raise _refused(path, "line 1", "is empty; the first line names the columns")
    if len(header) == 1 and ";" in header[0]:
        raise _refused(path, "line 1", "cells are parted by semicolons; save it with commas")
    for name in sorted({name for name in header if header.count(name) > 1}):
        raise _refused(path, "line 1", f"the column “{name}” is there twice")


def _csv_row(path: Path, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        reason = f"has {len(cells)} cells and not {len(header)}; put cells with commas in quotes"
        raise _refused(path, f"line {line}", reason)
    return Row(path.name, line, dict(zip(header, map(bare, cells), strict=True)))


def _json_rows(path: Path, text: str) -> Iterator[Row]:
    entries = read_json(path, text)
    if not isinstance(entries, list):
        raise _refused(path, "", "holds no list of statements")
    for line, entry in zip(_lines_of_entries(text), entries, strict=True):
        if not isinstance(entry, dict):
            raise _refused(path, f"line {line}", "this entry is no object with named values")
        yield Row(path.name, line, entry)


def _lines_of_entries(text: str) -> Iterator[int]:
    """The line on which each entry of a JSON list begins; `text` is known to be one."""
    seen, line = 0, 1
    here = _after_space(text, _after_space(text, 0) + 1)
    while text[here] != "]":
        line += text.count("\n", seen, here)
        seen = here
        yield line
        _, end = _DECODER.raw_decode(text, here)
        comma = _after_space(text, end)
        here = _after_space(text, comma + 1) if text[comma] == "," else comma


def _after_space(text: str, start: int) -> int:
    while text[start : start + 1] in set(" \t\r\n"):
        start += 1
    return start


def _not_json(path: Path, error: Exception) -> ImportRefused:
    if isinstance(error, json.JSONDecodeError):
        return _refused(path, f"line {error.lineno}", f"is not JSON: {error.msg}")
    return _refused(path, "", f"is not JSON that can be read: {error}")


def _refused(path: Path, where: str, reason: str) -> ImportRefused:
    return ImportRefused([Problem(path.name, where, reason)])
