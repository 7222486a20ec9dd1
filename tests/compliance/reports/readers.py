"""Reads reports of every format back to lists of rows, with nothing but the standard library."""
import csv
import html.parser
import json
import re
import xml.etree.ElementTree as xml
import zipfile
from decimal import Decimal

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def read_jsonl(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [json.loads(line, parse_float=Decimal) for line in file.read().split("\n") if line]


class _Tables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.cell, self.tags = [], None, set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][-1].append(self.cell)
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def read_html(path):
    """Rows of the table of the report, and every tag of the page."""
    parser = _Tables()
    with open(path, encoding="utf-8") as file:
        parser.feed(file.read())
    rows = parser.tables[1]
    return [dict(zip(rows[0], row)) for row in rows[1:]], parser.tags


def read_xlsx(path):
    """name of a sheet -> rows of cells as text"""
    sheets = {}
    with zipfile.ZipFile(path) as book:
        workbook = xml.fromstring(book.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in workbook.iter(SHEET + "sheet")]
        for number, name in enumerate(names, 1):
            root = xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            rows = []
            for row in root.iter(SHEET + "row"):
                cells = {}
                for cell in row.iter(SHEET + "c"):
                    column = 0
                    for letter in re.match("[A-Z]+", cell.get("r")).group():
                        column = column * 26 + ord(letter) - 64
                    parts = (part for part in cell.iter() if part.tag in (SHEET + "v", SHEET + "t"))
                    text = "".join(part.text or "" for part in parts)
                    if cell.find(SHEET + "f") is not None:
                        raise AssertionError(f"{path}: a formula in {cell.get('r')}")
                    cells[column - 1] = text
                rows.append([cells.get(at, "") for at in range(max(cells, default=-1) + 1)])
            sheets[name] = rows
    return sheets
