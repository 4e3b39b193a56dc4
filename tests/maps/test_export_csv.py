"""The map as a table for spreadsheets: what somebody wrote is never a formula."""

import csv
import io

import pytest
from shapely import Point

from maps.files.export_data import ExportLayer, ExportRow, MapExportData
from maps.files.export_files import as_csv


@pytest.mark.parametrize(
    "name",
    ["=1+1", " =1+1", "\t=1+1", "\n@a", "\N{NO-BREAK SPACE}+1", "\N{FULLWIDTH EQUALS SIGN}1"],
)
def test_a_name_is_never_a_formula(name: str) -> None:
    row = ExportRow(Point(17.0, 61.3), {"name": name, "n": 7})
    data = MapExportData("Karta", {}, (ExportLayer("hotspots", "Hotspots", (row,)),), ())
    head, cells = list(csv.reader(io.StringIO(as_csv(data).decode("utf-8-sig"), newline="")))[:2]
    assert cells[head.index("name")] == f"'{name}"
    assert cells[head.index("n")] == "7"
