"""Writes workbook.xlsx: python3 workbook.py workbook.xlsx (openpyxl 3.1). It stores no results of formulas, as programs that only write do."""
import sys, datetime
from openpyxl import Workbook
from openpyxl.styles import numbers
b = Workbook()
about = b.active; about.title = "About"; about.sheet_state = "hidden"; about["A1"] = "Made for a test"
s = b.create_sheet("Shots")
s.append(["Product", "Qty", "Ratio", "Quality", "Factor", "Buffer", "Due", "Budget"])
rows = [("Lamp", 12, datetime.time(4,5), "high", 1.6, 0.2, datetime.date(2026,12,1), 30),
        (None, 3, "1:1", "low", 0.1+0.2+1, 0.15, None, None),
        ("Chair", datetime.date(2026,12,1), "16:9", "high", 2, 0.2, None, 10),
        ("Stool", "=2+2", "1:1", "medium", 1.5, 0.2, None, None),
        ("Bench", 5, "3:2", "medium", "#N/A", 0.2, None, None),
        ("Sofa", 1200, "3:2", "medium", 1.25, 0.2, None, None)]
for r in rows: s.append(r)
for r in range(2, 8):
    s.cell(r,6).number_format = "0%"; s.cell(r,8).number_format = '"$"#,##0.00'
s.merge_cells("A2:A3"); s.merge_cells("H2:H3")
s.row_dimensions[7].hidden = True
s.row_dimensions[4].height = 20
n = b.create_sheet("Notes"); n["A1"] = "later"
b.save(sys.argv[1])
